#include "query/claim_sources.h"

#include "absl/container/flat_hash_set.h"

namespace dossier {
namespace {

class Gatherer {
 public:
  explicit Gatherer(const View& view) : view_(view) {}

  void Gather(const Value& value) {
    switch (value.type()) {
      case Value::Type::kEdge:
        Add(view_.image().ClaimOfHiddenEdge(value.edge()));
        for (const ClaimId claim : view_.Support(value.edge())) Add(claim);
        return;
      case Value::Type::kVertex:
        Add(view_.image().ClaimOfVertex(value.vertex()));
        return;
      case Value::Type::kPath:
        for (const EdgeId edge : value.path().edges) Gather(Value::Edge(edge));
        return;
      case Value::Type::kList:
        for (const Value& element : value.list()) Gather(element);
        return;
      default:
        return;
    }
  }
  std::vector<ClaimId> Take() { return std::move(in_order_); }

 private:
  void Add(ClaimId claim) {
    if (claim.valid() && seen_.insert(claim).second) in_order_.push_back(claim);
  }

  const View& view_;
  std::vector<ClaimId> in_order_;
  absl::flat_hash_set<ClaimId> seen_;
};

}  // namespace

std::vector<ClaimId> ClaimsBehind(const Value& value, const View& view) {
  Gatherer gatherer(view);
  gatherer.Gather(value);
  return gatherer.Take();
}

}  // namespace dossier
