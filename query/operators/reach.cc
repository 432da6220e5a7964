// Each input row with each vertex that some walk over a repeated edge leads to, once: breadth first, over a bitmap.
//
// A vertex that is reached by n steps and later by more has to be followed once only, from where it was reached with
// the fewest, provided that so many are enough. Up to the least number of rounds, levels are followed as sets.
//
// Where the end is bound, and the same for row after row (all kinds below one that is meant), the search is turned
// round: what leads to that end is found once, and each row looks itself up in it.
#include <algorithm>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/operators/operators.h"
#include "query/vertex_bitmap.h"

namespace dossier {
namespace {

class ReachOperator : public UnaryOperator {
 public:
  ReachOperator(const OperatorContext& context, const ExpandNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        plain_edge_(IsPlain(*node.edge)),
        all_have_labels_(AllHaveLabels(node.node, *node.edge, node.reversed, evaluation().image())),
        repeatable_(!node.into && plain_edge_ && (node.node == nullptr || IsPlain(*node.node))) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = false;
    memory().Clear();
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = false;
        if (batch_.empty()) return absl::OkStatus();
      }
      evaluation().SetRow(&batch_, row_);
      LoadContext(node_.context, batch_, row_, &evaluation());
      if (!begun_) {
        begun_ = true;
        next_ = 0;
        RETURN_IF_ERROR(Search());
      }
      const size_t count = std::min(ends_.size() - next_, size_t{context().batch_rows} - out->rows());
      const uint32_t first = out->rows();
      out->AddRows(batch_, row_, static_cast<uint32_t>(count));
      if (!node_.into) {
        BatchColumn& column = out->column(node_.to);
        for (uint32_t i = 0; i < count; ++i) column.SetVertex(first + i, ends_[next_ + i]);
      }
      next_ += count;
      if (next_ == ends_.size()) {
        ++row_;
        begun_ = false;
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Search() {
    const Value from = batch_.at(node_.from, row_);
    if (node_.into) return SearchInto(from, batch_.at(node_.to, row_));
    // The same place again, as where many rows meet one hierarchy: what was found before still stands.
    if (repeatable_ && from.type() == Value::Type::kVertex && from.vertex() == searched_from_) return absl::OkStatus();
    ends_.clear();
    searched_from_ = VertexId();
    if (from.type() != Value::Type::kVertex) return absl::OkStatus();
    bool all = true;
    RETURN_IF_ERROR(Walk(from.vertex(), node_.reversed, VertexId(), kNoBudget, &all));
    std::vector<VertexId> reached;
    reached.swap(reached_);
    for (const VertexId vertex : reached) RETURN_IF_ERROR(AddEnd(vertex, from.vertex()));
    searched_from_ = from.vertex();
    return absl::OkStatus();
  }

  absl::Status SearchInto(const Value& from, const Value& to) {
    ends_.clear();
    if (from.type() != Value::Type::kVertex || to.type() != Value::Type::kVertex) return absl::OkStatus();
    const VertexId target = to.vertex();
    if (target != target_) {
      target_ = target;
      leads_to_target_.Clear();
      turned_ = false;
      spent_ = next_try_ = 0;
    }
    if (node_.node != nullptr && !(HasLabels(*node_.node, target, evaluation().image()) &&
                                   (IsPlain(*node_.node) || HoldsFor(*node_.node, target, evaluation())))) {
      return evaluation().status();
    }
    if (!turned_ && plain_edge_ && spent_ > 0) RETURN_IF_ERROR(TurnRound());
    if (turned_) {
      if (leads_to_target_.Contains(evaluation().image().PlaceOf(from.vertex()))) ends_.push_back(target);
      return evaluation().Spend() ? absl::OkStatus() : evaluation().status();
    }
    const uint64_t before = steps_;
    bool all = true;
    RETURN_IF_ERROR(Walk(from.vertex(), node_.reversed, target, kNoBudget, &all));
    if (std::find(reached_.begin(), reached_.end(), target) != reached_.end()) ends_.push_back(target);
    spent_ += steps_ - before;
    return absl::OkStatus();
  }

  // Tries to find all that leads to the target, for not much more than was spent on single rows so far: the target may
  // be one that half of the graph leads to, and few rows may be left.
  absl::Status TurnRound() {
    const uint64_t budget = std::max(kLeastBudget, 4 * spent_);
    if (budget < next_try_) return absl::OkStatus();
    bool all = true;
    RETURN_IF_ERROR(Walk(target_, !node_.reversed, VertexId(), budget, &all));
    next_try_ = all ? 0 : 2 * budget;
    if (!all) return absl::OkStatus();
    leads_to_target_.Prepare(evaluation().image().vertex_count());
    for (const VertexId vertex : reached_) leads_to_target_.Insert(evaluation().image().PlaceOf(vertex));
    turned_ = true;
    return absl::OkStatus();
  }

  // Leaves in reached_ what is reached from there, each vertex once: all of it, or, with a valid `target`, until that
  // is met, or, with `all` set to false, what more than `budget` steps led to.
  absl::Status Walk(VertexId from, bool reversed, VertexId target, uint64_t budget, bool* all) {
    const Image& image = evaluation().image();
    seen_.Prepare(image.vertex_count());
    reached_.clear();
    const absl::Status status = Follow(from, reversed, target, budget, all);
    for (const VertexId vertex : reached_) seen_.Erase(image.PlaceOf(vertex));
    return status;
  }

  // reached_ holds what is in seen_, level after level.
  absl::Status Follow(VertexId from, bool reversed, VertexId target, uint64_t budget, bool* all) {
    const Image& image = evaluation().image();
    const int64_t least = node_.rounds->min;
    const uint64_t most_steps = budget == kNoBudget ? kNoBudget : steps_ + budget;
    std::vector<VertexId> level{from};
    for (int64_t rounds = 0; rounds < least && !level.empty(); ++rounds) {
      std::vector<VertexId> next;
      for (const VertexId vertex : level) RETURN_IF_ERROR(Step(vertex, reversed, &next));
      for (const VertexId vertex : next) seen_.Erase(image.PlaceOf(vertex));
      level = std::move(next);
      if (steps_ > most_steps) {
        *all = false;
        return absl::OkStatus();
      }
    }
    for (const VertexId vertex : level) seen_.Insert(image.PlaceOf(vertex));
    reached_ = std::move(level);
    size_t begin = 0, looked_at = 0;
    for (int64_t rounds = least;; ++rounds) {
      for (; looked_at < reached_.size(); ++looked_at) {
        if (reached_[looked_at] == target) return absl::OkStatus();
      }
      if (rounds >= node_.rounds->max || begin == reached_.size()) return absl::OkStatus();
      if (steps_ > most_steps) {
        *all = false;
        return absl::OkStatus();
      }
      const size_t end = reached_.size();
      for (; begin < end; ++begin) RETURN_IF_ERROR(Step(reached_[begin], reversed, &reached_));
      const uint64_t bytes = reached_.size() * 2 * sizeof(VertexId);
      if (bytes > memory().bytes()) RETURN_IF_ERROR(memory().Add(bytes - memory().bytes()));
    }
  }

  // Adds to `next` what one step leads to and is not in seen_ yet.
  absl::Status Step(VertexId vertex, bool reversed, std::vector<VertexId>* next) {
    const Image& image = evaluation().image();
    const View& view = evaluation().view();
    const auto reach = [&](VertexId reached) {
      if (seen_.Insert(image.PlaceOf(reached))) next->push_back(reached);
    };
    uint64_t steps = 1;
    if (plain_edge_) {
      const size_t before = next->size();
      ForEachNeighbor(*node_.edge, reversed, vertex, view, reach);
      steps += next->size() - before;
    } else {
      ForEachEdge(*node_.edge, reversed, vertex, view, [&](const Neighbor& step) {
        ++steps;
        if (HoldsFor(*node_.edge, step.edge, evaluation())) reach(step.vertex);
        return !evaluation().failed();
      });
    }
    steps_ += steps;
    return evaluation().Spend(steps) ? absl::OkStatus() : evaluation().status();
  }

  absl::Status AddEnd(VertexId vertex, VertexId from) {
    const bool known = all_have_labels_ && vertex != from;  // which no step may have led to
    if (!known && !HasLabels(node_.node, vertex, evaluation().image())) return absl::OkStatus();
    if (node_.node == nullptr || IsPlain(*node_.node) || HoldsFor(*node_.node, vertex, evaluation())) {
      ends_.push_back(vertex);
    }
    return evaluation().status();
  }

  const ExpandNode& node_;
  static constexpr uint64_t kNoBudget = ~uint64_t{0};
  static constexpr uint64_t kLeastBudget = 1000;

  const bool plain_edge_, all_have_labels_;
  const bool repeatable_;  // what is found depends on where the search begins alone
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;  // with the present row
  VertexBitmap seen_;
  std::vector<VertexId> reached_, ends_;
  VertexId searched_from_;  // what ends_ are the ends of
  size_t next_ = 0;
  uint64_t steps_ = 0;
  // Of a bound end.
  VertexId target_;
  uint64_t spent_ = 0;  // steps of the searches for this one
  uint64_t next_try_ = 0;
  bool turned_ = false;
  VertexBitmap leads_to_target_;
};

}  // namespace

OperatorPtr MakeReach(const OperatorContext& context, const ExpandNode& node, OperatorPtr input) {
  return std::make_unique<ReachOperator>(context, node, std::move(input));
}

}  // namespace dossier
