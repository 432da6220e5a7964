// The graph of the benchmark: arms control as sources tell it. Actors transfer and hold munitions, use each other's,
// vote on resolutions and make statements about events. It is drawn at random, the same for the same size and seed.
//
// What makes it like the real thing: few actors with very many transfers and many with few (power laws), neighbours in
// rank that trade with each other (so that there are triangles), munition types in a hierarchy at most eight deep, each
// state once at most in a vote, and a source on each row where a source would be.
#ifndef DOSSIER_BENCH_GENERATOR_GRAPH_H_
#define DOSSIER_BENCH_GENERATOR_GRAPH_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace dossier::bench {

// Below this there are too few states to vote on all resolutions, and too few long paths to ask for.
inline constexpr uint64_t kFewestEdges = 20'000;

struct Actor {
  std::string_view kind;  // state, group or company; the states come first
  uint32_t region;
};

struct MunitionType {
  std::string_view family;
  uint32_t parent;  // of type 0, the root, 0
  uint32_t level;   // of type 0, 0
};

struct Source {
  uint32_t publisher;
  uint32_t year;
};

// A row of an edge table. Which fields a table has, the writers know; the others are 0 and empty.
struct Edge {
  uint32_t from = 0;
  uint32_t to = 0;
  uint32_t munition = 0;
  uint32_t quantity = 0;  // or the page of a citation
  uint32_t event = 0;
  uint32_t year = 0;
  uint32_t source = 0;
  std::string_view word = {};  // the value of a vote, the stance of a statement
};

struct Graph {
  uint64_t edges = 0;  // asked for; all tables together have as many
  uint64_t seed = 0;

  std::vector<Actor> actors;
  uint32_t states = 0;  // actors 0 .. states - 1
  uint32_t regions = 0;
  std::vector<MunitionType> munition_types;
  std::vector<Source> sources;
  uint32_t publishers = 0;
  std::vector<uint32_t> event_years, resolution_years, statement_years;

  std::vector<Edge> concerns;     // resolution -> event
  std::vector<Edge> transferred;  // actor -> actor
  std::vector<Edge> used_by;      // actor -> actor
  std::vector<Edge> holds;        // actor -> munition type
  std::vector<Edge> voted;        // actor -> resolution
  std::vector<Edge> made;         // actor -> statement
  std::vector<Edge> about;        // statement -> event
  std::vector<Edge> cites;        // statement -> source
};

// `edges` is at least kFewestEdges.
Graph DrawGraph(uint64_t edges, uint64_t seed);

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_GENERATOR_GRAPH_H_
