// Functions on claims and their sources, and on containment; extensions of ours.
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "query/claim_sources.h"
#include "query/derivations.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"
#include "query/function.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

void Touch(ClaimId claim, EvaluationContext& context) {
  if (context.touched() != nullptr) context.touched()->push_back(SourceItem::Of(claim));
}

// All claims of the view on an edge, denials and silences too: what is said of it, not what it rests on.
Value Claims(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  List claims;
  for (const ClaimId claim : image.ClaimsOf(arguments[0].edge())) {
    if (!call.context.view().Admits(claim)) continue;
    Touch(claim, call.context);
    claims.push_back(Value::Vertex(image.claim(claim).vertex()));
  }
  return Value::OfList(std::move(claims));
}

Value Disputed(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  const EdgeId edge = arguments[0].edge();
  const bool disputed = call.context.view().Disputed(edge);
  if (disputed) {
    for (const ClaimId claim : image.ClaimsOf(edge)) {
      if (image.claim(claim).polarity() == Polarity::kDenies && call.context.view().Admits(claim)) {
        Touch(claim, call.context);
      }
    }
  }
  return Value::Boolean(disputed);
}

Value Values(const FunctionCall& call, Arguments arguments) {
  const View& view = call.context.view();
  const PropertyId property = view.image().FindProperty(arguments[1].string());
  if (arguments[0].type() == Type::kEdge) return Value::OfList(view.EdgeValues(arguments[0].edge(), property));
  std::vector<EdgeId> sources;
  List values = view.VertexValues(arguments[0].vertex(), property, &sources);
  if (call.context.touched() != nullptr) {
    for (const EdgeId source : sources) call.context.touched()->push_back(SourceItem::Of(source));
  }
  return Value::OfList(std::move(values));
}

Value Sources(const FunctionCall& call, Arguments arguments) {
  List passages;
  const ClaimReader* const reader = call.context.claims();
  if (reader == nullptr) return Value::OfList({});
  const Image& image = call.context.image();
  for (const ClaimId number : ClaimsBehind(arguments[0], call.context.view())) {
    const absl::StatusOr<Claim> claim = reader->ReadClaim(number);
    if (!claim.ok()) {
      call.context.Fail(claim.status());
      return Value::Null();
    }
    Touch(number, call.context);
    const absl::StatusOr<Document> document = reader->ReadDocument(image.claim(number).document());
    if (!document.ok()) {
      call.context.Fail(document.status());
      return Value::Null();
    }
    const PropertyId name = image.FindProperty("name");
    List asserters;
    for (const VertexId asserter : image.claim(number).asserters()) {
      asserters.push_back(image.VertexProperty(asserter, name));
    }
    Map passage = {{"asserters", Value::OfList(std::move(asserters))},
                   {"act", Value::String(Name(claim->act))},
                   {"document", Value::String(document->title)},
                   {"locator", Value::String(claim->locator.ToText())},
                   {"quote", Value::String(claim->quote)}};
    if (!document->date.is_undated()) passage.emplace_back("date", Value::Time(document->date));
    passages.push_back(Value::OfMap(std::move(passage)));
  }
  return Value::OfList(std::move(passages));
}

// Whether the first node is the second, or lies under it by edges of containment and judgements of sameness that the
// view walks. Breadth-first upward; each vertex remembers the edge that led to it, so that the answer rests on one
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

}  // namespace

std::span<const Function> ClaimFunctions() {
  static const auto* const kTable = new std::vector<Function>{
      {"claims(edge)", {kEdgeMask}, 0, StaticType::kVertexList, Claims},
      {"sources(value)", {kEdgeMask | kVertexMask | kPathMask | kListMask}, 0, StaticType::kList, Sources},
      {"disputed(edge)", {kEdgeMask}, 0, StaticType::kBoolean, Disputed},
      {"values(element, name)", {kVertexMask | kEdgeMask, kStringMask}, 0, StaticType::kList, Values},
      {.signature = "within(inner, outer)",
       .parameters = {kVertexMask, kVertexMask},
       .result = StaticType::kBoolean,
       .make = MakeWithin},
  };
  return *kTable;
}

}  // namespace dossier
