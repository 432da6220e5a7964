// R4: a stated count against the list, a total against its parts, a group against what it is part of.
//
// A closed list of 50 is a count of 50. An open list of 50 says "at least 50", so it is beaten only by a count that is
// lower; members that a source gives as probable or possible count for the soft reading alone.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"

namespace dossier::contradiction {
namespace {

// A count as one or more claims state it.
struct StatedCount {
  Quantity quantity;
  std::vector<ClaimId> claims;
};

struct Group {
  std::vector<StatedCount> counts;
  bool closed = false;
  std::vector<ClaimId> list_claims;             // that say whether it is open or closed
  absl::flat_hash_map<uint32_t, bool> members;  // whether certainly
  std::vector<ClaimId> member_claims, uncertain_claims;
  std::vector<EdgeId> parts;
  size_t certain_members() const { return members.size() - uncertain_members(); }
  size_t uncertain_members() const {
    return static_cast<size_t>(std::count_if(members.begin(), members.end(), [](const auto& m) { return !m.second; }));
  }
};

class CountFinder {
 public:
  CountFinder(const Context& context, std::vector<Draft>* drafts)
      : context_(context), image_(context.image()), drafts_(*drafts) {}

  void Find() {
    Gather();
    for (const VertexId vertex : order_) {
      const Group& group = groups_[vertex.value];
      CompareCounts(group);
      CompareList(vertex, group);
      CompareParts(group);
    }
    CompareWholes();
  }

 private:
  Group& GroupOf(VertexId vertex) {
    const auto [at, is_new] = groups_.try_emplace(vertex.value);
    if (is_new) order_.push_back(vertex);
    return at->second;
  }

  void Gather() {
    const Ontology& ontology = context_.ontology();
    enum class Part : uint8_t { kNone, kMember, kPart, kCount, kList };
    std::vector<Part> parts(image_.relation_count(), Part::kNone);
    for (uint32_t i = 0; i < image_.relation_count(); ++i) {
      const std::string& name = image_.relation_name(RelationId(i));
      if (image_.hidden(RelationId(i))) continue;
      if (ontology.IsSubrelation(name, kHasMember)) parts[i] = Part::kMember;
      if (ontology.IsSubrelation(name, kHasPart)) parts[i] = Part::kPart;
      if (name == kStatedCount) parts[i] = Part::kCount;
      if (name == kListRelation) parts[i] = Part::kList;
    }
    for (uint32_t i = 0; i < image_.edge_count(); ++i) {
      const EdgeId edge(i);
      const Part part = parts[image_.relation(edge).value];
      if (part == Part::kNone) continue;
      const std::vector<ClaimId> affirming = context_.Affirming(edge);
      if (affirming.empty()) continue;
      Group& group = GroupOf(image_.source(edge));
      if (part == Part::kMember) {
        bool certain = false;
        for (const ClaimId claim : affirming) {
          certain = certain || image_.claim(claim).certainty() == Certainty::kCertain;
        }
        group.members[image_.target(edge).value] |= certain;
        auto& claims = certain ? group.member_claims : group.uncertain_claims;
        claims.insert(claims.end(), affirming.begin(), affirming.end());
      } else if (part == Part::kPart) {
        group.parts.push_back(edge);
      } else if (part == Part::kList && image_.is_literal(edge)) {
        const Value value = image_.literal(edge);
        const bool closed = value.type() == Value::Type::kString && value.string() == "closed";
        // Where one source calls the list complete and another does not, it is the former that a conflict rests on.
        if (closed && !group.closed) group.list_claims.clear();
        if (closed || !group.closed) {
          group.list_claims.insert(group.list_claims.end(), affirming.begin(), affirming.end());
        }
        group.closed = group.closed || closed;
      } else if (part == Part::kCount) {
        AddCounts(edge, affirming, &group);
      }
    }
  }

  void AddCounts(EdgeId edge, const std::vector<ClaimId>& affirming, Group* group) {
    for (const ClaimId claim : affirming) {
      std::optional<Quantity> quantity = image_.claim(claim).quantity();
      if (!quantity.has_value() && image_.is_literal(edge)) {
        const Value value = image_.literal(edge);
        if (value.type() == Value::Type::kQuantity) quantity = value.quantity();
        if (value.is_number()) quantity = Quantity::Exactly(value.AsDouble());
      }
      if (!quantity.has_value() || quantity->IsRate()) continue;
      const auto at = std::find_if(group->counts.begin(), group->counts.end(),
                                   [&](const StatedCount& c) { return SameBounds(c.quantity, *quantity); });
      if (at == group->counts.end()) {
        group->counts.push_back({*quantity, {claim}});
      } else {
        at->claims.push_back(claim);
      }
    }
  }

  static bool Fits(const Quantity& count, double low, double high) {
    Quantity list;
    list.low = low;
    list.high = high;
    list.high_open = high == kInfinity;
    return Possibly(Compare(list, Comparison::kEqual, count));
  }

  bool AllCertain(const std::vector<ClaimId>& claims, std::vector<Assumption>* assumptions) const {
    for (const ClaimId claim : claims) {
      if (image_.claim(claim).certainty() == Certainty::kCertain) continue;
      assumptions->push_back(
          {.kind = Assumption::Kind::kCertainty, .claim = claim, .other = {}, .edge = {}, .text = {}});
    }
    return assumptions->empty();
  }

  void Add(std::vector<ClaimId> first, std::vector<ClaimId> second, std::vector<ChainStep> chain, std::string detail,
           std::vector<Assumption> more = {}) {
    Draft draft;
    draft.rule = Rule::kCount;
    draft.sides = {std::move(first), std::move(second)};
    for (auto& side : draft.sides) {
      SortClaims(&side);
      std::vector<Assumption> assumptions;
      AllCertain(side, &assumptions);
      AddAssumptions(assumptions, &draft.assumptions);
    }
    for (const ChainStep& step : chain) {
      const auto claims = context_.Affirming(step.edge);
      const bool certain = std::any_of(claims.begin(), claims.end(), [&](ClaimId claim) {
        return image_.claim(claim).certainty() == Certainty::kCertain;
      });
      if (!certain) {
        more.push_back(
            {.kind = Assumption::Kind::kContainment, .claim = {}, .other = {}, .edge = step.edge, .text = {}});
      }
    }
    AddAssumptions(more, &draft.assumptions);
    draft.chain = std::move(chain);
    draft.grade = draft.assumptions.empty() ? Grade::kHard : Grade::kSoft;
    draft.detail = std::move(detail);
    drafts_.push_back(std::move(draft));
  }

  static bool SameUnit(const Quantity& a, const Quantity& b) {
    return a.unit.empty() || b.unit.empty() || SameKind(a, b);
  }

  // Two counts of one group.
  void CompareCounts(const Group& group) {
    for (size_t i = 0; i < group.counts.size(); ++i) {
      for (size_t j = i + 1; j < group.counts.size(); ++j) {
        const StatedCount& a = group.counts[i];
        const StatedCount& b = group.counts[j];
        if (!SameUnit(a.quantity, b.quantity) || !DisjointCounts(a.quantity, b.quantity)) continue;
        Add(a.claims, b.claims, {}, "");
      }
    }
  }
  static bool DisjointCounts(const Quantity& a, const Quantity& b) {
    return Compare(a, Comparison::kEqual, b) == Ternary::kFalse;
  }

  void CompareList(VertexId vertex, const Group& group) {
    if (group.members.empty()) return;
    const double certain = static_cast<double>(group.certain_members());
    const double all = static_cast<double>(group.members.size());
    const std::string kind = group.closed ? "closed" : "open";
    for (const StatedCount& count : group.counts) {
      const double top = group.closed ? all : kInfinity;
      std::vector<ClaimId> list = group.member_claims;
      if (!Fits(count.quantity, certain, top)) {
        if (group.closed) list.insert(list.end(), group.uncertain_claims.begin(), group.uncertain_claims.end());
        std::vector<Assumption> more;
        const double spared = static_cast<double>(PossiblySame(group));
        if (spared > 0 && Fits(count.quantity, certain - spared, top)) {
          more.push_back({.kind = Assumption::Kind::kOther,
                          .claim = {},
                          .other = {},
                          .edge = {},
                          .text = "that members which may be one and the same are not"});
        }
        // The members are certain one by one; those that are not were counted both ways.
        Draft draft{.rule = Rule::kCount,
                    .grade = Grade::kHard,
                    .sides = {count.claims, list},
                    .chain = {},
                    .assumptions = std::move(more),
                    .times = {},
                    .resolution = "",
                    .detail = StrCat("list ", kind, " ", group.closed ? all : certain)};
        AllCertain(count.claims, &draft.assumptions);
        AllCertain(group.list_claims, &draft.assumptions);
        draft.sides[1].insert(draft.sides[1].end(), group.list_claims.begin(), group.list_claims.end());
        for (auto& side : draft.sides) SortClaims(&side);
        draft.grade = draft.assumptions.empty() ? Grade::kHard : Grade::kSoft;
        drafts_.push_back(std::move(draft));
      } else if (all > certain && !Fits(count.quantity, all, top)) {
        list.insert(list.end(), group.uncertain_claims.begin(), group.uncertain_claims.end());
        Add(count.claims, list, {}, StrCat("list ", kind, " ", all));
      }
    }
    (void)vertex;
  }

  // How many members would fall away if those that may be the same were.
  size_t PossiblySame(const Group& group) const {
    std::set<std::pair<VertexId, VertexId>> pairs;
    for (const std::string_view relation : {kPossibleSameAs, kSameAs}) {
      const RelationId same = image_.FindRelation(relation);
      if (!same.valid()) continue;
      for (const auto& [member, certain] : group.members) {
        for (const Neighbor& step : image_.Out(VertexId(member), same)) {
          if (!group.members.contains(step.vertex.value) || !context_.IsAffirmed(step.edge)) continue;
          const auto judged = SamenessOf(image_, VertexId(member), step.vertex);
          if (!judged.has_value() || judged->same) pairs.insert(std::minmax(VertexId(member), step.vertex));
        }
      }
    }
    return pairs.size();
  }

  void CompareParts(const Group& group) {
    if (group.parts.empty() || group.counts.empty()) return;
    double low = 0, high = 0;
    std::vector<ClaimId> claims;
    std::vector<ChainStep> chain;
    std::vector<std::string> terms;
    Quantity approximate;
    bool comparable = true;
    double listed = 0;
    bool all_listed = true;
    absl::flat_hash_set<uint32_t> seen;
    double shared = 0;
    for (const EdgeId edge : group.parts) {
      const Group& part = GroupRef(image_.target(edge));
      chain.push_back({edge, ""});
      if (part.counts.size() > 1) comparable = false;  // which of them?
      for (const auto& [member, certain] : part.members) {
        if (!seen.insert(member).second) ++shared;
      }
      listed += static_cast<double>(part.members.size());
      all_listed = all_listed && part.closed;
      if (!part.counts.empty()) {
        const Quantity& count = part.counts.front().quantity;
        comparable = comparable && SameUnit(count, group.counts.front().quantity);
        low += count.low;
        high += count.unknown ? kInfinity : count.high;
        approximate.approximate |= count.approximate;
        terms.push_back(FormatBounds(count));
        claims.insert(claims.end(), part.counts.front().claims.begin(), part.counts.front().claims.end());
      } else {
        low += static_cast<double>(part.certain_members());
        high += part.closed ? static_cast<double>(part.members.size()) : kInfinity;
        terms.push_back(StrCat(part.closed ? "" : "at least ", part.members.size(), " listed"));
        claims.insert(claims.end(), part.member_claims.begin(), part.member_claims.end());
        // That it is no more than these rests on whoever says that the list is complete.
        if (part.closed) claims.insert(claims.end(), part.list_claims.begin(), part.list_claims.end());
      }
    }
    if (!comparable) return;
    Quantity sum = approximate;
    sum.low = low;
    sum.high = high;
    sum.high_open = high == kInfinity;
    for (const StatedCount& count : group.counts) {
      if (Possibly(Compare(sum, Comparison::kEqual, count.quantity))) continue;
      std::vector<Assumption> more;
      Quantity without_shared = sum;
      without_shared.low = std::max(0.0, low - shared);
      if (shared > 0 && Possibly(Compare(without_shared, Comparison::kEqual, count.quantity))) {
        more.push_back({.kind = Assumption::Kind::kOther,
                        .claim = {},
                        .other = {},
                        .edge = {},
                        .text = "that members listed in more than one part were to be counted in each"});
      }
      Add(count.claims, claims, chain,
          StrCat("parts ", Join(terms, " + "), terms.size() < 2 ? std::string() : StrCat(" = ", FormatBounds(sum)),
                 all_listed && listed != low ? StrCat("; the names listed come to ", listed) : std::string()),
          std::move(more));
    }
  }

  const Group& GroupRef(VertexId vertex) const {
    static const Group* const kEmpty = new Group();
    const auto at = groups_.find(vertex.value);
    return at == groups_.end() ? *kEmpty : at->second;
  }

  // A group that is part of another (by a part-of containment) is no larger.
  void CompareWholes() {
    for (uint32_t i = 0; i < image_.edge_count(); ++i) {
      const EdgeId edge(i);
      if (context_.relation_of(edge).containment != Containment::kPartOf || image_.is_literal(edge)) continue;
      const Group& part = GroupRef(image_.source(edge));
      const Group& whole = GroupRef(image_.target(edge));
      if (part.counts.empty() || whole.counts.empty() || !context_.IsAffirmed(edge)) continue;
      for (const StatedCount& a : part.counts) {
        for (const StatedCount& b : whole.counts) {
          if (SameUnit(a.quantity, b.quantity) &&
              Compare(a.quantity, Comparison::kLessOrEqual, b.quantity) == Ternary::kFalse) {
            Add(b.claims, a.claims, {{edge, ""}}, StrCat("part ", FormatBounds(a.quantity)));
          }
        }
      }
    }
  }

  const Context& context_;
  const Image& image_;
  std::vector<Draft>& drafts_;
  absl::flat_hash_map<uint32_t, Group> groups_;
  std::vector<VertexId> order_;
};

}  // namespace

void FindCount(const Context& context, std::vector<Draft>* drafts) { CountFinder(context, drafts).Find(); }

}  // namespace dossier::contradiction
