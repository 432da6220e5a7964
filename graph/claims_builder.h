// The claims of an image on their way into columns. Needs nothing of the rest of the image, so that it can be filled by
// a thread of its own, and then given to an ImageBuilder.
#ifndef DOSSIER_GRAPH_CLAIMS_BUILDER_H_
#define DOSSIER_GRAPH_CLAIMS_BUILDER_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/run_all.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "graph/list_column.h"
#include "graph/number_column.h"
#include "graph/packed_array.h"
#include "graph/value_column.h"

namespace dossier {

// A claim as it is given to a builder.
struct ClaimColumns {
  EdgeId proposition;
  VertexId document;  // invalid in an image without documents
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  Rank rank = Rank::kNormal;
  std::vector<VertexId> asserters;  // innermost first
  EdtfTime valid;
  EdtfTime said;
  std::optional<Quantity> quantity;
  std::vector<std::pair<PropertyId, Value>> qualifiers;    // those that do not identify
  int64_t recorded = std::numeric_limits<int64_t>::min();  // microseconds since 1970
  NoteState note = NoteState::kNone;                       // of the note that it cites
  std::vector<VertexId> cited_documents;
  VertexId statement;  // the speech act it was made in, or invalid
  std::vector<ClaimId> supersedes;
};

// For one thread at a time.
class ClaimsBuilder {
 public:
  // Numbers claims from `first` on: those of an image that is extended come before.
  explicit ClaimsBuilder(uint32_t first = 0) : first_(first) {}

  // That so many claims will come.
  void Reserve(size_t claims);
  // A name of a qualifier, by a number that counts here alone.
  PropertyId Qualifier(std::string_view name);
  // Claims must be added in the order recorded. Of a qualifier that a claim has twice, the claim has a list.
  ClaimId Add(const ClaimColumns& claim);
  // When `claim` was superseded or retracted (microseconds); of several times the first counts.
  void Close(ClaimId claim, int64_t when);
  uint32_t count() const { return static_cast<uint32_t>(rows_.propositions.size()); }
  // Of a claim that was added.
  Act ActOf(ClaimId claim) const { return static_cast<Act>(rows_.acts[claim.value - first_] & 0xF); }

  // The columns, as the image has them (graph/image.h).
  struct Columns {
    NumberColumn propositions, documents, acts;
    PackedArray offsets, by_edge;
    ListColumn<VertexId> asserters, cited_documents, statements;
    ListColumn<ClaimId> superseded;
    ValueColumn valid, said, quantities, recorded, closed;
    std::vector<std::pair<std::string, ValueColumn>> qualifiers;  // by name
  };
  // What makes them, once all claims are there, the first of which is number 0; there are `edges` propositions in all.
  // Each task makes columns of its own, and of those of the qualifiers only the names are there at once.
  void AddTasks(uint32_t edges, Tasks* tasks);
  Columns& columns() { return columns_; }

  // What the columns are made of, for whoever extends columns that there are.
  struct Rows {
    std::vector<uint32_t> propositions, documents, acts;
    ListColumnBuilder<VertexId> asserters, cited_documents, statements;
    ListColumnBuilder<ClaimId> superseded;
    ValueColumnBuilder valid, said, quantities, recorded;
    std::vector<std::pair<std::string, ValueColumnBuilder>> qualifiers;
    absl::flat_hash_map<uint32_t, int64_t> closed;
  };
  Rows& rows() { return rows_; }

 private:
  void BuildLists(uint32_t edges);
  uint32_t first_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;
  Rows rows_;
  Columns columns_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CLAIMS_BUILDER_H_
