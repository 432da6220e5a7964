// What can be asked of an uncertain time or a quantity with a point: t.earliest_start, q.low. Extensions of ours.
#ifndef DOSSIER_QUERY_VALUE_COMPONENT_H_
#define DOSSIER_QUERY_VALUE_COMPONENT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"

namespace dossier {

// Of a time:      text; earliest_start, latest_start, earliest_end, latest_end (times; the ends are the last day or
//                 second, not the one after; null where nothing limits them); year (null unless it began and ended in
//                 one); approximate, uncertain, undated
// Of a quantity:  low, high (numbers; high is null where nothing limits it); value (null unless exact); unit, basis,
//                 text; exact, approximate, vague, unknown, derived, countable
// Nothing where there is no such component.
std::optional<Value> TimeComponent(const EdtfTime& time, std::string_view name);
std::optional<Value> QuantityComponent(const Quantity& quantity, std::string_view name);

// A bound as a number: an integer where it is whole, null where it is infinite.
Value QuantityNumber(double bound);

const std::vector<std::string>& TimeComponentNames();
const std::vector<std::string>& QuantityComponentNames();

}  // namespace dossier

#endif  // DOSSIER_QUERY_VALUE_COMPONENT_H_
