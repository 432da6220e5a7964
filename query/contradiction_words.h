// Findings in words: clauses, assumptions and what would resolve a conflict, with names for keys and dates as people
// write them. Not for use outside query/.
#ifndef DOSSIER_QUERY_CONTRADICTION_WORDS_H_
#define DOSSIER_QUERY_CONTRADICTION_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/claim_reader.h"
#include "query/contradiction_context.h"
#include "schema/names.h"

namespace dossier::contradiction {

// "in 2008-08" -> "in August 2008", "on 2015-12-23" -> "on 23 December 2015"; all else as it is.
std::string SpellDates(std::string_view text);
// "piece_count" -> "piece count".
std::string Spaced(std::string_view name);
// "a, b and c".
std::string Listed(const std::vector<std::string>& items, std::string_view last);
// As many of a kind as a sentence bears.
inline constexpr size_t kMostClauses = 3;

class Words {
 public:
  // All must outlive it.
  Words(const Context* context, const NameIndex* names, const ClaimReader* reader)
      : context_(*context), image_(context->image()), names_(*names), reader_(*reader) {}

  // The draft in words. The claims' own words are read from the reader; its errors come back.
  absl::StatusOr<Finding> Tell(const Draft& draft) const;

  // "Russian Federation", "cluster munitions", "the conflict of August 2008".
  std::string NameOf(VertexId vertex) const;
  // "Russian Federation used cluster munitions in Georgia", of a proposition. `self` is spoken of as "it".
  std::string Clause(EdgeId edge, VertexId self = VertexId()) const;

 private:
  // With the time, quantity and qualifiers that the claim gives.
  std::string Clause(ClaimId claim, bool speaker_is_it) const;
  // Whether `shown`, as NameOf gave it, is the plural of the entity's name.
  bool IsPlural(VertexId vertex, const std::string& shown) const;
  std::string ValueText(const Value& value) const;
  std::string PhraseOf(const Relation& relation) const;
  std::string QualifierText(const Relation& relation, PropertyId name, const Value& value) const;
  std::string Speaker(ClaimId claim) const;
  // What one speaker says in one way: "Monitor says", "that ...", "that ...".
  struct Voice {
    std::string head;
    std::vector<std::string> clauses;
    size_t more = 0;  // clauses beyond those that are shown
  };
  // By speaker and act, in the order in which they come.
  absl::StatusOr<std::vector<Voice>> VoicesOf(const std::vector<ClaimId>& claims, bool name_documents) const;
  static std::string Tell(const std::vector<Voice>& voices, bool with_head);
  // Both sides are one speaker's, and no document is on both: a reader is told which is which.
  bool OneSpeakerInTwoDocuments(const Draft& draft) const;
  absl::StatusOr<std::string> HedgeOf(ClaimId claim) const;
  std::string TimeText(const When& when) const;
  absl::StatusOr<std::string> Explain(const Draft& draft) const;
  bool SecondIsLater(const Draft& draft) const;
  std::string ExplainCount(const Draft& draft) const;
  absl::StatusOr<std::string> ExplainDocument(const Draft& draft) const;
  absl::StatusOr<std::string> AssumptionText(const Assumption& assumption) const;
  std::string OverlapText(const Draft& draft) const;
  std::string ResolutionOf(const Draft& draft) const;
  std::string DocumentName(VertexId document) const;

  const Context& context_;
  const Image& image_;
  const NameIndex& names_;
  const ClaimReader& reader_;
};

}  // namespace dossier::contradiction

#endif  // DOSSIER_QUERY_CONTRADICTION_WORDS_H_
