// Which findings are asked for by who takes part in them, and by what they are known.
#ifndef DOSSIER_QUERY_CONTRADICTION_FILTER_H_
#define DOSSIER_QUERY_CONTRADICTION_FILTER_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "query/contradiction_context.h"

namespace dossier::contradiction {

using Sides = std::array<std::vector<ClaimId>, 2>;

// What `about` and `between` let through.
class FindingFilter {
 public:
  // E6203, E6204 where they name nobody, or more than one. `context` must outlive it.
  static absl::StatusOr<FindingFilter> Make(const Context& context, const NameIndex& names);

  bool Admits(const Sides& sides) const;

 private:
  explicit FindingFilter(const Context& context) : context_(&context) {}
  absl::flat_hash_set<VertexId> Below(VertexId top, bool organs_only) const;
  bool TakesPart(const std::vector<ClaimId>& side) const;

  const Context* context_;
  absl::flat_hash_set<VertexId> about_;
  std::vector<absl::flat_hash_set<VertexId>> between_;
};

// The ids of a side's claims, in the order of the ids: the same however the store was loaded.
std::string IdsOf(const Image& image, const std::vector<ClaimId>& side);

// By what a finding is known: the rule, the ids of both sides, and what else tells it from others of the same claims.
std::string FindingId(std::string_view rule, std::string_view first, std::string_view second, std::string_view about);

}  // namespace dossier::contradiction

#endif  // DOSSIER_QUERY_CONTRADICTION_FILTER_H_
