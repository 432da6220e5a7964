// A bound expression: names are slots and locals, functions are found, types are checked as far as they are known
// before the query runs. Made by the expression binder, computed a row at a time.
#ifndef DOSSIER_QUERY_EXPRESSION_H_
#define DOSSIER_QUERY_EXPRESSION_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/source_span.h"
#include "graph/value.h"
#include "query/evaluation.h"

namespace dossier {

struct LogicalNode;

// What is known of a value before the query runs.
enum class StaticType : uint8_t {
  kAny,
  kNull,
  kBoolean,
  kInteger,
  kFloat,
  kNumber,
  kString,
  kList,
  kMap,
  kVertex,
  kEdge,
  kPath,
  kEdgeList,    // the edges of a quantified edge pattern
  kVertexList,  // group variables of quantified paths
  kTime,
  kQuantity,
  kDate,
  kLocalTime,
  kZonedTime,
  kLocalDateTime,
  kZonedDateTime,
  kTemporal,  // one of these five
  kDuration,
};

class Expression {
 public:
  virtual ~Expression() = default;
  // The value for the context's row. On failure: context.Fail(...), and null.
  virtual Value Evaluate(EvaluationContext& context) const = 0;
  // The values for all rows of `batch`, in their order, as Evaluate gives them; ends early on failure. Not where
  // sources are tracked (context.touched()), as those are a row's own. Leaves the context at another row.
  virtual void EvaluateAll(EvaluationContext& context, const Batch& batch, std::vector<Value>* values) const;
  // As EXPLAIN prints it.
  virtual std::string ToString() const = 0;
  // Calls `visit` for each direct operand.
  virtual void ForEachChild(const std::function<void(const Expression&)>& visit) const = 0;
  // The plan that it runs for itself, which may read any column of the row; null for most.
  virtual const LogicalNode* plan() const { return nullptr; }

  // Whether computing it surely ends without an error, so that it may be computed for more rows than asked for.
  virtual bool never_fails() const { return false; }

  StaticType type() const { return type_; }
  const SourceSpan& span() const { return span_; }

 protected:
  Expression(StaticType type, SourceSpan span) : type_(type), span_(span) {}

 private:
  StaticType type_;
  SourceSpan span_;
};

using BoundExpression = std::unique_ptr<const Expression>;

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXPRESSION_H_
