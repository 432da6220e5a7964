#include "schema/ontology_builder.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "graph/base/text.h"
#include "schema/error_codes.h"
#include "schema/judgement_names.h"
#include "schema/record_checks.h"

namespace dossier {
namespace {

std::vector<std::string> Texts(const PlacedNames& names) {
  std::vector<std::string> texts;
  for (const PlacedName& name : names) texts.push_back(name.text);
  return texts;
}

// `parents` of each thing, by number, in the order in which they are named. Fills `all` with each thing and everything
// above it, nearest first; returns the numbers of things that stand above themselves.
std::vector<size_t> CloseUpward(const std::vector<std::vector<size_t>>& parents,
                                std::vector<std::vector<size_t>>* all) {
  std::vector<size_t> in_cycle;
  all->assign(parents.size(), {});
  for (size_t start = 0; start < parents.size(); ++start) {
    std::vector<size_t>& above = (*all)[start];
    std::vector<bool> seen(parents.size(), false);
    above.push_back(start);
    seen[start] = true;
    bool cycle = false;
    for (size_t next = 0; next < above.size(); ++next) {
      for (const size_t parent : parents[above[next]]) {
        cycle |= parent == start;
        if (seen[parent]) continue;
        seen[parent] = true;
        above.push_back(parent);
      }
    }
    if (cycle) in_cycle.push_back(start);
  }
  return in_cycle;
}

template <typename Named>
size_t NumberOf(const std::vector<Named>& things, std::string_view name) {
  for (size_t i = 0; i < things.size(); ++i) {
    if (things[i].name == name) return i;
  }
  return things.size();
}

// Sets supertypes and subtypes of types or relations from their direct supertypes.
template <typename Named>
std::vector<size_t> CloseSupertypes(std::vector<Named>* things) {
  absl::flat_hash_map<std::string, size_t> numbers;
  for (size_t i = 0; i < things->size(); ++i) numbers.emplace((*things)[i].name, i);
  std::vector<std::vector<size_t>> parents(things->size()), all;
  for (size_t i = 0; i < things->size(); ++i) {
    for (const std::string& name : (*things)[i].extends) {
      const auto found = numbers.find(name);
      if (found != numbers.end()) parents[i].push_back(found->second);
    }
  }
  std::vector<size_t> cycles = CloseUpward(parents, &all);
  for (Named& thing : *things) thing.subtypes = {thing.name};
  for (size_t i = 0; i < things->size(); ++i) {
    for (const size_t above : all[i]) {
      (*things)[i].supertypes.push_back((*things)[above].name);
      if (above != i) (*things)[above].subtypes.push_back((*things)[i].name);
    }
  }
  return cycles;
}

// Exclusions made symmetric, inherited by subtypes and extended to the subtypes of what is excluded. `direct[i]` are
// the names that thing i excludes. Returns the numbers of things that end up excluding themselves.
template <typename Named>
std::vector<size_t> CloseExclusions(const std::vector<std::vector<std::string>>& direct, std::vector<Named>* things) {
  std::vector<std::set<std::string>> excluded(things->size());
  for (size_t i = 0; i < things->size(); ++i) {
    for (const std::string& name : direct[i]) {
      const size_t other = NumberOf(*things, name);
      if (other == things->size()) continue;
      for (const std::string& mine : (*things)[i].subtypes) {
        for (const std::string& theirs : (*things)[other].subtypes) {
          excluded[NumberOf(*things, mine)].insert(theirs);
          excluded[NumberOf(*things, theirs)].insert(mine);
        }
      }
    }
  }
  std::vector<size_t> impossible;
  for (size_t i = 0; i < things->size(); ++i) {
    (*things)[i].excludes.assign(excluded[i].begin(), excluded[i].end());
    if (excluded[i].count((*things)[i].name) != 0) impossible.push_back(i);
  }
  return impossible;
}

TypeSpec BuiltInType(std::string_view name, std::string_view description) {
  TypeSpec type;
  type.name.text = name;
  type.description = description;
  type.built_in = true;
  return type;
}

RelationSpec BuiltInRelation(std::string_view name, std::string_view description, PlacedNames subject,
                             PlacedNames object) {
  RelationSpec relation;
  relation.name.text = name;
  relation.description = description;
  relation.subject = std::move(subject);
  relation.object = std::move(object);
  relation.built_in = true;
  return relation;
}

RelationSpec FromFields(std::string_view name, std::string_view description, PlacedNames subject, PlacedNames object) {
  RelationSpec relation = BuiltInRelation(name, description, std::move(subject), std::move(object));
  relation.from_fields = true;
  return relation;
}

RelationSpec BuiltInAttribute(std::string_view name, std::string_view description, ValueType value) {
  RelationSpec relation = BuiltInRelation(name, description, {{"Group", {}}}, {});
  relation.object.reset();
  relation.value = value;
  return relation;
}

QualifierSpec BuiltInQualifier(std::string_view name, std::string_view description, bool identifies) {
  QualifierSpec qualifier;
  qualifier.name.text = name;
  qualifier.description = description;
  qualifier.value = ValueType::kString;
  qualifier.identifies = identifies;
  return qualifier;
}

// The verdict on a finding, as a claim about one of the claims that it is about.
RelationSpec JudgementRelation(PlacedNames claim) {
  RelationSpec relation = BuiltInAttribute(kJudgement, "an analyst's verdict on a finding", ValueType::kString);
  relation.subject = std::move(claim);
  relation.qualifiers = {BuiltInQualifier(kJudgedFinding, "the id of the finding", true),
                         BuiltInQualifier(kJudgementBasis, "a hash of what else the finding rested on", false),
                         BuiltInQualifier(kJudgementReason, "why, in the analyst's words", false)};
  return relation;
}

}  // namespace

OntologySpec BuiltInSpec() {
  OntologySpec spec;
  spec.types = {
      BuiltInType(kEventType, "Something that happened or happens"),
      BuiltInType(kStatementType, "A speech act: who said it, when and where are claims about it"),
      BuiltInType(kDocumentType, "What claims rest on; made by the store"),
      BuiltInType(kGroupType, "A list or a total as a source gives it; never distributed over its members"),
      BuiltInType(kClaimType, "One source's stance on one proposition; made by the store"),
      BuiltInType(kAnalystType, "Whoever judges findings of contradictions"),
  };
  const PlacedNames claim = {{"Claim", {}}}, document = {{"Document", {}}}, group = {{"Group", {}}};
  spec.relations = {
      FromFields("SUBJECT", "what a claim is about", claim, {}),
      FromFields("OBJECT", "what a claim says of its subject", claim, {}),
      FromFields("ASSERTED_BY", "who asserts a claim; property position in the chain, 0 innermost", claim, {}),
      FromFields("FROM_DOCUMENT", "the document that a claim was read in", claim, document),
      FromFields("CITES", "the document that a claim's note names", claim, document),
      FromFields("SAYS", "the claims that a statement makes", {{"Statement", {}}}, claim),
      FromFields("SUPERSEDES", "the claims that a claim replaces", claim, claim),
      BuiltInRelation(kHasMember, "an entity that a group's list names", group, {}),
      BuiltInRelation(kHasPart, "a group that is added up into this one", group, group),
      BuiltInAttribute(kStatedCount, "how many its source says there are", ValueType::kQuantity),
      BuiltInAttribute(kListRelation, "\"closed\" where the list claims to be complete, else \"open\"",
                       ValueType::kString),
      JudgementRelation(claim),
      BuiltInRelation(kPossibleSameAs, "the two may be one and the same; a question, not an answer", {}, {}),
      BuiltInRelation(kSameAs, "the two are one and the same: an analyst's judgement", {}, {}),
  };
  spec.relations.back().qualifiers = {BuiltInQualifier(kJudgementReason, "why, in the analyst's words", false)};
  for (RelationSpec& relation : spec.relations) {
    relation.symmetric = relation.name.text == kPossibleSameAs || relation.name.text == kSameAs;
  }
  const auto phrase = [&spec](std::string_view name, std::string_view words) {
    for (RelationSpec& relation : spec.relations) {
      if (relation.name.text == name) relation.phrase = words;
    }
  };
  phrase(kHasMember, "has the member");
  phrase(kHasPart, "has the part");
  phrase(kStatedCount, "has the number");
  phrase(kListRelation, "is a list that is");
  phrase(kSameAs, "is the same as");
  return spec;
}

OntologyBuilder::OntologyBuilder(OntologySpec spec, std::string_view file, std::vector<Diagnostic>* errors)
    : spec_(std::move(spec)), file_(file), errors_(errors) {}

void OntologyBuilder::Error(int number, const SourceSpan& place, std::string cause, std::string_view rule,
                            std::string hint) {
  errors_->push_back({number, file_, place, std::move(cause), std::string(rule), std::move(hint)});
}

Ontology OntologyBuilder::Build() {
  ontology_.name_ = spec_.name;
  ontology_.version_ = spec_.version;
  ontology_.description_ = spec_.description;
  ontology_.source_text_ = spec_.source_text;
  ontology_.open_ = spec_.open;
  for (const TypeSpec& type : spec_.types) type_names_.push_back(type.name.text);
  for (const RelationSpec& relation : spec_.relations) relation_names_.push_back(relation.name.text);
  BuildTypes();
  BuildRelations();
  BuildExclusiveValues();
  // The indices below need every supertype to be there, and none above itself.
  if (errors_->empty()) ontology_.IndexNames();
  return std::move(ontology_);
}

void OntologyBuilder::CheckTypes(const PlacedNames& names) {
  for (const PlacedName& name : names) {
    if (std::find(type_names_.begin(), type_names_.end(), name.text) != type_names_.end()) continue;
    Error(kOntologyUnknownType, name.place, StrCat("unknown type '", name.text, "'"),
          "a type is declared as [types.NAME] or built in", DidYouMean(name.text, type_names_));
  }
}

bool OntologyBuilder::CheckRelation(const PlacedName& name) {
  if (std::find(relation_names_.begin(), relation_names_.end(), name.text) != relation_names_.end()) return true;
  Error(kOntologyUnknownRelation, name.place, StrCat("unknown relation '", name.text, "'"),
        "a relation is declared as [relations.NAME] or built in", DidYouMean(name.text, relation_names_));
  return false;
}

void OntologyBuilder::CheckRole(const Relation& relation, const PlacedName& role) {
  if (role.text == "subject" || role.text == "object" || relation.FindQualifier(role.text) != nullptr) return;
  std::vector<std::string> roles = {"subject", "object"};
  for (const QualifierRule& rule : relation.qualifiers) roles.push_back(rule.name);
  Error(kOntologyUnknownRole, role.place, StrCat("'", role.text, "' is no role of ", relation.name),
        "a role is subject, object or a qualifier of the relation", DidYouMean(role.text, roles));
}

void OntologyBuilder::BuildTypes() {
  for (const TypeSpec& spec : spec_.types) {
    CheckTypes(spec.extends);
    CheckTypes(spec.excludes);
    EntityType type;
    type.name = spec.name.text;
    type.description = spec.description;
    type.extends = Texts(spec.extends);
    type.built_in = spec.built_in;
    type.place = spec.name.place;
    ontology_.types_.push_back(std::move(type));
  }
  for (const size_t i : CloseSupertypes(&ontology_.types_)) {
    Error(kOntologyCycle, spec_.types[i].name.place, StrCat("type '", spec_.types[i].name.text, "' is above itself"),
          "supertypes have no cycles", "take one of the 'extends' away that lead back to it");
  }
  CloseTypeExclusions();
}

void OntologyBuilder::CloseTypeExclusions() {
  std::vector<std::vector<std::string>> direct;
  for (const TypeSpec& spec : spec_.types) direct.push_back(Texts(spec.excludes));
  for (const size_t i : CloseExclusions(direct, &ontology_.types_)) {
    Error(kOntologyExcludesItself, spec_.types[i].name.place,
          StrCat("nothing can be of type '", spec_.types[i].name.text, "': it excludes one of its own supertypes"),
          "no entity is of two types that exclude each other", "take the exclusion or the supertype away");
  }
}

void OntologyBuilder::BuildRelations() {
  for (const RelationSpec& spec : spec_.relations) {
    Relation relation;
    relation.name = spec.name.text;
    relation.description = spec.description;
    relation.phrase = spec.phrase;
    relation.built_in = spec.built_in;
    relation.from_fields = spec.from_fields;
    relation.place = spec.name.place;
    for (const PlacedName& parent : spec.extends) {
      if (CheckRelation(parent)) relation.extends.push_back(parent.text);
    }
    ontology_.relations_.push_back(std::move(relation));
  }
  const std::vector<size_t> cycles = CloseSupertypes(&ontology_.relations_);
  for (const size_t i : cycles) {
    const PlacedName& name = spec_.relations[i].name;
    Error(kOntologyCycle, name.place, StrCat("relation '", name.text, "' is above itself"), "supertypes have no cycles",
          "take one of the 'extends' away that lead back to it");
  }
  if (!cycles.empty()) return;  // there is no order to inherit in

  // Those with fewer relations above them first, so that parents are done before their children.
  std::vector<size_t> order(ontology_.relations_.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [this](size_t a, size_t b) {
    return ontology_.relations_[a].supertypes.size() < ontology_.relations_[b].supertypes.size();
  });
  for (const size_t i : order) Inherit(i);
  CloseRelationExclusions();
  CheckInverses();
  CheckRelations();
}

void OntologyBuilder::Inherit(size_t index) {
  const RelationSpec& spec = spec_.relations[index];
  Relation& relation = ontology_.relations_[index];
  const Relation* parent = nullptr;
  if (!relation.extends.empty()) {
    parent = &ontology_.relations_[NumberOf(ontology_.relations_, relation.extends.front())];
  }
  const Relation defaults;
  const Relation& from = parent != nullptr ? *parent : defaults;

  for (const auto& names : {spec.subject, spec.object}) {
    if (names.has_value()) CheckTypes(*names);
  }
  relation.kind = spec.kind.value_or(from.kind);
  relation.subject = spec.subject.has_value() ? Texts(*spec.subject) : from.subject;
  if (spec.object.has_value() && spec.value.has_value()) {
    Error(kOntologyKeysClash, spec.name.place, StrCat("relation '", spec.name.text, "' has both 'object' and 'value'"),
          "the object is an entity of the types in 'object', or a literal of the type in 'value'",
          "keep one of the two");
  }
  relation.value = spec.value.value_or(spec.object.has_value() ? ValueType::kEntity : from.value);
  if (parent != nullptr && relation.value != parent->value) {
    Error(kOntologyKeysClash, spec.name.place,
          StrCat("the object of '", spec.name.text, "' is a value of type ", Name(relation.value),
                 ", that of its supertype '", parent->name, "' one of type ", Name(parent->value)),
          "what holds for a relation holds for its supertypes", "give both the same 'value'");
  }
  if (!relation.is_attribute()) relation.object = spec.object.has_value() ? Texts(*spec.object) : from.object;
  relation.inverse = spec.inverse.has_value() ? spec.inverse->text : "";
  relation.transitive = spec.transitive;
  relation.symmetric = spec.symmetric.value_or(false);
  relation.containment = spec.containment;
  relation.functional = spec.functional.value_or(from.functional);
  relation.functional_over = spec.functional_over.has_value() ? Texts(*spec.functional_over) : from.functional_over;
  relation.functional_in_time = spec.functional_in_time.value_or(from.functional_in_time);
  relation.countable = spec.countable.value_or(from.countable);
  relation.rate = spec.rate.value_or(from.rate);
  InheritQualifiers(spec, parent, &relation);

  relation.entails_upward = from.entails_upward;
  for (const EntailmentSpec& entailment : spec.entails_upward) {
    std::erase_if(relation.entails_upward,
                  [&entailment](const UpwardEntailment& inherited) { return inherited.role == entailment.role.text; });
    relation.entails_upward.push_back({entailment.role.text, Texts(entailment.along)});
  }
  std::sort(relation.entails_upward.begin(), relation.entails_upward.end(),
            [](const UpwardEntailment& a, const UpwardEntailment& b) { return a.role < b.role; });

  for (const std::string& name : relation.supertypes) {
    for (const ImplicationSpec& implied : spec_.relations[NumberOf(ontology_.relations_, name)].implies) {
      Implication implication;
      implication.relation = implied.relation.text;
      if (implied.subject.has_value()) implication.subject = implied.subject->text;
      if (implied.object.has_value()) implication.object = implied.object->text;
      implication.certainty = implied.certainty;
      implication.description = implied.description;
      relation.implies.push_back(std::move(implication));
    }
    for (const OrderSpec& spec_order : spec_.relations[NumberOf(ontology_.relations_, name)].order) {
      OrderRule rule;
      rule.relation = spec_order.relation.text;
      rule.after = spec_order.after;
      if (spec_order.role.has_value()) rule.role = spec_order.role->text;
      if (spec_order.as.has_value()) rule.as = spec_order.as->text;
      rule.description = spec_order.description;
      relation.order.push_back(std::move(rule));
    }
  }
}

void OntologyBuilder::InheritQualifiers(const RelationSpec& spec, const Relation* parent, Relation* relation) {
  if (parent != nullptr) relation->qualifiers = parent->qualifiers;
  for (const QualifierSpec& qualifier : spec.qualifiers) {
    CheckTypes(qualifier.range);
    QualifierRule rule;
    rule.name = qualifier.name.text;
    rule.description = qualifier.description;
    rule.phrase = qualifier.phrase;
    rule.value = qualifier.value.value_or(ValueType::kEntity);
    if (qualifier.value.has_value() && !qualifier.range.empty()) {
      Error(kOntologyKeysClash, qualifier.name.place,
            StrCat("qualifier '", rule.name, "' has both 'range' and 'value'"),
            "a qualifier is an entity of the types in 'range', or a literal of the type in 'value'",
            "keep one of the two");
    }
    if (!qualifier.values.empty() && !qualifier.value.has_value()) {
      Error(kOntologyKeysClash, qualifier.name.place,
            StrCat("qualifier '", rule.name, "' lists 'values' and is entity-valued"),
            "a closed list of values is for literals", "add value = \"string\"");
    }
    if (rule.name == "subject" || rule.name == "object") {
      Error(kOntologyBadName, qualifier.name.place, StrCat("a qualifier cannot be named '", rule.name, "'"),
            "subject and object are roles of every relation", "choose another name");
    }
    rule.range = Texts(qualifier.range);
    rule.values = qualifier.values;
    rule.identifies = qualifier.identifies.value_or(rule.value == ValueType::kEntity);
    rule.single_valued = qualifier.single_valued;
    rule.required = qualifier.required;
    std::erase_if(relation->qualifiers,
                  [&rule](const QualifierRule& inherited) { return inherited.name == rule.name; });
    relation->qualifiers.push_back(std::move(rule));
  }
  std::sort(relation->qualifiers.begin(), relation->qualifiers.end(),
            [](const QualifierRule& a, const QualifierRule& b) { return a.name < b.name; });
}

void OntologyBuilder::CloseRelationExclusions() {
  std::vector<std::vector<std::string>> direct;
  for (const RelationSpec& spec : spec_.relations) {
    direct.emplace_back();
    for (const PlacedName& name : spec.excludes) {
      if (CheckRelation(name)) direct.back().push_back(name.text);
    }
  }
  for (const size_t i : CloseExclusions(direct, &ontology_.relations_)) {
    const PlacedName& name = spec_.relations[i].name;
    Error(kOntologyExcludesItself, name.place,
          StrCat("relation '", name.text, "' can never hold: it excludes itself or one of its supertypes"),
          "no relation holds together with one that it excludes", "take the exclusion or the supertype away");
  }
}

void OntologyBuilder::CheckInverses() {
  absl::flat_hash_map<std::string, std::string> taken;
  for (const RelationSpec& spec : spec_.relations) {
    if (!spec.inverse.has_value()) continue;
    const PlacedName& inverse = *spec.inverse;
    const Relation& relation = ontology_.relations_[NumberOf(ontology_.relations_, spec.name.text)];
    if (relation.is_attribute()) {
      Error(kOntologyKeysClash, inverse.place, StrCat("'", relation.name, "' has a literal object and an inverse"),
            "an inverse needs an entity at both ends", "take 'inverse' away");
    } else if (relation.symmetric) {
      Error(kOntologyKeysClash, inverse.place, StrCat("'", relation.name, "' is symmetric and has an inverse"),
            "a symmetric relation is its own inverse", "take 'inverse' or 'symmetric' away");
    }
    const auto [other, is_new] = taken.emplace(inverse.text, relation.name);
    if (!is_new) {
      Error(kOntologyNameTaken, inverse.place,
            StrCat("'", inverse.text, "' is the inverse of '", other->second, "' already"),
            "an inverse belongs to one relation", "choose another name");
    } else if (NumberOf(ontology_.relations_, inverse.text) < ontology_.relations_.size()) {
      Error(kOntologyNameTaken, inverse.place,
            StrCat("'", inverse.text, "', the inverse of '", relation.name, "', is a relation of its own"),
            "an inverse is another name of one relation, read the other way round",
            StrCat("choose another name, or take [relations.", inverse.text, "] away"));
    }
  }
}

// What can be checked only now that every relation has its qualifiers.
void OntologyBuilder::CheckRelations() {
  for (size_t i = 0; i < spec_.relations.size(); ++i) {
    const RelationSpec& spec = spec_.relations[i];
    const Relation& relation = ontology_.relations_[i];
    if (spec.functional_over.has_value()) {
      for (const PlacedName& name : *spec.functional_over) CheckRole(relation, name);
    }
    for (const ImplicationSpec& implied : spec.implies) {
      if (implied.subject.has_value()) CheckRole(relation, *implied.subject);
      if (implied.object.has_value()) CheckRole(relation, *implied.object);
      if (!CheckRelation(implied.relation)) continue;
      if (implied.relation.text == relation.name && !implied.subject.has_value() && !implied.object.has_value()) {
        Error(kOntologyKeysClash, implied.relation.place, StrCat("'", relation.name, "' implies itself"),
              "an implication says something new", "take it away");
      }
    }
    for (const OrderSpec& order : spec.order) {
      if (order.role.has_value()) CheckRole(relation, *order.role);
      if (!CheckRelation(order.relation) || !order.as.has_value()) continue;
      CheckRole(ontology_.relations_[NumberOf(ontology_.relations_, order.relation.text)], *order.as);
    }
    for (const EntailmentSpec& entailment : spec.entails_upward) {
      CheckRole(relation, entailment.role);
      for (const PlacedName& along : entailment.along) {
        if (!CheckRelation(along)) continue;
        const size_t number = NumberOf(ontology_.relations_, along.text);
        if (ontology_.relations_[number].containment != Containment::kNone) continue;
        Error(kOntologyNotContainment, along.place, StrCat("'", along.text, "' is no containment"),
              "a role entails upward along containment relations",
              StrCat("give [relations.", along.text, "] a 'containment', such as \"part-of\""));
      }
    }
    if (relation.symmetric && relation.is_attribute()) {
      Error(kOntologyKeysClash, spec.name.place, StrCat("'", relation.name, "' has a literal object and is symmetric"),
            "a symmetric relation needs an entity at both ends", "take 'symmetric' away");
    }
    if (relation.containment != Containment::kNone && relation.is_attribute()) {
      Error(kOntologyKeysClash, spec.name.place,
            StrCat("'", relation.name, "' has a literal object and is a containment"), "one entity contains another",
            "take 'containment' away");
    }
  }
}

void OntologyBuilder::BuildExclusiveValues() {
  for (ExclusiveValuesSpec& spec : spec_.exclusive_values) {
    std::vector<std::string> names;
    for (const Relation& relation : ontology_.relations_) {
      if (relation.is_attribute()) names.push_back(relation.name);
      for (const QualifierRule& rule : relation.qualifiers) {
        if (rule.value != ValueType::kEntity) names.push_back(rule.name);
      }
    }
    if (std::find(names.begin(), names.end(), spec.attribute.text) == names.end()) {
      Error(kOntologyUnknownRelation, spec.attribute.place,
            StrCat("'", spec.attribute.text, "' is neither an attribute nor a literal qualifier"),
            "values exclude each other for an attribute or a literal qualifier",
            DidYouMean(spec.attribute.text, names));
    }
    ontology_.exclusive_values_.push_back(
        {std::move(spec.attribute.text), std::move(spec.values), spec.certainty, std::move(spec.description)});
  }
}

Ontology Ontology::Open() {
  OntologySpec spec = BuiltInSpec();
  spec.name = "open";
  spec.version = "1";
  spec.open = true;
  std::vector<Diagnostic> none;
  return OntologyBuilder(std::move(spec), "", &none).Build();
}

}  // namespace dossier
