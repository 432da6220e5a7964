// Each input row with each path that matches from it, one after the other: what is asked for no further is not looked
// for. Where only the number of paths matters, one row for each pair of ends, with that number beside it.
#include <algorithm>
#include <limits>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/operators/operators.h"
#include "query/path_binding.h"
#include "query/path_search.h"
#include "query/vertex_lookup.h"

namespace dossier {
namespace {

bool IsGroup(const PatternVariable& variable) {
  return variable.type == StaticType::kEdgeList || variable.type == StaticType::kVertexList;
}

class MatchOperator : public UnaryOperator {
 public:
  MatchOperator(const OperatorContext& context, const MatchNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        automaton_(node.pattern.get(), &node.program),
        first_edge_(FirstEdgeOf(node.program)),
        lookups_(&node.lookups, &node.program) {
    for (const PatternVariable& variable : node.loads) bound_.push_back(variable.local);
    if (node.time_order.has_value()) automaton_.KeepTimeOrder(*node.time_order);
  }

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = searching_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    // Conditions are judged again for what is found, so that a row rests on what it has read itself.
    std::vector<SourceItem>* const touched = evaluation().touched();
    evaluation().SetTouched(nullptr);
    absl::Status status = Fill(out);
    evaluation().SetTouched(touched);
    return status;
  }

 private:
  absl::Status Fill(Batch* out) {
    bool resumed = false;  // the evaluation context is that of the present row
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = searching_ = false;
        if (batch_.empty()) return absl::OkStatus();
      }
      if (!begun_ || !resumed) {
        // Expressions inside the pattern see the input row and the locals.
        evaluation().SetRow(&batch_, row_);
        LoadLocals();
        resumed = true;
      }
      if (!begun_) {
        begun_ = true;
        searching_ = false;
        next_start_ = 0;
        ASSIGN_OR_RETURN(const bool possible, Begin());
        if (!possible) {
          NextRow();
          continue;
        }
      }
      if (!searching_) {
        VertexId start;
        if (!NextStart(&start)) {
          NextRow();
          continue;
        }
        search_->Begin(start, target_);
        RETURN_IF_ERROR(evaluation().status());
        searching_ = true;
      }
      RETURN_IF_ERROR(node_.count == kNoSlot ? NextPath(out) : CountPaths(out));
    }
    return absl::OkStatus();
  }

  void NextRow() {
    ++row_;
    begun_ = false;
  }

  absl::Status NextPath(Batch* out) {
    const WalkedPath* const found = search_->Next();
    searching_ = found != nullptr;
    RETURN_IF_ERROR(evaluation().status());
    if (!searching_) return absl::OkStatus();
    BindElements(automaton_, *found, {}, {}, /*lists_only=*/false, &evaluation());
    if (!Joins()) return absl::OkStatus();
    const uint32_t row = out->AddRow(batch_, row_);
    Value path;
    if (node_.pattern->path_local != kNoLocal || node_.pattern->trace != kNoSlot) {
      path = Value::OfPath(WrittenPath(*found, node_.program.reversed));
    }
    for (const PatternVariable& variable : node_.stores) {
      if (variable.slot == kNoSlot) continue;
      out->Set(variable.slot, row,
               variable.local == node_.pattern->path_local ? path : evaluation().local(variable.local));
    }
    if (node_.pattern->trace != kNoSlot) out->Set(node_.pattern->trace, row, std::move(path));
    if (state().track_sources()) RETURN_IF_ERROR(AddSources(*found, &out->sources(row)));
    return absl::OkStatus();
  }

  // One row an end: only the ends of the path are bound, and how many paths there are between them.
  absl::Status CountPaths(Batch* out) {
    std::vector<PathCount> counts;
    search_->Count(&counts);
    RETURN_IF_ERROR(evaluation().status());
    searching_ = false;
    for (const PathCount& count : counts) {
      const uint32_t row = out->AddRow(batch_, row_);
      for (const PatternVariable& variable : node_.stores) {
        if (variable.slot == kNoSlot) continue;
        const NodeTest* const first = node_.program.first;
        const NodeTest* const last = node_.program.last;
        if (last != nullptr && variable.local == last->local) out->Set(variable.slot, row, Value::Vertex(count.end));
        if (first != nullptr && variable.local == first->local) out->Set(variable.slot, row, Value::Vertex(start_));
      }
      out->Set(node_.count, row, CountOf(count.paths));
    }
    return absl::OkStatus();
  }

  // Gets ready for a new input row; false if it cannot match.
  absl::StatusOr<bool> Begin() {
    RETURN_IF_ERROR(state().Check());
    if (search_ == nullptr) RETURN_IF_ERROR(MakeSearch());
    for (const PatternVariable& variable : node_.loads) {
      if (evaluation().local(variable.local).is_null()) return false;
    }
    for (const PatternVariable& variable : node_.joins) {
      if (JoinValue(variable).is_null()) return false;
    }
    taken_.clear();
    for (const Slot slot : node_.taken) {
      const Value& trace = batch_.at(slot, row_);
      if (trace.type() != Value::Type::kPath) continue;
      taken_.insert(taken_.end(), trace.path().edges.begin(), trace.path().edges.end());
    }
    if (!node_.lookups.empty() && !lookups_.Prepare(&evaluation(), MostLookedUp())) return evaluation().status();
    automaton_.Begin(&evaluation(), bound_, &taken_, node_.lookups.empty() ? nullptr : &lookups_);
    target_ = VertexId();
    if (node_.target_local != kNoLocal) {
      const Value& target = evaluation().local(node_.target_local);
      if (target.type() != Value::Type::kVertex) return false;
      target_ = target.vertex();
    }
    return ChooseStart();
  }

  absl::Status MakeSearch() {
    const BoundPathPattern& pattern = *node_.pattern;
    PathChoice choice{pattern.selector.kind, 1};
    if (pattern.selector.count != nullptr) {
      const Value count = pattern.selector.count->Evaluate(evaluation());
      RETURN_IF_ERROR(evaluation().status());
      if (count.type() != Value::Type::kInteger || count.integer() < 1) {
        return QueryError(kNumberOutOfRange, pattern.selector.count->span(),
                          StrCat("the number of paths is ", ToString(count)),
                          "a selector keeps a whole number of paths from 1", "");
      }
      choice.count = count.integer();
    }
    if (node_.any_path) choice.kind = PathSelector::Kind::kAny;
    if (choice.kind == PathSelector::Kind::kAll) {
      search_ = MakePathEnumerator(&automaton_, &evaluation());
    } else if (pattern.restrictor.restricts() || node_.program.needs_history) {
      search_ = MakeRestrictedPaths(&automaton_, &evaluation(), choice);
    } else {
      if (node_.target_local != kNoLocal && node_.taken.empty()) {
        search_ = MakeEndToEndWalk(&automaton_, &evaluation(), choice, node_.count != kNoSlot);
      }
      if (search_ == nullptr) search_ = MakeShortestWalks(&automaton_, &evaluation(), choice);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> ChooseStart() {
    starts_.clear();
    scans_ = false;
    switch (node_.start) {
      case MatchNode::Start::kBound: {
        const Value& bound = evaluation().local(node_.start_local);
        if (bound.type() != Value::Type::kVertex) return false;
        starts_.push_back(bound.vertex());
        return true;
      }
      case MatchNode::Start::kKey: {
        const Value key = node_.key->Evaluate(evaluation());
        RETURN_IF_ERROR(evaluation().status());
        if (key.type() != Value::Type::kString) return false;
        const VertexId vertex = evaluation().image().FindKey(key.string());
        if (!vertex.valid()) return false;
        starts_.push_back(vertex);
        return true;
      }
      case MatchNode::Start::kProperty: {
        const PropertyTest& test = *node_.property;
        const Value wanted = test.property.valid() ? test.value->Evaluate(evaluation()) : Value();
        RETURN_IF_ERROR(evaluation().status());
        scans_ = !LookUpVertices(evaluation().image(), test.property, wanted, &starts_);
        return scans_ || !starts_.empty();
      }
      case MatchNode::Start::kScan:
        if (const EdgeWays* ways = first_edge_ == nullptr ? nullptr : lookups_.Of(*first_edge_)) {
          starts_ = ways->starts();
          return !starts_.empty();
        }
        scans_ = true;
        return true;
    }
    return false;
  }

  // Beyond so many edges, a search from one vertex hardly meets them all, and one from all vertices meets about as many
  // as there are.
  size_t MostLookedUp() const {
    constexpr size_t kFewEdges = 10'000, kPartOfAll = 8;
    if (node_.start != MatchNode::Start::kScan) return kFewEdges;
    return std::max<size_t>(kFewEdges, evaluation().image().edge_count() / kPartOfAll);
  }

  void LoadLocals() {
    for (const PatternVariable& variable : node_.loads) Load(variable);
    for (const PatternVariable& variable : node_.context) Load(variable);
  }
  void Load(const PatternVariable& variable) {
    Value value = JoinValue(variable);  // a copy: locals move when their number grows
    evaluation().local(variable.local) = std::move(value);
  }

  // What a variable that was bound before holds.
  Value JoinValue(const PatternVariable& variable) const {
    return variable.slot != kNoSlot ? batch_.at(variable.slot, row_) : evaluation().local(variable.outer_local);
  }

  // Does the match agree with what was bound before?
  bool Joins() const {
    return std::all_of(node_.joins.begin(), node_.joins.end(), [this](const PatternVariable& variable) {
      const Value& found = evaluation().local(variable.local);
      return IsGroup(variable) ? Equals(found, JoinValue(variable)) == Ternary::kTrue
                               : found.type() == JoinValue(variable).type() && Equivalent(found, JoinValue(variable));
    });
  }

  bool NextStart(VertexId* start) {
    if (!scans_) {
      if (next_start_ >= starts_.size()) return false;
      start_ = *start = starts_[next_start_++];
      return true;
    }
    const Image& image = evaluation().image();
    const NodeTest* first = node_.program.first;
    const uint32_t count = first != nullptr && !first->provenance ? image.entity_count() : image.vertex_count();
    const bool labelled = first != nullptr && !first->any_label;
    if (labelled && next_start_ < image.entity_count()) next_start_ = image.NextEntity(next_start_, first->signatures);
    for (; next_start_ < count; ++next_start_) {
      const VertexId vertex = image.VertexAt(next_start_);
      if (labelled && !first->signatures[image.signature(vertex)]) continue;
      start_ = *start = vertex;
      ++next_start_;
      return true;
    }
    return false;
  }

  absl::Status AddSources(const WalkedPath& found, SourceSet* sources) {
    const Image& image = evaluation().image();
    std::vector<SourceItem> items;
    evaluation().SetTouched(&items);
    automaton_.Retrace(found);
    evaluation().SetTouched(nullptr);
    RETURN_IF_ERROR(evaluation().status());
    for (const EdgeId edge : found.edges) {
      const ClaimId claim = image.ClaimOfHiddenEdge(edge);
      items.push_back(claim.valid() ? SourceItem::Of(claim) : SourceItem::Of(edge));
    }
    for (const VertexId vertex : found.vertices) {
      const ClaimId claim = image.ClaimOfVertex(vertex);
      if (claim.valid()) items.push_back(SourceItem::Of(claim));
    }
    sources->Add(std::move(items));
    return absl::OkStatus();
  }

  const MatchNode& node_;
  PathAutomaton automaton_;
  const EdgeTest* const first_edge_;  // that every path begins with, or null
  EdgeLookups lookups_;
  std::unique_ptr<PathSearch> search_;
  std::vector<uint32_t> bound_;
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;      // with the present row
  bool searching_ = false;  // from the present start
  bool scans_ = false;      // all vertices, in place of starts_
  std::vector<VertexId> starts_;
  uint32_t next_start_ = 0;
  VertexId start_, target_;
  std::vector<EdgeId> taken_;
};

}  // namespace

OperatorPtr MakeMatch(const OperatorContext& context, const MatchNode& node, OperatorPtr input) {
  return std::make_unique<MatchOperator>(context, node, std::move(input));
}

}  // namespace dossier
