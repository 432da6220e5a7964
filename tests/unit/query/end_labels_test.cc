// Labels that all ends of a relation have are not looked at vertex by vertex (AllHaveLabels). Which those are is known
// of the graph as it was built, and has to stay right when it is mapped and added to.
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/session.h"
#include "tests/support/image_for_tests.h"

namespace dossier {
namespace {

class World {
 public:
  World(std::mt19937* random, ImageBuilder* builder) : random_(*random), builder_(builder) {}

  void Use(ImageBuilder* builder) { builder_ = builder; }
  void AddVertices(int count, const std::vector<std::string>& labels) {
    for (int i = 0; i < count; ++i) {
      const std::string& label = labels[random_() % labels.size()];
      const VertexId vertex = builder_->AddEntity(StrCat("v", labels_.size()), {builder_->Label(label)});
      ASSERT_EQ(vertex.value, labels_.size());
      labels_.push_back(label);
      next_.emplace_back();
    }
  }
  // From anywhere to vertices from `first` on.
  void AddEdges(int count, size_t first) {
    for (int i = 0; i < count; ++i) {
      const auto from = static_cast<uint32_t>(random_() % labels_.size());
      const auto to = static_cast<uint32_t>(first + random_() % (labels_.size() - first));
      builder_->AddEdge(VertexId(from), builder_->Relation("LEADS_TO"), VertexId(to));
      next_[from].push_back(to);
    }
  }

  // What the queries below have to give, by plain loops.
  size_t Edges(bool forward, const std::string& label) const {
    size_t count = 0;
    for (uint32_t from = 0; from < next_.size(); ++from) {
      for (const uint32_t to : next_[from]) count += labels_[forward ? to : from] == label ? 1 : 0;
    }
    return count;
  }
  size_t Reached(uint32_t from, const std::string& label) const {
    std::set<uint32_t> seen{from};
    for (std::vector<uint32_t> open{from}; !open.empty();) {
      const uint32_t at = open.back();
      open.pop_back();
      for (const uint32_t to : next_[at]) {
        if (seen.insert(to).second) open.push_back(to);
      }
    }
    size_t count = 0;
    for (const uint32_t vertex : seen) count += labels_[vertex] == label ? 1 : 0;
    return count;
  }
  size_t Triangles(const std::string& label) const {
    size_t count = 0;
    for (uint32_t a = 0; a < next_.size(); ++a) {
      for (const uint32_t b : next_[a]) {
        for (const uint32_t c : next_[b]) {
          for (const uint32_t end : next_[c]) count += labels_[c] == label && end == a ? 1 : 0;
        }
      }
    }
    return count;
  }

 private:
  std::mt19937& random_;
  ImageBuilder* builder_;
  std::vector<std::string> labels_;
  std::vector<std::vector<uint32_t>> next_;
};

void ExpectTheSame(const World& world, const std::shared_ptr<const Image>& image) {
  const std::unique_ptr<Session> session = Session::OverGraph(image);
  const auto count = [&](const std::string& query) -> size_t {
    const auto answer = session->Run(query, {.sources = false});
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? static_cast<size_t>(answer->rows.front().values.front().integer()) : ~size_t{0};
  };
  for (const std::string label : {"Town", "River"}) {
    SCOPED_TRACE(label);
    EXPECT_EQ(count(StrCat("MATCH ()-[:LEADS_TO]->(b:", label, ") WITH b RETURN count(b)")), world.Edges(true, label));
    EXPECT_EQ(count(StrCat("MATCH ()<-[:LEADS_TO]-(b:", label, ") WITH b RETURN count(b)")), world.Edges(false, label));
    EXPECT_EQ(count(StrCat("MATCH ({key: 'v0'})-[:LEADS_TO]->*(b:", label, ") RETURN count(DISTINCT b)")),
              world.Reached(0, label));
    EXPECT_EQ(count(StrCat("MATCH REPEATABLE ELEMENTS (a)-[:LEADS_TO]->(b)-[:LEADS_TO]->(c:", label,
                           ")-[:LEADS_TO]->(a) RETURN count(*)")),
              world.Triangles(label));
  }
}

TEST(EndLabelsTest, StayRightWhenMoreIsAdded) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(StrCat("seed ", seed));
    std::mt19937 random(seed);
    ImageBuilder builder(/*sourced=*/false);
    builder.ReadKeysAs(builder.Property("key"));
    World world(&random, &builder);
    world.AddVertices(5, {"Town", "River"});
    world.AddVertices(10, {seed % 2 == 0 ? "Town" : "River"});
    world.AddEdges(20, 5);  // which all lead to the same label
    const std::shared_ptr<const Image> built = builder.Build();
    ExpectTheSame(world, built);

    std::shared_ptr<Image> mapped = ThroughFile(built, /*damaged=*/false);
    ASSERT_NE(mapped, nullptr);
    ExpectTheSame(world, mapped);
    ImageBuilder more(std::move(mapped));
    world.Use(&more);
    world.AddVertices(3, {"Town", "River"});
    world.AddEdges(10, 0);
    ExpectTheSame(world, more.Build());
  }
}

}  // namespace
}  // namespace dossier
