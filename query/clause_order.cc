#include "query/clause_order.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "query/expression_nodes.h"
#include "query/path_chain.h"
#include "query/start_choice.h"

namespace dossier {
namespace {

constexpr size_t kMostOrdered = 6;    // sets of more clauses than this are too many to try
constexpr double kMuchCheaper = 0.5;  // estimates are rough: a small difference is none
constexpr double kKeptByCondition = 0.1;
constexpr double kStepsOfUnknown = 1000;  // of a path that is no chain, from each vertex where it may begin

// What a clause binds and what it needs.
struct ClauseFacts {
  std::set<Slot> binds;   // vertices that stand in its pattern by name, and were not bound before them all
  std::set<Slot> others;  // edges, lists and paths of that kind
  std::set<Slot> reads;   // what its conditions speak of
  std::set<Slot> may_be_of_provenance;  // of those vertices
};

// Adds what the conditions inside a path read; false where one may fail or is not known well enough.
bool AddPath(const BoundPath& path, const std::map<uint32_t, Slot>& slot_of, ClauseFacts* facts);

bool AddExpression(const Expression& expression, std::set<Slot>* reads) {
  return expression.never_fails() && AddSlotsRead(expression, reads);
}

template <typename Test>
bool AddTest(const Test& test, ClauseFacts* facts) {
  return std::all_of(test.properties.begin(), test.properties.end(),
                     [&](const PropertyTest& property) { return AddExpression(*property.value, &facts->reads); }) &&
         std::all_of(test.conditions.begin(), test.conditions.end(),
                     [&](const Condition& condition) { return AddExpression(*condition.expression, &facts->reads); });
}

bool AddFactor(const BoundFactor& factor, const std::map<uint32_t, Slot>& slot_of, ClauseFacts* facts) {
  if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
    const auto slot = slot_of.find(node->local);
    if (node->provenance && slot != slot_of.end()) facts->may_be_of_provenance.insert(slot->second);
    return AddTest(*node, facts);
  }
  if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) return AddTest(*edge, facts);
  const auto& group = std::get<BoundGroup>(factor.element);
  return AddPath(*group.path, slot_of, facts) &&
         std::all_of(group.conditions.begin(), group.conditions.end(),
                     [&](const Condition& condition) { return AddExpression(*condition.expression, &facts->reads); });
}

bool AddPath(const BoundPath& path, const std::map<uint32_t, Slot>& slot_of, ClauseFacts* facts) {
  return std::all_of(path.terms.begin(), path.terms.end(), [&](const BoundTerm& term) {
    return std::all_of(term.factors.begin(), term.factors.end(),
                       [&](const BoundFactor& factor) { return AddFactor(factor, slot_of, facts); });
  });
}

// Nothing where it is not sure that the clause gives the same rows, and no errors, wherever it stands.
std::optional<ClauseFacts> FactsOf(const BoundClause& clause, const std::set<Slot>& ours) {
  ClauseFacts facts;
  std::map<uint32_t, Slot> slot_of;
  for (const PatternVariable& variable : clause.pattern.variables) {
    if (!ours.contains(variable.slot)) continue;
    slot_of[variable.local] = variable.slot;
    (variable.type == StaticType::kVertex ? facts.binds : facts.others).insert(variable.slot);
  }
  for (const auto& path : clause.pattern.paths) {
    // What a selector chooses may depend on what is bound.
    if (path->selector.kind != PathSelector::Kind::kAll || path->function_form) return std::nullopt;
    if (!AddPath(path->path, slot_of, &facts)) return std::nullopt;
  }
  if (clause.where != nullptr && !AddExpression(*clause.where, &facts.reads)) return std::nullopt;
  return facts;
}

// What the clauses bind, of all that is bound after them.
std::set<Slot> BoundBy(const std::vector<BoundClause>& clauses) {
  std::set<Slot> ours;
  for (const BoundClause& clause : clauses) {
    for (const PatternVariable& variable : clause.pattern.variables) {
      if (!variable.bound_before && variable.slot != kNoSlot) ours.insert(variable.slot);
    }
  }
  return ours;
}

struct Cost {
  double steps = 0, rows = 1;
};

class Orderer {
 public:
  Orderer(const std::vector<BoundClause>& clauses, const Image& image)
      : clauses_(clauses), image_(image), ours_(BoundBy(clauses)) {}

  std::vector<size_t> Run() {
    std::vector<size_t> written(clauses_.size());
    std::iota(written.begin(), written.end(), size_t{0});
    if (clauses_.size() < 2 || clauses_.size() > kMostOrdered || !Gather()) return written;
    std::vector<size_t> best = Best();
    return CostOf(best) < kMuchCheaper * CostOf(written) ? best : written;
  }

 private:
  bool Gather() {
    for (const BoundClause& clause : clauses_) {
      std::optional<ClauseFacts> facts = FactsOf(clause, ours_);
      if (!facts.has_value()) return false;
      facts_.push_back(*std::move(facts));
    }
    std::map<Slot, int> clauses_with;
    for (const ClauseFacts& facts : facts_) {
      for (const auto* slots : {&facts.binds, &facts.others}) {
        for (const Slot slot : *slots) ++clauses_with[slot];
      }
    }
    // A vertex that is bound may be a claim where one that is looked for may not; lists are compared when complete.
    return std::all_of(facts_.begin(), facts_.end(), [&](const ClauseFacts& facts) {
      const auto is_shared = [&](Slot slot) { return clauses_with[slot] > 1; };
      return std::none_of(facts.others.begin(), facts.others.end(), is_shared) &&
             std::none_of(facts.may_be_of_provenance.begin(), facts.may_be_of_provenance.end(), is_shared);
    });
  }

  // Whether a clause can be matched when those of the set are: what it reads and somebody else binds is bound.
  bool MayFollow(size_t clause, size_t set) const {
    return std::all_of(facts_[clause].reads.begin(), facts_[clause].reads.end(), [&](Slot slot) {
      bool bound_later = false;
      for (size_t other = 0; other < facts_.size(); ++other) {
        const bool binds = facts_[other].binds.contains(slot) || facts_[other].others.contains(slot);
        if (binds && (other == clause || (set >> other & 1) != 0)) return true;
        bound_later = bound_later || binds;
      }
      return !bound_later;
    });
  }

  std::vector<size_t> Best() const {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    struct Way {
      Cost cost{kNever, 1};
      size_t last = 0;
    };
    std::vector<Way> ways(size_t{1} << clauses_.size());
    ways[0].cost = Cost();
    for (size_t set = 0; set < ways.size(); ++set) {
      if (ways[set].cost.steps == kNever) continue;
      for (size_t clause = 0; clause < clauses_.size(); ++clause) {
        if ((set >> clause & 1) != 0 || !MayFollow(clause, set)) continue;
        const Cost cost = Then(ways[set].cost, clause, set);
        Way& way = ways[set | size_t{1} << clause];
        if (cost.steps < way.cost.steps) way = {cost, clause};
      }
    }
    std::vector<size_t> order;
    for (size_t set = ways.size() - 1; set != 0; set ^= size_t{1} << order.back()) order.push_back(ways[set].last);
    std::reverse(order.begin(), order.end());
    return order;
  }

  double CostOf(const std::vector<size_t>& order) const {
    Cost cost;
    size_t set = 0;
    for (const size_t clause : order) {
      cost = Then(cost, clause, set);
      set |= size_t{1} << clause;
    }
    return cost.steps;
  }

  // What the clauses of the set cost, and then this one for each of their rows.
  Cost Then(const Cost& before, size_t clause, size_t set) const {
    std::set<Slot> bound;
    for (size_t other = 0; other < facts_.size(); ++other) {
      if ((set >> other & 1) != 0) bound.insert(facts_[other].binds.begin(), facts_[other].binds.end());
    }
    std::set<uint32_t> known;
    for (const PatternVariable& variable : clauses_[clause].pattern.variables) {
      if (!ours_.contains(variable.slot) ? variable.bound_before : bound.contains(variable.slot)) {
        known.insert(variable.local);
      }
    }
    Cost cost = before;
    for (const auto& path : clauses_[clause].pattern.paths) {
      const Cost once = CostOf(*path, known);
      cost.steps += cost.rows * once.steps;
      cost.rows *= once.rows;
      for (const PatternVariable& variable : path->variables) known.insert(variable.local);
    }
    if (clauses_[clause].where != nullptr) {
      for (size_t i = ConjunctsOf(*clauses_[clause].where).size(); i > 0; --i) cost.rows *= kKeptByCondition;
    }
    return cost;
  }

  // Of one path, from the node from where it is cheapest.
  Cost CostOf(const BoundPathPattern& path, const std::set<uint32_t>& known_locals) const {
    const auto known = [&](const NodeTest* node) {
      return node != nullptr && node->local != kNoLocal && known_locals.contains(node->local);
    };
    const std::optional<PathChain> chain = ChainOf(path.path);
    if (!chain.has_value()) {
      const double starts = static_cast<double>(image_.vertex_count());
      return {starts * kStepsOfUnknown, starts};
    }
    Cost best{std::numeric_limits<double>::infinity(), 1};
    for (size_t first = 0; first < chain->nodes.size(); ++first) {
      const StartChoice start = ChooseStart(chain->nodes[first], known(chain->nodes[first]), image_);
      const ChainCost cost = CostFrom(first, start.estimate, *chain, known, image_);
      if (cost.steps < best.steps) best = {cost.steps, cost.rows * KeptOf(*chain, first)};
    }
    return best;
  }

  // What part of the rows passes the tests of the elements; that of the first node is in what it begins with.
  static double KeptOf(const PathChain& chain, size_t first) {
    double kept = 1;
    for (size_t i = 0; i < chain.nodes.size(); ++i) {
      const NodeTest* node = chain.nodes[i];
      if (i != first && node != nullptr && !(node->properties.empty() && node->conditions.empty())) {
        kept *= kKeptByCondition;
      }
    }
    for (const BoundFactor* factor : chain.edges) {
      const auto& edge = std::get<EdgeTest>(factor->element);
      if (!edge.properties.empty() || !edge.conditions.empty()) kept *= kKeptByCondition;
    }
    return kept;
  }

  const std::vector<BoundClause>& clauses_;
  const Image& image_;
  const std::set<Slot> ours_;
  std::vector<ClauseFacts> facts_;
};

}  // namespace

std::vector<size_t> OrderOfClauses(const std::vector<BoundClause>& clauses, const Image& image) {
  return Orderer(clauses, image).Run();
}

void BindInOrder(const std::vector<size_t>& order, std::vector<BoundClause>* clauses) {
  const std::set<Slot> ours = BoundBy(*clauses);
  std::set<Slot> bound;
  for (const size_t place : order) {
    for (PatternVariable& variable : (*clauses)[place].pattern.variables) {
      if (!ours.contains(variable.slot)) continue;
      variable.bound_before = !bound.insert(variable.slot).second;
    }
  }
}

}  // namespace dossier
