#include "query/rewrites/bind_ends.h"

#include <algorithm>
#include <utility>

#include "query/condition_placement.h"
#include "query/start_choice.h"

namespace dossier {
namespace {

// With more vertices than this to end at, one search for all of them is better than one for each.
constexpr double kMostEnds = 16;

// Puts a look-up of the node in front of the match, where there is one; from then on the node is bound before.
bool BindNode(const NodeTest* node, const StartChoice& choice, MatchNode* match, LogicalPlan* input, Slot* next_slot) {
  const bool by_value = choice.kind == StartChoice::Kind::kProperty || choice.kind == StartChoice::Kind::kKey;
  if (!by_value || node->local == kNoLocal || !ReadOnly(node->conditions, node->local)) return false;
  const auto stored = std::find_if(match->stores.begin(), match->stores.end(),
                                   [&](const PatternVariable& variable) { return variable.local == node->local; });
  if (stored == match->stores.end()) return false;
  PatternVariable variable = *stored;
  if (variable.slot == kNoSlot) variable.slot = (*next_slot)++;
  match->stores.erase(stored);
  ScanNode scan{.pattern = match->pattern, .test = node, .slot = variable.slot, .key = choice.key};
  scan.property = choice.property;
  scan.estimate = choice.estimate;
  for (const auto* variables : {&match->loads, &match->context}) {
    scan.context.insert(scan.context.end(), variables->begin(), variables->end());
  }
  match->loads.push_back(variable);
  *input = MakeNode(std::move(scan), std::move(*input));
  return true;
}

void Bind(const Image& image, MatchNode* match, LogicalPlan* input, Slot* next_slot) {
  const auto in_row = [](const PatternVariable& variable) { return variable.slot != kNoSlot; };
  if (!std::all_of(match->loads.begin(), match->loads.end(), in_row) ||
      !std::all_of(match->context.begin(), match->context.end(), in_row)) {
    return;
  }
  const NodeTest* first = match->program.first;
  if (match->start != MatchNode::Start::kBound && first != nullptr) {
    const StartChoice choice = ChooseStart(first, false, image);
    if (BindNode(first, choice, match, input, next_slot)) {
      match->start = MatchNode::Start::kBound;
      match->start_local = first->local;
      match->key = nullptr;
      match->property = nullptr;
    }
  }
  const NodeTest* last = match->program.last;
  if (match->target_local != kNoLocal || last == nullptr || last == first || !HasQuantifier(*match->pattern)) return;
  const StartChoice choice = ChooseStart(last, false, image);
  if (choice.estimate <= kMostEnds && BindNode(last, choice, match, input, next_slot)) {
    match->target_local = last->local;
  }
}

}  // namespace

void BindEnds(const Image& image, LogicalPlan* plan, Slot* next_slot) {
  LogicalNode& node = **plan;
  if (auto* apply = std::get_if<ApplyNode>(&node.node)) BindEnds(image, &apply->body, next_slot);
  for (LogicalPlan& input : node.inputs) BindEnds(image, &input, next_slot);
  if (auto* match = std::get_if<MatchNode>(&node.node)) Bind(image, match, &node.inputs.front(), next_slot);
}

}  // namespace dossier
