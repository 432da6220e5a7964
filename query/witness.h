// Why a row is in an answer: the smallest sets of recorded facts that give it, each enough by itself.
#ifndef DOSSIER_QUERY_WITNESS_H_
#define DOSSIER_QUERY_WITNESS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace dossier {

// How far reasons are looked for; what strikes is said of the row (RowReasons::complete).
struct ReasonLimits {
  uint32_t alternatives = 16;  // of a row
  uint64_t steps = 100'000;    // of work on a row
};

// One thing that has to hold: a proposition, a property's value, or a claim that the query met as a node.
struct WitnessMember {
  std::vector<uint32_t> notes;  // numbers of the notes that support it, rising: any one of them is enough
};

// Things that together give the row, none of them superfluous. Empty: the row rests on nothing that was said.
using Witness = std::vector<WitnessMember>;

struct RowReasons {
  // Each is enough by itself, and none needs all that another needs. Smallest first, then by their notes.
  std::vector<Witness> alternatives;
  // Whether there are no others. Where there may be, those above are reasons all the same.
  bool complete = true;
  // Patterns for which nothing is recorded, as the query has it: NOT EXISTS { }, OPTIONAL MATCH.
  std::vector<std::string> nothing_recorded;
  // The row holds aggregates: its only alternative is all that they were computed from, and with less of it the row
  // might be there with other values.
  bool aggregated = false;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_WITNESS_H_
