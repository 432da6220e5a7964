#include "graph/image_archive.h"

#include <cstddef>
#include <span>
#include <vector>

#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(LentPartTest, ChecksWhatIsAskedForAndInTheEndEverything) {
  const std::vector<std::byte> first(10000), second(500);
  std::vector<LentPart::Bytes> checked;
  LentPart part;
  EXPECT_TRUE(part.ready()) << "nothing was lent";
  part.Lend({first, second}, [&](LentPart::Bytes bytes) { checked.push_back(bytes); });
  EXPECT_FALSE(part.ready());
  EXPECT_TRUE(checked.empty());

  part.Check(std::span(first).subspan(17, 3));
  ASSERT_EQ(checked.size(), 1u);
  EXPECT_EQ(checked[0].data(), first.data() + 17);
  EXPECT_EQ(checked[0].size(), 3u);
  part.Check({});
  EXPECT_EQ(checked.size(), 1u) << "nothing is about to be read";
  EXPECT_FALSE(part.ready());

  size_t looks = 0;
  for (; !part.ready() && looks < 1'000'000; ++looks) part.Check(std::span(first).first(1));
  EXPECT_GT(looks, 1000u) << "a few looks are no reason to check everything";
  ASSERT_GE(checked.size(), 2u);
  EXPECT_EQ(checked[checked.size() - 2].size(), first.size());
  EXPECT_EQ(checked.back().size(), second.size());
}

TEST(LentPartTest, ReadyChecksAllOfItOnce) {
  const std::vector<std::byte> memory(100);
  int checks = 0;
  LentPart part;
  part.Lend({memory}, [&](LentPart::Bytes bytes) { checks += bytes.size() == memory.size() ? 1 : 100; });
  part.Ready();
  part.Ready();
  part.Check(memory);
  EXPECT_EQ(checks, 1);
}

}  // namespace
}  // namespace dossier
