// Walking from vertex to vertex, beside the same over two plain arrays.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "bench/generator/random.h"
#include "graph/adjacency.h"

namespace dossier::bench {
namespace {

constexpr uint32_t kVertices = 50'000;
constexpr uint32_t kEdges = 500'000;

// As the transfers of the benchmark's graph: few vertices with very many neighbours.
const std::vector<Adjacency::Entry>& Entries() {
  static const auto* const kEntries = [] {
    Random random(1);
    auto* entries = new std::vector<Adjacency::Entry>;
    for (uint32_t i = 0; i < kEdges; ++i) {
      entries->push_back({VertexId(random.Skewed(kVertices, 2.2)), VertexId(random.Skewed(kVertices, 1.6)), EdgeId(i)});
    }
    return entries;
  }();
  return *kEntries;
}

const Adjacency& TheAdjacency() {
  static const auto* const kAdjacency = new Adjacency(Adjacency::Of(Entries()));
  return *kAdjacency;
}

// Vertices to ask for in an order that no cache foresees.
std::vector<VertexId> SomeVertices() {
  Random random(2);
  std::vector<VertexId> vertices(4096);
  for (VertexId& vertex : vertices) vertex = VertexId(random.Below(kVertices));
  return vertices;
}

void NeighboursOfAll(benchmark::State& state) {
  const Adjacency& adjacency = TheAdjacency();
  for (auto _ : state) {
    uint64_t sum = 0;
    for (uint32_t vertex = 0; vertex < kVertices; ++vertex) {
      for (const Neighbor& neighbor : adjacency.Of(VertexId(vertex)))
        sum += neighbor.vertex.value + neighbor.edge.value;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * kEdges);
}
BENCHMARK(NeighboursOfAll);

void NeighboursOfAllVerticesAlone(benchmark::State& state) {
  const Adjacency& adjacency = TheAdjacency();
  for (auto _ : state) {
    uint64_t sum = 0;
    for (uint32_t vertex = 0; vertex < kVertices; ++vertex) {
      for (const VertexId neighbor : adjacency.Of(VertexId(vertex)).vertices()) sum += neighbor.value;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * kEdges);
}
BENCHMARK(NeighboursOfAllVerticesAlone);

void NeighboursOfAllPlainArrays(benchmark::State& state) {
  std::vector<uint32_t> begin(kVertices + 1), to(kEdges);
  for (const Adjacency::Entry& entry : Entries()) ++begin[entry.from.value + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  for (const Adjacency::Entry& entry : Entries()) to[next[entry.from.value]++] = entry.to.value;
  for (auto _ : state) {
    uint64_t sum = 0;
    for (uint32_t vertex = 0; vertex < kVertices; ++vertex) {
      for (uint32_t i = begin[vertex]; i < begin[vertex + 1]; ++i) sum += to[i];
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * kEdges);
}
BENCHMARK(NeighboursOfAllPlainArrays);

// What a step of a path costs until its first neighbour is there.
void FirstNeighbourOfOne(benchmark::State& state) {
  const Adjacency& adjacency = TheAdjacency();
  const std::vector<VertexId> vertices = SomeVertices();
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const VertexId vertex : vertices) {
      const Neighbors neighbors = adjacency.Of(vertex);
      if (!neighbors.empty()) sum += neighbors[0].vertex.value;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(vertices.size()));
}
BENCHMARK(FirstNeighbourOfOne);

}  // namespace
}  // namespace dossier::bench
