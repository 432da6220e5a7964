#include "bench/arrays/workloads.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace dossier::bench {
namespace {

constexpr uint32_t kRecent = 2010;
constexpr uint32_t kNoLimit = std::numeric_limits<uint32_t>::max();
const std::vector<std::string> kStances = {"condemn", "deny", "neutral", "support"};  // kCondemn is a place in it

uint32_t CountRows(const std::string& path) { return static_cast<uint32_t>(ReadTable(path).numbers["id"].size()); }

}  // namespace

Workloads::Workloads(const std::string& folder) {
  Table actor = ReadTable(folder + "/actor.csv");
  region_ = actor.numbers["region"];
  const auto actors = static_cast<uint32_t>(region_.size());
  for (uint32_t i = 0; i < actors; ++i) {
    is_state_.push_back(actor.texts["kind"][i] == "state" ? 1 : 0);
    actor_of_key_.emplace(actor.texts["key"][i], i);
    if (actors_of_region_.size() <= region_[i]) actors_of_region_.resize(region_[i] + size_t{1});
    actors_of_region_[region_[i]].push_back(i);
  }
  for (MarkedNodes* marks : {&marked_, &marked_too_, &users_}) marks->Resize(actors);
  level_.resize(actors);
  paths_.resize(actors);
  times_.resize(actors);

  // Grouped by where they lead first, so that each list of neighbours comes out sorted: memory is met in its order.
  Table table = ReadTable(folder + "/transferred.csv");
  received_ = Group(actors, table.numbers["to"], table.numbers["from"]);
  std::vector<uint32_t> from, to, quantity, year;
  for (uint32_t actor_to = 0; actor_to < actors; ++actor_to) {
    for (uint32_t i = received_.begin[actor_to]; i < received_.begin[actor_to + 1]; ++i) {
      from.push_back(received_.to[i]);
      to.push_back(actor_to);
      quantity.push_back(table.numbers["quantity"][received_.row[i]]);
      year.push_back(table.numbers["year"][received_.row[i]]);
    }
  }
  transfers_ = Group(actors, from, to);
  quantity_ = InOrder(transfers_, quantity);
  year_ = InOrder(transfers_, year);

  table = ReadTable(folder + "/used_by.csv");
  used_by_ = Group(actors, table.numbers["from"], table.numbers["to"]);
  table = ReadTable(folder + "/holds.csv");
  holds_ = Group(actors, table.numbers["from"], table.numbers["to"]);
  table = ReadTable(folder + "/subtype_of.csv");
  const uint32_t munition_types = CountRows(folder + "/munition_type.csv");
  kinds_.Resize(munition_types);
  held_.Resize(munition_types);
  subtypes_ = Group(munition_types, table.numbers["to"], table.numbers["from"]);

  table = ReadTable(folder + "/concerns.csv");
  concerns_ = table.numbers["to"];
  table = ReadTable(folder + "/voted.csv");
  votes_ = Group(static_cast<uint32_t>(concerns_.size()), table.numbers["to"], table.numbers["from"]);
  vote_ = InOrder(votes_, Encode(table.texts["value"], kVotes));
  table = ReadTable(folder + "/made.csv");
  maker_ = table.numbers["from"];  // a statement a row, in order
  table = ReadTable(folder + "/about.csv");
  about_ = Group(CountRows(folder + "/event.csv"), table.numbers["to"], table.numbers["from"]);
  stance_ = InOrder(about_, Encode(table.texts["stance"], kStances));
}

void Workloads::Answer(std::initializer_list<int64_t> row) {
  rows_.columns = static_cast<int>(row.size());
  rows_.cells.assign(row);
}

void Workloads::RegionOf(uint32_t actor) { Answer({region_[actor]}); }

void Workloads::NumberOf(const std::string& key) { Answer({actor_of_key_.find(key)->second}); }

void Workloads::SumOfTransfers(uint32_t actor) {
  int64_t sum = 0;
  for (uint32_t i = transfers_.begin[actor]; i < transfers_.begin[actor + 1]; ++i) sum += quantity_[i];
  Answer({transfers_.Degree(actor), sum});
}

void Workloads::TransfersOf(uint32_t actor) {
  rows_.columns = 3;
  rows_.cells.clear();
  for (uint32_t i = transfers_.begin[actor]; i < transfers_.begin[actor + 1]; ++i) {
    rows_.cells.push_back(transfers_.to[i]);
    rows_.cells.push_back(quantity_[i]);
    rows_.cells.push_back(year_[i]);
  }
}

void Workloads::WithinTwo(uint32_t actor) {
  int64_t count = 0;
  marked_.Clear();
  for (uint32_t i = transfers_.begin[actor]; i < transfers_.begin[actor + 1]; ++i) {
    const uint32_t middle = transfers_.to[i];
    for (uint32_t j = transfers_.begin[middle]; j < transfers_.begin[middle + 1]; ++j) {
      if (marked_.Add(transfers_.to[j])) ++count;
    }
  }
  Answer({count});
}

void Workloads::ThreeRecentHops(uint32_t actor) {
  int64_t walks = 0;
  int64_t ends = 0;
  marked_.Clear();
  for (uint32_t i = transfers_.begin[actor]; i < transfers_.begin[actor + 1]; ++i) {
    if (year_[i] < kRecent) continue;
    const uint32_t second = transfers_.to[i];
    for (uint32_t j = transfers_.begin[second]; j < transfers_.begin[second + 1]; ++j) {
      if (year_[j] < kRecent) continue;
      const uint32_t third = transfers_.to[j];
      for (uint32_t k = transfers_.begin[third]; k < transfers_.begin[third + 1]; ++k) {
        if (year_[k] < kRecent || quantity_[k] <= 100) continue;
        ++walks;
        if (marked_.Add(transfers_.to[k])) ++ends;
      }
    }
  }
  Answer({walks, ends});
}

bool Workloads::Search(uint32_t from, uint32_t most) {
  bool returns = false;
  marked_.Clear();
  marked_.Add(from);
  queue_.assign(1, from);
  level_[from] = 0;
  for (size_t next = 0; next < queue_.size(); ++next) {
    const uint32_t node = queue_[next];
    if (level_[node] >= most) break;
    for (uint32_t i = transfers_.begin[node]; i < transfers_.begin[node + 1]; ++i) {
      const uint32_t to = transfers_.to[i];
      returns |= to == from;
      if (!marked_.Add(to)) continue;
      level_[to] = level_[node] + 1;
      queue_.push_back(to);
    }
  }
  return returns;
}

void Workloads::ReachedInFive(uint32_t actor) {
  const bool returns = Search(actor, 5);
  Answer({static_cast<int64_t>(queue_.size()) - (returns ? 0 : 1)});
}

void Workloads::ShortestPath(uint32_t from, uint32_t to) {
  // Level by level, from the side whose frontier has fewer edges.
  struct Side {
    const Neighbours* neighbours;
    MarkedNodes* marked;
    std::vector<uint32_t>* frontier;
    uint64_t edges;
  };
  Side ahead = {&transfers_, &marked_, &queue_, transfers_.Degree(from)};
  Side back = {&received_, &marked_too_, &other_queue_, received_.Degree(to)};
  marked_.Clear();
  marked_too_.Clear();
  marked_.Add(from);
  marked_too_.Add(to);
  queue_.assign(1, from);
  other_queue_.assign(1, to);
  for (int64_t length = 1; !queue_.empty() && !other_queue_.empty(); ++length) {
    Side& side = ahead.edges <= back.edges ? ahead : back;
    const Side& other = &side == &ahead ? back : ahead;
    side.edges = 0;
    next_queue_.clear();
    for (const uint32_t node : *side.frontier) {
      for (uint32_t i = side.neighbours->begin[node]; i < side.neighbours->begin[node + 1]; ++i) {
        const uint32_t next = side.neighbours->to[i];
        if (other.marked->Contains(next)) return Answer({length});
        if (!side.marked->Add(next)) continue;
        next_queue_.push_back(next);
        side.edges += side.neighbours->Degree(next);
      }
    }
    side.frontier->swap(next_queue_);
  }
  rows_.cells.clear();
}

void Workloads::CountShortestPaths(uint32_t from, uint32_t to) {
  marked_.Clear();
  marked_.Add(from);
  queue_.assign(1, from);
  level_[from] = 0;
  paths_[from] = 1;
  uint32_t most = kNoLimit;
  for (size_t next = 0; next < queue_.size(); ++next) {
    const uint32_t node = queue_[next];
    if (level_[node] >= most) break;
    for (uint32_t i = transfers_.begin[node]; i < transfers_.begin[node + 1]; ++i) {
      const uint32_t end = transfers_.to[i];
      if (marked_.Add(end)) {
        level_[end] = level_[node] + 1;
        paths_[end] = paths_[node];
        queue_.push_back(end);
        if (end == to) most = level_[end];
      } else if (level_[end] == level_[node] + 1) {
        paths_[end] += paths_[node];
      }
    }
  }
  Answer({static_cast<int64_t>(paths_[to])});
}

void Workloads::UsersBehindTransfers(uint32_t actor) {
  Search(actor, kNoLimit);
  int64_t count = 0;
  users_.Clear();
  for (const uint32_t node : queue_) {
    for (uint32_t i = used_by_.begin[node]; i < used_by_.begin[node + 1]; ++i) {
      if (users_.Add(used_by_.to[i])) ++count;
    }
  }
  Answer({count});
}

void Workloads::Triangles(uint32_t region) {
  int64_t count = 0;
  for (const uint32_t first : actors_of_region_[region]) {
    for (uint32_t i = received_.begin[first]; i < received_.begin[first + 1]; ++i) ++times_[received_.to[i]];
    for (uint32_t i = transfers_.begin[first]; i < transfers_.begin[first + 1]; ++i) {
      const uint32_t second = transfers_.to[i];
      for (uint32_t j = transfers_.begin[second]; j < transfers_.begin[second + 1]; ++j) {
        count += times_[transfers_.to[j]];
      }
    }
    for (uint32_t i = received_.begin[first]; i < received_.begin[first + 1]; ++i) times_[received_.to[i]] = 0;
  }
  Answer({count});
}

void Workloads::MostFrequentVotes() {
  const size_t votes = kVotes.size();
  counted_.resize(concerns_.size() * votes);
  for (uint32_t resolution = 0; resolution < concerns_.size(); ++resolution) {
    std::pair<uint32_t, uint32_t>* counts = &counted_[resolution * votes];
    for (uint32_t vote = 0; vote < votes; ++vote) counts[vote] = {0, static_cast<uint32_t>(resolution * votes + vote)};
    for (uint32_t i = votes_.begin[resolution]; i < votes_.begin[resolution + 1]; ++i) ++counts[vote_[i]].first;
  }
  const size_t most = std::min<size_t>(20, counted_.size());
  std::partial_sort(
      counted_.begin(), counted_.begin() + static_cast<ptrdiff_t>(most), counted_.end(),
      [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  rows_.columns = 3;
  rows_.cells.clear();
  for (size_t i = 0; i < most && counted_[i].first > 0; ++i) {
    rows_.cells.push_back(static_cast<int64_t>(counted_[i].second / votes));
    rows_.cells.push_back(static_cast<int64_t>(counted_[i].second % votes));
    rows_.cells.push_back(counted_[i].first);
  }
}

void Workloads::MarkKinds(uint32_t munition) {
  kinds_.Clear();
  kinds_.Add(munition);
  queue_.assign(1, munition);
  for (size_t next = 0; next < queue_.size(); ++next) {
    for (uint32_t i = subtypes_.begin[queue_[next]]; i < subtypes_.begin[queue_[next] + 1]; ++i) {
      if (kinds_.Add(subtypes_.to[i])) queue_.push_back(subtypes_.to[i]);
    }
  }
}

void Workloads::CondemnedAndHolds(uint32_t event, uint32_t munition) {
  MarkKinds(munition);
  int64_t count = 0;
  marked_.Clear();
  for (uint32_t i = about_.begin[event]; i < about_.begin[event + 1]; ++i) {
    const uint32_t actor = maker_[about_.to[i]];
    if (stance_[i] != kCondemn || is_state_[actor] == 0 || !marked_.Add(actor)) continue;
    const auto begin = holds_.to.begin() + holds_.begin[actor];
    if (std::any_of(begin, begin + holds_.Degree(actor), [this](uint32_t type) { return kinds_.Contains(type); })) {
      ++count;
    }
  }
  Answer({count});
}

void Workloads::VotedNoOnly(uint32_t resolution) {
  const uint32_t event = concerns_[resolution];
  marked_.Clear();
  for (uint32_t i = about_.begin[event]; i < about_.begin[event + 1]; ++i) {
    if (stance_[i] == kCondemn) marked_.Add(maker_[about_.to[i]]);
  }
  int64_t count = 0;
  const auto no = static_cast<uint32_t>(std::find(kVotes.begin(), kVotes.end(), "no") - kVotes.begin());
  for (uint32_t i = votes_.begin[resolution]; i < votes_.begin[resolution + 1]; ++i) {
    if (vote_[i] == no && !marked_.Contains(votes_.to[i])) ++count;
  }
  Answer({count});
}

}  // namespace dossier::bench
