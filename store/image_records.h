// Records of a store on their way into an image, whole or as an addition to one.
#ifndef DOSSIER_STORE_IMAGE_RECORDS_H_
#define DOSSIER_STORE_IMAGE_RECORDS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/claims_builder.h"
#include "graph/image_builder.h"
#include "store/record_codec.h"
#include "store/records.h"

namespace dossier::store_internal {

// From numbers of the store to the image's, which are the same, as far as the store has them.
class ImageNumbers {
 public:
  // Of a state of the store in which there were so many of each.
  explicit ImageNumbers(const StoreCounts& counts) : counts_(counts) {}
  const StoreCounts& counts() const { return counts_; }
  // kDataLoss for a number beyond those that the store gave.
  absl::StatusOr<VertexId> VertexOf(VertexKind kind, uint32_t number) const;
  absl::StatusOr<VertexId> VertexOf(const TermRecord& term) const;
  absl::StatusOr<Value> ToValue(const TermRecord& term) const;
  // A claim as an image takes it, with the names of its qualifiers as `builder` numbers them.
  // Fills what may have held another claim before.
  absl::Status ColumnsOf(const ClaimRecord& record, ClaimsBuilder* builder, ClaimColumns* columns) const;

 private:
  const StoreCounts counts_;
};

// What ending a claim needs to know of it.
struct ClaimSummary {
  VertexId asserter;  // innermost; invalid where there is none
  Act act;
  int64_t recorded;
};

ClaimSummary SummaryOf(const ClaimColumns& claim);

// Whether `retraction`, which speaks of the same proposition, ends the claim: its asserter takes it back, and no
// earlier than it was recorded.
bool EndedBy(const ClaimSummary& claim, const ClaimSummary& retraction);

// Gives vertices and propositions to an ImageBuilder.
class ImageRecords {
 public:
  // Finds what documents name: the vertex of this key, or an invalid one.
  using KeyFinder = std::function<absl::StatusOr<VertexId>(std::string_view key)>;
  // Both must outlive it.
  ImageRecords(const ImageNumbers* numbers, ImageBuilder* builder, KeyFinder find_key);

  void AddEntity(const Entity& entity);
  void AddDocument(const Document& document);
  // Of one that is there already: what is now said of it.
  void UpdateEntity(VertexId vertex, const Entity& entity);
  void UpdateDocument(VertexId vertex, const Document& document);
  // Documents name what they belong to by key: once all vertices are there. kDataLoss for keys that nothing has.
  absl::Status LinkDocuments();
  absl::Status AddProposition(const PropositionRecord& proposition);

 private:
  absl::StatusOr<VertexId> Find(std::string_view key);
  RelationId Relation(std::string_view name);
  PropertyId Qualifier(std::string_view name);
  void SetText(VertexId vertex, PropertyId property, std::string_view text);

  struct DocumentLinks {
    VertexId document;
    std::string publisher, part_of;
  };

  const ImageNumbers& numbers_;
  ImageBuilder& builder_;
  const KeyFinder find_key_;
  absl::flat_hash_map<std::string, VertexId> found_;  // by their keys: documents have publishers in common
  const PropertyId name_, description_, aliases_;
  std::vector<DocumentLinks> links_;
  // Names that propositions bear, of which there are few, and mostly the same again.
  std::string relation_name_;
  RelationId relation_;
  std::vector<std::pair<std::string, PropertyId>> qualifiers_;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_IMAGE_RECORDS_H_
