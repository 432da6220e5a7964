#include "tests/unit/query/expression_fixture.h"

#include "graph/image_builder.h"
#include "query/expression_nodes.h"

namespace dossier {

absl::StatusOr<BoundExpression> NoSubqueries::BindSubquery(const ast::Subquery&, const SourceSpan& span, const Scope&) {
  return MakeConstant(Value::String("subquery"), span);
}
absl::StatusOr<BoundExpression> NoSubqueries::BindPatternPredicate(const ast::PatternPredicate&, const SourceSpan& span,
                                                                   const Scope&) {
  return MakeConstant(Value::Boolean(true), span);
}
absl::StatusOr<BoundExpression> NoSubqueries::BindPatternComprehension(const ast::PatternComprehension&,
                                                                       const SourceSpan& span, const Scope&) {
  return MakeConstant(Value::OfList({}), span);
}
absl::StatusOr<BoundExpression> NoSubqueries::BindShortestPath(const ast::ShortestPath&, const SourceSpan& span,
                                                               const Scope&) {
  return MakeConstant(Value(), span);
}

void ExpressionBench::Set(std::string_view name, Value value, StaticType type) {
  scope_.Declare(name, {VariableReference::Kind::kSlot, static_cast<uint32_t>(row_.size()), type});
  row_.push_back(std::move(value));
  batch_ = Batch(static_cast<uint32_t>(row_.size()));
  batch_.AddRow();
  for (uint32_t slot = 0; slot < row_.size(); ++slot) batch_.Set(slot, 0, row_[slot]);
}

absl::StatusOr<BoundExpression> ExpressionBench::Bind(std::string_view text) {
  ASSIGN_OR_RETURN(const ast::ExpressionPtr expression, ParseExpression(text));
  return ExpressionBinder(ontology_, image_.get(), &subqueries_, &next_local_).Bind(*expression, scope_);
}

EvaluationContext ExpressionBench::MakeContext() {
  EvaluationContext context(view_.get(), ontology_, &parameters_);
  context.SetRow(&batch_, 0);
  context.SetClaimReader(claims_);
  touched_.clear();
  context.SetTouched(&touched_);
  return context;
}

absl::StatusOr<Value> ExpressionBench::Compute(std::string_view text) {
  ASSIGN_OR_RETURN(const BoundExpression bound, Bind(text));
  EvaluationContext context = MakeContext();
  Value value = bound->Evaluate(context);
  if (context.failed()) return context.status();
  return value;
}

std::string ExpressionBench::Run(std::string_view text) {
  const absl::StatusOr<Value> value = Compute(text);
  return value.ok() ? ToString(*value) : StrCat("E", ErrorNumber(value.status()));
}

std::string ExpressionBench::Complaint(std::string_view text) {
  const absl::StatusOr<Value> value = Compute(text);
  return value.ok() ? ToString(*value) : std::string(value.status().message());
}

ExpressionBench ScratchBench() {
  ImageBuilder builder(/*sourced=*/false);
  const LabelId person = builder.Label("Person");
  const VertexId a = builder.AddEntity("a", {person});
  const VertexId b = builder.AddEntity("b", {person, builder.Label("Admin")});
  builder.SetVertexProperty(a, builder.Property("name"), Value::String("Ann"));
  builder.SetVertexProperty(a, builder.Property("age"), Value::Integer(30));
  builder.SetVertexProperty(b, builder.Property("name"), Value::String("Bob"));
  const EdgeId k = builder.AddEdge(a, builder.Relation("KNOWS"), b);
  builder.AddEdgeProperty(k, builder.Property("since"), Value::Integer(2001));
  ExpressionBench bench(builder.Build());
  bench.Set("a", Value::Vertex(a), StaticType::kVertex);
  bench.Set("b", Value::Vertex(b), StaticType::kVertex);
  bench.Set("k", Value::Edge(k), StaticType::kEdge);
  bench.Set("p", Value::OfPath({.vertices = {a, b}, .edges = {k}}), StaticType::kPath);
  return bench;
}

}  // namespace dossier
