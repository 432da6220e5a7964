// Functions on claims and sources; extensions of ours.
#include "query/function.h"

namespace dossier {

std::span<const Function> ClaimFunctions() { return {}; }

}  // namespace dossier
