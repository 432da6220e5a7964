#include "graph/base/text.h"
#include "query/ast_printer_internal.h"

namespace dossier::ast {
namespace {

std::string_view TextOf(PathMode mode) {
  switch (mode) {
    case PathMode::kWalk:
      return "WALK";
    case PathMode::kTrail:
      return "TRAIL";
    case PathMode::kSimple:
      return "SIMPLE";
    case PathMode::kAcyclic:
      return "ACYCLIC";
  }
  return "?";
}

}  // namespace

void Printer::Print(const LabelExpression& labels) {
  switch (labels.kind) {
    case LabelExpression::Kind::kName:
      AddWord(labels.name);
      return;
    case LabelExpression::Kind::kWildcard:
      Add("%");
      return;
    case LabelExpression::Kind::kNot:
      Add("!");
      Print(labels.operands.front());
      return;
    case LabelExpression::Kind::kAnd:
    case LabelExpression::Kind::kOr:
      break;
  }
  Add("(");
  for (size_t i = 0; i < labels.operands.size(); ++i) {
    if (i > 0) Add(labels.kind == LabelExpression::Kind::kAnd ? "&" : "|");
    Print(labels.operands[i]);
  }
  Add(")");
}

void Printer::Print(const GraphPattern& pattern) {
  if (pattern.mode.has_value()) {
    Add(*pattern.mode == MatchMode::kDifferentEdges ? "DIFFERENT EDGES " : "REPEATABLE ELEMENTS ");
  }
  for (size_t i = 0; i < pattern.paths.size(); ++i) {
    if (i > 0) Add(", ");
    Print(pattern.paths[i]);
  }
  if (pattern.keep.has_value()) {
    Add(" KEEP ");
    Print(*pattern.keep);
  }
  AddWhere(pattern.where);
}

void Printer::Print(const PathPattern& pattern) {
  if (pattern.variable.has_value()) {
    AddName(*pattern.variable);
    Add(" = ");
  }
  if (pattern.function_form) {
    const bool all = pattern.prefix->selector == PathPrefix::Selector::kAllShortest;
    Add(all ? "allShortestPaths(" : "shortestPath(");
    Print(pattern.path);
    Add(")");
    return;
  }
  if (pattern.prefix.has_value()) {
    Print(*pattern.prefix);
    Add(" ");
  }
  Print(pattern.path);
}

void Printer::Print(const PathPrefix& prefix) {
  if (!prefix.has_selector) {
    if (prefix.mode.has_value()) Add(TextOf(*prefix.mode));
    return;
  }
  switch (prefix.selector) {
    case PathPrefix::Selector::kAll:
      Add("ALL");
      break;
    case PathPrefix::Selector::kAny:
      Add("ANY");
      break;
    case PathPrefix::Selector::kAllShortest:
      Add("ALL SHORTEST");
      break;
    case PathPrefix::Selector::kAnyShortest:
      Add("ANY SHORTEST");
      break;
    case PathPrefix::Selector::kShortest:
    case PathPrefix::Selector::kShortestGroups:
      Add("SHORTEST");
      break;
  }
  if (prefix.count != nullptr) {
    Add(" ");
    Print(*prefix.count);
  }
  if (prefix.mode.has_value()) {
    Add(" ");
    Add(TextOf(*prefix.mode));
  }
  if (prefix.selector == PathPrefix::Selector::kShortestGroups) Add(" GROUPS");
}

void Printer::Print(const PathAlternatives& path) {
  for (size_t i = 0; i < path.terms.size(); ++i) {
    if (i > 0) Add(path.kind == PathAlternatives::Kind::kMultiset ? " |+| " : " | ");
    Print(path.terms[i]);
  }
}

void Printer::Print(const PathTerm& term) {
  for (const PathFactor& factor : term.factors) Print(factor);
}

void Printer::Print(const PathFactor& factor) {
  if (const NodePattern* node = factor.AsNode()) {
    PrintNode(*node);
  } else if (const EdgePattern* edge = factor.AsEdge()) {
    PrintEdge(*edge, factor.quantifier);
  } else {
    Print(*factor.AsPath());
  }
  if (factor.quantifier.has_value() && !factor.quantifier->var_length) PrintQuantifier(*factor.quantifier);
}

void Printer::Print(const ParenthesizedPath& path) {
  Add("(");
  if (path.variable.has_value()) {
    AddName(*path.variable);
    Add(" = ");
  }
  if (path.mode.has_value()) {
    Add(TextOf(*path.mode));
    Add(" ");
  }
  Print(path.path);
  AddWhere(path.where);
  Add(")");
}

void Printer::PrintNode(const NodePattern& node) {
  Add("(");
  PrintFill(node.fill, std::nullopt);
  Add(")");
}

void Printer::PrintEdge(const EdgePattern& edge, const std::optional<Quantifier>& quantifier) {
  Add(edge.direction == EdgeDirection::kLeft ? "<-[" : "-[");
  PrintFill(edge.fill, quantifier);
  Add(edge.direction == EdgeDirection::kRight ? "]->" : "]-");
}

void Printer::PrintFill(const ElementFill& fill, const std::optional<Quantifier>& quantifier) {
  const size_t begin = out_.size();
  if (fill.variable.has_value()) AddName(*fill.variable);
  if (fill.labels.has_value()) {
    Add(":");
    Print(*fill.labels);
  }
  if (quantifier.has_value() && quantifier->var_length) {
    Add(StrCat("*", quantifier->min, ".."));
    if (quantifier->max.has_value()) Add(StrCat(*quantifier->max));
  }
  if (fill.properties.has_value()) {
    if (out_.size() > begin) Add(" ");
    Print(*fill.properties);
  }
  AddWhere(fill.where);
}

void Printer::PrintQuantifier(const Quantifier& quantifier) {
  if (quantifier.optional) {
    Add("?");
  } else {
    Add(StrCat("{", quantifier.min, ","));
    if (quantifier.max.has_value()) Add(StrCat(*quantifier.max));
    Add("}");
  }
}

}  // namespace dossier::ast
