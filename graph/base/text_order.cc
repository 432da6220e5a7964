#include "graph/base/text_order.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace dossier {
namespace {

constexpr size_t kWord = sizeof(uint64_t);

struct Place {
  uint64_t word = 0;   // the bytes at some depth, the first of them highest, and zeros where the text ends
  uint32_t bytes = 0;  // as many as the text has from there on, and kWord + 1 where it goes on behind the word
  uint32_t i = 0;

  bool SameAs(const Place& other) const { return word == other.word && bytes == other.bytes; }
  friend bool operator<(const Place& a, const Place& b) {
    if (a.word != b.word) return a.word < b.word;
    return a.bytes != b.bytes ? a.bytes < b.bytes : a.i < b.i;
  }
};

void Look(std::string_view text, size_t depth, Place* place) {
  const size_t left = text.size() - depth;
  unsigned char bytes[kWord] = {};
  if (left > 0) std::memcpy(bytes, text.data() + depth, std::min(left, kWord));
  place->word = 0;
  for (const unsigned char byte : bytes) place->word = place->word << 8 | byte;
  place->bytes = static_cast<uint32_t>(std::min(left, kWord + 1));
}

// Places of texts that are alike up to `depth`, and go on there.
struct Stretch {
  size_t begin = 0, end = 0, depth = 0;
};

}  // namespace

std::vector<uint32_t> OrderOfTexts(std::span<const std::string_view> texts) {
  std::vector<Place> places(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) places[i].i = static_cast<uint32_t>(i);
  std::vector<Stretch> open = {{0, texts.size(), 0}};
  while (!open.empty()) {
    const Stretch stretch = open.back();
    open.pop_back();
    const auto begin = places.begin() + static_cast<std::ptrdiff_t>(stretch.begin);
    const auto end = places.begin() + static_cast<std::ptrdiff_t>(stretch.end);
    for (auto place = begin; place != end; ++place) Look(texts[place->i], stretch.depth, &*place);
    if (!std::is_sorted(begin, end)) std::sort(begin, end);
    for (size_t i = stretch.begin; i < stretch.end;) {
      size_t stop = i + 1;
      while (stop < stretch.end && places[stop].SameAs(places[i])) ++stop;
      if (stop - i > 1 && places[i].bytes > kWord) open.push_back({i, stop, stretch.depth + kWord});
      i = stop;
    }
  }
  std::vector<uint32_t> order(places.size());
  for (size_t i = 0; i < places.size(); ++i) order[i] = places[i].i;
  return order;
}

}  // namespace dossier
