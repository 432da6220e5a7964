// Where in a path each condition is judged: as soon as all that it reads is matched. A condition inside a quantified
// part or an alternative belongs to that part, and has to be judged before it ends.
#ifndef DOSSIER_QUERY_CONDITION_PLACEMENT_H_
#define DOSSIER_QUERY_CONDITION_PLACEMENT_H_

#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "query/pattern.h"

namespace dossier {

struct ConditionPlacement {
  using ByFactor = absl::flat_hash_map<const BoundFactor*, std::vector<const Condition*>>;
  ByFactor in_round;  // to judge behind the factor's element, inside its quantifier
  ByFactor behind;    // to judge behind the factor as a whole
  // Locals that conditions read after their element is left behind.
  absl::flat_hash_set<uint32_t> kept;
};

// Conditions that read their own element alone are judged with it and do not appear. Nothing where some condition
// cannot be placed when the path is read in this direction.
std::optional<ConditionPlacement> PlaceConditions(const BoundPathPattern& pattern, bool reversed);

// Whether a condition reads nothing of the path but the element `local`.
bool ReadsOnly(const Condition& condition, uint32_t local);
bool ReadOnly(const std::vector<Condition>& conditions, uint32_t local);  // all of them

}  // namespace dossier

#endif  // DOSSIER_QUERY_CONDITION_PLACEMENT_H_
