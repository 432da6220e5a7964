// The union of many rows' sources, as grouping and DISTINCT need it: what comes in is kept aside and merged when there
// is as much of it as of what is merged already, so that a million rows cost no more than sorting them.
#ifndef DOSSIER_QUERY_SOURCE_GATHERER_H_
#define DOSSIER_QUERY_SOURCE_GATHERER_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "query/source_set.h"

namespace dossier {

class SourceGatherer {
 public:
  void Add(const std::vector<SourceItem>& more) {
    items_.insert(items_.end(), more.begin(), more.end());
    if (items_.size() - merged_ > merged_ + kLeast) Merge();
  }
  void Add(const SourceSet& more) { Add(more.items()); }

  // About what it holds now.
  size_t bytes() const { return items_.capacity() * sizeof(SourceItem); }

  SourceSet Take() {
    SourceSet set;
    set.Add(std::move(items_));
    items_.clear();
    merged_ = 0;
    return set;
  }

 private:
  static constexpr size_t kLeast = 16;

  void Merge() {
    std::sort(items_.begin(), items_.end());
    items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
    merged_ = items_.size();
  }

  std::vector<SourceItem> items_;
  size_t merged_ = 0;  // how many of them, from the front, are sorted and without repeats
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_SOURCE_GATHERER_H_
