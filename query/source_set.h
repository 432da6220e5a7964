// What a row rests on: propositions (edges walked, property values read) and claims (claim nodes met), as a small
// shared set. Copies are cheap; most rows share the set of the row that they were made from.
#ifndef DOSSIER_QUERY_SOURCE_SET_H_
#define DOSSIER_QUERY_SOURCE_SET_H_

#include <algorithm>
#include <compare>
#include <cstdint>
#include <iterator>
#include <memory>
#include <vector>

#include "graph/id.h"

namespace dossier {

// A proposition or a claim. The other kinds come only where it is asked why a row is there: query/derivations.h knows
// what their numbers stand for.
struct SourceItem {
  enum class Kind : uint8_t { kProposition, kClaim, kValue, kChoice, kAbsence, kAggregate };
  Kind kind = Kind::kProposition;
  uint32_t number = 0;

  static SourceItem Of(EdgeId edge) { return {Kind::kProposition, edge.value}; }
  static SourceItem Of(ClaimId claim) { return {Kind::kClaim, claim.value}; }
  friend auto operator<=>(const SourceItem&, const SourceItem&) = default;
};

class SourceSet {
 public:
  bool empty() const { return items_ == nullptr; }
  // Sorted, without repeats.
  const std::vector<SourceItem>& items() const {
    static const std::vector<SourceItem> kNothing;
    return items_ == nullptr ? kNothing : *items_;
  }
  // About how many bytes a holder of this set keeps alive; what is shared is borne by all who share it.
  size_t SharedBytes() const {
    if (items_ == nullptr) return 0;
    return (64 + items_->capacity() * sizeof(SourceItem)) / static_cast<size_t>(items_.use_count());
  }
  void Add(std::vector<SourceItem> more) {
    if (more.empty()) return;
    std::sort(more.begin(), more.end());
    more.erase(std::unique(more.begin(), more.end()), more.end());
    Merge(more);
  }
  void Add(const SourceSet& other) {
    if (other.items_ == items_ || other.empty()) return;
    if (empty()) {
      items_ = other.items_;
    } else {
      Merge(*other.items_);
    }
  }

 private:
  void Merge(const std::vector<SourceItem>& more) {
    auto merged = std::make_shared<std::vector<SourceItem>>();
    std::set_union(items().begin(), items().end(), more.begin(), more.end(), std::back_inserter(*merged));
    items_ = std::move(merged);
  }

  std::shared_ptr<const std::vector<SourceItem>> items_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_SOURCE_SET_H_
