#include "query/row_estimate.h"

#include <algorithm>
#include <cmath>

#include "query/expression_nodes.h"

namespace dossier {
namespace {

constexpr double kMost = 1e18;
constexpr double kKeptByProperty = 0.1;
constexpr double kKeptByCondition = 0.3;
constexpr double kListLength = 10;      // of a list that is not known before
constexpr double kProcedureRows = 10;   // of a call
constexpr int64_t kRoundsLookedAt = 3;  // of a quantifier without end, beyond its least

class PathEstimate {
 public:
  explicit PathEstimate(const Image& image) : image_(image) {}

  // Rows for one row.
  double OfStep(const ExpandNode& node) const {
    double rows = Degree(*node.edge) * (node.node == nullptr ? 1 : Kept(*node.node));
    if (node.rounds.has_value()) {
      const double reached = Rounds(Degree(*node.edge), {.min = node.rounds->min, .max = node.rounds->max});
      rows = std::min(reached, static_cast<double>(image_.vertex_count()));
    }
    if (node.counted.has_value()) rows = std::min(rows, kListLength * static_cast<double>(node.counted->by.size()) + 1);
    if (node.closing.has_value()) rows *= Degree(*node.closing->edge);
    return node.into || node.closing.has_value() ? rows / std::max(1.0, static_cast<double>(image_.vertex_count()))
                                                 : rows;
  }

  // Paths that begin at one vertex.
  double Of(const BoundPath& path, bool begins) const {
    double sum = 0;
    for (const BoundTerm& term : path.terms) {
      double product = 1;
      bool first = begins;
      for (const BoundFactor& factor : term.factors) {
        const double once = Once(factor, first);
        product = std::min(kMost, product * (factor.quantifier.has_value() ? Rounds(once, *factor.quantifier) : once));
        first = false;
      }
      sum += product;
    }
    return std::min(kMost, sum);
  }

 private:
  double Once(const BoundFactor& factor, bool first) const {
    if (const auto* node = std::get_if<NodeTest>(&factor.element)) return first ? 1 : Kept(*node);
    if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) return Degree(*edge);
    const BoundGroup& group = *std::get_if<BoundGroup>(&factor.element);
    return Of(*group.path, first) * std::pow(kKeptByCondition, static_cast<double>(group.conditions.size()));
  }

  static double Rounds(double once, const ast::Quantifier& quantifier) {
    const int64_t least = quantifier.min;
    const int64_t most = std::min(quantifier.max.value_or(least + kRoundsLookedAt), least + 10 * kRoundsLookedAt);
    double sum = 0;
    for (int64_t rounds = least; rounds <= most; ++rounds) sum += std::pow(once, static_cast<double>(rounds));
    return std::min(kMost, sum);
  }

  double Kept(const NodeTest& node) const {
    double kept = 1;
    if (!node.any_label && image_.vertex_count() > 0) {
      double count = 0;
      for (uint32_t i = 0; i < node.signatures.size(); ++i) count += node.signatures[i] ? image_.vertices_of(i) : 0;
      kept = count / image_.vertex_count();
    }
    return kept * std::pow(kKeptByProperty, static_cast<double>(node.properties.size())) *
           std::pow(kKeptByCondition, static_cast<double>(node.conditions.size()));
  }

  double Degree(const EdgeTest& edge) const {
    if (image_.vertex_count() == 0) return 0;
    double edges = 0;
    for (const RelationStep& step : edge.steps) {
      edges += static_cast<double>(image_.edges_of(step.relation)) * ((step.forward ? 1 : 0) + (step.backward ? 1 : 0));
    }
    return edges / image_.vertex_count() * std::pow(kKeptByProperty, static_cast<double>(edge.properties.size())) *
           std::pow(kKeptByCondition, static_cast<double>(edge.conditions.size()));
  }

  const Image& image_;
};

double ConstantOr(const Expression* expression, double otherwise) {
  if (expression == nullptr) return otherwise;
  const Value* constant = ConstantOf(*expression);
  return constant == nullptr || !constant->is_number() ? otherwise : constant->AsDouble();
}

}  // namespace

double EstimateRows(const LogicalNode& step, double inputs, double body, const Image& image) {
  struct Estimator {
    double inputs, body;
    const Image& image;

    double operator()(const ArgumentNode&) const { return 1; }
    double operator()(const MatchNode& node) const {
      const bool by_value = node.start == MatchNode::Start::kScan || node.start == MatchNode::Start::kProperty;
      const double starts = by_value ? std::max(1.0, node.estimate) : 1;
      double paths = starts * PathEstimate(image).Of(node.pattern->path, true);
      const double ends = node.target_local != kNoLocal ? 1 : static_cast<double>(image.vertex_count());
      if (node.target_local != kNoLocal) paths /= std::max(1.0, static_cast<double>(image.vertex_count()));
      const PathSelector& selector = node.pattern->selector;
      const bool some = selector.kind == PathSelector::Kind::kAny || selector.kind == PathSelector::Kind::kShortest;
      if (some) paths = std::min(paths, starts * ends * ConstantOr(selector.count.get(), 1));
      if (node.count != kNoSlot) paths = std::min(paths, starts * ends);
      return inputs * paths;
    }
    double operator()(const ScanNode& node) const { return inputs * (node.bound ? kKeptByCondition : node.estimate); }
    double operator()(const ExpandNode& node) const { return inputs * PathEstimate(image).OfStep(node); }
    double operator()(const ApplyNode& node) const { return inputs * (node.optional ? std::max(1.0, body) : body); }
    double operator()(const FilterNode&) const { return inputs * kKeptByCondition; }
    double operator()(const ExtendNode&) const { return inputs; }
    double operator()(const AggregateNode& node) const { return node.keys.empty() ? 1 : std::sqrt(inputs); }
    double operator()(const DistinctNode&) const { return inputs / 2; }
    double operator()(const SortNode&) const { return inputs; }
    double operator()(const PageNode& node) const {
      const double left = std::max(0.0, inputs - ConstantOr(node.skip.get(), 0));
      return std::min(left, ConstantOr(node.limit.get(), left));
    }
    double operator()(const UnwindNode& node) const {
      const Value* list = ConstantOf(*node.list);
      const bool known = list != nullptr && list->type() == Value::Type::kList;
      return inputs * (known ? static_cast<double>(list->list().size()) : kListLength);
    }
    double operator()(const CallNode& node) const {
      return node.procedure->columns.empty() ? inputs : inputs * kProcedureRows;
    }
    double operator()(const UnionNode&) const { return inputs; }
  };
  return std::min(kMost, std::visit(Estimator{inputs, body, image}, step.node));
}

}  // namespace dossier
