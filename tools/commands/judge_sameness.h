// dossier judge --same, --different, --undecided: whether two entities are one, kept as a claim (query/sameness.h).
#ifndef DOSSIER_TOOLS_COMMANDS_JUDGE_SAMENESS_H_
#define DOSSIER_TOOLS_COMMANDS_JUDGE_SAMENESS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "tools/commands/analyst.h"
#include "tools/console.h"
#include "tools/exit_code.h"

namespace dossier {

enum class SamenessJudgement : uint8_t { kSame, kDifferent, kUndecided };

// `one` and `other`: names or keys of entities of the store at `db`. E9006 and E9007 for a name that several or none
// bear, E9008 where both are one entity already, or there is nothing to take back.
absl::StatusOr<ExitCode> JudgeSameness(const std::string& db, SamenessJudgement judgement, const std::string& one,
                                       const std::string& other, const AnalystWords& words, Console* console);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_COMMANDS_JUDGE_SAMENESS_H_
