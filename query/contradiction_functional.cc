// R2: two values where there is one at a time; and, of positions, R6: one that took the place of another.
//
// Four ways to exclude each other: objects of a functional relation, values of a single-valued qualifier, relations
// that exclude one another between the same two, and values that are declared exclusive. Each is a grouping of the
// propositions by what must agree, and a comparison within groups.
#include <algorithm>
#include <map>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"
#include "query/entailment.h"
#include "query/sameness.h"

namespace dossier::contradiction {
namespace {

// Beyond this many different values for one thing, each is compared with the first alone.
constexpr size_t kMostValuesInPairs = 16;

// One value of a group, and the claims for it.
struct Candidate {
  Value value;
  std::vector<ClaimId> claims;
};

// "120 mm" and "120MM" are one value.
std::string Folded(std::string_view text) {
  std::string folded = AsciiLower(text);
  std::erase_if(folded, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  return folded;
}

class FunctionalFinder {
 public:
  FunctionalFinder(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts)
      : context_(context), image_(context.image()), entailment_(entailment), drafts_(*drafts) {
    const RelationId same = image_.FindRelation(kPossibleSameAs);
    if (same.valid()) maybe_same_ = same;
  }

  void Find() {
    PlanRelations();
    for (uint32_t i = 0; i < image_.edge_count(); ++i) {
      const EdgeId edge(i);
      const Plan& plan = plans_[image_.relation(edge).value];
      if (plan.idle || image_.ClaimsOf(edge).empty()) continue;
      if (!plan.single_valued.empty()) CompareQualifiers(edge, plan);
      if (plan.root == nullptr && plan.excluded.empty() && !plan.exclusive_attribute) continue;
      const std::vector<ClaimId> affirming = context_.Affirming(edge);
      if (affirming.empty()) continue;
      if (plan.root != nullptr) FileUnderFunctional(edge, plan, affirming);
      if (plan.exclusive_attribute) FileUnderExclusive(edge, affirming);
      for (const RelationId excluded : plan.excluded) CompareExcluded(edge, excluded, affirming);
    }
    for (auto& [key, candidates] : functional_) CompareCandidates(*std::get<0>(key), candidates, false);
    for (auto& [key, candidates] : exclusive_) CompareCandidates(context_.relation(key.second), candidates, true);
  }

 private:
  // What has to be looked at for the propositions of a relation.
  struct Plan {
    bool idle = true;
    const Relation* root = nullptr;  // the highest relation above it that is functional, or itself
    std::vector<PropertyId> over;
    std::vector<PropertyId> single_valued;
    std::vector<const ExclusiveValues*> exclusive_qualifiers;
    std::vector<RelationId> excluded;
    bool exclusive_attribute = false;
  };

  void PlanRelations() {
    const Ontology& ontology = context_.ontology();
    for (uint32_t i = 0; i < image_.relation_count(); ++i) {
      Plan plan;
      const Relation& relation = context_.relation(RelationId(i));
      const bool may = relation.kind == RelationKind::kFact || relation.kind == RelationKind::kPosition;
      if (may && !image_.hidden(RelationId(i))) {
        if (relation.functional) {
          plan.root = &relation;
          for (const std::string& name : relation.supertypes) {
            const Relation* above = ontology.FindRelation(name);
            if (above != nullptr && above->functional && ontology.IsSubrelation(plan.root->name, name)) {
              plan.root = above;
            }
          }
          for (const std::string& name : plan.root->functional_over) plan.over.push_back(image_.FindProperty(name));
        }
        for (const QualifierRule& rule : relation.qualifiers) {
          const PropertyId property = image_.FindProperty(rule.name);
          if (!property.valid() || rule.identifies) continue;
          const bool exclusive = ExclusiveOf(rule.name) != nullptr;
          if (rule.single_valued || exclusive) plan.single_valued.push_back(property);
        }
        for (const std::string& name : relation.excludes) {
          const RelationId other = image_.FindRelation(name);
          // Each pair once.
          if (other.valid() && other.value >= i && image_.edges_of(other) > 0) plan.excluded.push_back(other);
        }
        plan.exclusive_attribute = relation.is_attribute() && ExclusiveOf(relation.name) != nullptr;
        plan.idle =
            plan.root == nullptr && plan.single_valued.empty() && plan.excluded.empty() && !plan.exclusive_attribute;
      }
      plans_.push_back(std::move(plan));
    }
  }

  const ExclusiveValues* ExclusiveOf(const std::string& attribute) const {
    for (const ExclusiveValues& values : context_.ontology().exclusive_values()) {
      if (values.attribute == attribute) return &values;
    }
    return nullptr;
  }
  // The list that excludes two values of the attribute from each other, the surest; null if none does.
  const ExclusiveValues* ListWithBoth(const std::string& attribute, const Value& a, const Value& b) const {
    const ExclusiveValues* surest = nullptr;
    if (a.type() != Value::Type::kString || b.type() != Value::Type::kString) return surest;
    for (const ExclusiveValues& list : context_.ontology().exclusive_values()) {
      const auto has = [&](const Value& v) {
        return std::find(list.values.begin(), list.values.end(), v.string()) != list.values.end();
      };
      if (list.attribute != attribute || !has(a) || !has(b) || a.string() == b.string()) continue;
      if (surest == nullptr || list.certainty < surest->certainty) surest = &list;
    }
    return surest;
  }
  // What has to be assumed for the values to exclude each other.
  static std::vector<Assumption> AssumptionsOf(const ExclusiveValues& list) {
    if (list.certainty == Certainty::kCertain) return {};
    return {Other(list.description.empty() ? "that the one value leaves no room for the other" : list.description)};
  }
  static Assumption Other(std::string text) {
    return {.kind = Assumption::Kind::kOther, .claim = {}, .other = {}, .edge = {}, .text = std::move(text)};
  }
  std::vector<Assumption> AssumptionsOfTwo(const Value& a, const Value& b) const {
    if (!MaybeSame(a, b)) return {};
    return {Other("that the two, which may be one and the same, are not")};
  }

  static Meeting MeetingOf(const Relation& relation) {
    return {.first = Reading::kThroughout,
            .second = Reading::kThroughout,
            .timeless = !relation.functional_in_time,
            .same_event = false,
            .persists = false,
            .position = relation.kind == RelationKind::kPosition};
  }

  // Both are about one event: what its own qualifiers and ends say.
  bool SameEvent(ClaimId a, ClaimId b) const {
    const EdgeId e = image_.claim(a).proposition(), f = image_.claim(b).proposition();
    const auto is_event = [&](VertexId v) { return v.valid() && context_.IsEvent(v); };
    if (image_.source(e) == image_.source(f) && is_event(image_.source(e))) return true;
    if (image_.target(e) == image_.target(f) && is_event(image_.target(e))) return true;
    for (const auto& [name, value] : context_.IdentifyingQualifiers(e)) {
      if (value.type() != Value::Type::kVertex || !is_event(value.vertex())) continue;
      const Value other = context_.QualifierOf(b, name);
      if (!other.is_null() && Equivalent(value, other)) return true;
    }
    return false;
  }

  // Whether the two may be one value, said more or less exactly.
  bool Compatible(const Relation& relation, const Value& a, const Value& b) const {
    if (Equivalent(a, b)) return true;
    if (a.type() != b.type()) return false;
    switch (a.type()) {
      case Value::Type::kVertex: {
        if (const auto judged = SamenessOf(image_, a.vertex(), b.vertex()); judged && judged->same) return true;
        const auto& along = relation.EntailsUpward("object");
        const auto above = [&](VertexId low, VertexId high) {
          const auto up = entailment_.Climb(low, along);
          return std::any_of(up.begin(), up.end(), [&](const Upward& u) { return u.vertex == high; });
        };
        return !along.empty() && (above(a.vertex(), b.vertex()) || above(b.vertex(), a.vertex()));
      }
      case Value::Type::kTime:
        return PossiblyOverlaps(a.time().bounds(), b.time().bounds());
      case Value::Type::kQuantity:
        return !Disjoint(a.quantity(), b.quantity());
      case Value::Type::kString:
        return Folded(a.string()) == Folded(b.string());
      default:
        return false;
    }
  }
  bool MaybeSame(const Value& a, const Value& b) const {
    if (a.type() != Value::Type::kVertex || b.type() != Value::Type::kVertex) return false;
    if (!maybe_same_.has_value() || SamenessOf(image_, a.vertex(), b.vertex()).has_value()) return false;
    const auto linked = [&](VertexId from, VertexId to) {
      for (const Neighbor& step : image_.Out(from, *maybe_same_)) {
        if (step.vertex == to && context_.IsAffirmed(step.edge)) return true;
      }
      return false;
    };
    return linked(a.vertex(), b.vertex()) || linked(b.vertex(), a.vertex());
  }

  static void AddCandidate(const Value& value, const std::vector<ClaimId>& claims, std::vector<Candidate>* candidates) {
    const auto at = std::find_if(candidates->begin(), candidates->end(),
                                 [&](const Candidate& candidate) { return Equivalent(candidate.value, value); });
    if (at == candidates->end()) {
      candidates->push_back({value, claims});
    } else {
      at->claims.insert(at->claims.end(), claims.begin(), claims.end());
    }
  }

  Value ObjectOf(EdgeId edge) const {
    return image_.is_literal(edge) ? image_.literal(edge) : Value::Vertex(image_.target(edge));
  }

  void FileUnderFunctional(EdgeId edge, const Plan& plan, const std::vector<ClaimId>& affirming) {
    std::string over;
    for (const PropertyId name : plan.over) {
      const Value value = name.valid() ? image_.EdgeProperty(edge, name) : Value::Null();
      if (value.is_null()) return;  // not said for which of them
      over += StrCat(ToString(value), '\x1f');
    }
    AddCandidate(ObjectOf(edge), affirming, &functional_[std::tuple(plan.root, image_.source(edge), over)]);
  }
  void FileUnderExclusive(EdgeId edge, const std::vector<ClaimId>& affirming) {
    AddCandidate(ObjectOf(edge), affirming, &exclusive_[std::pair(image_.source(edge), image_.relation(edge))]);
  }

  void CompareCandidates(const Relation& relation, const std::vector<Candidate>& candidates, bool only_exclusive) {
    if (candidates.size() < 2) return;
    const size_t firsts = candidates.size() > kMostValuesInPairs ? 1 : candidates.size();
    for (size_t i = 0; i < firsts; ++i) {
      for (size_t j = i + 1; j < candidates.size(); ++j) {
        const Value& a = candidates[i].value;
        const Value& b = candidates[j].value;
        const ExclusiveValues* list = only_exclusive ? ListWithBoth(relation.name, a, b) : nullptr;
        if (only_exclusive ? list == nullptr : Compatible(relation, a, b)) continue;
        CompareClaims(relation, candidates[i].claims, candidates[j].claims,
                      list != nullptr ? AssumptionsOf(*list) : AssumptionsOfTwo(a, b), "", false);
      }
    }
  }

  void CompareClaims(const Relation& relation, const std::vector<ClaimId>& firsts, const std::vector<ClaimId>& seconds,
                     const std::vector<Assumption>& assumptions, const std::string& detail, bool check_scope) {
    const bool position = relation.kind == RelationKind::kPosition;
    ClashGroup group(Rule::kFunctional, position);
    for (const ClaimId first : firsts) {
      for (const ClaimId second : seconds) {
        if (check_scope && !context_.SameScope(first, second)) continue;
        Meeting meeting = MeetingOf(relation);
        meeting.same_event = SameEvent(first, second);
        std::optional<Clash> clash = context_.Meet(first, second, meeting);
        if (!clash.has_value()) continue;
        AddAssumptions(assumptions, &clash->assumptions);
        group.Add(first, second, *clash);
      }
    }
    for (Draft& draft : group.TakeDrafts("", detail)) drafts_.push_back(std::move(draft));
  }

  void CompareQualifiers(EdgeId edge, const Plan& plan) {
    const auto claims = image_.ClaimsOf(edge);
    if (claims.size() < 2) return;
    const Relation& relation = context_.relation_of(edge);
    for (const PropertyId qualifier : plan.single_valued) {
      std::vector<Candidate> candidates;
      for (const ClaimId claim : claims) {
        if (context_.stance(claim) != Stance::kAffirms) continue;
        for (const auto& [name, value] : image_.claim(claim).qualifiers()) {
          if (name == qualifier) AddCandidate(value, {claim}, &candidates);
        }
      }
      if (candidates.size() < 2) continue;
      const std::string& word = image_.property_name(qualifier);
      const QualifierRule* rule = relation.FindQualifier(word);
      const bool only_exclusive = rule != nullptr && !rule->single_valued;
      for (size_t i = 0; i < candidates.size(); ++i) {
        for (size_t j = i + 1; j < candidates.size(); ++j) {
          const Value& a = candidates[i].value;
          const Value& b = candidates[j].value;
          const ExclusiveValues* list = only_exclusive ? ListWithBoth(word, a, b) : nullptr;
          const bool fit = only_exclusive                     ? list == nullptr
                           : a.type() == Value::Type::kVertex ? Equivalent(a, b)
                                                              : Compatible(relation, a, b);
          if (fit) continue;
          CompareClaims(relation, candidates[i].claims, candidates[j].claims,
                        list != nullptr ? AssumptionsOf(*list) : AssumptionsOfTwo(a, b), word, false);
        }
      }
    }
  }

  void CompareExcluded(EdgeId edge, RelationId excluded, const std::vector<ClaimId>& affirming) {
    if (image_.is_literal(edge)) return;
    const VertexId source = image_.source(edge), target = image_.target(edge);
    const Relation& relation = context_.relation_of(edge);
    const Relation& other = context_.relation(excluded);
    if (relation.kind != other.kind) return;
    const auto compare_with = [&](VertexId from, VertexId to) {
      const auto steps = image_.Out(from, excluded);
      auto at = std::lower_bound(steps.begin(), steps.end(), to,
                                 [](const Neighbor& step, VertexId wanted) { return step.vertex < wanted; });
      for (; at != steps.end() && at->vertex == to; ++at) {
        if (at->edge == edge || (excluded == image_.relation(edge) && at->edge < edge)) continue;
        const std::vector<ClaimId> others = context_.Affirming(at->edge);
        if (!others.empty()) CompareClaims(relation, affirming, others, {}, "", true);
      }
    };
    compare_with(source, target);
    if ((relation.symmetric || other.symmetric) && source != target) compare_with(target, source);
  }

  const Context& context_;
  const Image& image_;
  const Entailment& entailment_;
  std::vector<Draft>& drafts_;
  std::optional<RelationId> maybe_same_;
  std::vector<Plan> plans_;  // by relation number
  std::map<std::tuple<const Relation*, VertexId, std::string>, std::vector<Candidate>> functional_;
  std::map<std::pair<VertexId, RelationId>, std::vector<Candidate>> exclusive_;
};

}  // namespace

void FindFunctional(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts) {
  FunctionalFinder(context, entailment, drafts).Find();
}

}  // namespace dossier::contradiction
