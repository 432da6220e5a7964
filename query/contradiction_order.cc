// R5: something that comes before what it needs, or after what ends it, as the ontology's `order` has it.
//
// What has to be first (or last) is filed by the entity that it is about; each claim under a rule looks up there its
// own entity and all above it. A thing that is so once (a functional relation: founded in 1991) is compared claim by
// claim; of what may be so many times (produced in 1991, and perhaps before), all claims have to be too late, and that
// there was none earlier is an assumption.
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"
#include "query/entailment.h"

namespace dossier::contradiction {
namespace {

struct Premise {
  ClaimId claim;
  EdgeId edge;
  When when;
  std::vector<EdgeId> path;  // of containments, where it is filed above what it is about
};

// What is claimed of the entities in one role of a relation, by vertex.
struct PremiseIndex {
  bool once = false;
  absl::flat_hash_map<uint32_t, std::vector<Premise>> by_vertex;
};

class OrderFinder {
 public:
  OrderFinder(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts)
      : context_(context), image_(context.image()), entailment_(entailment), drafts_(*drafts) {}

  void Find() {
    for (uint32_t i = 0; i < image_.edge_count(); ++i) {
      const EdgeId edge(i);
      const Relation& relation = context_.relation_of(edge);
      if (relation.order.empty() || relation.kind != RelationKind::kFact || context_.hidden(edge)) continue;
      const std::vector<ClaimId> claims = context_.Affirming(edge);
      if (claims.empty()) continue;
      for (const OrderRule& rule : relation.order) {
        const PremiseIndex& index = IndexOf(rule);
        if (index.by_vertex.empty()) continue;
        for (const VertexId vertex : InRole(edge, rule.role)) Look(edge, claims, rule, index, vertex);
      }
    }
  }

 private:
  std::vector<VertexId> InRole(EdgeId edge, const std::string& role) const {
    if (role == "subject") return {image_.source(edge)};
    if (role == "object") return image_.is_literal(edge) ? std::vector<VertexId>() : std::vector{image_.target(edge)};
    std::vector<VertexId> found;
    const PropertyId property = image_.FindProperty(role);
    for (const auto& [name, value] : context_.IdentifyingQualifiers(edge)) {
      if (name == property && value.type() == Value::Type::kVertex) found.push_back(value.vertex());
    }
    return found;
  }

  // "founded: 1991" is about 1991, whenever that is said to be so.
  When TimeOf(ClaimId claim) const {
    const EdgeId edge = image_.claim(claim).proposition();
    if (!image_.is_literal(edge)) return context_.TimeOf(claim, Reading::kOnce);
    const Value value = image_.literal(edge);
    if (value.type() != Value::Type::kTime) return context_.TimeOf(claim, Reading::kOnce);
    return {.bounds = value.time().bounds(), .dated = !value.time().is_undated(), .event = {}};
  }

  const PremiseIndex& IndexOf(const OrderRule& rule) {
    const auto [at, is_new] = indexes_.try_emplace(std::pair(rule.relation, rule.as));
    PremiseIndex& index = at->second;
    if (!is_new) return index;
    const Relation* root = context_.ontology().FindRelation(rule.relation);
    index.once = root != nullptr && root->functional;
    for (uint32_t r = 0; r < image_.relation_count(); ++r) {
      const Relation& relation = context_.relation(RelationId(r));
      if (image_.hidden(RelationId(r)) || relation.kind != RelationKind::kFact) continue;
      if (context_.ontology().IsSubrelation(relation.name, rule.relation)) wanted_.push_back(r);
    }
    for (uint32_t i = 0; i < image_.edge_count() && !wanted_.empty(); ++i) {
      const EdgeId edge(i);
      if (std::find(wanted_.begin(), wanted_.end(), image_.relation(edge).value) == wanted_.end()) continue;
      File(edge, rule.as, &index);
    }
    wanted_.clear();
    return index;
  }

  void File(EdgeId edge, const std::string& role, PremiseIndex* index) const {
    const std::vector<std::string>& along = context_.relation_of(edge).EntailsUpward(role);
    for (const ClaimId claim : context_.Affirming(edge)) {
      const When when = TimeOf(claim);
      for (const VertexId vertex : InRole(edge, role)) {
        // Who made one model made one of its class; the year in which a class began is its own.
        if (index->once) {
          index->by_vertex[vertex.value].push_back({claim, edge, when, {}});
          continue;
        }
        for (const Upward& up : entailment_.Climb(vertex, along)) {
          index->by_vertex[up.vertex.value].push_back({claim, edge, when, up.path});
        }
      }
    }
  }

  static bool OutOfOrder(const When& event, const When& premise, bool after) {
    if (!event.dated || !premise.dated) return false;
    return after ? event.bounds.latest_start < premise.bounds.earliest_start
                 : event.bounds.earliest_end > premise.bounds.latest_end;
  }

  void Look(EdgeId edge, const std::vector<ClaimId>& claims, const OrderRule& rule, const PremiseIndex& index,
            VertexId vertex) {
    for (const Upward& up : entailment_.Climb(vertex, context_.relation_of(edge).EntailsUpward(rule.role))) {
      const auto at = index.by_vertex.find(up.vertex.value);
      if (at == index.by_vertex.end()) continue;
      // One finding for each proposition that is in the way; for those that may be true many times, one for all.
      std::map<EdgeId, ClashGroup> groups;
      for (const ClaimId claim : claims) {
        const When when = TimeOf(claim);
        const auto wrong = [&](const Premise& premise) { return OutOfOrder(when, premise.when, rule.after); };
        if (!index.once && !std::all_of(at->second.begin(), at->second.end(), wrong)) continue;
        for (const Premise& premise : at->second) {
          if (premise.claim == claim || !wrong(premise)) continue;
          ClashGroup& group =
              groups.try_emplace(index.once ? premise.edge : EdgeId(0), ClashGroup(Rule::kOrder)).first->second;
          AddTo(&group, claim, when, premise, up.path, index.once);
        }
      }
      for (auto& [premise, group] : groups) {
        for (Draft& draft : group.TakeDrafts("", rule.description)) drafts_.push_back(std::move(draft));
      }
    }
  }

  void AddTo(ClashGroup* group, ClaimId claim, const When& when, const Premise& premise,
             const std::vector<EdgeId>& path, bool once) const {
    Clash clash;
    clash.first = when;
    clash.second = premise.when;
    std::vector<ChainStep> chain;
    for (const std::vector<EdgeId>* steps : {&path, &premise.path}) {
      for (const EdgeId step : *steps) {
        chain.push_back({step, ""});
        if (entailment_.IsCertain(step)) continue;
        clash.assumptions.push_back(
            {.kind = Assumption::Kind::kContainment, .claim = {}, .other = {}, .edge = step, .text = {}});
      }
    }
    for (const ClaimId one : {claim, premise.claim}) {
      if (image_.claim(one).certainty() == Certainty::kCertain) continue;
      clash.assumptions.push_back(
          {.kind = Assumption::Kind::kCertainty, .claim = one, .other = {}, .edge = {}, .text = {}});
    }
    if (!once) {
      clash.assumptions.push_back({.kind = Assumption::Kind::kOther,
                                   .claim = {},
                                   .other = {},
                                   .edge = {},
                                   .text = "that the claims here leave out nothing nearer in time"});
    }
    group->Add(claim, premise.claim, clash, chain);
  }

  const Context& context_;
  const Image& image_;
  const Entailment& entailment_;
  std::vector<Draft>& drafts_;
  std::map<std::pair<std::string, std::string>, PremiseIndex> indexes_;  // by relation and role
  std::vector<uint32_t> wanted_;
};

}  // namespace

void FindOrder(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts) {
  OrderFinder(context, entailment, drafts).Find();
}

}  // namespace dossier::contradiction
