#include "query/pattern_text.h"

#include <variant>

#include "graph/base/text.h"

namespace dossier {
namespace {

void AddPatterns(const LogicalNode& plan, std::string* text) {
  for (const LogicalPlan& input : plan.inputs) AddPatterns(*input, text);
  if (const auto* apply = std::get_if<ApplyNode>(&plan.node)) AddPatterns(*apply->body, text);
  const BoundPathPattern* pattern = nullptr;
  if (const auto* match = std::get_if<MatchNode>(&plan.node)) pattern = match->pattern.get();
  // A path that is taken apart begins with a scan.
  if (const auto* scan = std::get_if<ScanNode>(&plan.node); scan != nullptr && scan->begins_path) {
    pattern = scan->pattern.get();
  }
  if (pattern != nullptr) *text += StrCat(text->empty() ? "" : ", ", pattern->text);
}

}  // namespace

std::string PatternText(const LogicalNode& plan) {
  std::string text;
  AddPatterns(plan, &text);
  return text.empty() ? "a row" : text;
}

}  // namespace dossier
