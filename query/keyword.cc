#include "query/keyword.h"

#include <iterator>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace dossier {
namespace {

constexpr std::string_view kTexts[] = {"",
#define DOSSIER_TEXT(name, text) text,
                                       DOSSIER_RESERVED_KEYWORDS(DOSSIER_TEXT) DOSSIER_FREE_KEYWORDS(DOSSIER_TEXT)
#undef DOSSIER_TEXT
};

constexpr size_t kLongest = 16;

}  // namespace

Keyword FindKeyword(std::string_view word) {
  static const auto* const kByText = [] {
    auto* map = new absl::flat_hash_map<std::string, Keyword>;
    // kLastReserved_ shares its number with the word before it, so numbers and texts keep step.
    for (size_t i = 1; i < std::size(kTexts); ++i) map->emplace(kTexts[i], static_cast<Keyword>(i));
    return map;
  }();
  if (word.empty() || word.size() > kLongest) return Keyword::kNone_;
  std::string upper(word);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const auto it = kByText->find(upper);
  return it == kByText->end() ? Keyword::kNone_ : it->second;
}

std::string_view KeywordText(Keyword keyword) { return kTexts[static_cast<size_t>(keyword)]; }

}  // namespace dossier
