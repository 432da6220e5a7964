// A view: which claims count, and so which edges are walked and which value a property shows.
//
// One claim must satisfy every field of the filter at once. An edge is walked if an admitted claim affirms it (a
// denial never removes an edge: it marks it disputed). A property reads the best supported value among admitted
// claims: rank first, then the number of independent documents, then the latest, then the smallest value; the same
// rule chooses an edge's quantity, time and literal qualifiers.
#ifndef DOSSIER_GRAPH_VIEW_H_
#define DOSSIER_GRAPH_VIEW_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "graph/image.h"

namespace dossier {

// What a claim must be like to count. The defaults are those of a query without USE.
struct ClaimFilter {
  bool any_claim = false;                    // claims(): whatever it says, deprecated, corrected or retracted ones too
  Certainty weakest = Certainty::kProbable;  // of any_claim mostly kUncommitted, which lets all pass
  std::optional<TimeBounds> valid_at;
  bool valid_certainly = false;     // else possibly: undated claims are admitted
  std::optional<int64_t> known_at;  // microseconds: as the store stood then
  // Innermost asserter is one of these; unset: anyone. The binder widens an actor to its organs.
  std::optional<absl::flat_hash_set<VertexId>> according_to;
  absl::flat_hash_set<VertexId> without_asserters;
  absl::flat_hash_set<VertexId> without_documents;
  friend bool operator==(const ClaimFilter&, const ClaimFilter&) = default;
};

class View {
 public:
  // Everything is computed once, here: a pass over the claims and a bitmap of edges, which the image has already for
  // the filter of a query without USE.
  View(std::shared_ptr<const Image> image, ClaimFilter filter);
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  const Image& image() const { return *image_; }
  const ClaimFilter& filter() const { return filter_; }

  // Does this claim satisfy all fields, polarity apart (so that denials within the view can be found)?
  bool Admits(ClaimId claim) const;
  // May a path use this edge?
  bool Walks(EdgeId edge) const {
    return all_edges_ || Image::is_hidden(edge) || (walked_[edge.value / 64] >> (edge.value % 64) & 1) != 0;
  }
  // The same as a bit an edge; empty where all are walked because nothing rests on claims.
  std::span<const uint64_t> walked() const { return walked_; }
  // Whether every edge of the relation may be used, so that none has to be asked for by itself.
  bool WalksAll(RelationId relation) const { return all_edges_ || walks_all_[relation.value]; }
  // The same of all relations.
  bool WalksAll() const { return all_edges_ || walks_all_of_all_; }
  // An admitted claim denies it (whether or not another affirms it).
  bool Disputed(EdgeId edge) const;
  // The claims on which a proposition rests in this view: admitted and affirming (under any_claim, all), best first.
  std::vector<ClaimId> Support(EdgeId edge) const;

  // The best supported value under this name, or null. For a vertex: undisputed properties, then literal
  // propositions. For an edge: identifying qualifiers, then quantity, valid, literal qualifiers of its claims.
  // `source`, where given, is set to the literal proposition that the value comes from, else left alone.
  Value VertexProperty(VertexId vertex, PropertyId property, EdgeId* source = nullptr) const;
  Value EdgeProperty(EdgeId edge, PropertyId property) const;
  // Where the claims on an edge have values under this name, by claim number.
  const ValueColumn& ClaimColumn(PropertyId property) const;
  // All values that the view admits, best first, without repeats.
  std::vector<Value> VertexValues(VertexId vertex, PropertyId property, std::vector<EdgeId>* sources = nullptr) const;
  // All edges that have one of the values under that name in this view, and perhaps others, in the order of their
  // numbers; nullopt where they are more than `most`, or no index can tell. The index of a property is made at the
  // first question, in time proportional to the edges that have it.
  std::optional<std::vector<EdgeId>> EdgesThatMayHave(PropertyId property, std::span<const Value> values,
                                                      size_t most) const;
  std::vector<Value> EdgeValues(EdgeId edge, PropertyId property) const;
  // All of them at once, sorted by name, for printing and properties().
  std::vector<std::pair<PropertyId, Value>> VertexProperties(VertexId vertex) const;
  std::vector<std::pair<PropertyId, Value>> EdgeProperties(EdgeId edge) const;

 private:
  void FindWalked();
  bool Supports(ClaimId claim) const;
  Value ClaimField(const ImageClaim& claim, PropertyId property) const;
  Value ClaimNodeProperty(const ImageClaim& claim, PropertyId property) const;

  std::shared_ptr<const Image> image_;
  ClaimFilter filter_;
  bool all_edges_ = false;
  std::vector<uint64_t> own_walked_;
  std::span<const uint64_t> walked_;  // into own_walked_ or the image
  std::vector<bool> walks_all_;       // by relation
  bool walks_all_of_all_ = false;
  // Names of what is read off a claim's columns.
  PropertyId quantity_, valid_, said_, act_, polarity_, certainty_, rank_, relation_, recorded_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VIEW_H_
