#include "query/pattern_variables.h"

#include <algorithm>
#include <optional>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_binder.h"
#include "query/expression_error.h"

namespace dossier {
namespace {

std::string_view KindName(StaticType type) {
  switch (type) {
    case StaticType::kVertex:
      return "a node";
    case StaticType::kEdge:
      return "an edge";
    case StaticType::kPath:
      return "a path";
    case StaticType::kVertexList:
      return "a list of nodes";
    case StaticType::kEdgeList:
      return "a list of edges";
    default:
      return "a value";
  }
}

// Whether no path goes through both: they are in different terms of one alternation.
bool Exclude(const PatternVariables::Branch& a, const PatternVariables::Branch& b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return left != a.end() && right != b.end() && left->first == right->first;
}

void CollectNames(const ast::PathFactor& factor, std::vector<std::pair<std::string, StaticType>>* names) {
  const auto add = [names](const std::optional<ast::Name>& name, StaticType type) {
    if (!name.has_value()) return;
    for (const auto& [known, unused] : *names) {
      if (known == name->text) return;
    }
    names->emplace_back(name->text, type);
  };
  if (const ast::NodePattern* node = factor.AsNode()) {
    add(node->fill.variable, StaticType::kVertex);
  } else if (const ast::EdgePattern* edge = factor.AsEdge()) {
    add(edge->fill.variable, StaticType::kEdge);
  } else {
    add(factor.AsPath()->variable, StaticType::kPath);
    for (const ast::PathTerm& term : factor.AsPath()->path.terms) {
      for (const ast::PathFactor& inner : term.factors) CollectNames(inner, names);
    }
  }
}

}  // namespace

bool Repeats(const ast::PathFactor& factor) { return factor.quantifier.has_value() && !factor.quantifier->optional; }

std::vector<std::pair<std::string, StaticType>> NamesIn(const ast::PathFactor& factor) {
  std::vector<std::pair<std::string, StaticType>> names;
  CollectNames(factor, &names);
  return names;
}

absl::Status PatternVariables::Declare(const ast::PathPattern& path) {
  if (path.variable.has_value()) RETURN_IF_ERROR(Declare(*path.variable, StaticType::kPath, {}));
  return DeclareIn(path.path, {});
}

absl::Status PatternVariables::Declare(const ast::Name& name, StaticType element, const Place& place) {
  StaticType type = element;
  if (place.depth > 0) {
    type = element == StaticType::kVertex ? StaticType::kVertexList
           : element == StaticType::kEdge ? StaticType::kEdgeList
                                          : StaticType::kList;
  }
  const auto [at, is_new] = declared_.try_emplace(name.text);
  Declared& declared = at->second;
  PatternVariable& variable = declared.variable;
  if (!is_new) return CheckRepeated(name, element, type, place, &declared);
  declared.element = element;
  declared.quantified = place.quantified;
  declared.branches.push_back(place.branch);
  variable.name = name.text;
  variable.type = type;
  variable.local = (*next_local_)++;
  const std::optional<VariableReference> outer = outer_->Find(name.text);
  if (!outer.has_value()) {
    if (outer_->WhyHidden(name.text).has_value()) return UnknownVariable(name, *outer_);
    variable.slot = (*next_slot_)++;
    return absl::OkStatus();
  }
  variable.bound_before = true;
  if (element == StaticType::kPath) {
    return QueryError(kAlreadyBound, name.span, StrCat("'", name.text, "' is bound already"),
                      "a path variable must be new", "use another name");
  }
  if (outer->type != StaticType::kAny && outer->type != StaticType::kNull && outer->type != type &&
      !(place.depth > 0 && outer->type == StaticType::kList)) {
    return QueryError(
        kVariableClash, name.span,
        StrCat("'", name.text, "' is ", KindName(outer->type), " and cannot be ", KindName(type), " as well"),
        "a name stands for one thing", "use another name");
  }
  if (outer->kind == VariableReference::Kind::kLocal) {
    variable.outer_local = outer->index;  // an element of a pattern around this one
  } else {
    variable.slot = outer->index;
  }
  return absl::OkStatus();
}

absl::Status PatternVariables::CheckRepeated(const ast::Name& name, StaticType element, StaticType type,
                                             const Place& place, Declared* declared) const {
  const bool same_kind = element == declared->element && element != StaticType::kPath;
  if (element == StaticType::kPath && declared->element == StaticType::kPath) {
    return QueryError(kVariableClash, name.span, StrCat("two paths are named '", name.text, "'"),
                      "a name stands for one thing in a pattern", "use another name");
  }
  if (!same_kind || place.quantified != declared->quantified) {
    return QueryError(kVariableClash, name.span,
                      StrCat("'", name.text, "' is ", KindName(declared->variable.type), " and cannot be ",
                             KindName(type), same_kind ? " of another part" : "", " as well"),
                      "a name stands for one thing in a pattern", "use another name");
  }
  const bool twice = !std::all_of(declared->branches.begin(), declared->branches.end(),
                                  [&](const Branch& branch) { return Exclude(branch, place.branch); });
  declared->branches.push_back(place.branch);
  if (element == StaticType::kEdge && different_edges_ && twice) {
    return QueryError(kVariableClash, name.span, StrCat("the edge '", name.text, "' is to be used twice"),
                      "under DIFFERENT EDGES, which holds here, no edge is used twice",
                      "use another name, or write REPEATABLE ELEMENTS behind MATCH");
  }
  return absl::OkStatus();
}

absl::Status PatternVariables::DeclareIn(const ast::PathAlternatives& path, const Place& place) {
  for (const ast::PathTerm& term : path.terms) {
    Place here = place;
    if (path.terms.size() > 1) here.branch.emplace_back(&path, &term);
    for (const ast::PathFactor& factor : term.factors) {
      Place inner = here;
      if (Repeats(factor)) {
        ++inner.depth;
        inner.quantified = &factor;
      }
      if (const ast::NodePattern* node = factor.AsNode()) {
        if (node->fill.variable) RETURN_IF_ERROR(Declare(*node->fill.variable, StaticType::kVertex, inner));
      } else if (const ast::EdgePattern* edge = factor.AsEdge()) {
        if (edge->fill.variable) RETURN_IF_ERROR(Declare(*edge->fill.variable, StaticType::kEdge, inner));
      } else {
        const ast::ParenthesizedPath& group = *factor.AsPath();
        if (group.variable) RETURN_IF_ERROR(Declare(*group.variable, StaticType::kPath, inner));
        RETURN_IF_ERROR(DeclareIn(group.path, inner));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
