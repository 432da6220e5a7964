// RETURN_IF_ERROR and ASSIGN_OR_RETURN, in the shape that Abseil gave them later than Debian 12's version.
#ifndef DOSSIER_GRAPH_BASE_STATUS_MACROS_H_
#define DOSSIER_GRAPH_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define DOSSIER_CONCAT_INNER(a, b) a##b
#define DOSSIER_CONCAT(a, b) DOSSIER_CONCAT_INNER(a, b)

// Evaluates `expr` (an absl::Status) and returns it from the enclosing function unless it is OK.
#define RETURN_IF_ERROR(expr)                                \
  do {                                                       \
    absl::Status dossier_status_ = (expr);                   \
    if (!dossier_status_.ok()) return dossier_status_;       \
  } while (false)

// Evaluates `expr` (an absl::StatusOr<T>); on error returns its status, else moves the value into `lhs`,
// which may declare a variable.
#define ASSIGN_OR_RETURN(lhs, expr) \
  DOSSIER_ASSIGN_OR_RETURN_INNER(DOSSIER_CONCAT(dossier_status_or_, __LINE__), lhs, expr)
#define DOSSIER_ASSIGN_OR_RETURN_INNER(var, lhs, expr) \
  auto var = (expr);                                   \
  if (!var.ok()) return std::move(var).status();       \
  lhs = *std::move(var)

#endif  // DOSSIER_GRAPH_BASE_STATUS_MACROS_H_
