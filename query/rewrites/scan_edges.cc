#include "query/rewrites/scan_edges.h"

#include <utility>
#include <variant>

#include "query/element_test.h"
#include "query/start_choice.h"

namespace dossier {
namespace {

// How many edges of other relations may lie between those that are meant.
constexpr double kMostOthers = 1;

bool IsPlainOrNone(const NodeTest* node) { return node == nullptr || IsPlain(*node); }

bool MayScan(const ScanNode& scan, const ExpandNode& step, const Image& image) {
  if (scan.bound || scan.key != nullptr || scan.property != nullptr || !IsPlainOrNone(scan.test)) return false;
  if (step.from != scan.slot || step.into || step.rounds.has_value() || step.closing.has_value() ||
      !step.other_edges.empty() || !IsPlain(*step.edge) || !IsPlainOrNone(step.node)) {
    return false;
  }
  if (step.edge->steps.size() != 1 || step.edge->steps[0].forward == step.edge->steps[0].backward) return false;
  const RelationId relation = step.edge->steps[0].relation;
  if (!relation.valid() || image.hidden(relation)) return false;
  // From a part of the nodes that have such edges it is a part of the edges.
  const bool out = step.edge->steps[0].forward != step.reversed;
  const Adjacency& adjacency = out ? image.OutOf(relation) : image.InOf(relation);
  if (CountLabelled(scan.test, image) * 2 < static_cast<double>(adjacency.beginnings())) return false;
  const auto [first, end] = image.EdgeNumbers(relation);
  return end - first <= image.edges_of(relation) * (1 + kMostOthers);
}

}  // namespace

void ScanEdges(const Image& image, LogicalPlan* plan) {
  LogicalNode& node = **plan;
  if (auto* apply = std::get_if<ApplyNode>(&node.node)) ScanEdges(image, &apply->body);
  for (LogicalPlan& input : node.inputs) ScanEdges(image, &input);
  auto* step = std::get_if<ExpandNode>(&node.node);
  if (step == nullptr) return;
  LogicalNode& below = *node.inputs.front();
  auto* scan = std::get_if<ScanNode>(&below.node);
  if (scan == nullptr || !std::holds_alternative<ArgumentNode>(below.inputs.front()->node)) return;
  if (!MayScan(*scan, *step, image)) return;
  LogicalPlan input = std::move(below.inputs.front());
  *plan = MakeNode(ScanEdgesNode{std::move(*scan), std::move(*step)}, std::move(input));
}

}  // namespace dossier
