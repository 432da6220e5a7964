// Expressions from text to value over a small graph, for the tests of expressions.
#ifndef DOSSIER_TESTS_UNIT_QUERY_EXPRESSION_FIXTURE_H_
#define DOSSIER_TESTS_UNIT_QUERY_EXPRESSION_FIXTURE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/view.h"
#include "query/expression_binder.h"
#include "query/parser.h"

namespace dossier {

// Says of each subquery and pattern that it was asked for: a text constant.
class NoSubqueries : public SubqueryBinder {
 public:
  absl::StatusOr<BoundExpression> BindSubquery(const ast::Subquery&, const SourceSpan&, const Scope&) override;
  absl::StatusOr<BoundExpression> BindPatternPredicate(const ast::PatternPredicate&, const SourceSpan&,
                                                       const Scope&) override;
  absl::StatusOr<BoundExpression> BindPatternComprehension(const ast::PatternComprehension&, const SourceSpan&,
                                                           const Scope&) override;
  absl::StatusOr<BoundExpression> BindShortestPath(const ast::ShortestPath&, const SourceSpan&, const Scope&) override;
};

// A row with named columns over an image.
class ExpressionBench {
 public:
  explicit ExpressionBench(std::shared_ptr<const Image> image, const Ontology* ontology = nullptr)
      : image_(std::move(image)), ontology_(ontology), view_(std::make_unique<const View>(image_, ClaimFilter())) {
    batch_.AddRow();
  }

  // Names a value; `type` is what the binder is told of it.
  void Set(std::string_view name, Value value, StaticType type = StaticType::kAny);
  void SetParameter(std::string_view name, Value value) { parameters_[std::string(name)] = std::move(value); }
  void SetClaimReader(const ClaimReader* claims) { claims_ = claims; }
  void SetFilter(ClaimFilter filter) { view_ = std::make_unique<const View>(image_, std::move(filter)); }

  absl::StatusOr<BoundExpression> Bind(std::string_view text);
  // The value's text ("null", "1.5", "'a'" inside lists), or "E6001" and the like.
  std::string Run(std::string_view text);
  // The whole message of the error.
  std::string Complaint(std::string_view text);
  // What the last Run touched.
  const std::vector<SourceItem>& touched() const { return touched_; }
  EvaluationContext MakeContext();

 private:
  absl::StatusOr<Value> Compute(std::string_view text);

  std::shared_ptr<const Image> image_;
  const Ontology* ontology_;
  std::unique_ptr<const View> view_;
  Scope scope_;
  std::vector<Value> row_;
  Batch batch_;
  Parameters parameters_;
  const ClaimReader* claims_ = nullptr;
  NoSubqueries subqueries_;
  uint32_t next_local_ = 0;
  std::vector<SourceItem> touched_;
};

// (a:Person {name: 'Ann', age: 30})-[k:KNOWS {since: 2001}]->(b:Person:Admin {name: 'Bob'}) without sources; the bench
// has a, b, k and p, the path from a to b.
ExpressionBench ScratchBench();

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_EXPRESSION_FIXTURE_H_
