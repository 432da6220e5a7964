// From a path as it was walked to the values of the pattern's variables.
#ifndef DOSSIER_QUERY_PATH_BINDING_H_
#define DOSSIER_QUERY_PATH_BINDING_H_

#include "query/path_automaton.h"

namespace dossier {

// The path in the order of the pattern as written.
Path WrittenPath(const WalkedPath& walked, bool reversed);

// Sets the locals of the pattern's element variables: single elements (null where an alternative or `?` left them out),
// lists of the elements of all rounds in the order of the pattern as written, parenthesised paths. `next` and `marks`
// extend the path by a step not yet in `walked`, where there is one (else an invalid vertex); `lists_only` leaves
// single elements alone.
void BindElements(const PathAutomaton& automaton, const WalkedPath& walked, const Neighbor& next,
                  std::span<const uint32_t> marks, bool lists_only, EvaluationContext* context);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_BINDING_H_
