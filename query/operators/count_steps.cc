// Each input row with how many edges lead on from one of its vertices, apart by the values of a property or two: the
// edges are counted by the codes of these values, in an array, and never become rows.
#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/operators/operators.h"
#include "query/property_coder.h"

namespace dossier {
namespace {

class CountStepsOperator : public UnaryOperator {
 public:
  CountStepsOperator(const OperatorContext& context, const ExpandNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        by_(node.counted->by),
        all_have_labels_(AllHaveLabels(node.node, *node.edge, node.reversed, evaluation().image())) {
    for (const ExpandNode::Counted::By& by : by_) (by.of_edge ? reads_edges_ : reads_vertices_) = true;
  }

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    std::array<std::vector<uint32_t>, kMostValues> codes;
    std::vector<Value> counts;
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = false;
        if (batch_.empty()) break;
        RETURN_IF_ERROR(state().Check());
      }
      if (!begun_) {
        begun_ = true;
        next_ = 0;
        RETURN_IF_ERROR(Count());
      }
      const size_t count = std::min(groups_.size() - next_, size_t{context().batch_rows} - out->rows());
      out->AddRows(batch_, row_, static_cast<uint32_t>(count));
      for (const Group& group : std::span(groups_).subspan(next_, count)) {
        for (size_t i = 0; i < by_.size(); ++i) codes[i].push_back(group.codes[i]);
        counts.push_back(Value::Integer(group.steps));
      }
      next_ += count;
      if (next_ == groups_.size()) {
        ++row_;
        begun_ = false;
      }
    }
    for (size_t i = 0; i < by_.size(); ++i) out->column(by_[i].slot).SetCodes(coders_[i].get(), std::move(codes[i]));
    out->column(node_.counted->count).SetValues(std::move(counts));
    return absl::OkStatus();
  }

 private:
  static constexpr size_t kMostValues = ExpandNode::Counted::kMostValues;
  static constexpr size_t kAtATime = 1024;
  // Of the array. Values of which there are more would hardly be met twice at one vertex.
  static constexpr uint64_t kMostCells = uint64_t{1} << 14;
  // So many are all looked at for each row, and none has to be written down where it is met.
  static constexpr size_t kFewCells = 64;
  // Each cell is several numbers, to be added up: neighbours often have the same value, and one number would have each
  // wait for the one before.
  static constexpr size_t kLanes = 2;
  struct Group {
    std::array<uint32_t, kMostValues> codes;
    int64_t steps;
  };

  // Leaves in groups_ what the steps of the present row come to.
  absl::Status Count() {
    groups_.clear();
    const Value from = batch_.at(node_.from, row_);
    if (from.type() != Value::Type::kVertex) return absl::OkStatus();
    if (coders_.size() < by_.size()) MakeCoders();
    steps_ = 0;
    ForEachList(*node_.edge, node_.reversed, from.vertex(), evaluation().view(),
                [&](const Neighbors& steps, bool all, bool skip_loops) {
                  if (all && !skip_loops && all_have_labels_) {
                    TakeAll(steps);
                  } else {
                    TakeSome(steps, from.vertex(), all, skip_loops);
                  }
                  return true;
                });
    if (by_.empty() && steps_ > 0) groups_.push_back({{}, static_cast<int64_t>(steps_)});
    if (sweeps_) {
      met_.resize(cells_.size() / kLanes);
      std::iota(met_.begin(), met_.end(), 0);
    }
    for (const uint32_t cell : met_) {
      int64_t steps = 0;
      for (size_t lane = 0; lane < kLanes; ++lane) steps += std::exchange(cells_[cell * kLanes + lane], 0);
      if (steps > 0) groups_.push_back({{cell / second_codes_, cell % second_codes_}, steps});
    }
    met_.clear();
    uint64_t bytes = groups_.capacity() * sizeof(Group) + cells_.size() * sizeof(uint32_t);
    for (const std::unique_ptr<PropertyCoder>& coder : coders_) bytes += coder->bytes();
    if (bytes > memory().bytes()) RETURN_IF_ERROR(memory().Add(bytes - memory().bytes()));
    return evaluation().Spend(steps_ + 1) ? absl::OkStatus() : evaluation().status();
  }

  void MakeCoders() {
    for (const ExpandNode::Counted::By& by : by_) {
      coders_.push_back(std::make_unique<PropertyCoder>(
          evaluation().view(), by.property,
          by.of_edge ? PropertyColumns::Kind::kEdges : PropertyColumns::Kind::kVertices));
    }
    const uint32_t first = coders_[0]->usual_codes();
    const uint32_t second = by_.size() > 1 ? coders_[1]->usual_codes() : 1;
    if (uint64_t{first} * second > kMostCells) return;
    first_codes_ = first;
    second_codes_ = second;
    cells_.resize(size_t{first} * second * kLanes);
    sweeps_ = cells_.size() <= kFewCells;
  }

  void TakeAll(const Neighbors& steps) {
    if (by_.empty()) {
      steps_ += steps.size();
      return;
    }
    for (size_t begin = 0; begin < steps.size(); begin += kAtATime) {
      const size_t count = std::min(kAtATime, steps.size() - begin);
      if (reads_edges_) steps.ReadEdges(begin, std::span(edges_).first(count));
      for (size_t i = 0; i < count && reads_vertices_; ++i) vertices_[i] = steps.vertices()[begin + i].value;
      Take(count);
    }
  }

  void TakeSome(const Neighbors& steps, VertexId from, bool all, bool skip_loops) {
    size_t count = 0;
    for (const Neighbor step : steps) {
      if (skip_loops && step.vertex == from) continue;
      if (!all && !evaluation().view().Walks(step.edge)) continue;
      if (!all_have_labels_ && !HasLabels(node_.node, step.vertex, evaluation().image())) continue;
      edges_[count] = step.edge.value;
      vertices_[count] = step.vertex.value;
      if (++count < kAtATime) continue;
      Take(count);
      count = 0;
    }
    Take(count);
  }

  // The first `count` of edges_ and vertices_.
  void Take(size_t count) {
    steps_ += count;
    for (size_t i = 0; i < by_.size(); ++i) {
      coders_[i]->CodesOf(std::span(by_[i].of_edge ? edges_ : vertices_).first(count),
                          std::span(codes_[i]).first(count));
    }
    if (by_.size() == 1) {
      AddCodes(count, [this](size_t i) { return std::pair(codes_[0][i], uint32_t{0}); });
    } else if (by_.size() == 2) {
      AddCodes(count, [this](size_t i) { return std::pair(codes_[0][i], codes_[1][i]); });
    }
  }

  template <typename CodesAt>
  void AddCodes(size_t count, const CodesAt& codes_at) {
    if (sweeps_) {
      Add<true>(count, codes_at);
    } else {
      Add<false>(count, codes_at);
    }
  }

  template <bool kSweeps, typename CodesAt>
  void Add(size_t count, const CodesAt& codes_at) {
    uint32_t* const cells = cells_.data();
    const uint32_t first_codes = first_codes_, second_codes = second_codes_;
    for (size_t i = 0; i < count; ++i) {
      const auto [first, second] = codes_at(i);
      if (first >= first_codes || second >= second_codes) [[unlikely]] {
        groups_.push_back({{first, second}, 1});
        continue;
      }
      const uint32_t cell = first * second_codes + second;
      [[maybe_unused]] const uint32_t before = cells[cell * kLanes + i % kLanes]++;
      if constexpr (!kSweeps) {
        if (before == 0) [[unlikely]] {
          met_.push_back(cell);
        }
      }
    }
  }

  const ExpandNode& node_;
  const std::vector<ExpandNode::Counted::By>& by_;
  const bool all_have_labels_;
  bool reads_edges_ = false, reads_vertices_ = false;
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;  // with the present row
  std::vector<Group> groups_;
  size_t next_ = 0;
  uint64_t steps_ = 0;
  std::vector<std::unique_ptr<PropertyCoder>> coders_;
  // Steps by the usual codes of both values, mixed; none where these are too many. All are 0 between two rows.
  uint32_t first_codes_ = 0, second_codes_ = 1;
  std::vector<uint32_t> cells_;
  bool sweeps_ = false;
  std::vector<uint32_t> met_;  // those that are not 0, as they were met; by lane, so some come twice
  std::array<uint32_t, kAtATime> edges_, vertices_;
  std::array<std::array<uint32_t, kAtATime>, kMostValues> codes_;
};

}  // namespace

OperatorPtr MakeCountSteps(const OperatorContext& context, const ExpandNode& node, OperatorPtr input) {
  return std::make_unique<CountStepsOperator>(context, node, std::move(input));
}

}  // namespace dossier
