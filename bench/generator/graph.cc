#include "bench/generator/graph.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "bench/generator/random.h"

namespace dossier::bench {
namespace {

constexpr std::array<std::string_view, 12> kFamilies = {
    "cluster munition", "landmine", "rocket artillery", "guided missile",   "small arm",         "mortar", "howitzer",
    "armoured vehicle", "drone",    "naval mine",       "white phosphorus", "loitering munition"};

class Drawing {
 public:
  Drawing(uint64_t edges, uint64_t seed) : random_(seed) {
    graph_.edges = edges;
    graph_.seed = seed;
  }

  // Each draw goes on from the one before: another order is another graph.
  Graph Run() {
    DrawActors();
    DrawMunitionTypes();
    DrawSources();
    graph_.event_years = Years(std::max<uint64_t>(50, graph_.edges / 2000));
    graph_.resolution_years = Years(std::max<uint64_t>(100, graph_.edges / 5000));
    graph_.statement_years = Years(Share(8));
    DrawConcerns();
    const uint64_t others = graph_.munition_types.size() - 1 + graph_.concerns.size() + Share(2) + Share(6) +
                            Share(15) + Share(8) + Share(8) + Share(10);
    DrawTransfers(graph_.edges - others);
    DrawUses(Share(2));
    DrawHoldings(Share(6));
    DrawVotes(Share(15));
    DrawStatements();
    DrawStances(Share(10));
    DrawCitations();
    return std::move(graph_);
  }

 private:
  uint64_t Share(uint64_t percent) const { return graph_.edges * percent / 100; }
  uint32_t Year() { return 1990 + random_.Below(36); }
  uint32_t Source() { return random_.Below(graph_.sources.size()); }
  uint32_t MunitionType() { return random_.Below(graph_.munition_types.size()); }

  void DrawActors() {
    const uint64_t count = graph_.edges / 20;
    graph_.states = static_cast<uint32_t>(count / 10);
    graph_.regions = static_cast<uint32_t>(std::max<uint64_t>(20, count / 250));
    for (uint64_t i = 0; i < count; ++i) {
      const std::string_view kind = i < graph_.states ? "state" : random_.Below(4) > 0 ? "group" : "company";
      graph_.actors.push_back({kind, random_.Below(graph_.regions)});
    }
  }

  void DrawMunitionTypes() {
    constexpr uint32_t kDeepest = 7;
    const uint64_t count = std::max<uint64_t>(100, graph_.edges / 1000);
    auto& types = graph_.munition_types;
    types.push_back({"munition", 0, 0});
    for (uint32_t i = 1; i < count; ++i) {
      uint32_t parent = 0;  // of the twelve families
      if (i > kFamilies.size()) {
        do parent = 1 + random_.Skewed(i - 1, 1.3);
        while (types[parent].level >= kDeepest);
      }
      const uint32_t family = i <= kFamilies.size() ? i - 1 : random_.Below(kFamilies.size());
      types.push_back({kFamilies[family], parent, types[parent].level + 1});
    }
  }

  void DrawSources() {
    graph_.publishers = 500;
    for (uint64_t i = 0; i < Share(1); ++i) {
      const uint32_t publisher = random_.Skewed(graph_.publishers, 2);
      graph_.sources.push_back({publisher, Year()});
    }
  }

  std::vector<uint32_t> Years(uint64_t count) {
    std::vector<uint32_t> years(count);
    for (uint32_t& year : years) year = Year();
    return years;
  }

  void DrawConcerns() {
    for (uint32_t i = 0; i < graph_.resolution_years.size(); ++i) {
      graph_.concerns.push_back({.from = i, .to = random_.Below(graph_.event_years.size())});
    }
  }

  // Both ends are drawn by rank; a shuffle spreads the ranks over the numbers of the actors.
  void DrawTransfers(uint64_t count) {
    const uint64_t actors = graph_.actors.size();
    std::vector<uint32_t> actor_of_rank(actors);
    std::iota(actor_of_rank.begin(), actor_of_rank.end(), 0u);
    for (uint64_t i = actors - 1; i > 0; --i) std::swap(actor_of_rank[i], actor_of_rank[random_.Below(i + 1)]);
    graph_.transferred.resize(count);
    for (Edge& edge : graph_.transferred) {
      do {
        const uint64_t from = random_.Skewed(actors, 2.2);
        const bool neighbour = random_.Below(100) < 45;
        const uint64_t to = neighbour ? (from + 1 + random_.Below(60)) % actors : random_.Skewed(actors, 1.6);
        edge.from = actor_of_rank[from];
        edge.to = actor_of_rank[to];
      } while (edge.from == edge.to);
      edge.munition = MunitionType();
      edge.quantity = 1 + random_.Skewed(10'000, 4);
      edge.year = Year();
      edge.source = Source();
    }
  }

  void DrawUses(uint64_t count) {
    const uint64_t actors = graph_.actors.size();
    graph_.used_by.resize(count);
    for (Edge& edge : graph_.used_by) {
      do {
        edge.from = random_.Below(actors);
        edge.to = graph_.states + random_.Skewed(actors - graph_.states, 1.8);
      } while (edge.from == edge.to);
      edge.munition = MunitionType();
      edge.event = random_.Below(graph_.event_years.size());
      edge.year = Year();
      edge.source = Source();
    }
  }

  void DrawHoldings(uint64_t count) {
    graph_.holds.resize(count);
    for (Edge& edge : graph_.holds) {
      edge.from = random_.Below(2) > 0 ? random_.Below(graph_.states) : random_.Below(graph_.actors.size());
      edge.to = MunitionType();
      edge.quantity = 1 + random_.Skewed(100'000, 4);
      edge.year = Year();
      edge.source = Source();
    }
  }

  // As many votes on each resolution, each of another state.
  void DrawVotes(uint64_t count) {
    std::vector<uint32_t> states(graph_.states);
    std::iota(states.begin(), states.end(), 0u);
    const uint64_t resolutions = graph_.resolution_years.size();
    for (uint32_t resolution = 0; resolution < resolutions; ++resolution) {
      const uint64_t votes = count / resolutions + (resolution < count % resolutions ? 1 : 0);
      for (uint64_t i = 0; i < votes; ++i) {
        std::swap(states[i], states[i + random_.Below(states.size() - i)]);
        const uint32_t percent = random_.Below(100);
        const char* vote = percent < 55 ? "yes" : percent < 75 ? "no" : percent < 92 ? "abstain" : "absent";
        const uint32_t year = Year();
        graph_.voted.push_back({.from = states[i], .to = resolution, .year = year, .source = Source(), .word = vote});
      }
    }
  }

  void DrawStatements() {
    for (uint32_t i = 0; i < graph_.statement_years.size(); ++i) {
      const bool state = random_.Below(100) < 80;
      const uint32_t actor = state ? random_.Skewed(graph_.states, 1.3) : random_.Below(graph_.actors.size());
      const uint32_t year = Year();
      graph_.made.push_back({.from = actor, .to = i, .year = year, .source = Source()});
    }
  }

  // Each statement is about one event, some about more.
  void DrawStances(uint64_t count) {
    const uint64_t statements = graph_.statement_years.size();
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t statement = i < statements ? i : random_.Below(statements);
      const uint32_t event = random_.Skewed(graph_.event_years.size(), 1.5);
      const uint32_t percent = random_.Below(100);
      const char* stance = percent < 35 ? "condemn" : percent < 60 ? "support" : percent < 75 ? "deny" : "neutral";
      graph_.about.push_back({.from = statement, .to = event, .source = Source(), .word = stance});
    }
  }

  void DrawCitations() {
    for (uint32_t i = 0; i < graph_.statement_years.size(); ++i) {
      const uint32_t source = random_.Skewed(graph_.sources.size(), 1.5);
      graph_.cites.push_back({.from = i, .to = source, .quantity = 1 + random_.Below(300)});
    }
  }

  Graph graph_;
  Random random_;
};

}  // namespace

Graph DrawGraph(uint64_t edges, uint64_t seed) { return Drawing(edges, seed).Run(); }

}  // namespace dossier::bench
