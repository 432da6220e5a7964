// Functions on uncertain times and quantities; extensions of ours.
#include "query/function.h"

namespace dossier {

std::span<const Function> UncertaintyFunctions() { return {}; }

}  // namespace dossier
