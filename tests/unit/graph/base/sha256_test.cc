#include "graph/base/sha256.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

namespace dossier {
namespace {

// The examples of FIPS 180-2, appendix B, and the empty text.
TEST(Sha256, HashesAsTheStandardSays) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// By the processor's instructions or by the library, one text or two at once: all the same, whatever the lengths, which
// decide how the last blocks look.
TEST(Sha256, IsTheSameByWhateverWay) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::string before;
  for (size_t size = 0; size < 400; ++size) {
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(random());
    EXPECT_EQ(Sha256(text), Sha256ByLibrary(text)) << size;
    const std::string& other = size % 3 == 0 ? before : text.substr(random() % (size + 1));
    EXPECT_EQ(Sha256OfBoth(text, other), std::pair(Sha256ByLibrary(text), Sha256ByLibrary(other))) << size;
    EXPECT_EQ(Sha256OfBoth(other, text), std::pair(Sha256ByLibrary(other), Sha256ByLibrary(text))) << size;
    before = text;
  }
}

TEST(Sha256, IsTheSameAgain) { EXPECT_EQ(Sha256("abc"), Sha256("abc")); }

}  // namespace
}  // namespace dossier
