// Reads the smallest sets of sources off what a row rests on (query/derivations.h).
#ifndef DOSSIER_QUERY_WITNESS_FINDER_H_
#define DOSSIER_QUERY_WITNESS_FINDER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/derivations.h"
#include "query/witness.h"

namespace dossier {

class WitnessFinder {
 public:
  // All must outlive it. `derivations` may still grow, as the query goes on.
  WitnessFinder(const Derivations* derivations, const View* view, const ReasonLimits& limits);

  // As RowReasons, in items in place of notes.
  struct Found {
    std::vector<SourceItems> alternatives;
    bool complete = true;
    std::vector<std::string> nothing_recorded;
    bool aggregated = false;
  };
  Found Find(const SourceItems& items);

  // The claims of the view that support a proposition, a value or a claim, rising.
  const std::vector<ClaimId>& SupportOf(const SourceItem& item);

  // Of a value: whose it is.
  EdgeId EdgeOf(const SourceItem& value) const { return derivations_.value(value.number).edge; }

  // How many steps the last Find took.
  uint64_t spent() const { return spent_; }

 private:
  // Sets none of which contains another, smallest first.
  struct Sets {
    std::vector<SourceItems> sets;
    bool complete = true;
    bool cut_short = false;  // by the limit of steps, which another row may not reach
  };
  Sets Expand(const SourceItems& items);
  const Sets& ExpandChoice(uint32_t number);
  void Minimise(Sets* sets);
  void Gather(const SourceItems& items, std::vector<bool>* seen, Found* found) const;

  bool Implies(const SourceItem& a, const SourceItem& b);
  bool ImpliesAll(const SourceItems& a, const SourceItems& b);
  void DropImplied(SourceItems* items);
  void Shrink(const SourceItems& items, SourceItems* witness);
  bool Holds(const SourceItems& items, const SourceItems& given, absl::flat_hash_map<uint32_t, bool>* known);
  bool exhausted() const { return spent_ >= limits_.steps; }

  const Derivations& derivations_;
  const View& view_;
  const ReasonLimits limits_;
  const size_t kept_;                         // sets, while others are combined with them
  std::vector<std::optional<Sets>> choices_;  // those that were needed so far
  std::vector<uint32_t> cut_short_;           // of them
  absl::flat_hash_map<uint64_t, std::vector<ClaimId>> support_;
  uint64_t spent_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_WITNESS_FINDER_H_
