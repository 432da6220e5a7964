// What the command tells its caller, as promised in `dossier --help`.
#ifndef DOSSIER_TOOLS_EXIT_CODE_H_
#define DOSSIER_TOOLS_EXIT_CODE_H_

#include "absl/status/status.h"

namespace dossier {

enum class ExitCode : int {
  kDone = 0,
  kWrong = 1,         // the input or the question is wrong, or a check found something
  kUsage = 2,         // the command line is wrong
  kStore = 3,         // the store is damaged, busy, full, or of another format
  kInterrupted = 130  // Ctrl-C, as shells have it
};

ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_EXIT_CODE_H_
