// Printing a pattern as the text of a query.
#include "tests/oracle/pattern.h"

namespace dossier::oracle {
namespace {

using Kind = Pattern::Kind;

std::string Text(const Scalar& scalar) {
  if (const auto* number = std::get_if<int64_t>(&scalar)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&scalar)) return "'" + *text + "'";
  return "null";
}

template <typename T>
std::string Join(const std::vector<T>& parts, const std::string& between, auto print) {
  std::string text;
  for (const T& part : parts) text += (text.empty() ? "" : between) + print(part);
  return text;
}

std::string Text(const LabelTest& test) {
  // A bracket more than needed does no harm.
  const auto nested = [](const LabelTest& operand) {
    return operand.operands.size() > 1 ? "(" + Text(operand) + ")" : Text(operand);
  };
  switch (test.kind) {
    case LabelTest::Kind::kName:
      return test.name;
    case LabelTest::Kind::kWildcard:
      return "%";
    case LabelTest::Kind::kNot:
      return "!" + nested(test.operands[0]);
    case LabelTest::Kind::kAnd:
      return Join(test.operands, "&", nested);
    case LabelTest::Kind::kOr:
      return Join(test.operands, "|", nested);
  }
  return "";
}

std::string Text(const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::kConstant:
      return Text(operand.constant);
    case Operand::Kind::kProperty:
      return operand.variable + "." + operand.property;
    case Operand::Kind::kElement:
      return operand.variable;
    case Operand::Kind::kSize:
      return "size(" + operand.variable + ")";
    case Operand::Kind::kLength:
      return "length(" + operand.variable + ")";
  }
  return "";
}

std::string Text(const Condition& condition) {
  static constexpr const char* kComparisons[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
  const auto nested = [](const Condition& operand) {
    return operand.operands.empty() ? Text(operand) : "(" + Text(operand) + ")";
  };
  switch (condition.kind) {
    case Condition::Kind::kCompare:
      return Text(condition.left) + kComparisons[static_cast<int>(condition.comparison)] + Text(condition.right);
    case Condition::Kind::kIsNull:
      return Text(condition.left) + " IS NULL";
    case Condition::Kind::kIsNotNull:
      return Text(condition.left) + " IS NOT NULL";
    case Condition::Kind::kNot:
      return "NOT (" + Text(condition.operands[0]) + ")";
    case Condition::Kind::kAnd:
      return Join(condition.operands, " AND ", nested);
    case Condition::Kind::kOr:
      return Join(condition.operands, " OR ", nested);
  }
  return "";
}

// What stands between the brackets; `stars` is the openCypher quantifier of an edge.
std::string Fill(const Pattern& element, const std::string& stars = "") {
  std::string text = element.variable;
  if (element.labels.has_value()) text += ":" + Text(*element.labels);
  text += stars;
  if (!element.properties.empty()) {
    if (!text.empty()) text += " ";
    text += "{" +
            Join(element.properties, ", ", [](const auto& pair) { return pair.first + ": " + Text(pair.second); }) +
            "}";
  }
  if (element.where.has_value()) text += (text.empty() ? "" : " ") + std::string("WHERE ") + Text(*element.where);
  return text;
}

std::string EdgeText(const Pattern& edge, const std::string& stars, bool may_be_short) {
  const std::string fill = Fill(edge, stars);
  const bool is_short = fill.empty() && may_be_short;
  switch (edge.direction) {
    case Direction::kRight:
      return is_short ? "->" : "-[" + fill + "]->";
    case Direction::kLeft:
      return is_short ? "<-" : "<-[" + fill + "]-";
    case Direction::kAny:
      return is_short ? "-" : "-[" + fill + "]-";
  }
  return "";
}

std::string QuantifierText(const Pattern& quantified) {
  if (quantified.optional) return "?";
  if (!quantified.max.has_value()) {
    return quantified.min == 0 ? "*" : quantified.min == 1 ? "+" : "{" + std::to_string(quantified.min) + ",}";
  }
  if (quantified.min == *quantified.max) return "{" + std::to_string(quantified.min) + "}";
  if (quantified.min == 0) return "{," + std::to_string(*quantified.max) + "}";
  return "{" + std::to_string(quantified.min) + "," + std::to_string(*quantified.max) + "}";
}

std::string StarsText(const Pattern& quantified) {
  std::string text = "*";
  if (quantified.max.has_value() && quantified.min == *quantified.max) return text + std::to_string(quantified.min);
  if (quantified.min != 1) text += std::to_string(quantified.min);
  if (quantified.max.has_value()) return text + ".." + std::to_string(*quantified.max);
  return quantified.min == 1 ? text : text + "..";
}

const char* ModeText(Mode mode) {
  static constexpr const char* kModes[] = {"WALK", "TRAIL", "ACYCLIC", "SIMPLE"};
  return kModes[static_cast<int>(mode)];
}

bool IsEdge(const Pattern& pattern) {
  return pattern.kind == Kind::kEdge || (pattern.kind == Kind::kQuantified && pattern.children[0].kind == Kind::kEdge);
}

// `may_be_short`: whether a bare edge may be an arrow; beside another edge two arrows could be read as one.
std::string Text(const Pattern& pattern, bool may_be_short) {
  switch (pattern.kind) {
    case Kind::kNode:
      return "(" + Fill(pattern) + ")";
    case Kind::kEdge:
      return EdgeText(pattern, "", may_be_short);
    case Kind::kSequence: {
      std::string text;
      for (size_t i = 0; i < pattern.children.size(); ++i) {
        const bool beside_edge = (i > 0 && IsEdge(pattern.children[i - 1])) ||
                                 (i + 1 < pattern.children.size() && IsEdge(pattern.children[i + 1]));
        if (i > 0 && beside_edge && IsEdge(pattern.children[i])) text += " ";
        text += Text(pattern.children[i], !beside_edge);
      }
      return text;
    }
    case Kind::kAlternation:
      return Join(pattern.children, pattern.multiset ? " |+| " : " | ",
                  [](const Pattern& operand) { return Text(operand, true); });
    case Kind::kQuantified: {
      const Pattern& child = pattern.children[0];
      if (pattern.var_length) return EdgeText(child, StarsText(pattern), false);
      return Text(child, may_be_short) + QuantifierText(pattern);
    }
    case Kind::kParenthesized: {
      std::string text = "(";
      if (pattern.mode.has_value()) text += ModeText(*pattern.mode) + std::string(" ");
      text += Text(pattern.children[0], true);
      if (pattern.where.has_value()) text += " WHERE " + Text(*pattern.where);
      return text + ")";
    }
  }
  return "";
}

// The words in front of a path, with a blank after them; empty where there are none.
std::string PrefixText(const PathPattern& path) {
  std::string text;
  const std::string count = path.count_written ? std::to_string(path.count) + " " : "";
  if (path.has_selector) {
    switch (path.selector) {
      case Selector::kAll:
        text += "ALL ";
        break;
      case Selector::kAny:
        text += "ANY " + count;
        break;
      case Selector::kAllShortest:
        text += "ALL SHORTEST ";
        break;
      case Selector::kAnyShortest:
        text += "ANY SHORTEST ";
        break;
      case Selector::kShortest:
      case Selector::kShortestGroups:
        text += "SHORTEST " + count;
        break;
    }
  }
  if (path.mode.has_value()) text += ModeText(*path.mode) + std::string(" ");
  if (path.has_selector && path.selector == Selector::kShortestGroups) text += path.count == 1 ? "GROUP " : "GROUPS ";
  return text;
}

}  // namespace

std::string ToText(const Match& match) {
  std::string text = "MATCH ";
  if (match.mode == MatchMode::kRepeatableElements) text += "REPEATABLE ELEMENTS ";
  if (match.mode == MatchMode::kDifferentEdges) text += "DIFFERENT EDGES ";
  for (size_t i = 0; i < match.paths.size(); ++i) {
    const PathPattern& path = match.paths[i];
    if (i > 0) text += ", ";
    if (!path.variable.empty()) text += path.variable + " = ";
    if (path.function_form) {
      text += path.selector == Selector::kAllShortest ? "allShortestPaths(" : "shortestPath(";
    } else if (!match.keep) {
      text += PrefixText(path);
    }
    text += Text(path.pattern, true);
    if (path.function_form) text += ")";
  }
  if (match.keep) {
    std::string prefix = PrefixText(match.paths[0]);
    if (!prefix.empty()) prefix.pop_back();
    text += " KEEP " + prefix;
  }
  if (match.where.has_value()) text += " WHERE " + Text(*match.where);
  return text;
}

}  // namespace dossier::oracle
