// in_time_order(p) as part of a search: a path that is out of order can come to no good, whichever end it grows from,
// and is not followed further.
#ifndef DOSSIER_QUERY_TIME_ORDER_H_
#define DOSSIER_QUERY_TIME_ORDER_H_

#include <cstdint>
#include <optional>
#include <span>

#include "graph/id.h"
#include "graph/time_bounds.h"
#include "graph/view.h"
#include "query/expression.h"

namespace dossier {

// What in_time_order(path[, mode]) asks.
struct TimeOrderTest {
  const Expression* path = nullptr;
  TimeOrder::Mode mode = TimeOrder::Mode::kCertain;
};
// Nothing for any other expression, and where the mode is known only when the query runs.
std::optional<TimeOrderTest> TimeOrderOf(const Expression& expression);

// A path that grows edge by edge, at its end or (`reversed`) at its beginning.
struct GrowingPath {
  std::span<const EdgeId> edges;  // as they were walked, in order of time as far as they go
  TimeOrder::Mode mode = TimeOrder::Mode::kCertain;
  bool reversed = false;
};

// Whether it is still in order with `next` added.
bool StaysInTimeOrder(const GrowingPath& path, EdgeId next, const View& view);
// The instant that decides which edges can be added: of paths with the same one, the same. There are edges.
int64_t TimeOrderBorder(const GrowingPath& path, const View& view);

}  // namespace dossier

#endif  // DOSSIER_QUERY_TIME_ORDER_H_
