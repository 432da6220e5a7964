#include "schema/plain_claims.h"

#include <atomic>

#include "graph/base/text.h"

namespace dossier {

PlainText PlainTexts::Add(std::string_view text, std::string_view lasting) {
  if (text.empty()) return {};
  if (const auto number = AsDecimal(text)) return {*number << 1 | 1};
  const auto known = codes_.find(ToAbsl(text));
  if (known != codes_.end()) return {known->second};
  const auto address = reinterpret_cast<uintptr_t>(text.data());
  const auto begin = reinterpret_cast<uintptr_t>(lasting.data());
  const bool lasts = address >= begin && address + text.size() <= begin + lasting.size();
  if (!lasts) text = copies_.emplace_back(text);
  texts_.push_back(text);
  const uint64_t code = 2 * texts_.size();
  codes_.emplace(ToAbsl(text), code);
  return {code};
}

uint64_t PlainTexts::NextSerial() {
  static std::atomic<uint64_t> next{0};
  return ++next;
}

void PlainTexts::Clear() {
  serial_ = NextSerial();
  codes_.clear();
  texts_.clear();
  copies_.clear();
}

void PlainClaims::Clear() {
  claims_.clear();
  hashes_.clear();
  places_.clear();
  texts_.Clear();
  qualifiers_.clear();
  numbers_.clear();
  locators_.clear();
  quantities_.clear();
  rests_.clear();
  contents_.clear();
}

}  // namespace dossier
