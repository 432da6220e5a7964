#include "schema/name_search.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/text.h"

namespace dossier {
namespace {

// Three code points of 21 bits each.
using Trigrams = std::vector<uint64_t>;

void AddWord(std::vector<uint32_t>* word, Trigrams* trigrams) {
  if (word->size() > 2) {
    word->push_back(' ');
    for (size_t i = 0; i + 2 < word->size(); ++i) {
      trigrams->push_back((uint64_t{(*word)[i]} << 42) | (uint64_t{(*word)[i + 1]} << 21) | (*word)[i + 2]);
    }
  }
  word->assign(2, ' ');
}

// Sorted, each once.
void TrigramsOf(std::string_view folded, std::vector<uint32_t>* word, Trigrams* trigrams) {
  trigrams->clear();
  word->assign(2, ' ');
  const auto length = static_cast<int32_t>(folded.size());
  for (int32_t at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(folded.data(), at, length, c);
    if (c == ' ') {
      AddWord(word, trigrams);
    } else {
      word->push_back(static_cast<uint32_t>(c));
    }
  }
  AddWord(word, trigrams);
  std::sort(trigrams->begin(), trigrams->end());
  trigrams->erase(std::unique(trigrams->begin(), trigrams->end()), trigrams->end());
}

size_t CountShared(const Trigrams& a, const Trigrams& b) {
  size_t shared = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] < b[j]) {
      ++i;
    } else if (b[j] < a[i]) {
      ++j;
    } else {
      ++shared, ++i, ++j;
    }
  }
  return shared;
}

// A folded text that many others are compared with.
class Wanted {
 public:
  explicit Wanted(std::string folded) : text_(std::move(folded)) { TrigramsOf(text_, &word_, &trigrams_); }
  const std::string& text() const { return text_; }

  // The score, if it is at least `least`; else something below it.
  double Score(std::string_view folded, double least) {
    if (text_.empty() || folded.empty()) return 0;
    if (folded == text_) return 1;
    TrigramsOf(folded, &word_, &others_);
    double score = 0;
    if (const size_t all = trigrams_.size() + others_.size(); all > 0) {
      score = 2.0 * static_cast<double>(CountShared(trigrams_, others_)) / static_cast<double>(all);
    }
    // "aaa" and "aaaa" have the same trigrams, and are two names.
    score = std::min(score, 0.99);
    const size_t longer = std::max(text_.size(), folded.size());
    const auto length = static_cast<double>(longer);
    const auto limit = static_cast<size_t>(length * (1 - std::max(score, least)));
    const size_t distance = EditDistance(text_, folded, limit);
    return distance > limit ? score : std::max(score, 1 - static_cast<double>(distance) / length);
  }

 private:
  std::string text_;
  std::vector<uint32_t> word_;
  Trigrams trigrams_, others_;
};

// The two readings of a text.
class Query {
 public:
  explicit Query(std::string_view text) : folded_(FoldName(text)), latin_(TransliterateName(text)) {}

  double Score(std::string_view name, double least) {
    const double score = folded_.Score(name, least);
    return latin_.text() == folded_.text() ? score : std::max(score, latin_.Score(name, least));
  }

 private:
  Wanted folded_, latin_;
};

}  // namespace

double NameSimilarity(std::string_view a, std::string_view b) {
  Query query(a);
  return std::max(query.Score(FoldName(b), 0), query.Score(TransliterateName(b), 0));
}

std::vector<FoundEntity> SearchNames(const NameIndex& names, std::string_view text, const NameSearchOptions& options) {
  Query query(text);
  absl::flat_hash_map<std::string_view, double> best;
  const auto consider = [&](std::string_view key, double score) {
    if (score < options.least || score <= 0) return;
    double& known = best[key];
    known = std::max(known, score);
  };
  const bool whole_keys = text.find('/') != std::string_view::npos;
  names.VisitKeys([&](std::string_view key) {
    if (key == text) return consider(key, 1);
    consider(key, query.Score(FoldName(whole_keys ? key : key.substr(key.rfind('/') + 1)), options.least));
  });
  names.VisitNames([&](std::string_view name, const std::vector<std::string_view>& keys) {
    const double score = query.Score(name, options.least);
    for (const std::string_view key : keys) consider(key, score);
  });
  std::vector<FoundEntity> found;
  for (const auto& [key, score] : best) {
    if (!options.is_meant || options.is_meant(key)) found.push_back({std::string(key), score});
  }
  const auto before = [](const FoundEntity& a, const FoundEntity& b) {
    return a.score != b.score ? a.score > b.score : a.key < b.key;
  };
  const size_t kept = std::min(found.size(), options.limit);
  std::partial_sort(found.begin(), found.begin() + static_cast<ptrdiff_t>(kept), found.end(), before);
  found.resize(kept);
  return found;
}

}  // namespace dossier
