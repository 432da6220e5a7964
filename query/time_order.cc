#include "query/time_order.h"

#include <algorithm>

#include "query/expression_nodes.h"
#include "query/function.h"

namespace dossier {
namespace {

// A step without a time of its own may be at any time.
TimeBounds TimeOf(EdgeId edge, PropertyId valid, const View& view) {
  const Value time = view.EdgeProperty(edge, valid);
  return time.type() == Value::Type::kTime ? time.time().bounds() : TimeBounds::Undated();
}

}  // namespace

std::optional<TimeOrderTest> TimeOrderOf(const Expression& expression) {
  const std::optional<CalledFunction> call = CallOf(expression);
  if (!call.has_value() || call->function->name() != "in_time_order") return std::nullopt;
  TimeOrderTest test{call->arguments.front()};
  if (call->arguments.size() > 1) {
    const Value* const mode = ConstantOf(*call->arguments[1]);
    if (mode == nullptr || mode->type() != Value::Type::kString) return std::nullopt;
    if (mode->string() == "possible") {
      test.mode = TimeOrder::Mode::kPossible;
    } else if (mode->string() != "certain") {
      return std::nullopt;  // an error where it is computed
    }
  }
  return test;
}

// Certainly in order is a matter of neighbours. Possibly in order: whatever comes may not have to be before the latest
// of all that must have begun by then, and the other way round from the end.
int64_t TimeOrderBorder(const GrowingPath& path, const View& view) {
  const PropertyId valid = view.image().FindProperty("valid");
  const TimeBounds last = TimeOf(path.edges.back(), valid, view);
  if (path.mode == TimeOrder::Mode::kCertain) return path.reversed ? last.earliest_start : last.latest_start;
  int64_t border = path.reversed ? last.latest_start : last.earliest_start;
  for (const EdgeId edge : path.edges.first(path.edges.size() - 1)) {
    const TimeBounds time = TimeOf(edge, valid, view);
    border = path.reversed ? std::min(border, time.latest_start) : std::max(border, time.earliest_start);
  }
  return border;
}

bool StaysInTimeOrder(const GrowingPath& path, EdgeId next, const View& view) {
  if (path.edges.empty()) return true;
  const int64_t border = TimeOrderBorder(path, view);
  const TimeBounds time = TimeOf(next, view.image().FindProperty("valid"), view);
  const bool certain = path.mode == TimeOrder::Mode::kCertain;
  if (path.reversed) return (certain ? time.latest_start : time.earliest_start) <= border;
  return (certain ? time.earliest_start : time.latest_start) >= border;
}

}  // namespace dossier
