#include "query/logical_plan.h"

#include "graph/base/text.h"

namespace dossier {
namespace {

std::string Describe(const ArgumentNode&) { return "Argument"; }

std::string_view ModeText(const PathRestrictor& restrictor) {
  switch (restrictor.vertices) {
    case PathRestrictor::Vertices::kOnce:
      return "acyclic";
    case PathRestrictor::Vertices::kOnceOrClose:
      return "simple";
    case PathRestrictor::Vertices::kFree:
      break;
  }
  return restrictor.edges_once ? "trail" : "walk";
}

std::string SelectorText(const PathSelector& selector) {
  const std::string count = selector.count == nullptr ? "1" : selector.count->ToString();
  switch (selector.kind) {
    case PathSelector::Kind::kAll:
      return "all";
    case PathSelector::Kind::kAny:
      return StrCat("any ", count);
    case PathSelector::Kind::kShortest:
      return StrCat("shortest ", count);
    case PathSelector::Kind::kGroups:
      return StrCat("shortest ", count, count == "1" ? " group" : " groups");
  }
  return "";
}

std::string Describe(const MatchNode& node) {
  std::string out = StrCat(node.count == kNoSlot ? "Match " : "CountPaths ", node.pattern->text);
  out += node.different_edges ? "  [different edges" : "  [repeatable elements";
  out += StrCat(", ", node.any_path ? "any for all" : SelectorText(node.pattern->selector), ", ",
                ModeText(node.pattern->restrictor));
  if (node.time_order.has_value()) {
    out += *node.time_order == TimeOrder::Mode::kCertain ? ", in time order" : ", possibly in time order";
  }
  for (const EdgeLookup& lookup : node.lookups) out += StrCat(", edges by ", lookup.text);
  switch (node.start) {
    case MatchNode::Start::kBound:
      out += "; from a node that is bound";
      break;
    case MatchNode::Start::kKey:
      out += StrCat("; from key ", node.key->ToString());
      break;
    case MatchNode::Start::kProperty:
      out += StrCat("; from nodes by ", node.property->name);
      break;
    case MatchNode::Start::kScan:
      out += StrCat("; scan of about ", static_cast<int64_t>(node.estimate), " nodes");
      break;
  }
  if (node.target_local != kNoLocal) out += ", to one that is bound";
  if (node.program.reversed) out += ", right to left";
  return out + "]";
}

std::string NodeText(const NodeTest* node) { return node == nullptr || node->text.empty() ? "()" : node->text; }

std::string Describe(const ScanNode& node) {
  std::string out = StrCat(node.bound ? "Check #" : "Scan #", node.slot, " = ", NodeText(node.test), "  [");
  if (node.begins_path) {
    out += StrCat(node.different_edges ? "different edges, " : "repeatable elements, ",
                  node.any_path ? "any for all, " : "all, ", ModeText(node.pattern->restrictor), "; ");
  }
  if (node.bound) return out + "bound before]";
  if (node.key != nullptr) return StrCat(out, "by key ", node.key->ToString(), "]");
  if (node.property != nullptr) return StrCat(out, "by ", node.property->name, "]");
  return StrCat(out, "about ", static_cast<int64_t>(node.estimate), " nodes]");
}

std::string Describe(const ExpandNode& node) {
  std::string out = node.counted.has_value()   ? "CountSteps"
                    : node.rounds.has_value()  ? "Reach"
                    : node.closing.has_value() ? "Intersect"
                    : node.into                ? "ExpandInto"
                                               : "Expand";
  out += StrCat(" #", node.from, node.reversed ? " against " : " over ", node.edge->text, " to ");
  if (!node.into && !node.counted.has_value()) out += StrCat("#", node.to, " = ");
  out += node.into ? StrCat("#", node.to) : NodeText(node.node);
  if (node.edge_slot != kNoSlot && !node.counted.has_value()) out += StrCat(", #", node.edge_slot, " = the edge");
  if (node.counted.has_value()) {
    for (const auto& by : node.counted->by) out += StrCat(", #", by.slot, " = ", by.text);
    out += StrCat(", #", node.counted->count, " = how many");
  }
  if (node.closing.has_value()) {
    out += StrCat(", on", node.closing->reversed ? " against " : " over ", node.closing->edge->text, " to #",
                  node.closing->to);
    if (node.closing->edge_slot != kNoSlot) out += StrCat(", #", node.closing->edge_slot, " = the edge");
  }
  for (const Slot other : node.other_edges) out += StrCat(", not #", other);
  return out;
}

std::string Describe(const ApplyNode& node) { return node.optional ? "Optional" : "Apply"; }
std::string Describe(const FilterNode& node) { return StrCat("Filter ", node.predicate->ToString()); }

std::string Describe(const ExtendNode& node) {
  std::string out = "Compute";
  for (const auto& [slot, value] : node.values) out += StrCat(" #", slot, " = ", value->ToString());
  return out;
}

std::string Describe(const AggregateNode& node) {
  std::string out = "Aggregate by [";
  for (const Slot key : node.keys) out += StrCat(" #", key);
  out += " ]";
  for (const AggregateCall& call : node.aggregates) out += StrCat(" #", call.result, " = ", call.aggregate.ToString());
  return out;
}

std::string Describe(const DistinctNode& node) {
  std::string out = "Distinct";
  for (const Slot slot : node.slots) out += StrCat(" #", slot);
  return out;
}

std::string Describe(const SortNode& node) {
  std::string out = node.limit == nullptr ? "Sort" : "TopRows";
  for (const SortKey& key : node.keys)
    out += StrCat(" ", key.expression->ToString(), key.descending ? " descending" : "");
  return out;
}

std::string Describe(const PageNode& node) {
  std::string out = "Page";
  if (node.skip != nullptr) out += StrCat(" skip ", node.skip->ToString());
  if (node.limit != nullptr) out += StrCat(" limit ", node.limit->ToString());
  return out;
}

std::string Describe(const UnwindNode& node) { return StrCat("Unwind ", node.list->ToString(), " as #", node.element); }

std::string Describe(const CallNode& node) {
  std::string out = StrCat(node.optional ? "OptionalCall " : "Call ", node.procedure->name, "(");
  for (size_t i = 0; i < node.arguments.size(); ++i) out += StrCat(i > 0 ? ", " : "", node.arguments[i]->ToString());
  out += ")";
  for (const auto& [column, slot] : node.yields) out += StrCat(" #", slot, " = ", node.procedure->columns[column].name);
  return out;
}

std::string Describe(const UnionNode&) { return "Union"; }

}  // namespace

LogicalPlan MakeNode(decltype(LogicalNode::node) node, LogicalPlan input) {
  auto made = std::make_unique<LogicalNode>();
  made->node = std::move(node);
  if (input != nullptr) made->inputs.push_back(std::move(input));
  return made;
}

std::string Describe(const LogicalNode& step) {
  return std::visit([](const auto& node) { return Describe(node); }, step.node);
}

}  // namespace dossier
