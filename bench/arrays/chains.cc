#include "bench/arrays/chains.h"

#include <algorithm>

namespace dossier::bench {
namespace {

constexpr int kFewestSteps = 2;
constexpr int kMostSteps = 5;
constexpr uint32_t kUndated = 0;  // where the register gives no year, so that nothing is certain of its order

}  // namespace

Chains::Chains(const std::string& folder) {
  Table table = ReadTable(folder + "/munition_type.csv");
  const auto munitions = static_cast<uint32_t>(table.numbers["id"].size());
  table = ReadTable(folder + "/actor.csv");
  const size_t actors = table.numbers["id"].size();
  first_.resize(actors);
  behind_.resize(actors);
  count_.resize(actors);
  table = ReadTable(folder + "/subtype_of.csv");
  subtypes_ = Group(munitions, table.numbers["to"], table.numbers["from"]);

  table = ReadTable(folder + "/transferred.csv");
  const Neighbours of_munition = Group(munitions, table.numbers["munition"], table.numbers["to"]);
  begin_ = of_munition.begin;
  for (const uint32_t row : of_munition.row) {
    all_steps_.push_back({table.numbers["from"][row], table.numbers["to"][row], table.numbers["year"][row]});
  }
}

// Which steps there are, by where they begin. What an earlier question left in first_ and behind_ is taken out again.
void Chains::GatherSteps(uint32_t munition) {
  for (const Step& step : steps_) first_[step.from] = behind_[step.from] = 0;
  steps_.clear();
  kinds_.assign(1, munition);  // a hierarchy in which a type has one parent: none comes twice
  for (size_t next = 0; next < kinds_.size(); ++next) {
    const uint32_t kind = kinds_[next];
    for (uint32_t i = begin_[kind]; i < begin_[kind + 1]; ++i) {
      if (all_steps_[i].year != kUndated) steps_.push_back(all_steps_[i]);
    }
    for (uint32_t i = subtypes_.begin[kind]; i < subtypes_.begin[kind + 1]; ++i) kinds_.push_back(subtypes_.to[i]);
  }
  std::sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.from < b.from; });
  for (uint32_t i = 0; i < steps_.size(); ++i) {
    if (i == 0 || steps_[i].from != steps_[i - 1].from) first_[steps_[i].from] = i;
    behind_[steps_[i].from] = i + 1;
  }
}

void Chains::Follow(const Step& step, int length) {
  if (length >= kFewestSteps && count_[step.to]++ == 0) ends_.push_back(step.to);
  if (length == kMostSteps) return;
  for (uint32_t i = first_[step.to]; i < behind_[step.to]; ++i) {
    if (steps_[i].year > step.year) Follow(steps_[i], length + 1);
  }
}

void Chains::OfMunition(uint32_t munition) {
  GatherSteps(munition);
  rows_.columns = 3;
  rows_.cells.clear();
  for (size_t i = 0; i < steps_.size();) {
    const uint32_t from = steps_[i].from;
    for (; i < behind_[from]; ++i) Follow(steps_[i], 1);
    for (const uint32_t end : ends_) {
      rows_.cells.insert(rows_.cells.end(), {from, end, count_[end]});
      count_[end] = 0;
    }
    ends_.clear();
  }
}

}  // namespace dossier::bench
