#include "query/path_chain.h"

#include <algorithm>
#include <variant>

#include "query/start_choice.h"

namespace dossier {
namespace {

// How many vertices a step from such a node leads to on average; of a repeated edge, as many as so many rounds can
// reach at most.
double FanOut(const BoundFactor& factor, const NodeTest* from, const Image& image) {
  constexpr int64_t kRoundsThatMatter = 10;
  double all = 0;
  for (const RelationStep& step : std::get<EdgeTest>(factor.element).steps) {
    all += image.edges_of(step.relation) * ((step.forward ? 1.0 : 0.0) + (step.backward ? 1.0 : 0.0));
  }
  const double once = all / std::max(1.0, CountLabelled(from, image));
  if (!factor.quantifier.has_value()) return once;
  double reached = 0, level = 1;
  const int64_t rounds = std::min(factor.quantifier->max.value_or(kRoundsThatMatter), kRoundsThatMatter);
  for (int64_t i = 0; i < rounds; ++i) {
    level = std::min(level * once, all);
    reached += level;
  }
  return std::min(reached, all);
}

}  // namespace

std::optional<PathChain> ChainOf(const BoundPath& path) {
  if (path.terms.size() != 1) return std::nullopt;
  PathChain chain;
  for (const BoundFactor& factor : path.terms.front().factors) {
    if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
      if (factor.quantifier.has_value() || chain.nodes.size() > chain.edges.size()) return std::nullopt;
      chain.nodes.push_back(node);
    } else if (std::holds_alternative<EdgeTest>(factor.element)) {
      if (chain.nodes.size() == chain.edges.size()) chain.nodes.push_back(nullptr);
      chain.edges.push_back(&factor);
    } else {
      return std::nullopt;
    }
  }
  if (chain.nodes.size() == chain.edges.size()) chain.nodes.push_back(nullptr);
  return chain;
}

ChainCost CostFrom(size_t first, double starts, const PathChain& chain,
                   const std::function<bool(const NodeTest*)>& known, const Image& image) {
  double rows = std::max(1.0, starts), steps = rows;
  const auto step = [&](const BoundFactor& factor, const NodeTest* from, const NodeTest* node) {
    rows *= FanOut(factor, from, image);
    steps += rows;
    if (known(node)) rows = std::min(rows, 1.0);  // of all that are reached, one is meant
  };
  for (size_t i = first; i < chain.edges.size(); ++i) step(*chain.edges[i], chain.nodes[i], chain.nodes[i + 1]);
  for (size_t i = first; i > 0; --i) step(*chain.edges[i - 1], chain.nodes[i], chain.nodes[i - 1]);
  return {steps, rows};
}

}  // namespace dossier
