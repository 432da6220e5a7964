// What judgements are made of, on findings (query/judgement.h) and on two entities being one (query/sameness.h): names
// that are built into every ontology.
#ifndef DOSSIER_SCHEMA_JUDGEMENT_NAMES_H_
#define DOSSIER_SCHEMA_JUDGEMENT_NAMES_H_

#include <string_view>

namespace dossier {

inline constexpr std::string_view kAnalystType = "Analyst";
inline constexpr std::string_view kJudgement = "judgement";
inline constexpr std::string_view kJudgedFinding = "finding";
inline constexpr std::string_view kJudgementBasis = "basis";
inline constexpr std::string_view kJudgementReason = "reason";
inline constexpr std::string_view kSameAs = "same_as";

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_JUDGEMENT_NAMES_H_
