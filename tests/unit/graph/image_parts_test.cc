// The smaller things that an image is made of, each against the plain container that it stands for.
#include <map>
#include <random>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "graph/key_table.h"
#include "graph/list_column.h"
#include "graph/literal_lists.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(KeyTableTest, FindsWhatHasAKey) {
  std::vector<std::string> entities, documents, claims;
  for (int i = 0; i < 500; ++i) entities.push_back(i % 7 == 0 ? "" : StrCat("entity/", i));
  for (int i = 0; i < 50; ++i) documents.push_back(StrCat("document/", i));
  claims = {"first", "", "entity/1"};
  const KeyTable table(entities, documents, claims);
  for (uint32_t i = 0; i < entities.size(); ++i) {
    EXPECT_EQ(table.KeyOf(VertexId(i)), entities[i]);
    if (!entities[i].empty()) {
      EXPECT_EQ(table.Find(entities[i]), VertexId(i));
    }
  }
  EXPECT_EQ(table.Find("document/49"), MakeVertex(VertexKind::kDocument, 49));
  EXPECT_EQ(table.Find("first"), MakeVertex(VertexKind::kClaim, 0));
  EXPECT_EQ(table.KeyOf(MakeVertex(VertexKind::kClaim, 2)), "entity/1");
  for (const char* none : {"", "entity/0", "entity/500", "second"}) {
    EXPECT_FALSE(table.Find(none).valid()) << none;
  }
  EXPECT_EQ(table.KeyOf(MakeVertex(VertexKind::kDocument, 50)), "");
  EXPECT_FALSE(KeyTable().Find("x").valid());
}

TEST(ListColumnTest, GivesEachItemItsList) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::map<uint32_t, std::vector<VertexId>> expected;
    ListColumnBuilder<VertexId> builder;
    uint32_t item = 0;
    for (int i = 0; i < 40; ++i) {
      item += random() % (seed % 2 == 0 ? 3 : 1000);
      if (expected.contains(item)) continue;
      std::vector<VertexId> list(random() % 3, VertexId(random() % 2));
      builder.Add(item, list);
      expected[item] = list;
    }
    const ListColumn<VertexId> column = std::move(builder).Build();
    for (uint32_t i = 0; i <= item + 2; ++i) {
      const auto found = column.Of(i);
      ASSERT_EQ(std::vector<VertexId>(found.begin(), found.end()), expected[i]) << i;
    }
  }
}

TEST(LiteralListsTest, GivesEachVertexItsPropositions) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::map<uint32_t, std::vector<EdgeId>> expected;
    std::vector<Adjacency::Entry> entries;
    for (uint32_t edge = 0; edge < 60; ++edge) {
      if (random() % 3 == 0) continue;
      const VertexId from(random() % (seed % 2 == 0 ? 20 : 2000));
      entries.push_back({from, VertexId(), EdgeId(edge)});
      expected[from.value].push_back(EdgeId(edge));
    }
    const LiteralLists lists(entries);
    for (uint32_t vertex = 0; vertex < 2001; ++vertex) {
      std::vector<EdgeId> found;
      for (const EdgeId edge : lists.Of(VertexId(vertex), 60)) found.push_back(edge);
      ASSERT_EQ(found, expected[vertex]);
    }
  }
}

}  // namespace
}  // namespace dossier
