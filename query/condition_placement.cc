#include "query/condition_placement.h"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

using Locals = absl::flat_hash_set<uint32_t>;
using Pending = std::vector<const Condition*>;

class Placer {
 public:
  Placer(const BoundPathPattern& pattern, bool reversed) : pattern_(pattern), reversed_(reversed) {}

  std::optional<ConditionPlacement> Run() {
    for (const uint32_t local : pattern_.foreign_reads) decided_.insert(local);
    CountPlaces(pattern_.path);
    Pending pending;
    if (!Walk(pattern_.path, &pending) || !pending.empty()) return std::nullopt;
    return std::move(placement_);
  }

 private:
  bool Decided(const Condition& condition) const {
    return std::all_of(condition.reads.begin(), condition.reads.end(),
                       [this](uint32_t local) { return decided_.contains(local); });
  }

  // Places what can be judged by now.
  void Settle(const BoundFactor& factor, ConditionPlacement::ByFactor* places, Pending* pending) {
    for (const Condition* condition : *pending) {
      if (!Decided(*condition)) continue;
      (*places)[&factor].push_back(condition);
      placement_.kept.insert(condition->reads.begin(), condition->reads.end());
    }
    pending->erase(std::remove_if(pending->begin(), pending->end(), [this](const Condition* c) { return Decided(*c); }),
                   pending->end());
  }

  bool Walk(const BoundPath& path, Pending* pending) {
    if (path.terms.size() == 1) return Walk(path.terms.front(), pending);
    const Locals before = decided_;
    Locals bound;
    for (const BoundTerm& term : path.terms) {
      decided_ = before;
      Pending own;
      if (!Walk(term, &own) || !own.empty()) return false;
      bound.insert(decided_.begin(), decided_.end());
    }
    decided_ = before;
    DecideMaybeBound(bound);
    return true;
  }

  // What an alternative or `?` has left out is null from here on, unless it stands in another place still to come.
  void DecideMaybeBound(const Locals& bound) {
    for (const uint32_t local : bound) {
      if (places_left_[local] == 0) decided_.insert(local);
    }
  }

  void CountPlaces(const BoundPath& path) {
    for (const BoundTerm& term : path.terms) {
      for (const BoundFactor& factor : term.factors) {
        if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
          ++places_left_[node->local];
        } else if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
          ++places_left_[edge->local];
        } else {
          CountPlaces(*std::get<BoundGroup>(factor.element).path);
        }
      }
    }
  }

  bool Walk(const BoundTerm& term, Pending* pending) {
    const auto walk = [&](const BoundFactor& factor) {
      if (!Walk(factor, pending)) return false;
      Settle(factor, &placement_.behind, pending);
      const auto* group = std::get_if<BoundGroup>(&factor.element);
      if (group != nullptr && !factor.quantifier.has_value()) decided_.erase(group->local);
      return true;
    };
    return reversed_ ? std::all_of(term.factors.rbegin(), term.factors.rend(), walk)
                     : std::all_of(term.factors.begin(), term.factors.end(), walk);
  }

  bool Walk(const BoundFactor& factor, Pending* pending) {
    if (!factor.quantifier.has_value()) return WalkElement(factor, pending);
    const Locals before = decided_;
    Pending own;
    if (!WalkElement(factor, &own)) return false;
    Settle(factor, &placement_.in_round, &own);
    if (!own.empty()) return false;
    if (factor.quantifier->optional) {
      const Locals bound = std::exchange(decided_, before);
      DecideMaybeBound(bound);
      return true;
    }
    // Outside, the elements of a round are lists, complete once the quantifier is left.
    decided_ = before;
    DecideLists(factor);
    return true;
  }

  bool WalkElement(const BoundFactor& factor, Pending* pending) {
    if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
      Add(node->conditions, node->local, pending);
    } else if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
      Add(edge->conditions, edge->local, pending);
    } else {
      const auto& group = std::get<BoundGroup>(factor.element);
      if (!Walk(*group.path, pending)) return false;
      // The path of a group is there right behind it, and forgotten then.
      if (group.local != kNoLocal) decided_.insert(group.local);
      for (const Condition& condition : group.conditions) pending->push_back(&condition);
    }
    return true;
  }

  void Add(const std::vector<Condition>& conditions, uint32_t local, Pending* pending) {
    --places_left_[local];
    if (local != kNoLocal) decided_.insert(local);
    for (const Condition& condition : conditions) {
      if (!ReadsOnly(condition, local)) pending->push_back(&condition);
    }
  }

  void DecideLists(const BoundFactor& factor) {
    if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
      DecideList(node->variable);
    } else if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
      DecideList(edge->variable);
    } else {
      const auto& group = std::get<BoundGroup>(factor.element);
      DecideList(group.variable);
      for (const BoundTerm& term : group.path->terms) {
        for (const BoundFactor& inner : term.factors) DecideLists(inner);
      }
    }
  }
  void DecideList(uint32_t variable) {
    if (variable != kNoVariable) decided_.insert(pattern_.elements[variable].local);
  }

  const BoundPathPattern& pattern_;
  bool reversed_;
  Locals decided_;
  absl::flat_hash_map<uint32_t, int> places_left_;  // by local: where it is bound and the walk has not been yet
  ConditionPlacement placement_;
};

}  // namespace

bool ReadsOnly(const Condition& condition, uint32_t local) {
  return std::all_of(condition.reads.begin(), condition.reads.end(), [local](uint32_t read) { return read == local; });
}

std::optional<ConditionPlacement> PlaceConditions(const BoundPathPattern& pattern, bool reversed) {
  return Placer(pattern, reversed).Run();
}

bool ReadOnly(const std::vector<Condition>& conditions, uint32_t local) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& condition) { return ReadsOnly(condition, local); });
}

}  // namespace dossier
