#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/base/text_order.h"
#include "store/key_value_engine.h"

namespace dossier::store_internal {

std::vector<uint32_t> Batch::FindOrder() const {
  std::vector<std::string_view> keys;
  keys.reserve(changes_.size());
  for (const Change& change : changes_) keys.emplace_back(change.key);
  std::vector<uint32_t> order = OrderOfTexts(keys);
  // Of one key they stand as they were made, and the last one holds.
  size_t kept = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i + 1 < order.size() && keys[order[i]] == keys[order[i + 1]]) continue;
    order[kept++] = order[i];
  }
  order.resize(kept);
  return order;
}

}  // namespace dossier::store_internal
