// What stands on the command line as values of a query's parameters.
#ifndef DOSSIER_TOOLS_ARGUMENTS_H_
#define DOSSIER_TOOLS_ARGUMENTS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "query/session.h"
#include "tools/question.h"

namespace dossier {

// Of `dossier query --param name=value`: a number, true, false, null, a list or a text in quotes as JSON has them, and
// anything else a text as it stands. E9008 for what has no name.
absl::StatusOr<Parameters> ReadParameters(const std::vector<std::string>& given);

// The options of `dossier ask DB NAME ...` as pairs: "--munition Smerch" and "--munition=Smerch". E9004 for what is
// none.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> SplitOptions(const std::vector<std::string>& words);

// The values of all parameters of a question: an entity becomes its key, what was left out is null. An entity is given
// by its key, a name or an alias.
//   E9004 no such parameter   E9005 one is missing   E9008 not of its type
//   E9006 a name of several entities, all of which are listed   E9007 of none: those spelt most alike are listed
absl::StatusOr<Parameters> BindQuestion(const Question& question,
                                        const std::vector<std::pair<std::string, std::string>>& options,
                                        const Session& session);

// The key of the one entity that `name` means, which must bear one of `labels` (subtypes count; empty = any).
// Errors as above; `what` is what they call it: "--munition".
absl::StatusOr<std::string> ResolveEntity(const Session& session, std::string_view name,
                                          const std::vector<std::string>& labels, std::string_view what);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_ARGUMENTS_H_
