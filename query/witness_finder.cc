#include "query/witness_finder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dossier {
namespace {

using SourceKind = SourceItem::Kind;

bool IsMember(const SourceItem& item) {
  return item.kind == SourceKind::kProposition || item.kind == SourceKind::kClaim || item.kind == SourceKind::kValue;
}

bool IsSmaller(const SourceItems& a, const SourceItems& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace

WitnessFinder::WitnessFinder(const Derivations* derivations, const View* view, const ReasonLimits& limits)
    : derivations_(*derivations),
      view_(*view),
      limits_(limits),
      kept_(std::max<size_t>(size_t{4} * limits.alternatives, 64)) {}

WitnessFinder::Found WitnessFinder::Find(const SourceItems& items) {
  spent_ = 0;
  for (const uint32_t number : cut_short_) choices_[number].reset();
  cut_short_.clear();
  choices_.resize(derivations_.choices());
  Sets sets = Expand(items);
  for (SourceItems& set : sets.sets) {
    DropImplied(&set);
    // Of all sets, the smallest are known; of some, each may be larger than it need be.
    if (!sets.complete) Shrink(items, &set);
  }
  std::sort(sets.sets.begin(), sets.sets.end(), IsSmaller);
  Found found;
  found.complete = sets.complete;
  for (SourceItems& set : sets.sets) {
    const bool superfluous = std::any_of(found.alternatives.begin(), found.alternatives.end(),
                                         [&](const SourceItems& other) { return ImpliesAll(set, other); });
    if (superfluous) continue;
    // A later one may ask for less, though it is as long: for any of two claims, in place of one of them.
    std::erase_if(found.alternatives, [&](const SourceItems& other) { return ImpliesAll(other, set); });
    found.alternatives.push_back(std::move(set));
  }
  if (found.alternatives.size() > limits_.alternatives) {
    found.alternatives.resize(limits_.alternatives);
    found.complete = false;
  }
  std::vector<bool> seen(derivations_.choices());
  Gather(items, &seen, &found);
  return found;
}

const std::vector<ClaimId>& WitnessFinder::SupportOf(const SourceItem& item) {
  const auto [at, is_new] = support_.try_emplace(uint64_t{item.number} * 8 + static_cast<uint64_t>(item.kind));
  if (!is_new) return at->second;
  std::vector<ClaimId>& claims = at->second;
  if (item.kind == SourceKind::kProposition) claims = view_.Support(EdgeId(item.number));
  if (item.kind == SourceKind::kClaim) claims = {ClaimId(item.number)};
  if (item.kind == SourceKind::kValue) claims = derivations_.value(item.number).claims;
  std::sort(claims.begin(), claims.end());
  return claims;
}

// All members, and one set of each choice: the sets so far times those of the next choice.
WitnessFinder::Sets WitnessFinder::Expand(const SourceItems& items) {
  Sets result{{{}}};
  std::vector<const Sets*> choices;
  for (const SourceItem& item : items) {
    if (IsMember(item)) result.sets.front().push_back(item);
  }
  for (const SourceItem& item : items) {
    if (item.kind != SourceKind::kChoice) continue;
    const Sets& choice = ExpandChoice(item.number);
    Sets product{{}, result.complete && choice.complete, result.cut_short || choice.cut_short};
    for (const SourceItems& a : result.sets) {
      for (const SourceItems& b : choice.sets) {
        // Out of steps, one way through is still a way.
        if (exhausted() && !product.sets.empty()) {
          product.complete = false;
          product.cut_short = true;
          break;
        }
        SourceItems& both = product.sets.emplace_back();
        std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
        spent_ += 1 + both.size() / 16;
      }
    }
    Minimise(&product);
    result = std::move(product);
  }
  return result;
}

// `choices_` may not move while a reference into it is in use, so it has its full length from the beginning.
const WitnessFinder::Sets& WitnessFinder::ExpandChoice(uint32_t number) {
  if (choices_[number].has_value()) return *choices_[number];
  const Derivations::Choice& choice = derivations_.choice(number);
  Sets any{{}, choice.complete};
  for (const SourceItems& alternative : choice.alternatives) {
    if (exhausted() && !any.sets.empty()) {
      any.complete = false;
      any.cut_short = true;
      break;
    }
    Sets sets = Expand(alternative);
    any.complete = any.complete && sets.complete;
    any.cut_short = any.cut_short || sets.cut_short;
    std::move(sets.sets.begin(), sets.sets.end(), std::back_inserter(any.sets));
    ++spent_;
  }
  Minimise(&any);
  if (any.cut_short) cut_short_.push_back(number);
  return choices_[number].emplace(std::move(any));
}

void WitnessFinder::Minimise(Sets* sets) {
  std::sort(sets->sets.begin(), sets->sets.end(), IsSmaller);
  std::vector<SourceItems> kept;
  for (SourceItems& set : sets->sets) {
    const bool contains_other = std::any_of(kept.begin(), kept.end(), [&](const SourceItems& smaller) {
      ++spent_;
      return std::includes(set.begin(), set.end(), smaller.begin(), smaller.end());
    });
    if (contains_other) continue;
    if (kept.size() == kept_) {
      sets->complete = false;
      break;
    }
    kept.push_back(std::move(set));
  }
  sets->sets = std::move(kept);
}

// What stands beside the members, wherever it stands.
void WitnessFinder::Gather(const SourceItems& items, std::vector<bool>* seen, Found* found) const {
  for (const SourceItem& item : items) {
    if (item.kind == SourceKind::kAggregate) found->aggregated = true;
    if (item.kind == SourceKind::kAbsence) {
      const std::string& pattern = derivations_.absence(item.number);
      std::vector<std::string>& told = found->nothing_recorded;
      if (std::find(told.begin(), told.end(), pattern) == told.end()) told.push_back(pattern);
    }
    if (item.kind != SourceKind::kChoice || (*seen)[item.number]) continue;
    (*seen)[item.number] = true;
    for (const SourceItems& alternative : derivations_.choice(item.number).alternatives) {
      Gather(alternative, seen, found);
    }
  }
}

// Whether what supports `a` always supports `b`. Claims on one proposition say nothing of another.
bool WitnessFinder::Implies(const SourceItem& a, const SourceItem& b) {
  if (a == b) return true;
  if (a.kind == SourceKind::kProposition && b.kind == SourceKind::kProposition) return false;
  const std::vector<ClaimId>& of_a = SupportOf(a);
  if (of_a.empty()) return false;
  const std::vector<ClaimId> claims = of_a;  // SupportOf may move what it gave
  const std::vector<ClaimId>& of_b = SupportOf(b);
  return std::includes(of_b.begin(), of_b.end(), claims.begin(), claims.end());
}

bool WitnessFinder::ImpliesAll(const SourceItems& a, const SourceItems& b) {
  return std::all_of(b.begin(), b.end(), [&](const SourceItem& wanted) {
    return std::any_of(a.begin(), a.end(), [&](const SourceItem& given) { return Implies(given, wanted); });
  });
}

void WitnessFinder::DropImplied(SourceItems* items) {
  const bool plain = std::all_of(items->begin(), items->end(),
                                 [](const SourceItem& item) { return item.kind == SourceKind::kProposition; });
  if (plain) return;
  for (size_t i = 0; i < items->size();) {
    const SourceItem item = (*items)[i];
    const bool implied = std::any_of(items->begin(), items->end(),
                                     [&](const SourceItem& other) { return other != item && Implies(other, item); });
    if (implied) {
      items->erase(items->begin() + static_cast<ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

// Takes members away for as long as the rest is enough.
void WitnessFinder::Shrink(const SourceItems& items, SourceItems* witness) {
  for (size_t i = 0; i < witness->size() && spent_ < 2 * limits_.steps;) {
    SourceItems rest = *witness;
    rest.erase(rest.begin() + static_cast<ptrdiff_t>(i));
    absl::flat_hash_map<uint32_t, bool> known;
    if (Holds(items, rest, &known)) {
      *witness = std::move(rest);
    } else {
      ++i;
    }
  }
}

bool WitnessFinder::Holds(const SourceItems& items, const SourceItems& given,
                          absl::flat_hash_map<uint32_t, bool>* known) {
  return std::all_of(items.begin(), items.end(), [&](const SourceItem& item) {
    ++spent_;
    if (IsMember(item)) {
      return std::any_of(given.begin(), given.end(), [&](const SourceItem& one) { return Implies(one, item); });
    }
    if (item.kind != SourceKind::kChoice) return true;
    if (const auto at = known->find(item.number); at != known->end()) return at->second;
    const std::vector<SourceItems>& alternatives = derivations_.choice(item.number).alternatives;
    const bool holds = std::any_of(alternatives.begin(), alternatives.end(),
                                   [&](const SourceItems& alternative) { return Holds(alternative, given, known); });
    known->emplace(item.number, holds);
    return holds;
  });
}

}  // namespace dossier
