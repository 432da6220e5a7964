// From a MATCH as written to path patterns that can be run: variables get their places, labels and relations are
// looked up, conditions are bound, and what could not end is refused (DESIGN.md, section 4).
#ifndef DOSSIER_QUERY_PATTERN_BINDER_H_
#define DOSSIER_QUERY_PATTERN_BINDER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/ast.h"
#include "query/expression_binder.h"
#include "query/name_resolver.h"
#include "query/pattern.h"
#include "query/scope.h"

namespace dossier {

struct BoundGraphPattern {
  std::vector<std::shared_ptr<BoundPathPattern>> paths;  // in written order
  bool different_edges = false;
  std::vector<PatternVariable> variables;  // of all paths, each once
};

class PatternBinder {
 public:
  // All pointers must outlive the binder. `next_local` and `next_slot` number locals and slots across the query.
  PatternBinder(const NameResolver* names, const Image* image, ExpressionBinder* expressions, uint32_t* next_local,
                Slot* next_slot);

  // Binds the paths; the clause's own WHERE and the scope after it are the caller's. `text` is the query's text, for
  // EXPLAIN. Errors: E6101 to E6106 and those of expressions.
  absl::StatusOr<BoundGraphPattern> Bind(const ast::GraphPattern& pattern, const Scope& scope, std::string_view text);
  // The same for one path alone, as in EXISTS-like predicates and comprehensions: DIFFERENT EDGES.
  absl::StatusOr<BoundGraphPattern> BindPath(const ast::PathPattern& path, const Scope& scope, std::string_view text);

 private:
  class Binding;

  const NameResolver* names_;
  const Image* image_;
  ExpressionBinder* expressions_;
  uint32_t* next_local_;
  Slot* next_slot_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATTERN_BINDER_H_
