#include "tests/scenarios/cell.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"

namespace dossier {
namespace {

constexpr int kDeepest = 200;

Cell Plain(Cell::Kind kind, std::string text) { return {kind, std::move(text), {}, {}}; }

// Sorts names and members together, by name.
void SortByName(Cell* map) {
  std::vector<size_t> order(map->names.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [map](size_t a, size_t b) { return map->names[a] < map->names[b]; });
  Cell sorted{map->kind, map->text, {}, {}};
  for (const size_t i : order) {
    sorted.names.push_back(std::move(map->names[i]));
    sorted.members.push_back(std::move(map->members[i]));
  }
  *map = std::move(sorted);
}

// Recursive descent over the notation.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  absl::StatusOr<Cell> All() {
    ASSIGN_OR_RETURN(Cell cell, Any(0));
    SkipSpace();
    if (at_ != text_.size()) return Wrong("the end");
    return cell;
  }

 private:
  absl::Status Wrong(std::string_view wanted) const {
    return absl::InvalidArgumentError(StrCat("not a cell: wanted ", wanted, " at byte ", at_, " of ", text_));
  }
  void SkipSpace() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool At(std::string_view sign) const { return text_.substr(at_).starts_with(sign); }
  bool Take(std::string_view sign) {
    if (!At(sign)) return false;
    at_ += sign.size();
    return true;
  }
  absl::Status Need(std::string_view sign) {
    SkipSpace();
    return Take(sign) ? absl::OkStatus() : Wrong(sign);
  }

  absl::StatusOr<Cell> Any(int depth) {
    if (depth > kDeepest) return Wrong("fewer levels");
    SkipSpace();
    if (At("(")) return Node(depth);
    if (At("<")) return Path(depth);
    if (At("[:")) return Relationship(depth);
    if (At("[")) return ListCell(depth);
    if (At("{")) return MapCell(depth);
    if (At("'")) return Text();
    if (Take("true")) return Plain(Cell::Kind::kBoolean, "true");
    if (Take("false")) return Plain(Cell::Kind::kBoolean, "false");
    if (Take("null")) return Cell();
    if (Take("NaN")) return Plain(Cell::Kind::kFloat, FloatToString(std::nan("")));
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (Take("-Inf")) return Plain(Cell::Kind::kFloat, FloatToString(-kInfinity));
    if (Take("Inf")) return Plain(Cell::Kind::kFloat, FloatToString(kInfinity));
    return Number();
  }

  absl::StatusOr<Cell> Number() {
    const size_t start = at_;
    const std::string_view digits = "0123456789";
    const auto take_digits = [&] {
      const size_t from = at_;
      while (at_ < text_.size() && digits.find(text_[at_]) != std::string_view::npos) ++at_;
      return at_ > from;
    };
    Take("-");
    bool any = take_digits();
    bool whole = true;
    if (At(".")) {
      whole = false;
      ++at_;
      any = take_digits();
    }
    if (any && (Take("e") || Take("E"))) {
      whole = false;
      if (!Take("-")) Take("+");
      any = take_digits();
    }
    const std::string_view number = text_.substr(start, at_ - start);
    if (any && whole) {
      int64_t integer = 0;
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), integer);
      if (error == std::errc()) return Plain(Cell::Kind::kInteger, StrCat(integer));
    } else if (any) {
      return Plain(Cell::Kind::kFloat, FloatToString(std::strtod(std::string(number).c_str(), nullptr)));
    }
    at_ = start;
    return Wrong("a value");
  }

  absl::StatusOr<std::string> Name() {
    SkipSpace();
    std::string name;
    if (Take("`")) {
      while (at_ < text_.size()) {
        if (Take("``")) {
          name += '`';
        } else if (Take("`")) {
          return name;
        } else {
          name += text_[at_++];
        }
      }
      return Wrong("`");
    }
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (std::isalnum(c) == 0 && c != '_' && c < 0x80) break;
      name += text_[at_++];
    }
    if (name.empty()) return Wrong("a name");
    return name;
  }

  absl::StatusOr<Cell> Text() {
    RETURN_IF_ERROR(Need("'"));
    Cell cell = Plain(Cell::Kind::kString, "");
    while (!Take("'")) {
      if (At("\\\\") || At("\\'")) ++at_;
      if (at_ >= text_.size()) return Wrong("'");
      cell.text += text_[at_++];
    }
    return cell;
  }

  absl::StatusOr<Cell> ListCell(int depth) {
    RETURN_IF_ERROR(Need("["));
    Cell list = Plain(Cell::Kind::kList, "");
    SkipSpace();
    if (Take("]")) return list;
    do {
      ASSIGN_OR_RETURN(Cell member, Any(depth + 1));
      list.members.push_back(std::move(member));
      SkipSpace();
    } while (Take(","));
    RETURN_IF_ERROR(Need("]"));
    return list;
  }

  absl::StatusOr<Cell> MapCell(int depth) {
    RETURN_IF_ERROR(Need("{"));
    Cell map = Plain(Cell::Kind::kMap, "");
    SkipSpace();
    if (Take("}")) return map;
    do {
      ASSIGN_OR_RETURN(std::string name, Name());
      RETURN_IF_ERROR(Need(":"));
      ASSIGN_OR_RETURN(Cell member, Any(depth + 1));
      map.names.push_back(std::move(name));
      map.members.push_back(std::move(member));
      SkipSpace();
    } while (Take(","));
    RETURN_IF_ERROR(Need("}"));
    SortByName(&map);
    return map;
  }

  // The map inside a node or a relationship, which may be missing.
  absl::StatusOr<Cell> Properties(int depth) {
    SkipSpace();
    if (At("{")) return MapCell(depth);
    return Plain(Cell::Kind::kMap, "");
  }

  absl::StatusOr<Cell> Node(int depth) {
    RETURN_IF_ERROR(Need("("));
    Cell node = Plain(Cell::Kind::kNode, "");
    SkipSpace();
    while (Take(":")) {
      ASSIGN_OR_RETURN(std::string label, Name());
      node.names.push_back(std::move(label));
      SkipSpace();
    }
    std::sort(node.names.begin(), node.names.end());
    ASSIGN_OR_RETURN(Cell properties, Properties(depth + 1));
    node.members.push_back(std::move(properties));
    RETURN_IF_ERROR(Need(")"));
    return node;
  }

  absl::StatusOr<Cell> Relationship(int depth) {
    RETURN_IF_ERROR(Need("[:"));
    ASSIGN_OR_RETURN(std::string type, Name());
    Cell relationship = Plain(Cell::Kind::kRelationship, std::move(type));
    ASSIGN_OR_RETURN(Cell properties, Properties(depth + 1));
    relationship.members.push_back(std::move(properties));
    RETURN_IF_ERROR(Need("]"));
    return relationship;
  }

  absl::StatusOr<Cell> Path(int depth) {
    RETURN_IF_ERROR(Need("<"));
    Cell path = Plain(Cell::Kind::kPath, "");
    ASSIGN_OR_RETURN(Cell first, Node(depth + 1));
    path.members.push_back(std::move(first));
    while (!Take(">")) {
      const bool back = Take("<-");
      if (!back) RETURN_IF_ERROR(Need("-"));
      ASSIGN_OR_RETURN(Cell relationship, Relationship(depth + 1));
      RETURN_IF_ERROR(Need(back ? "-" : "->"));
      ASSIGN_OR_RETURN(Cell node, Node(depth + 1));
      path.names.emplace_back(back ? "<-" : "->");
      path.members.push_back(std::move(relationship));
      path.members.push_back(std::move(node));
    }
    return path;
  }

  std::string_view text_;
  size_t at_ = 0;
};

Cell PropertiesCell(const std::vector<std::pair<PropertyId, Value>>& properties, const View& view) {
  Cell map = Plain(Cell::Kind::kMap, "");
  for (const auto& [property, value] : properties) {
    map.names.push_back(view.image().property_name(property));
    map.members.push_back(CellOf(value, view));
  }
  SortByName(&map);
  return map;
}

Cell NodeCell(VertexId vertex, const View& view) {
  Cell node = Plain(Cell::Kind::kNode, "");
  for (const LabelId label : view.image().labels(vertex)) node.names.push_back(view.image().label_name(label));
  std::sort(node.names.begin(), node.names.end());
  node.members.push_back(PropertiesCell(view.VertexProperties(vertex), view));
  return node;
}

Cell RelationshipCell(EdgeId edge, const View& view) {
  const Image& image = view.image();
  Cell cell = Plain(Cell::Kind::kRelationship, image.relation_name(image.relation(edge)));
  cell.members.push_back(PropertiesCell(view.EdgeProperties(edge), view));
  return cell;
}

Cell PathCell(const Path& path, const View& view) {
  Cell cell = Plain(Cell::Kind::kPath, "");
  cell.members.push_back(NodeCell(path.vertices.front(), view));
  for (size_t i = 0; i < path.edges.size(); ++i) {
    const bool forward = view.image().source(path.edges[i]) == path.vertices[i];
    cell.names.emplace_back(forward ? "->" : "<-");
    cell.members.push_back(RelationshipCell(path.edges[i], view));
    cell.members.push_back(NodeCell(path.vertices[i + 1], view));
  }
  return cell;
}

std::string Quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string NameText(std::string_view name) {
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
  if (plain) return std::string(name);
  std::string out = "`";
  for (const char c : name) out += c == '`' ? std::string("``") : std::string(1, c);
  return out + "`";
}

// " {k: 1}" for what stands in a node or a relationship, nothing where there is none.
std::string PropertiesText(const Cell& map, bool bags, bool space) {
  if (map.names.empty()) return "";
  return StrCat(space ? " " : "", ToText(map, bags));
}

}  // namespace

absl::StatusOr<Cell> ReadCell(std::string_view text) { return Reader(text).All(); }

Cell CellOf(const Value& value, const View& view) {
  switch (value.type()) {
    case Value::Type::kNull:
      return Cell();
    case Value::Type::kBoolean:
      return Plain(Cell::Kind::kBoolean, value.boolean() ? "true" : "false");
    case Value::Type::kInteger:
      return Plain(Cell::Kind::kInteger, StrCat(value.integer()));
    case Value::Type::kFloat:
      return Plain(Cell::Kind::kFloat, FloatToString(value.floating()));
    case Value::Type::kVertex:
      return NodeCell(value.vertex(), view);
    case Value::Type::kEdge:
      return RelationshipCell(value.edge(), view);
    case Value::Type::kPath:
      return PathCell(value.path(), view);
    case Value::Type::kList: {
      Cell list = Plain(Cell::Kind::kList, "");
      for (const Value& member : value.list()) list.members.push_back(CellOf(member, view));
      return list;
    }
    case Value::Type::kMap: {
      Cell map = Plain(Cell::Kind::kMap, "");
      for (const auto& [name, member] : value.map()) {
        map.names.push_back(name);
        map.members.push_back(CellOf(member, view));
      }
      SortByName(&map);
      return map;
    }
    default:
      return Plain(Cell::Kind::kString, ToString(value));
  }
}

absl::StatusOr<Value> ValueOf(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::kNull:
      return Value();
    case Cell::Kind::kBoolean:
      return Value::Boolean(cell.text == "true");
    case Cell::Kind::kInteger: {
      int64_t integer = 0;
      std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), integer);
      return Value::Integer(integer);
    }
    case Cell::Kind::kFloat:
      return Value::Float(std::strtod(cell.text.c_str(), nullptr));
    case Cell::Kind::kString:
      return Value::String(cell.text);
    case Cell::Kind::kList: {
      List list;
      for (const Cell& member : cell.members) {
        ASSIGN_OR_RETURN(Value value, ValueOf(member));
        list.push_back(std::move(value));
      }
      return Value::OfList(std::move(list));
    }
    case Cell::Kind::kMap: {
      Map map;
      for (size_t i = 0; i < cell.names.size(); ++i) {
        ASSIGN_OR_RETURN(Value value, ValueOf(cell.members[i]));
        map.emplace_back(cell.names[i], std::move(value));
      }
      return Value::OfMap(std::move(map));
    }
    default:
      return absl::InvalidArgumentError(StrCat(ToText(cell), " is part of a graph, not a value of its own"));
  }
}

std::string ToText(const Cell& cell, bool lists_as_bags) {
  std::vector<std::string> members;
  switch (cell.kind) {
    case Cell::Kind::kNull:
      return "null";
    case Cell::Kind::kBoolean:
    case Cell::Kind::kInteger:
    case Cell::Kind::kFloat:
      return cell.text;
    case Cell::Kind::kString:
      return Quoted(cell.text);
    case Cell::Kind::kList:
      for (const Cell& member : cell.members) members.push_back(ToText(member, lists_as_bags));
      if (lists_as_bags) std::sort(members.begin(), members.end());
      return StrCat("[", Join(members, ", "), "]");
    case Cell::Kind::kMap:
      for (size_t i = 0; i < cell.names.size(); ++i) {
        members.push_back(StrCat(NameText(cell.names[i]), ": ", ToText(cell.members[i], lists_as_bags)));
      }
      return StrCat("{", Join(members, ", "), "}");
    case Cell::Kind::kNode: {
      std::string out = "(";
      for (const std::string& label : cell.names) out += StrCat(":", NameText(label));
      return StrCat(out, PropertiesText(cell.members[0], lists_as_bags, out.size() > 1), ")");
    }
    case Cell::Kind::kRelationship:
      return StrCat("[:", NameText(cell.text), PropertiesText(cell.members[0], lists_as_bags, true), "]");
    case Cell::Kind::kPath: {
      std::string out = StrCat("<", ToText(cell.members[0], lists_as_bags));
      for (size_t i = 0; i < cell.names.size(); ++i) {
        const bool back = cell.names[i] == "<-";
        out += StrCat(back ? "<-" : "-", ToText(cell.members[2 * i + 1], lists_as_bags), back ? "-" : "->",
                      ToText(cell.members[2 * i + 2], lists_as_bags));
      }
      return out + ">";
    }
  }
  return "";
}

}  // namespace dossier
