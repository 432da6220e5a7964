#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

#include "bench/generator/random.h"
#include "bench/generator/writers.h"

namespace dossier::bench {
namespace {

// Who transferred to whom, as neighbour lists.
class Transfers {
 public:
  explicit Transfers(const Graph& graph) : begin_(graph.actors.size() + 1), to_(graph.transferred.size()) {
    for (const Edge& edge : graph.transferred) ++begin_[edge.from + 1];
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (const Edge& edge : graph.transferred) to_[next[edge.from]++] = edge.to;
  }

  uint32_t Degree(uint32_t actor) const { return begin_[actor + 1] - begin_[actor]; }

  // Neither a leaf nor a hub: what is reached from it is worth asking for, and does not begin with everything.
  bool IsOrdinary(uint32_t actor) const { return Degree(actor) >= 3 && Degree(actor) <= 30; }

  std::vector<uint32_t> Hubs(size_t count) const {
    std::vector<uint32_t> actors(begin_.size() - 1);
    std::iota(actors.begin(), actors.end(), 0u);
    std::stable_sort(actors.begin(), actors.end(), [this](uint32_t a, uint32_t b) { return Degree(a) > Degree(b); });
    actors.resize(count);
    return actors;
  }

  // Those whose shortest path from `start` has so many edges, nearest first in order of discovery.
  std::vector<uint32_t> AtDistance(uint32_t start, uint32_t distance) const {
    std::vector<bool> seen(begin_.size() - 1);
    std::vector<uint32_t> level = {start};
    seen[start] = true;
    for (uint32_t step = 0; step < distance; ++step) {
      std::vector<uint32_t> next;
      for (const uint32_t actor : level) {
        for (uint32_t i = begin_[actor]; i < begin_[actor + 1]; ++i) {
          if (seen[to_[i]]) continue;
          seen[to_[i]] = true;
          next.push_back(to_[i]);
        }
      }
      level.swap(next);
    }
    return level;
  }

 private:
  std::vector<uint32_t> begin_;
  std::vector<uint32_t> to_;
};

struct Pair {
  uint32_t from, to, distance = 0;
};

// Ends of shortest paths of 3, 4, 5 and 6 edges in turn, as far as there are any.
std::vector<Pair> DrawPairs(const Transfers& transfers, uint64_t actors, Random* random) {
  std::vector<Pair> pairs;
  for (uint32_t attempt = 0; pairs.size() < kParameterSets; ++attempt) {
    uint32_t from = 0;
    do from = random->Below(actors);
    while (!transfers.IsOrdinary(from));
    const uint32_t distance = 3 + attempt % 4;
    const std::vector<uint32_t> ends = transfers.AtDistance(from, distance);
    if (!ends.empty()) pairs.push_back({from, ends[random->Below(ends.size())], distance});
  }
  return pairs;
}

// Two states, the second with one supplier where there is such a one, so that someone sits on every route; and as far
// behind the first as there is one.
std::vector<Pair> DrawPairsOfStates(const Graph& graph, const Transfers& transfers, Random* random) {
  constexpr uint32_t kFarthest = 6;
  std::vector<uint32_t> supplies(graph.actors.size());
  for (const Edge& edge : graph.transferred) ++supplies[edge.to];
  std::vector<Pair> pairs;
  while (pairs.size() < kParameterSets) {
    const uint32_t from = random->Below(graph.states);
    std::vector<Pair> with_one_supply, others;  // the farthest alone
    for (uint32_t distance = 2; distance <= kFarthest; ++distance) {
      for (const uint32_t to : transfers.AtDistance(from, distance)) {
        if (to >= graph.states) continue;
        std::vector<Pair>& found = supplies[to] == 1 ? with_one_supply : others;
        if (!found.empty() && found.back().distance < distance) found.clear();
        found.push_back({from, to, distance});
      }
    }
    const std::vector<Pair>& found = with_one_supply.empty() ? others : with_one_supply;
    if (!found.empty()) pairs.push_back(found[random->Below(found.size())]);
  }
  return pairs;
}

// Types of munition with a few kinds below them: one munition and its models.
std::vector<uint32_t> DrawMunitions(const Graph& graph, Random* random) {
  constexpr uint32_t kFewestKinds = 2, kMostKinds = 4;
  std::vector<uint32_t> kinds(graph.munition_types.size(), 1);
  for (size_t i = kinds.size() - 1; i > 0; --i)
    kinds[graph.munition_types[i].parent] += kinds[i];  // parents come first
  std::vector<uint32_t> munitions;
  while (munitions.size() < kParameterSets) {
    const uint32_t munition = random->Below(kinds.size());
    if (kinds[munition] >= kFewestKinds && kinds[munition] <= kMostKinds) munitions.push_back(munition);
  }
  return munitions;
}

void WriteColumn(std::ofstream& file, const char* name, const std::function<uint32_t(int)>& value,
                 const char* after = ",\n") {
  file << "  \"" << name << "\": [";
  for (int i = 0; i < kParameterSets; ++i) file << (i > 0 ? ", " : "") << value(i);
  file << ']' << after;
}

}  // namespace

void WriteParameters(const Graph& graph, const std::string& path) {
  const uint64_t actors = graph.actors.size();
  const Transfers transfers(graph);
  Random random(graph.seed + 1);
  const std::vector<uint32_t> hubs = transfers.Hubs(kParameterSets);
  std::vector<uint32_t> nodes;
  while (nodes.size() < kParameterSets) {
    const uint32_t actor = random.Below(actors);
    if (transfers.IsOrdinary(actor)) nodes.push_back(actor);
  }
  const std::vector<Pair> pairs = DrawPairs(transfers, actors, &random);
  Random mission_random(graph.seed + 2);  // of its own, so that the values of the other columns stay
  const std::vector<Pair> state_pairs = DrawPairsOfStates(graph, transfers, &mission_random);
  const std::vector<uint32_t> munitions = DrawMunitions(graph, &mission_random);

  std::ofstream file(path);
  file << "{\n  \"format\": " << kFormat << ",\n  \"edges\": " << graph.edges << ",\n  \"seed\": " << graph.seed
       << ",\n";
  file << "  \"actors\": " << actors << ",\n  \"munition_types\": " << graph.munition_types.size() << ",\n";
  file << "  \"events\": " << graph.event_years.size() << ",\n";
  file << "  \"resolutions\": " << graph.resolution_years.size() << ",\n";
  file << "  \"statements\": " << graph.statement_years.size() << ",\n";
  WriteColumn(file, "point", [&](int) { return random.Below(actors); });
  WriteColumn(file, "hub", [&](int i) { return hubs[i]; });
  WriteColumn(file, "node", [&](int i) { return nodes[i]; });
  WriteColumn(file, "pair_from", [&](int i) { return pairs[i].from; });
  WriteColumn(file, "pair_to", [&](int i) { return pairs[i].to; });
  WriteColumn(file, "pair_distance", [&](int i) { return pairs[i].distance; });
  WriteColumn(file, "state_from", [&](int i) { return state_pairs[i].from; });
  WriteColumn(file, "state_to", [&](int i) { return state_pairs[i].to; });
  WriteColumn(file, "munition", [&](int i) { return munitions[i]; });
  WriteColumn(file, "region", [&](int) { return random.Below(graph.regions); });
  WriteColumn(file, "event", [&](int) { return random.Skewed(graph.event_years.size(), 1.5); });
  WriteColumn(file, "munition_type", [&](int) { return 1 + random.Below(12); });
  WriteColumn(
      file, "resolution", [&](int) { return random.Below(graph.resolution_years.size()); }, "\n");
  file << "}\n";
  file.close();
  if (file.good()) return;
  std::cerr << "cannot write " << path << '\n';
  std::exit(1);
}

}  // namespace dossier::bench
