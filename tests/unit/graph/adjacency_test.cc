#include "graph/adjacency.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(AdjacencyTest, AgreesWithAListOfEdges) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    // Near one another, or of two kinds whose numbers lie far apart.
    const auto vertex = [&] {
      const auto number = static_cast<uint32_t>(random() % 20);
      return seed % 2 == 0 || random() % 2 == 0 ? VertexId(number + 1000) : MakeVertex(VertexKind::kClaim, number);
    };
    std::vector<Adjacency::Entry> entries;
    for (uint32_t i = 0; i < random() % 80; ++i) entries.push_back({vertex(), vertex(), EdgeId(i)});
    const Adjacency adjacency = Adjacency::Of(entries);
    EXPECT_EQ(adjacency.size(), entries.size());
    for (uint32_t number = 0; number < 1030; ++number) {
      for (const VertexId from : {VertexId(number), MakeVertex(VertexKind::kClaim, number)}) {
        std::vector<std::pair<VertexId, EdgeId>> expected, found;
        for (const auto& entry : entries) {
          if (entry.from == from) expected.emplace_back(entry.to, entry.edge);
        }
        std::sort(expected.begin(), expected.end());
        for (const Neighbor& neighbor : adjacency.Of(from)) found.emplace_back(neighbor.vertex, neighbor.edge);
        ASSERT_EQ(found, expected);
      }
    }
  }
}

TEST(VertexIdTest, KindsHaveNumbersOfTheirOwn) {
  for (const VertexKind kind : {VertexKind::kEntity, VertexKind::kDocument, VertexKind::kClaim}) {
    for (const uint32_t number : {0U, 1U, 77U, (1U << 30) - 2}) {
      EXPECT_EQ(KindOf(MakeVertex(kind, number)), kind);
      EXPECT_EQ(NumberOf(MakeVertex(kind, number)), number);
    }
  }
}

}  // namespace
}  // namespace dossier
