#include "query/within.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "query/derivations.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using Type = Value::Type;

// Breadth-first upward; each vertex remembers the edge that led to it, so that the answer rests on one
// chain and no more. Where it is asked why, all chains are followed.
class Within : public OperandExpression {
 public:
  Within(std::vector<BoundExpression> operands, std::vector<RelationId> relations, const FunctionSite& site)
      : OperandExpression(StaticType::kBoolean, site.place, std::move(operands)),
        signature_(site.function.signature),
        relations_(std::move(relations)),
        same_(site.image->FindRelation(kSameAs)) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value inner = operand(0).Evaluate(context);
    const Value outer = operand(1).Evaluate(context);
    if (inner.is_null() || outer.is_null()) return Value();
    for (const Value* end : {&inner, &outer}) {
      if (end->type() != Type::kVertex) return FailType(context, span(), signature_, kVertexMask, *end);
    }
    return Value::Boolean(inner.vertex() == outer.vertex() || Search(inner.vertex(), outer.vertex(), context));
  }
  std::string ToString() const override {
    return StrCat("within(", operand(0).ToString(), ", ", operand(1).ToString(), ")");
  }

  WithinCall operands() const { return {&operand(0), &operand(1)}; }
  std::optional<std::vector<VertexId>> All(VertexId outer, const View& view, size_t most) const {
    std::vector<VertexId> all = {outer};
    absl::flat_hash_set<VertexId> seen = {outer};
    const auto reach = [&](const Neighbor& step) {
      if (view.Walks(step.edge) && seen.insert(step.vertex).second) all.push_back(step.vertex);
    };
    for (size_t at = 0; at < all.size() && all.size() <= most; ++at) {
      const VertexId vertex = all[at];
      for (const RelationId relation : relations_) {
        for (const Neighbor& step : view.image().In(vertex, relation)) reach(step);
      }
      ForEachSame(view.image(), same_, vertex, reach);
    }
    if (all.size() > most) return std::nullopt;
    return all;
  }

 private:
  struct Step {
    VertexId vertex;
    EdgeId edge;  // that led here
    size_t from;  // the step before
  };

  bool Search(VertexId inner, VertexId outer, EvaluationContext& context) const {
    const View& view = context.view();
    std::vector<Step> steps = {{inner, EdgeId(), 0}};
    absl::flat_hash_set<VertexId> seen = {inner};
    bool found = false;
    for (size_t at = 0; at < steps.size() && !found; ++at) {
      ForEachStep(steps[at].vertex, view, [&](const Neighbor& step) {
        if (found || !seen.insert(step.vertex).second) return;
        steps.push_back({step.vertex, step.edge, at});
        found = step.vertex == outer;
      });
    }
    if (found && context.touched() != nullptr) TouchChains(steps, context);
    return found;
  }

  // Up to what contains it, and across to what was judged one with it.
  template <typename Visit>
  void ForEachStep(VertexId from, const View& view, const Visit& visit) const {
    const auto walk = [&](const Neighbor& step) {
      if (view.Walks(step.edge)) visit(step);
    };
    for (const RelationId relation : relations_) {
      for (const Neighbor& step : view.image().Out(from, relation)) walk(step);
    }
    ForEachSame(view.image(), same_, from, walk);
  }

  void TouchChains(const std::vector<Step>& steps, EvaluationContext& context) const {
    SourceItems chain;
    for (size_t at = steps.size() - 1; at != 0; at = steps[at].from) chain.push_back(SourceItem::Of(steps[at].edge));
    if (Derivations* const derivations = context.derivations()) {
      AlternativeGatherer ways;
      ways.Add(chain);
      AddChains(steps.front().vertex, steps.back().vertex, context, &ways);
      chain = ways.Take(chain, derivations);
    }
    context.touched()->insert(context.touched()->end(), chain.begin(), chain.end());
  }

  using StepsFrom = absl::flat_hash_map<VertexId, std::vector<Neighbor>>;

  // Every chain that meets no vertex twice.
  void AddChains(VertexId inner, VertexId outer, EvaluationContext& context, AlternativeGatherer* ways) const {
    const StepsFrom steps = StepsBetween(inner, outer, context);
    struct Place {
      VertexId vertex;
      size_t next = 0;  // of the steps from here
    };
    std::vector<Place> places = {{inner}};
    absl::flat_hash_set<VertexId> met = {inner};
    SourceItems chain;  // to the last of the places
    for (int left = kMostSteps; !places.empty() && !ways->full() && context.Spend(); --left) {
      if (left == 0) return ways->LeaveOpen();
      Place& place = places.back();
      const auto on = steps.find(place.vertex);
      if (on == steps.end() || place.next == on->second.size()) {
        met.erase(place.vertex);
        places.pop_back();
        if (!chain.empty()) chain.pop_back();
        continue;
      }
      const Neighbor step = on->second[place.next++];
      if (step.vertex != outer && !met.insert(step.vertex).second) continue;
      chain.push_back(SourceItem::Of(step.edge));
      if (step.vertex == outer) {
        ways->Add(chain);
        chain.pop_back();
      } else {
        places.push_back({step.vertex});
      }
    }
  }

  // The steps upward from `inner` that lead on to `outer`.
  StepsFrom StepsBetween(VertexId inner, VertexId outer, EvaluationContext& context) const {
    const View& view = context.view();
    absl::flat_hash_map<VertexId, std::vector<std::pair<VertexId, Neighbor>>> to;  // by where a step leads
    absl::flat_hash_set<VertexId> seen = {inner};
    std::vector<VertexId> queue = {inner};
    for (size_t at = 0; at < queue.size() && context.Spend(); ++at) {
      const VertexId vertex = queue[at];
      if (vertex == outer) continue;
      ForEachStep(vertex, view, [&](const Neighbor& step) {
        to[step.vertex].emplace_back(vertex, step);
        if (seen.insert(step.vertex).second) queue.push_back(step.vertex);
      });
    }
    StepsFrom steps;
    seen = {outer};
    queue = {outer};
    for (size_t at = 0; at < queue.size(); ++at) {
      for (const auto& [vertex, step] : to[queue[at]]) {
        steps[vertex].push_back(step);
        if (seen.insert(vertex).second) queue.push_back(vertex);
      }
    }
    return steps;
  }

  static constexpr int kMostSteps = 100'000;  // hierarchies have fewer; a net of them may have no end of chains

  std::string_view signature_;
  std::vector<RelationId> relations_;  // of containment, member-of left out: a member is no part
  RelationId same_;
};

}  // namespace

absl::StatusOr<BoundExpression> MakeWithin(std::vector<BoundExpression> arguments, const FunctionSite& site) {
  std::vector<RelationId> relations;
  if (site.ontology != nullptr) {
    for (const Relation& relation : site.ontology->relations()) {
      const RelationId id = site.image->FindRelation(relation.name);
      const bool contains =
          relation.containment != Containment::kNone && relation.containment != Containment::kMemberOf;
      if (id.valid() && contains) relations.push_back(id);
    }
  }
  return std::make_unique<Within>(std::move(arguments), std::move(relations), site);
}

std::optional<WithinCall> WithinOf(const Expression& expression) {
  const auto* within = dynamic_cast<const Within*>(&expression);
  if (within == nullptr) return std::nullopt;
  return within->operands();
}

std::optional<std::vector<VertexId>> AllWithin(const Expression& call, VertexId outer, const View& view, size_t most) {
  const auto* within = dynamic_cast<const Within*>(&call);
  if (within == nullptr) return std::nullopt;
  return within->All(outer, view, most);
}

}  // namespace dossier
