#include "schema/ontology.h"

#include <algorithm>
#include <array>

#include "graph/base/text.h"

namespace dossier {
namespace {

uint32_t IndexOf(const absl::flat_hash_map<std::string, uint32_t>& index, std::string_view name) {
  const auto found = index.find(ToAbsl(name));
  return found == index.end() ? UINT32_MAX : found->second;
}

}  // namespace

std::string_view Name(RelationKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"fact", "position", "evidence", "comparison"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view Name(ValueType type) {
  constexpr std::array<std::string_view, 8> kNames = {"entity",  "string", "integer",  "number",
                                                      "boolean", "time",   "quantity", "url"};
  return kNames[static_cast<size_t>(type)];
}

std::string_view Name(Containment containment) {
  constexpr std::array<std::string_view, 6> kNames = {"", "part-of", "located-in", "kind-of", "organ-of", "member-of"};
  return kNames[static_cast<size_t>(containment)];
}

std::string_view Name(RateKind rate) {
  constexpr std::array<std::string_view, 4> kNames = {"", "increase", "decrease", "share"};
  return kNames[static_cast<size_t>(rate)];
}

const QualifierRule* Relation::FindQualifier(std::string_view qualifier) const {
  const auto found = std::find_if(qualifiers.begin(), qualifiers.end(),
                                  [qualifier](const QualifierRule& rule) { return rule.name == qualifier; });
  return found == qualifiers.end() ? nullptr : &*found;
}

const std::vector<std::string>& Relation::EntailsUpward(std::string_view role) const {
  static const std::vector<std::string> nothing;
  for (const UpwardEntailment& entailment : entails_upward) {
    if (entailment.role == role) return entailment.along;
  }
  return nothing;
}

const EntityType* Ontology::FindType(std::string_view name) const {
  const uint32_t index = IndexOf(type_index_, name);
  return index == UINT32_MAX ? nullptr : &types_[index];
}

const Relation* Ontology::FindRelation(std::string_view name) const {
  const uint32_t index = IndexOf(relation_index_, name);
  return index == UINT32_MAX ? nullptr : &relations_[index];
}

const Relation* Ontology::FindByInverse(std::string_view name) const {
  const uint32_t index = IndexOf(inverse_index_, name);
  return index == UINT32_MAX ? nullptr : &relations_[index];
}

bool Ontology::IsSubtype(std::string_view type, std::string_view ancestor) const {
  if (type == ancestor) return true;
  const uint32_t from = IndexOf(type_index_, type), to = IndexOf(type_index_, ancestor);
  return from != UINT32_MAX && to != UINT32_MAX && type_closure_[from * types_.size() + to];
}

bool Ontology::IsSubrelation(std::string_view relation, std::string_view ancestor) const {
  if (relation == ancestor) return true;
  const uint32_t from = IndexOf(relation_index_, relation), to = IndexOf(relation_index_, ancestor);
  return from != UINT32_MAX && to != UINT32_MAX && relation_closure_[from * relations_.size() + to];
}

bool Ontology::Admits(const std::vector<std::string>& allowed, const std::vector<std::string>& types) const {
  if (allowed.empty()) return true;
  for (const std::string& type : types) {
    for (const std::string& ancestor : allowed) {
      if (IsSubtype(type, ancestor)) return true;
    }
  }
  return false;
}

std::vector<std::string> Ontology::TypeNames() const {
  std::vector<std::string> names;
  for (const EntityType& type : types_) names.push_back(type.name);
  return names;
}

std::vector<std::string> Ontology::RelationNames() const {
  std::vector<std::string> names;
  for (const Relation& relation : relations_) {
    names.push_back(relation.name);
    if (!relation.inverse.empty()) names.push_back(relation.inverse);
  }
  return names;
}

void Ontology::IndexNames() {
  for (uint32_t i = 0; i < types_.size(); ++i) type_index_.emplace(types_[i].name, i);
  for (uint32_t i = 0; i < relations_.size(); ++i) {
    relation_index_.emplace(relations_[i].name, i);
    if (!relations_[i].inverse.empty()) inverse_index_.emplace(relations_[i].inverse, i);
  }
  type_closure_.assign(types_.size() * types_.size(), false);
  for (size_t i = 0; i < types_.size(); ++i) {
    for (const std::string& name : types_[i].supertypes) {
      type_closure_[i * types_.size() + type_index_.at(name)] = true;
    }
  }
  relation_closure_.assign(relations_.size() * relations_.size(), false);
  for (size_t i = 0; i < relations_.size(); ++i) {
    for (const std::string& name : relations_[i].supertypes) {
      relation_closure_[i * relations_.size() + relation_index_.at(name)] = true;
    }
  }
}

}  // namespace dossier
