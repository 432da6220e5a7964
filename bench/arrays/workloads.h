// Each workload as a plain loop over arrays in memory: how fast this machine can be, if nothing is asked but speed.
#ifndef DOSSIER_BENCH_ARRAYS_WORKLOADS_H_
#define DOSSIER_BENCH_ARRAYS_WORKLOADS_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench/arrays/tables.h"

namespace dossier::bench {

// A set of numbers that is emptied in one step.
class MarkedNodes {
 public:
  void Resize(size_t nodes) { marks_.resize(nodes); }
  void Clear() { ++round_; }
  bool Contains(uint32_t node) const { return marks_[node] == round_; }
  // Whether it was not there yet.
  bool Add(uint32_t node) {
    if (marks_[node] == round_) return false;
    marks_[node] = round_;
    return true;
  }

 private:
  std::vector<uint32_t> marks_;
  uint32_t round_ = 1;
};

// Rows of so many columns one after the other. Votes are numbers in kVotes.
struct Rows {
  int columns = 1;
  std::vector<int64_t> cells;
};
inline const std::vector<std::string> kVotes = {"absent", "abstain", "no", "yes"};
inline constexpr uint32_t kCondemn = 0;  // of the stances, which are numbers as well

class Workloads {
 public:
  // From FOLDER/peers of `generate`.
  explicit Workloads(const std::string& folder);

  // What they found is in rows(), until the next is called.
  const Rows& rows() const { return rows_; }

  void RegionOf(uint32_t actor);                              // a
  void NumberOf(const std::string& key);                      // a2
  void SumOfTransfers(uint32_t actor);                        // b
  void TransfersOf(uint32_t actor);                           // b2
  void WithinTwo(uint32_t actor);                             // c
  void ThreeRecentHops(uint32_t actor);                       // d
  void ReachedInFive(uint32_t actor);                         // e
  void ShortestPath(uint32_t from, uint32_t to);              // f: from both ends, the smaller frontier first
  void CountShortestPaths(uint32_t from, uint32_t to);        // g: one breadth-first search
  void UsersBehindTransfers(uint32_t actor);                  // h
  void Triangles(uint32_t region);                            // i
  void MostFrequentVotes();                                   // j
  void CondemnedAndHolds(uint32_t event, uint32_t munition);  // k
  void VotedNoOnly(uint32_t resolution);                      // l

  void OnEveryRoute(uint32_t from, uint32_t to);                  // m2: the nodes between, in order
  void WhoCondemnedHoldsWhat(uint32_t event, uint32_t munition);  // m3

 private:
  void Answer(std::initializer_list<int64_t> row);
  // All that can be reached in `most` edges or fewer, in `queue_`, beginning with `from`. Whether a way leads back.
  bool Search(uint32_t from, uint32_t most);
  void FindRoute(uint32_t from, uint32_t to);
  void MarkKinds(uint32_t munition);  // itself and all below it, in kinds_

  Rows rows_;
  std::vector<uint32_t> region_;
  std::vector<uint8_t> is_state_;
  std::unordered_map<std::string, uint32_t> actor_of_key_;
  std::vector<std::vector<uint32_t>> actors_of_region_;

  Neighbours transfers_, received_;
  std::vector<uint32_t> quantity_, year_;  // in the order of transfers_
  Neighbours used_by_, holds_, subtypes_;
  Neighbours votes_;              // of a resolution
  std::vector<uint32_t> vote_;    // in the order of votes_
  Neighbours about_;              // statements about an event
  std::vector<uint32_t> stance_;  // in the order of about_
  std::vector<uint32_t> maker_;   // of a statement
  std::vector<uint32_t> concerns_;

  MarkedNodes marked_, marked_too_, users_, kinds_, held_;
  std::vector<uint32_t> level_, queue_, other_queue_, next_queue_, times_, route_, parent_;
  std::vector<double> paths_;
  std::vector<std::pair<uint32_t, uint32_t>> counted_;
};

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_ARRAYS_WORKLOADS_H_
