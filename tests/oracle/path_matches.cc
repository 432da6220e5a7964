#include "tests/oracle/path_matches.h"

#include <algorithm>
#include <set>

#include "tests/oracle/derivation.h"

namespace dossier::oracle {
namespace {

// Each edge at a node, with the node at its other end; a self-loop once.
std::vector<std::vector<std::pair<int, int>>> Steps(const Graph& graph) {
  std::vector<std::vector<std::pair<int, int>>> steps(graph.nodes.size());
  for (size_t e = 0; e < graph.edges.size(); ++e) {
    const GraphEdge& edge = graph.edges[e];
    steps[edge.source].emplace_back(e, edge.target);
    if (edge.source != edge.target) steps[edge.target].emplace_back(e, edge.source);
  }
  return steps;
}

void Append(Walk& walk, const std::pair<int, int>& step) {
  walk.edges.push_back(step.first);
  walk.nodes.push_back(step.second);
}

void DropLast(Walk& walk) {
  walk.edges.pop_back();
  walk.nodes.pop_back();
}

// Whether the walk mode alone leaves some quantifier without bound.
bool IsEndless(const Pattern& pattern) {
  if (pattern.kind == Pattern::Kind::kParenthesized && pattern.mode.value_or(Mode::kWalk) != Mode::kWalk) return false;
  if (pattern.kind == Pattern::Kind::kQuantified && !pattern.max.has_value() && MaxLength(pattern.children[0]) != 0) {
    return true;
  }
  return std::any_of(pattern.children.begin(), pattern.children.end(), IsEndless);
}

// How long walks from `start` can get before no pair of ends has fewer than `count` lengths of matches that it could
// still get; none if that takes too long to find.
//
// The set of (node, future of a derivation) pairs after n edges decides the set after n + 1. There are finitely many
// such sets, so they repeat in the end: what is not a match within one whole period after that never will be, and
// what is, is one again each period.
std::optional<int> LengthNeeded(const Graph& graph, const PathPattern& path, int start, int count, int limit) {
  const auto steps = Steps(graph);
  Deriver deriver(graph, path);
  struct Place {
    Walk walk;
    Derivation derivation;
  };
  std::map<std::string, Place> level;
  std::map<std::string, int> seen;  // each set of futures, and where it was met first
  std::vector<std::set<int>> ends;  // of the matches of each length
  const auto take = [&](const Walk& walk, Front front, std::map<std::string, Place>& into) {
    if (!front.done.empty()) ends.back().insert(walk.nodes.back());
    for (Derivation& derivation : front.waiting) {
      derivation.marks.clear();
      std::string future = deriver.FutureOf(derivation, walk);
      into.try_emplace(std::move(future), Place{walk, std::move(derivation)});
    }
  };
  ends.emplace_back();
  Walk walk{.nodes = {start}};
  take(walk, deriver.Start(walk), level);
  std::vector<int> lengths(graph.nodes.size());
  int needed = 0;
  std::optional<std::set<int>> recurring;  // ends that get another length each period
  for (int length = 0;; ++length) {
    for (const int end : ends.back()) {
      if (lengths[end] < count) {
        ++lengths[end];
        needed = length;
      }
    }
    if (level.empty()) return needed;
    if (!recurring.has_value()) {
      std::string all;
      for (const auto& [future, place] : level) all += future + "\n";
      const auto [at, fresh] = seen.emplace(std::move(all), length);
      if (!fresh) {
        recurring.emplace();
        for (int i = at->second + 1; i <= length; ++i) recurring->insert(ends[i].begin(), ends[i].end());
      }
    }
    if (recurring.has_value() &&
        std::all_of(recurring->begin(), recurring->end(), [&](int end) { return lengths[end] >= count; })) {
      return needed;
    }
    ends.emplace_back();
    std::map<std::string, Place> next;
    for (auto& [future, place] : level) {
      if (deriver.steps() > limit) return std::nullopt;
      for (const auto& step : steps[place.walk.nodes.back()]) {
        Append(place.walk, step);
        take(place.walk, deriver.Read(place.walk, {place.derivation}), next);
        DropLast(place.walk);
      }
    }
    level = std::move(next);
  }
}

class Lister {
 public:
  Lister(const Graph& graph, const PathPattern& path, std::vector<Mode> modes, int limit)
      : steps_(Steps(graph)), deriver_(graph, path), modes_(std::move(modes)), limit_(limit) {}

  // All walks from `start` of at most `longest` edges.
  bool List(int start, std::optional<int> longest) {
    longest_ = longest;
    Walk walk{.nodes = {start}};
    return Visit(walk, deriver_.Start(walk));
  }

  // One walk.
  void Try(const Walk& whole) {
    Walk walk{.nodes = {whole.nodes[0]}};
    Front front = deriver_.Start(walk);
    for (int i = 0; i < whole.length(); ++i) {
      Append(walk, {whole.edges[i], whole.nodes[i + 1]});
      front = deriver_.Read(walk, front.waiting);
    }
    if (AllAllow(walk)) Keep(walk, front.done);
  }

  std::vector<PathMatch> TakeMatches() { return std::move(matches_); }

 private:
  bool Visit(Walk& walk, Front front) {
    if (deriver_.steps() > limit_ || static_cast<int>(matches_.size()) > limit_) return false;
    Keep(walk, front.done);
    deriver_.DropDuplicates(walk, front.waiting);
    // No derivation waits for an edge: no longer walk is matched either.
    if (front.waiting.empty() || walk.length() == longest_ || !AllLetGrow(walk)) return true;
    for (const auto& step : steps_[walk.nodes.back()]) {
      Append(walk, step);
      const bool go_on = !AllAllow(walk) || Visit(walk, deriver_.Read(walk, front.waiting));
      DropLast(walk);
      if (!go_on) return false;
    }
    return true;
  }

  bool AllAllow(const Walk& walk) const {
    return std::all_of(modes_.begin(), modes_.end(), [&](Mode mode) { return Allows(mode, walk); });
  }
  bool AllLetGrow(const Walk& walk) const {
    return std::all_of(modes_.begin(), modes_.end(), [&](Mode mode) { return MayGrow(mode, walk); });
  }

  // Reduction and deduplication: a match is what is bound where, however it was derived.
  void Keep(const Walk& walk, const std::vector<Derivation>& derivations) {
    std::set<std::pair<std::multiset<Mark>, std::vector<Mark>>> distinct;
    for (const Derivation& derivation : derivations) {
      std::multiset<Mark> variables;
      std::vector<Mark> operands;
      for (const Mark& mark : derivation.marks) {
        if (mark.variable >= 0) {
          variables.insert(mark);
        } else {
          operands.push_back(mark);
        }
      }
      if (!distinct.emplace(variables, std::move(operands)).second) continue;
      PathMatch match{.walk = walk};
      for (const Mark& mark : variables) {
        const int half = mark.position / 2;
        match.elements[deriver_.variables()[mark.variable]].push_back(mark.position % 2 == 0 ? walk.nodes[half]
                                                                                             : walk.edges[half]);
      }
      matches_.push_back(std::move(match));
    }
  }

  std::vector<std::vector<std::pair<int, int>>> steps_;
  Deriver deriver_;
  std::vector<Mode> modes_;  // that hold for the whole walk
  int limit_;
  std::optional<int> longest_;
  std::vector<PathMatch> matches_;
};

}  // namespace

std::optional<std::vector<PathMatch>> ListMatches(const Graph& graph, const PathPattern& path, bool trails,
                                                  const Bounds& bounds, const std::vector<Walk>& found) {
  std::vector<Mode> modes = {EffectiveMode(path)};
  if (trails) modes.push_back(Mode::kTrail);
  std::optional<int> longest;
  if (modes.back() == Mode::kWalk && IsEndless(path.pattern)) {
    const bool counts = path.selector == Selector::kAny || path.selector == Selector::kShortest ||
                        path.selector == Selector::kShortestGroups;
    longest = 0;
    for (size_t start = 0; start < graph.nodes.size(); ++start) {
      const std::optional<int> needed =
          LengthNeeded(graph, path, static_cast<int>(start), counts ? path.count : 1, bounds.steps);
      if (!needed.has_value()) return std::nullopt;
      longest = std::max(*longest, *needed);
    }
  }
  Lister lister(graph, path, modes, bounds.steps);
  for (size_t start = 0; start < graph.nodes.size(); ++start) {
    if (!lister.List(static_cast<int>(start), longest)) return std::nullopt;
  }
  if (longest.has_value()) {
    std::set<Walk> distinct(found.begin(), found.end());
    for (const Walk& walk : distinct) {
      if (walk.length() > *longest) lister.Try(walk);
    }
  }
  return lister.TakeMatches();
}

std::map<std::pair<int, int>, Selection> Select(const PathPattern& path, const std::vector<PathMatch>& matches) {
  std::map<std::pair<int, int>, std::vector<int>> partitions;
  for (size_t i = 0; i < matches.size(); ++i) {
    partitions[{matches[i].walk.nodes.front(), matches[i].walk.nodes.back()}].push_back(static_cast<int>(i));
  }
  std::map<std::pair<int, int>, Selection> selections;
  for (auto& [ends, members] : partitions) {
    const auto length = [&](int member) { return matches[member].walk.length(); };
    std::stable_sort(members.begin(), members.end(), [&](int a, int b) { return length(a) < length(b); });
    Selection& selection = selections[ends];
    const int size = static_cast<int>(members.size());
    switch (path.selector) {
      case Selector::kAll:
        selection.must = members;
        break;
      case Selector::kAllShortest:
      case Selector::kShortestGroups: {
        int groups = 0;
        for (int i = 0; i < size; ++i) {
          if (i == 0 || length(members[i]) != length(members[i - 1])) ++groups;
          if (groups <= (path.selector == Selector::kAllShortest ? 1 : path.count)) {
            selection.must.push_back(members[i]);
          }
        }
        break;
      }
      case Selector::kAny:
        selection.due = std::min(size, path.count);
        (size <= path.count ? selection.must : selection.may) = members;
        break;
      case Selector::kAnyShortest:
      case Selector::kShortest: {
        const int count = path.selector == Selector::kShortest ? path.count : 1;
        selection.due = std::min(size, count);
        const int last = length(members[selection.due - 1]);
        const bool tie = selection.due < size && length(members[selection.due]) == last;
        for (const int member : members) {
          if (length(member) > last) break;
          (tie && length(member) == last ? selection.may : selection.must).push_back(member);
        }
        break;
      }
    }
    if (selection.may.empty()) selection.due = static_cast<int>(selection.must.size());
  }
  return selections;
}

}  // namespace dossier::oracle
