#include "graph/content_hash.h"

#include <algorithm>
#include <cstdint>

#include "graph/base/sha256.h"

namespace dossier {
namespace {

int Digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::optional<ContentHash> HashOfHex(std::string_view id) {
  ContentHash hash;
  if (id.size() != 2 * hash.size()) return std::nullopt;
  for (size_t i = 0; i < hash.size(); ++i) {
    const int high = Digit(id[2 * i]), low = Digit(id[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return hash;
}

std::string HexOfHash(const ContentHash& hash) { return ToHex(hash); }

ContentHash HashOfId(std::string_view id) {
  if (const auto hash = HashOfHex(id)) return *hash;
  const Sha256Digest digest = Sha256(id);
  ContentHash hash;
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

}  // namespace dossier
