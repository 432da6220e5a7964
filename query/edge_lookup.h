// Edges looked up by a value: where a pattern asks each of its edges for the value of a property, or for one within
// another node, an index lists the few that can pass, and the search goes along these alone. A chain of transfers of
// one kind of munition is found among the transfers of that kind, and not among all.
#ifndef DOSSIER_QUERY_EDGE_LOOKUP_H_
#define DOSSIER_QUERY_EDGE_LOOKUP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/view.h"
#include "query/path_program.h"

namespace dossier {

// What an edge test asks of one property by what is known before the match begins.
struct EdgeLookup {
  const EdgeTest* edge = nullptr;
  PropertyId property;
  const Expression* value = nullptr;   // the property equals it ...
  const Expression* within = nullptr;  // ... or, by this call of within(), lies under it
  std::string text;                    // of what it asks, for EXPLAIN
};

// Nothing where the test asks for no such thing, or some condition may fail before it is asked.
std::optional<EdgeLookup> LookupOf(const EdgeTest& test);
// The test of the edge that every path of the program begins with, read from its start; null where there is none.
const EdgeTest* FirstEdgeOf(const PathProgram& program);

// Some edges, by the vertices from which a test lets one follow them.
class EdgeWays {
 public:
  // `reversed` as in query/edge_walk.h.
  EdgeWays(const EdgeTest& test, bool reversed, std::span<const EdgeId> edges, const View& view);

  // A loop once.
  std::span<const Neighbor> From(VertexId vertex) const {
    const auto at = places_.find(vertex);
    if (at == places_.end()) return {};
    return std::span(steps_).subspan(at->second.first, at->second.second);
  }
  // Each vertex with a way, once, in the order of their numbers.
  const std::vector<VertexId>& starts() const { return starts_; }

 private:
  std::vector<Neighbor> steps_;
  absl::flat_hash_map<VertexId, std::pair<uint32_t, uint32_t>> places_;  // where they begin, how many they are
  std::vector<VertexId> starts_;
};

// The lookups of one running match.
class EdgeLookups {
 public:
  // Both must outlive it.
  EdgeLookups(const std::vector<EdgeLookup>* lookups, const PathProgram* program);

  // For the row that the context stands at: looks up what has no more than `most` edges. False where that failed (see
  // the context's status).
  bool Prepare(EvaluationContext* context, size_t most);
  // Null: all edges have to be tried.
  const EdgeWays* Of(const EdgeTest& test) const {
    for (const Prepared& prepared : prepared_) {
      if (prepared.lookup->edge == &test) return prepared.ways.get();
    }
    return nullptr;
  }

 private:
  struct Prepared {
    const EdgeLookup* lookup;
    // What it was tried for last, and what came of it: null where there are too many edges.
    std::optional<Value> tried;
    std::unique_ptr<const EdgeWays> ways;
  };

  bool reversed_;
  std::vector<Prepared> prepared_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_EDGE_LOOKUP_H_
