// R1: one claim affirms what another denies, or something more specific.
//
// Denials are few. They are put into a table under relation, subject, object and their first qualifier; each
// affirmation is then said in all the more general ways that it entails (query/entailment.h), and each way looked up.
// A denial with qualifiers denies only what has them all, so what is found is checked for the rest of them.
#include <algorithm>
#include <map>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "query/contradiction_context.h"
#include "query/entailment.h"

namespace dossier::contradiction {
namespace {

constexpr uint64_t kNothing = ~uint64_t{0};

// What a denial is filed under. Values are vertices, or numbers of interned literals above them.
struct Key {
  const Relation* relation;
  uint64_t subject, object, qualifier, value;
  friend bool operator==(const Key&, const Key&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const Key& key) {
    return H::combine(std::move(hash), key.relation, key.subject, key.object, key.qualifier, key.value);
  }
};

struct Denial {
  ClaimId claim;
  EdgeId edge;
  Qualifiers qualifiers;  // all, identifying or not
};

// An affirmation that meets a denial.
struct Meet {
  size_t denial = 0;
  std::vector<EdgeId> path;  // containments used
  bool same_event = false;
};

class PolarityFinder {
 public:
  PolarityFinder(const Context& context, const Entailment& entailment)
      : context_(context), image_(context.image()), entailment_(entailment) {}

  void Find(std::vector<Draft>* drafts) {
    FileDenials();
    if (denials_.empty()) return;
    for (uint32_t i = 0; i < image_.edge_count(); ++i) {
      const EdgeId edge(i);
      if (context_.hidden(edge) || !MayMeet(image_.relation(edge))) continue;
      const std::vector<ClaimId> affirming = context_.Affirming(edge);
      if (!affirming.empty()) Compare(edge, affirming);
    }
    MeetTransitiveDenials();
    for (auto& [key, group] : groups_) {
      for (Draft& draft : group.TakeDrafts("")) drafts->push_back(std::move(draft));
    }
  }

 private:
  uint64_t CodeOf(const Value& value, bool intern) {
    if (value.type() == Value::Type::kVertex) return value.vertex().value;
    if (!intern) {
      const auto at = literals_.find(value);
      return at == literals_.end() ? kNothing : at->second;
    }
    return literals_.try_emplace(value, (uint64_t{1} << 32) + literals_.size()).first->second;
  }

  void FileDenials() {
    for (uint32_t i = 0; i < image_.claim_count(); ++i) {
      const ClaimId claim(i);
      if (context_.stance(claim) != Stance::kDenies) continue;
      const EdgeId edge = image_.claim(claim).proposition();
      const Relation& relation = context_.relation_of(edge);
      if (context_.hidden(edge) || relation.kind != RelationKind::kFact) continue;
      Denial denial{claim, edge, context_.IdentifyingQualifiers(edge)};
      for (const auto& qualifier : image_.claim(claim).qualifiers()) denial.qualifiers.push_back(qualifier);
      Key key{&relation, image_.source(edge).value,
              image_.is_literal(edge) ? CodeOf(image_.literal(edge), true) : image_.target(edge).value, kNothing,
              kNothing};
      if (!denial.qualifiers.empty()) {
        key.qualifier = denial.qualifiers.front().first.value;
        key.value = CodeOf(denial.qualifiers.front().second, true);
      }
      table_[key].push_back(denials_.size());
      denied_.insert(&relation);
      denials_.push_back(std::move(denial));
    }
  }

  // Whether anything that the relation entails is ever denied.
  bool MayMeet(RelationId id) {
    if (may_meet_.empty()) may_meet_.assign(image_.relation_count(), -1);
    int8_t& known = may_meet_[id.value];
    if (known < 0) {
      const Relation& relation = context_.relation(id);
      known = 0;
      if (relation.kind == RelationKind::kFact || relation.kind == RelationKind::kEvidence) {
        for (const Relation* entailed : entailment_.RelationsEntailedBy(relation)) {
          if (denied_.contains(entailed)) known = 1;
        }
      }
    }
    return known == 1;
  }

  void Compare(EdgeId edge, const std::vector<ClaimId>& affirming) {
    // Of several ways in which two claims meet, the one that assumes least.
    std::map<std::pair<ClaimId, ClaimId>, std::pair<Clash, std::vector<ChainStep>>> best;
    for (const Form& form : entailment_.FormsOf(edge)) {
      if (!denied_.contains(form.relation)) continue;
      for (const ClaimId claim : affirming) {
        const std::optional<Quantity>& quantity = image_.claim(claim).quantity();
        if (quantity.has_value() && quantity->high == 0) continue;  // none: it denies as well
        Probe(form, claim, [&](const Meet& meet) {
          const Denial& denial = denials_[meet.denial];
          auto clash = Judge(form, claim, denial, meet);
          if (!clash.has_value()) return;
          std::vector<ChainStep> chain;
          for (const EdgeId containment : meet.path) chain.push_back({containment, ""});
          for (const std::string& step : form.steps) chain.push_back({EdgeId(), step});
          const auto [at, is_new] = best.try_emplace({denial.claim, claim}, *clash, chain);
          if (!is_new && std::pair(clash->assumptions.size(), chain.size()) <
                             std::pair(at->second.first.assumptions.size(), at->second.second.size())) {
            at->second = {*std::move(clash), std::move(chain)};
          }
        });
      }
    }
    for (auto& [claims, clash] : best) AddToGroup(claims.first, claims.second, clash.first, clash.second);
  }

  void AddToGroup(ClaimId denial, ClaimId affirmation, const Clash& clash, const std::vector<ChainStep>& chain) {
    const EdgeId affirmed = image_.claim(affirmation).proposition();
    const std::tuple key(image_.claim(denial).proposition(), context_.asserter(affirmation), image_.source(affirmed),
                         image_.relation(affirmed));
    groups_.try_emplace(key, Rule::kPolarity).first->second.Add(denial, affirmation, clash, chain);
  }

  template <typename Visit>
  void Probe(const Form& form, ClaimId claim, const Visit& visit) {
    // The qualifiers of this claim, with all above them.
    std::vector<std::pair<PropertyId, RoleValue>> qualifiers = form.qualifiers;
    for (const auto& [name, value] : image_.claim(claim).qualifiers()) {
      const std::string& word = image_.property_name(name);
      if (form.relation->FindQualifier(word) == nullptr && !context_.ontology().is_open()) continue;
      RoleValue of;
      if (value.type() == Value::Type::kVertex) {
        of.entities = entailment_.Climb(value.vertex(), form.relation->EntailsUpward(word));
      } else {
        of.literal = value;
      }
      qualifiers.emplace_back(name, std::move(of));
    }
    ProbeEnds(form, form.subject, form.object, qualifiers, claim, visit);
    if (form.relation->symmetric && !form.object.entities.empty()) {
      ProbeEnds(form, form.object, form.subject, qualifiers, claim, visit);
    }
  }

  template <typename Visit>
  void ProbeEnds(const Form& form, const RoleValue& subject, const RoleValue& object,
                 const std::vector<std::pair<PropertyId, RoleValue>>& qualifiers, ClaimId claim, const Visit& visit) {
    static const Upward kItself{};
    for (const Upward& s : subject.entities) {
      for (size_t i = 0; i < std::max<size_t>(object.entities.size(), 1); ++i) {
        const Upward& o = object.entities.empty() ? kItself : object.entities[i];
        Key key{form.relation, s.vertex.value, object.entities.empty() ? CodeOf(object.literal, false) : o.vertex.value,
                kNothing, kNothing};
        if (key.object == kNothing) continue;
        Look(key, s, o, qualifiers, claim, visit);
        for (const auto& [name, value] : qualifiers) {
          key.qualifier = name.value;
          if (value.entities.empty()) {
            key.value = CodeOf(value.literal, false);
            if (key.value != kNothing) Look(key, s, o, qualifiers, claim, visit);
          }
          for (const Upward& up : value.entities) {
            key.value = up.vertex.value;
            Look(key, s, o, qualifiers, claim, visit);
          }
        }
      }
    }
  }

  template <typename Visit>
  void Look(const Key& key, const Upward& subject, const Upward& object,
            const std::vector<std::pair<PropertyId, RoleValue>>& qualifiers, ClaimId claim, const Visit& visit) {
    const auto at = table_.find(key);
    if (at == table_.end()) return;
    for (const size_t number : at->second) {
      const Denial& denial = denials_[number];
      if (denial.claim == claim) continue;
      Meet meet{number, subject.path, false};
      meet.path.insert(meet.path.end(), object.path.begin(), object.path.end());
      const auto note_event = [&](VertexId vertex) {
        if (vertex.valid() && context_.IsEvent(vertex)) meet.same_event = true;
      };
      note_event(subject.vertex);
      note_event(object.vertex);
      bool all = true;
      for (const auto& [name, wanted] : denial.qualifiers) {
        bool found = false;
        for (const auto& [given_name, given] : qualifiers) {
          if (given_name != name || found) continue;
          if (given.entities.empty()) {
            found = Equivalent(given.literal, wanted);
            continue;
          }
          for (const Upward& up : given.entities) {
            if (wanted.type() != Value::Type::kVertex || up.vertex != wanted.vertex()) continue;
            found = true;
            meet.path.insert(meet.path.end(), up.path.begin(), up.path.end());
            note_event(up.vertex);
            break;
          }
        }
        all = all && found;
      }
      if (all) visit(meet);
    }
  }

  std::optional<Clash> Judge(const Form& form, ClaimId claim, const Denial& denial, const Meet& meet) {
    // "Did not use five" says nothing of four.
    const std::optional<Quantity>& denied = image_.claim(denial.claim).quantity();
    const std::optional<Quantity>& affirmed = image_.claim(claim).quantity();
    if (denied.has_value() &&
        !(affirmed.has_value() && SameKind(*denied, *affirmed) && SameBounds(*denied, *affirmed))) {
      return std::nullopt;
    }
    const Meeting meeting{.first = Reading::kThroughout,
                          .second = Reading::kOnce,
                          .timeless = form.relation->functional && !form.relation->functional_in_time,
                          .same_event = meet.same_event,
                          .persists = true};
    std::optional<Clash> clash = context_.Meet(denial.claim, claim, meeting);
    if (!clash.has_value()) return clash;
    const auto assume = [&](Assumption assumption) { clash->assumptions.push_back(std::move(assumption)); };
    for (const EdgeId containment : meet.path) {
      const Ternary holds = HoldsAt(containment, clash->second);
      if (holds == Ternary::kFalse) return std::nullopt;
      if (holds == Ternary::kOpen || !entailment_.IsCertain(containment)) {
        assume({.kind = Assumption::Kind::kContainment, .claim = {}, .other = {}, .edge = containment, .text = {}});
      }
    }
    for (const std::string& text : form.assumed) {
      assume({.kind = Assumption::Kind::kImplication, .claim = claim, .other = {}, .edge = {}, .text = text});
    }
    if (form.from_evidence) {
      assume({.kind = Assumption::Kind::kEvidence, .claim = claim, .other = {}, .edge = {}, .text = {}});
    }
    return clash;
  }

  // Whether a containment holds at the time of a claim: it does where either has no time.
  Ternary HoldsAt(EdgeId containment, const When& when) const {
    if (!when.dated) return Ternary::kTrue;
    Ternary holds = Ternary::kFalse;
    for (const ClaimId claim : image_.ClaimsOf(containment)) {
      if (context_.stance(claim) != Stance::kAffirms) continue;
      const EdtfTime& valid = image_.claim(claim).valid();
      if (valid.is_undated()) return Ternary::kTrue;
      const TimeBounds bounds = valid.throughout();
      holds = Or(holds, CertainlyDuring(when.bounds, bounds) ? Ternary::kTrue
                                                             : ToTernary(false, PossiblyOverlaps(when.bounds, bounds)));
    }
    return holds;
  }

  // A in B and B in C, and somebody denies that A is in C.
  void MeetTransitiveDenials() {
    for (const Denial& denial : denials_) {
      const Relation& relation = context_.relation_of(denial.edge);
      if (!relation.transitive || image_.is_literal(denial.edge) || !denial.qualifiers.empty()) continue;
      const RelationId id = image_.relation(denial.edge);
      const VertexId from = image_.source(denial.edge), to = image_.target(denial.edge);
      absl::flat_hash_map<uint32_t, EdgeId> came_by;
      std::vector<VertexId> reached{from};
      for (size_t next = 0; next < reached.size() && !came_by.contains(to.value); ++next) {
        for (const Neighbor& step : image_.Out(reached[next], id)) {
          if (step.edge == denial.edge || step.vertex == from || !context_.IsAffirmed(step.edge)) continue;
          if (came_by.try_emplace(step.vertex.value, step.edge).second) reached.push_back(step.vertex);
        }
      }
      if (!came_by.contains(to.value)) continue;
      std::vector<EdgeId> path;
      for (VertexId at = to; at != from; at = image_.source(path.back())) path.push_back(came_by[at.value]);
      if (path.size() < 2) continue;
      ClashGroup group(Rule::kPolarity);
      for (const EdgeId edge : path) {
        for (const ClaimId claim : context_.Affirming(edge)) {
          auto clash = context_.Meet(denial.claim, claim,
                                     {.first = Reading::kThroughout,
                                      .second = Reading::kThroughout,
                                      .timeless = false,
                                      .same_event = false,
                                      .persists = false});
          if (!clash.has_value()) continue;
          for (const EdgeId other : path) {
            if (entailment_.IsCertain(other)) continue;
            clash->assumptions.push_back(
                {.kind = Assumption::Kind::kContainment, .claim = {}, .other = {}, .edge = other, .text = {}});
          }
          clash->change = Clash::Change::kNone;
          group.Add(denial.claim, claim, *clash);
        }
      }
      groups_.try_emplace(std::tuple(denial.edge, VertexId(), VertexId(), id), std::move(group));
    }
  }

  const Context& context_;
  const Image& image_;
  const Entailment& entailment_;
  std::vector<Denial> denials_;
  absl::flat_hash_map<Key, std::vector<size_t>> table_;
  absl::flat_hash_map<Value, uint64_t, ValueHash, ValueEquivalent> literals_;
  absl::flat_hash_set<const Relation*> denied_;
  std::vector<int8_t> may_meet_;
  // By what is denied, who affirms, of whom, and what.
  std::map<std::tuple<EdgeId, VertexId, VertexId, RelationId>, ClashGroup> groups_;
};

}  // namespace

void FindPolarity(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts) {
  PolarityFinder(context, entailment).Find(drafts);
}

}  // namespace dossier::contradiction
