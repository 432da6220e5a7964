#include "query/entailment.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"

namespace dossier::contradiction {
namespace {

constexpr int kDeepestImplication = 6;

bool SameRole(const RoleValue& a, const RoleValue& b) {
  if (a.entities.empty() || b.entities.empty())
    return a.entities.empty() == b.entities.empty() && Equivalent(a.literal, b.literal);
  return a.entities.front().vertex == b.entities.front().vertex;
}

bool SameForm(const Form& a, const Form& b) {
  return a.relation == b.relation && SameRole(a.subject, b.subject) && SameRole(a.object, b.object);
}

}  // namespace

Entailment::Entailment(const Context* context) : context_(context) {
  const Image& image = context->image();
  const Ontology& ontology = context->ontology();
  for (const Relation& relation : ontology.relations()) {
    for (const UpwardEntailment& role : relation.entails_upward) {
      for (const std::string& along : role.along) parents_.try_emplace(along);
    }
  }
  // Which of the names an edge's relation falls under.
  std::vector<std::vector<absl::flat_hash_map<uint32_t, std::vector<Parent>>*>> tables(image.relation_count());
  for (uint32_t i = 0; i < image.relation_count(); ++i) {
    for (auto& [along, table] : parents_) {
      if (ontology.IsSubrelation(image.relation_name(RelationId(i)), along)) tables[i].push_back(&table);
    }
  }
  const RelationId same = image.FindRelation(kSameAs);
  for (uint32_t i = 0; i < image.edge_count(); ++i) {
    const EdgeId edge(i);
    if (same.valid() && image.relation(edge) == same) {
      AddSame(edge);
      continue;
    }
    const auto& into = tables[image.relation(edge).value];
    if (into.empty() || image.is_literal(edge) || !context->IsAffirmed(edge)) continue;
    for (auto* table : into) (*table)[image.source(edge).value].push_back({image.target(edge), edge, IsCertain(edge)});
  }
}

// What is said of the one is said of the other, as long as the last judgement holds them for one.
void Entailment::AddSame(EdgeId edge) {
  const Image& image = context_->image();
  const VertexId one = image.source(edge), other = image.target(edge);
  const std::optional<Sameness> judged = SamenessOf(image, one, other);
  if (!judged.has_value() || !judged->same || !context_->IsAffirmed(edge)) return;
  same_[one.value].push_back({other, edge, IsCertain(edge)});
  same_[other.value].push_back({one, edge, IsCertain(edge)});
}

bool Entailment::IsCertain(EdgeId containment) const {
  bool certain = false;
  for (const ClaimId claim : context_->image().ClaimsOf(containment)) {
    if (context_->image().claim(claim).certainty() != Certainty::kCertain) continue;
    if (context_->stance(claim) == Stance::kDenies) return false;
    certain = certain || context_->stance(claim) == Stance::kAffirms;
  }
  return certain;
}

const std::vector<Entailment::Parent>& Entailment::ParentsOf(VertexId vertex, const std::string& relation) const {
  static const std::vector<Parent>* const kNone = new std::vector<Parent>();
  const auto table = parents_.find(relation);
  if (table == parents_.end()) return *kNone;
  const auto at = table->second.find(vertex.value);
  return at == table->second.end() ? *kNone : at->second;
}

std::vector<Upward> Entailment::Climb(VertexId vertex, const std::vector<std::string>& along) const {
  std::vector<Upward> reached{{vertex, {}}};
  if (along.empty() && same_.empty()) return reached;
  absl::flat_hash_set<uint32_t> seen{vertex.value};
  const auto climb = [&](size_t from, const std::vector<Parent>& parents, bool only_certain) {
    for (const Parent& parent : parents) {
      if (only_certain && !parent.certain) continue;
      if (!seen.insert(parent.vertex.value).second) continue;
      std::vector<EdgeId> path = reached[from].path;
      path.push_back(parent.edge);
      reached.push_back({parent.vertex, std::move(path)});
    }
  };
  // First all that is certain, nearest first; then what the uncertain adds to it.
  for (const bool only_certain : {true, false}) {
    for (size_t next = 0; next < reached.size(); ++next) {
      const VertexId at = reached[next].vertex;
      if (const auto same = same_.find(at.value); same != same_.end()) climb(next, same->second, only_certain);
      for (const std::string& relation : along) climb(next, ParentsOf(at, relation), only_certain);
    }
  }
  return reached;
}

std::vector<Form> Entailment::FormsOf(EdgeId edge) const {
  const Image& image = context_->image();
  const Relation& relation = context_->relation_of(edge);
  std::vector<Form> forms;
  if (relation.kind != RelationKind::kFact && relation.kind != RelationKind::kEvidence) return forms;
  const auto value_of = [&](const Value& value, const std::string& role) {
    RoleValue of;
    if (value.type() == Value::Type::kVertex) {
      of.entities = Climb(value.vertex(), relation.EntailsUpward(role));
    } else {
      of.literal = value;
    }
    return of;
  };
  Form form;
  form.relation = &relation;
  form.subject = value_of(Value::Vertex(image.source(edge)), "subject");
  form.object = value_of(image.is_literal(edge) ? image.literal(edge) : Value::Vertex(image.target(edge)), "object");
  for (const auto& [name, value] : context_->IdentifyingQualifiers(edge)) {
    form.qualifiers.emplace_back(name, value_of(value, image.property_name(name)));
  }
  form.from_evidence = relation.kind == RelationKind::kEvidence;
  forms.push_back(std::move(form));
  AddImplied(Form(forms.front()), 0, &forms);
  std::erase_if(forms, [](const Form& f) { return f.relation->kind != RelationKind::kFact; });
  return forms;
}

void Entailment::AddImplied(const Form& form, int depth, std::vector<Form>* forms) const {
  const Ontology& ontology = context_->ontology();
  const Image& image = context_->image();
  const auto climb_on = [&](RoleValue* value, const std::vector<std::string>& along) {
    if (along.empty()) return;
    absl::flat_hash_set<uint32_t> seen;
    for (const Upward& up : value->entities) seen.insert(up.vertex.value);
    const std::vector<Upward> before = value->entities;
    for (const Upward& up : before) {
      for (Upward& more : Climb(up.vertex, along)) {
        if (!seen.insert(more.vertex.value).second) continue;
        more.path.insert(more.path.begin(), up.path.begin(), up.path.end());
        value->entities.push_back(std::move(more));
      }
    }
  };
  // Takes over what the target relation knows, climbs on as it allows, and goes on from there.
  const auto add = [&](Form next, const Relation& target, bool strong) {
    next.relation = &target;
    climb_on(&next.subject, target.EntailsUpward("subject"));
    climb_on(&next.object, target.EntailsUpward("object"));
    std::erase_if(next.qualifiers, [&](const auto& qualifier) {
      return target.FindQualifier(image.property_name(qualifier.first)) == nullptr;
    });
    for (auto& [name, value] : next.qualifiers) climb_on(&value, target.EntailsUpward(image.property_name(name)));
    const bool known = std::any_of(forms->begin(), forms->end(), [&](const Form& f) { return SameForm(f, next); });
    if (known) return;
    forms->push_back(next);
    if (strong) AddImplied(next, depth + 1, forms);
  };
  if (depth >= kDeepestImplication) return;
  for (const std::string& name : form.relation->supertypes) {
    const Relation* super = ontology.FindRelation(name);
    if (super != nullptr && super != form.relation && super->kind == form.relation->kind) add(form, *super, true);
  }
  for (const Implication& implied : form.relation->implies) {
    const Relation* target = ontology.FindRelation(implied.relation);
    if (target == nullptr) continue;
    const bool strong = implied.certainty == Certainty::kCertain;
    if (!strong && depth > 0) continue;  // what is merely suggested is so by what was said itself
    std::vector<const RoleValue*> subjects, objects;
    const auto find = [&](const std::string& role, std::vector<const RoleValue*>* found) {
      if (role == "subject") return found->push_back(&form.subject);
      if (role == "object") return found->push_back(&form.object);
      for (const auto& [name, value] : form.qualifiers) {
        if (image.property_name(name) == role) found->push_back(&value);
      }
    };
    find(implied.subject, &subjects);
    find(implied.object, &objects);
    const bool is_super = ontology.IsSubrelation(form.relation->name, target->name);
    const bool keeps_roles = (implied.subject == "subject" || implied.object == "subject") &&
                             (implied.subject == "object" || implied.object == "object");
    const std::string words = StrCat(form.relation->name, strong ? " implies " : " suggests ", target->name);
    for (const RoleValue* subject : subjects) {
      for (const RoleValue* object : objects) {
        if (subject->entities.empty()) continue;
        Form next = form;
        next.subject = *subject;
        next.object = *object;
        if (!is_super) next.steps.push_back(words);
        // What evidence implies is softened as evidence.
        if (!strong || (!is_super && keeps_roles && !form.from_evidence)) {
          next.assumed.push_back(implied.description.empty() ? words : implied.description);
        }
        add(std::move(next), *target, strong);
      }
    }
  }
}

std::vector<const Relation*> Entailment::RelationsEntailedBy(const Relation& relation) const {
  const Ontology& ontology = context_->ontology();
  std::vector<const Relation*> all{&relation};
  for (size_t next = 0; next < all.size(); ++next) {
    const auto add = [&](const std::string& name) {
      const Relation* found = ontology.FindRelation(name);
      if (found != nullptr && std::find(all.begin(), all.end(), found) == all.end()) all.push_back(found);
    };
    for (const std::string& name : all[next]->supertypes) add(name);
    for (const Implication& implied : all[next]->implies) add(implied.relation);
  }
  return all;
}

}  // namespace dossier::contradiction
