// What judgements have in common, whatever they are about: who judges, why, and the document that they rest on.
#ifndef DOSSIER_TOOLS_COMMANDS_ANALYST_H_
#define DOSSIER_TOOLS_COMMANDS_ANALYST_H_

#include <string>

#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "schema/names.h"
#include "store/store.h"

namespace dossier {

struct AnalystWords {
  std::string by;      // a name, or the key of an entity
  std::string reason;  // in the analyst's words
};

// E9008 where one of them says nothing, or is not UTF-8.
absl::Status CheckWords(const AnalystWords& words);

struct JudgementSource {
  std::string analyst;  // keys
  std::string document;
  EdtfTime date;  // today, in UTC as all times of a store
};

// Who judges, and the document "Judgements by ..." of today. What of them is new goes to `transaction`.
// E9006 where several bear the name, E9008 where it is none.
absl::StatusOr<JudgementSource> AddJudgementSource(const NameIndex& names, const AnalystWords& words,
                                                   Transaction* transaction);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_COMMANDS_ANALYST_H_
