// How the rows of one query came about, where that is asked for (QueryOptions::why).
//
// A row rests on a set of source items, all of them: what a join brings together. Where rows are made one (DISTINCT,
// UNION, groups without aggregates), or a condition holds in several ways (OR, EXISTS { }, any(), within()), the set
// holds one item that stands for a choice among sets: any one of them is enough. So what a row rests on is a circuit of
// "all of" and "any of", built at the cost of its parts; witness_finder.h reads its smallest sets off it, for the rows
// that are returned.
#ifndef DOSSIER_QUERY_DERIVATIONS_H_
#define DOSSIER_QUERY_DERIVATIONS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "graph/view.h"
#include "query/execution.h"
#include "query/source_set.h"

namespace dossier {

using SourceItems = std::vector<SourceItem>;

class Derivations {
 public:
  // Any one of `alternatives` is enough.
  struct Choice {
    std::vector<SourceItems> alternatives;  // each sorted, without repeats
    SourceItems shown;     // what the row's notes show of it, as they do where nobody asks why; no choices
    bool complete = true;  // else there are more alternatives than were kept
  };
  // The value of an edge's property, where only some of the edge's claims give it.
  struct EdgeValue {
    EdgeId edge;
    std::vector<ClaimId> claims;  // those that do, rising
  };

  explicit Derivations(ExecutionState* state) : state_(state), memory_(state) {}

  SourceItem Add(Choice choice);
  const Choice& choice(uint32_t number) const { return choices_[number]; }
  uint32_t choices() const { return static_cast<uint32_t>(choices_.size()); }

  // What the value that the view shows rests on beyond the edge itself; nothing where any claim on the edge will do.
  std::optional<SourceItem> ValueOf(EdgeId edge, PropertyId property, const View& view);
  const EdgeValue& value(uint32_t number) const { return values_[number]; }

  // That nothing is recorded that would match: NOT EXISTS { }, and the nulls of OPTIONAL MATCH. `pattern` is its text.
  SourceItem Absence(const std::string& pattern);
  const std::string& absence(uint32_t number) const { return absences_[number]; }

  // A mark on what an aggregate was computed from.
  static SourceItem Aggregated() { return {SourceItem::Kind::kAggregate, 0}; }

  // Adds the items to `out`, choices replaced by what they show: what rests on all of a set, such as an aggregate.
  void Flatten(const SourceItems& items, SourceItems* out) const;

  // E7092 once it held more than the query may.
  const absl::Status& status() const { return status_; }

 private:
  void Hold(uint64_t bytes);

  ExecutionState* state_;
  HeldMemory memory_;
  absl::Status status_;
  std::vector<Choice> choices_;
  std::vector<EdgeValue> values_;
  std::map<std::pair<EdgeId, PropertyId>, std::optional<SourceItem>> known_values_;
  std::vector<std::string> absences_;
};

// Gathers the ways in which one row, or one condition, came to be.
class AlternativeGatherer {
 public:
  // More are not kept: a reader is not helped by a thousand.
  static constexpr size_t kMost = 1024;

  // Tells about how many bytes it holds more.
  size_t Add(SourceItems items);
  // There may be others, which nobody looked for.
  void LeaveOpen() { complete_ = false; }
  bool full() const { return !complete_; }
  bool empty() const { return alternatives_.empty(); }

  // What stands for any one of them. `shown`: what the notes show of it; it may hold items of every kind.
  SourceItems Take(const SourceItems& shown, Derivations* derivations);

 private:
  std::set<SourceItems> alternatives_;
  bool complete_ = true;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_DERIVATIONS_H_
