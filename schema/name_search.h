// Search by names that are spelt about right: which entities a reader may have meant, with a score.
//
//   for (const FoundEntity& found : SearchNames(index, "Swazilnd")) ...   // {"state/eswatini", 0.89}
//
// Resolve() of schema/names.h is for programs: whole names, or nothing. This is for people.
//
// The score of two names is 1 where both fold to the same text, in their own script or in Latin letters
// (schema/names.h). Else it is below 1, the higher of two standard measures of the folded texts:
//   - Sørensen-Dice over trigrams: twice the trigrams that both have, by the sum of those that each has. As in
//   PostgreSQL's
//     pg_trgm the trigrams are a set, taken of each word with two blanks before and one after it, so the order of words
//     does not matter ("Convention on Cluster Munitions", "cluster munitions convention");
//   - 1 - d/n, with d the Damerau-Levenshtein distance (optimal string alignment) and n the length of the longer text
//   in
//     bytes, which forgives a slip in a short name ("Isreal").
#ifndef DOSSIER_SCHEMA_NAME_SEARCH_H_
#define DOSSIER_SCHEMA_NAME_SEARCH_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/names.h"

namespace dossier {

// What people take for about the same name lies above, what only shares a syllable below.
inline constexpr double kLeastNameScore = 0.5;

struct NameSearchOptions {
  size_t limit = 10;
  double least = kLeastNameScore;                      // nothing of a lower score
  std::function<bool(std::string_view key)> is_meant;  // which entities to look among; none given: all
};

struct FoundEntity {
  std::string key;
  double score = 0;  // of the name, alias or key that is most like the text
  friend bool operator==(const FoundEntity&, const FoundEntity&) = default;
};

// Both UTF-8. In [0, 1]; the same either way round.
double NameSimilarity(std::string_view a, std::string_view b);

// The best first; of one score by key. A key counts with and without what stands before its last '/'. Names that are
// limited to a document or a time count as all others. Time in proportion to the names of the index.
std::vector<FoundEntity> SearchNames(const NameIndex& names, std::string_view text,
                                     const NameSearchOptions& options = {});

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_NAME_SEARCH_H_
