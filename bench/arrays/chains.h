// Chains of transfers of one munition, each step in a later year than the one before: the floor of m1. Reads no more
// than it needs, because the register (register_files.py) has no more.
#ifndef DOSSIER_BENCH_ARRAYS_CHAINS_H_
#define DOSSIER_BENCH_ARRAYS_CHAINS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench/arrays/tables.h"
#include "bench/arrays/workloads.h"

namespace dossier::bench {

class Chains {
 public:
  // From FOLDER/peers of `generate`.
  explicit Chains(const std::string& folder);

  // m1: for each two actors, how many chains of two to five steps lead from one to the other.
  void OfMunition(uint32_t munition);

  // What was found, until it is called again.
  const Rows& rows() const { return rows_; }

 private:
  struct Step {
    uint32_t from, to, year;
  };

  void GatherSteps(uint32_t munition);
  void Follow(const Step& step, int length);

  Rows rows_;
  Neighbours subtypes_;
  std::vector<uint32_t> begin_;  // of a munition: its steps among all_steps_
  std::vector<Step> all_steps_;

  std::vector<Step> steps_;               // of what is asked for, sorted by their beginnings
  std::vector<uint32_t> first_, behind_;  // of an actor: its part of steps_, empty for most
  std::vector<uint32_t> kinds_, ends_;
  std::vector<int64_t> count_;  // of an actor: the chains that end there, of those that begin at one
};

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_ARRAYS_CHAINS_H_
