#include "schema/ontology_reader.h"

#include <toml++/toml.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "schema/error_codes.h"
#include "schema/ontology_builder.h"

namespace dossier {
namespace {

constexpr std::string_view kOntologyRule = "an ontology file is written as docs/ontology.md says";

bool IsLabel(std::string_view text) {
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
  });
}

class Reader {
 public:
  Reader(std::string_view text, std::string_view file) : text_(text), file_(file) {
    line_starts_.push_back(0);
    for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      line_starts_.push_back(at + 1);
    }
  }

  absl::StatusOr<Ontology> Read() {
    toml::table root;
    // The one place where toml++ throws; everything it says is in the exception.
    try {
      root = toml::parse(text_, file_);
    } catch (const toml::parse_error& error) {
      Error(kOntologySyntax, PlaceOf(error.source()), StrCat("not TOML: ", error.description()),
            "an ontology file is TOML 1.0 (toml.io)", "");
      return ToStatus(absl::StatusCode::kInvalidArgument, errors_);
    }
    OntologySpec spec = BuiltInSpec();
    spec.source_text = text_;
    CheckKeys(root, "the file", {"ontology", "types", "relations", "exclusive_values"});
    ReadHead(root, &spec);
    if (const toml::table* types = Table(root, "types")) {
      for (const auto& [key, node] : *types) ReadType(key, node, &spec);
    }
    if (const toml::table* relations = Table(root, "relations")) {
      for (const auto& [key, node] : *relations) ReadRelation(key, node, &spec);
    }
    ReadExclusiveValues(root, &spec);
    // Names are worth checking even where keys are wrong: one round of mending, not two.
    Ontology ontology = OntologyBuilder(std::move(spec), file_, &errors_).Build();
    if (errors_.empty()) return ontology;
    std::stable_sort(errors_.begin(), errors_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return a.place.begin.offset < b.place.begin.offset;
    });
    return ToStatus(absl::StatusCode::kInvalidArgument, errors_);
  }

 private:
  SourcePosition PositionOf(const toml::source_position& position) const {
    SourcePosition at;
    at.line = static_cast<int>(position.line);
    at.column = static_cast<int>(position.column);
    if (position.line == 0) return at;
    const size_t line = std::min<size_t>(position.line - 1, line_starts_.size() - 1);
    at.offset = line_starts_[line];
    for (int column = 1; column < at.column && at.offset < text_.size(); ++column) {
      ++at.offset;
      while (at.offset < text_.size() && (static_cast<unsigned char>(text_[at.offset]) & 0xC0) == 0x80) ++at.offset;
    }
    return at;
  }
  SourceSpan PlaceOf(const toml::source_region& region) const {
    return {PositionOf(region.begin), PositionOf(region.end)};
  }

  void Error(int number, const SourceSpan& place, std::string cause, std::string_view rule, std::string hint) {
    errors_.push_back({number, file_, place, std::move(cause), std::string(rule), std::move(hint)});
  }
  void WrongType(const toml::node& node, std::string_view key, std::string_view wanted, std::string hint = "") {
    Error(kOntologyWrongType, PlaceOf(node.source()), StrCat("'", key, "' is not ", wanted), kOntologyRule, std::move(hint));
  }

  void CheckKeys(const toml::table& table, std::string_view where, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      const std::vector<std::string> names(known.begin(), known.end());
      const std::string closest = ClosestName(key.str(), names);
      Error(kOntologyUnknownKey, PlaceOf(key.source()), StrCat("unknown key '", key.str(), "' in ", where), kOntologyRule,
            closest.empty() ? StrCat("known are ", Join(names, ", ")) : StrCat("did you mean '", closest, "'?"));
    }
  }

  const toml::table* Table(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return nullptr;
    if (node->is_table()) return node->as_table();
    WrongType(*node, key, "a table");
    return nullptr;
  }
  std::optional<PlacedName> Text(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* text = node->as_string()) return PlacedName{text->get(), PlaceOf(node->source())};
    WrongType(*node, key, "a text in quotes");
    return std::nullopt;
  }
  std::string TextOrEmpty(const toml::table& in, std::string_view key) {
    const auto text = Text(in, key);
    return text.has_value() ? text->text : "";
  }
  std::string Description(const toml::table& in) { return TextOrEmpty(in, "description"); }
  std::optional<bool> Flag(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* flag = node->as_boolean()) return flag->get();
    WrongType(*node, key, "true or false");
    return std::nullopt;
  }
  PlacedNames NamesOf(const toml::node& node, std::string_view key) {
    PlacedNames names;
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      const auto* text = node.as_string();
      WrongType(node, key, "a list of names", text == nullptr ? "" : StrCat("write [\"", text->get(), "\"]"));
      return names;
    }
    for (const toml::node& item : *array) {
      if (const auto* text = item.as_string()) {
        names.push_back({text->get(), PlaceOf(item.source())});
      } else {
        WrongType(item, key, "a list of names");
      }
    }
    return names;
  }
  std::optional<PlacedNames> Names(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    return NamesOf(*node, key);
  }
  std::vector<std::string> Values(const toml::table& in, std::string_view key) {
    std::vector<std::string> values;
    for (PlacedName& name : Names(in, key).value_or(PlacedNames())) values.push_back(std::move(name.text));
    return values;
  }
  // One of the words that Name() gives for `choices`.
  template <typename Enum>
  std::optional<Enum> Word(const toml::table& in, std::string_view key, std::initializer_list<Enum> choices) {
    const auto text = Text(in, key);
    if (!text.has_value()) return std::nullopt;
    std::vector<std::string> words;
    for (const Enum choice : choices) {
      if (Name(choice) == text->text) return choice;
      words.emplace_back(Name(choice));
    }
    UnknownWord(*text, key, words);
    return std::nullopt;
  }
  void UnknownWord(const PlacedName& text, std::string_view key, const std::vector<std::string>& words) {
    const std::string closest = ClosestName(text.text, words);
    Error(kOntologyUnknownWord, text.place, StrCat("'", text.text, "' is no ", key), kOntologyRule,
          closest.empty() ? StrCat("one of ", Join(words, ", ")) : StrCat("did you mean '", closest, "'?"));
  }
  std::optional<ValueType> LiteralType(const toml::table& in) {
    return Word(in, "value",
                {ValueType::kString, ValueType::kInteger, ValueType::kNumber, ValueType::kBoolean, ValueType::kTime,
                 ValueType::kQuantity, ValueType::kUrl});
  }

  // The table of a type, relation or qualifier and its name; null if it is none.
  const toml::table* Declared(const toml::key& key, const toml::node& node, std::string_view what, PlacedName* name) {
    *name = {std::string(key.str()), PlaceOf(key.source())};
    if (!IsLabel(name->text)) {
      Error(kOntologyBadName, name->place, StrCat("'", name->text, "' cannot be the name of a ", what),
            "names are letters, digits and _, and begin with no digit", "");
    }
    if (!node.is_table()) WrongType(node, name->text, StrCat("a table that describes a ", what));
    return node.as_table();
  }

  void ReadHead(const toml::table& root, OntologySpec* spec) {
    SourceSpan top;
    top.begin.line = top.begin.column = top.end.line = top.end.column = 1;
    const toml::table* head = Table(root, "ontology");
    if (head == nullptr) {
      if (root.get("ontology") == nullptr) {
        Error(kOntologyMissingKey, top, "there is no table [ontology]", kOntologyRule,
              "begin with [ontology], name = \"...\" and version = \"...\"");
      }
      return;
    }
    CheckKeys(*head, "[ontology]", {"name", "version", "description", "unknown_types"});
    for (const auto& [key, into] : {std::pair{"name", &spec->name}, std::pair{"version", &spec->version}}) {
      const auto text = Text(*head, key);
      if (text.has_value() && !Trim(text->text).empty()) {
        *into = text->text;
      } else if (text.has_value() || head->get(key) == nullptr) {
        Error(kOntologyMissingKey, text.has_value() ? text->place : PlaceOf(head->source()),
              StrCat("[ontology] has no '", key, "'"), kOntologyRule, StrCat("add ", key, " = \"...\""));
      }
    }
    spec->description = Description(*head);
    if (const auto unknown = Text(*head, "unknown_types")) {
      if (unknown->text != "refuse" && unknown->text != "allow") {
        UnknownWord(*unknown, "unknown_types", {"refuse", "allow"});
      }
      spec->open = unknown->text == "allow";
    }
  }

  void ReadType(const toml::key& key, const toml::node& node, OntologySpec* spec) {
    TypeSpec type;
    const toml::table* table = Declared(key, node, "type", &type.name);
    if (table == nullptr) return;
    CheckKeys(*table, StrCat("[types.", type.name.text, "]"), {"description", "extends", "excludes"});
    type.description = Description(*table);
    type.extends = Names(*table, "extends").value_or(PlacedNames());
    type.excludes = Names(*table, "excludes").value_or(PlacedNames());
    for (TypeSpec& known : spec->types) {
      if (known.name.text != type.name.text) continue;
      type.built_in = true;
      if (type.description.empty()) type.description = known.description;
      known = std::move(type);
      return;
    }
    spec->types.push_back(std::move(type));
  }

  void ReadRelation(const toml::key& key, const toml::node& node, OntologySpec* spec) {
    RelationSpec relation;
    const toml::table* table = Declared(key, node, "relation", &relation.name);
    if (table == nullptr) return;
    CheckKeys(*table, StrCat("[relations.", relation.name.text, "]"),
              {"description", "phrase", "kind", "subject", "object", "value", "extends", "inverse", "transitive",
               "containment", "functional", "functional_over", "functional_in_time", "excludes", "countable", "rate",
               "symmetric", "implies", "order", "qualifiers", "entails_upward"});
    relation.description = Description(*table);
    relation.phrase = TextOrEmpty(*table, "phrase");
    relation.kind =
        Word(*table, "kind",
             {RelationKind::kFact, RelationKind::kPosition, RelationKind::kEvidence, RelationKind::kComparison});
    relation.subject = Names(*table, "subject");
    relation.object = Names(*table, "object");
    relation.value = LiteralType(*table);
    relation.extends = Names(*table, "extends").value_or(PlacedNames());
    relation.excludes = Names(*table, "excludes").value_or(PlacedNames());
    relation.inverse = Text(*table, "inverse");
    if (relation.inverse.has_value() && !IsLabel(relation.inverse->text)) {
      Error(kOntologyBadName, relation.inverse->place,
            StrCat("'", relation.inverse->text, "' cannot be the name of a relation"),
            "names are letters, digits and _, and begin with no digit", "");
    }
    relation.transitive = Flag(*table, "transitive").value_or(false);
    relation.symmetric = Flag(*table, "symmetric");
    relation.containment = Word(*table, "containment",
                                {Containment::kPartOf, Containment::kLocatedIn, Containment::kKindOf,
                                 Containment::kOrganOf, Containment::kMemberOf})
                               .value_or(Containment::kNone);
    relation.functional = Flag(*table, "functional");
    relation.functional_over = Names(*table, "functional_over");
    relation.functional_in_time = Flag(*table, "functional_in_time");
    relation.countable = Flag(*table, "countable");
    relation.rate = Word(*table, "rate", {RateKind::kIncrease, RateKind::kDecrease, RateKind::kShare});
    ReadImplications(*table, &relation);
    ReadOrder(*table, &relation);
    if (const toml::table* qualifiers = Table(*table, "qualifiers")) {
      for (const auto& [name, qualifier] : *qualifiers) ReadQualifier(name, qualifier, &relation);
    }
    if (const toml::table* roles = Table(*table, "entails_upward")) {
      for (const auto& [role, along] : *roles) {
        relation.entails_upward.push_back(
            {{std::string(role.str()), PlaceOf(role.source())}, NamesOf(along, role.str())});
      }
    }
    AddRelation(std::move(relation), *table, spec);
  }

  void AddRelation(RelationSpec relation, const toml::table& table, OntologySpec* spec) {
    for (RelationSpec& known : spec->relations) {
      if (known.name.text != relation.name.text) continue;
      relation.built_in = true;
      relation.from_fields = known.from_fields;
      if (relation.description.empty()) relation.description = known.description;
      if (relation.phrase.empty()) relation.phrase = known.phrase;
      if (!relation.subject.has_value()) relation.subject = known.subject;
      if (!relation.object.has_value()) relation.object = known.object;
      const bool more_than_described = table.size() > (table.contains("description") ? 1U : 0U);
      if (relation.value.has_value() || relation.symmetric.has_value() || !relation.extends.empty() ||
          (relation.from_fields && more_than_described)) {
        Error(kOntologyBuiltIn, relation.name.place, StrCat("'", relation.name.text, "' is built in"),
              relation.from_fields ? "a relation that is read off the claims' fields can be described, not changed"
                                   : "a built-in relation keeps its 'value', 'symmetric' and 'extends'",
              "declare a relation of your own");
      }
      relation.value = known.value;
      relation.symmetric = known.symmetric;
      if (known.value.has_value()) relation.object.reset();
      known = std::move(relation);
      return;
    }
    spec->relations.push_back(std::move(relation));
  }

  void ReadImplications(const toml::table& in, RelationSpec* relation) {
    const toml::node* node = in.get("implies");
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return WrongType(*node, "implies", "a list of { relation = \"...\" }");
    for (const toml::node& item : *array) {
      const toml::table* table = item.as_table();
      if (table == nullptr) {
        WrongType(item, "implies", "a list of { relation = \"...\" }");
        continue;
      }
      CheckKeys(*table, "implies", {"relation", "subject", "object", "certainty", "description"});
      const auto implied = Text(*table, "relation");
      if (implied.has_value()) {
        const auto certainty =
            Word(*table, "certainty", {Certainty::kCertain, Certainty::kProbable, Certainty::kPossible});
        relation->implies.push_back({*implied, Text(*table, "subject"), Text(*table, "object"),
                                     certainty.value_or(Certainty::kCertain), Description(*table)});
      } else if (table->get("relation") == nullptr) {
        Error(kOntologyMissingKey, PlaceOf(item.source()), "an implication has no 'relation'", kOntologyRule,
              "write { relation = \"NAME\" }");
      }
    }
  }

  void ReadOrder(const toml::table& in, RelationSpec* relation) {
    constexpr std::string_view kWanted = "a list of { after = \"...\" } or { before = \"...\" }";
    const toml::node* node = in.get("order");
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return WrongType(*node, "order", kWanted);
    for (const toml::node& item : *array) {
      const toml::table* table = item.as_table();
      if (table == nullptr) {
        WrongType(item, "order", kWanted);
        continue;
      }
      CheckKeys(*table, "order", {"after", "before", "role", "as", "description"});
      const auto after = Text(*table, "after"), before = Text(*table, "before");
      if (after.has_value() != before.has_value()) {
        relation->order.push_back({after.has_value() ? *after : *before, after.has_value(), Text(*table, "role"),
                                   Text(*table, "as"), Description(*table)});
      } else {
        Error(after.has_value() ? kOntologyKeysClash : kOntologyMissingKey, PlaceOf(item.source()),
              "an order has either 'after' or 'before'", kOntologyRule, "write { after = \"NAME\" }");
      }
    }
  }

  void ReadQualifier(const toml::key& key, const toml::node& node, RelationSpec* relation) {
    QualifierSpec qualifier;
    const toml::table* table = Declared(key, node, "qualifier", &qualifier.name);
    if (table == nullptr) return;
    CheckKeys(*table, StrCat("[relations.", relation->name.text, ".qualifiers.", qualifier.name.text, "]"),
              {"description", "phrase", "range", "value", "values", "identifies", "single_valued", "required"});
    qualifier.description = Description(*table);
    qualifier.phrase = TextOrEmpty(*table, "phrase");
    qualifier.range = Names(*table, "range").value_or(PlacedNames());
    qualifier.value = LiteralType(*table);
    qualifier.values = Values(*table, "values");
    qualifier.identifies = Flag(*table, "identifies");
    qualifier.single_valued = Flag(*table, "single_valued").value_or(false);
    qualifier.required = Flag(*table, "required").value_or(false);
    relation->qualifiers.push_back(std::move(qualifier));
  }

  void ReadExclusiveValues(const toml::table& root, OntologySpec* spec) {
    const toml::node* node = root.get("exclusive_values");
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return WrongType(*node, "exclusive_values", "a list of tables", "write [[exclusive_values]]");
    for (const toml::node& item : *array) {
      const toml::table* table = item.as_table();
      if (table == nullptr) {
        WrongType(item, "exclusive_values", "a list of tables", "write [[exclusive_values]]");
        continue;
      }
      CheckKeys(*table, "[[exclusive_values]]", {"description", "attribute", "values", "certainty"});
      const auto attribute = Text(*table, "attribute");
      std::vector<std::string> values = Values(*table, "values");
      if (!attribute.has_value() || values.size() < 2) {
        Error(kOntologyMissingKey, PlaceOf(item.source()),
              "[[exclusive_values]] needs an 'attribute' and at least two 'values'", kOntologyRule, "");
        continue;
      }
      const auto certainty =
          Word(*table, "certainty", {Certainty::kCertain, Certainty::kProbable, Certainty::kPossible});
      spec->exclusive_values.push_back(
          {*attribute, std::move(values), certainty.value_or(Certainty::kCertain), Description(*table)});
    }
  }

  std::string_view text_;
  std::string file_;
  std::vector<size_t> line_starts_;
  std::vector<Diagnostic> errors_;
};

}  // namespace

absl::StatusOr<Ontology> ReadOntology(std::string_view text, std::string_view file) {
  return Reader(text, file).Read();
}

}  // namespace dossier
