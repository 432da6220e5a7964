// What the operators of one run did: PROFILE prints it. Kept by step of the plan, because a subquery's operators are
// made anew or run again for each row.
#ifndef DOSSIER_QUERY_PROFILE_H_
#define DOSSIER_QUERY_PROFILE_H_

#include <chrono>
#include <cstdint>
#include <unordered_map>

namespace dossier {

struct LogicalNode;

struct OperatorWork {
  uint64_t calls = 0;
  uint64_t rows = 0;
  std::chrono::nanoseconds time{0};  // with that of its inputs and subqueries; measured under PROFILE alone
  uint64_t peak_bytes = 0;           // the most that it held at once
};

class Profile {
 public:
  // Stays where it is for as long as the profile lives.
  OperatorWork& Of(const LogicalNode& step) { return work_[&step]; }
  const OperatorWork* Find(const LogicalNode& step) const {
    const auto at = work_.find(&step);
    return at == work_.end() ? nullptr : &at->second;
  }

 private:
  std::unordered_map<const LogicalNode*, OperatorWork> work_;  // its entries do not move
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PROFILE_H_
