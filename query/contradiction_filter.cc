#include "query/contradiction_filter.h"

#include <algorithm>

#include "graph/base/diagnostic.h"
#include "graph/base/sha256.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"

namespace dossier::contradiction {
namespace {

absl::StatusOr<VertexId> Resolve(const Image& image, const NameIndex& names, std::string_view option,
                                        const std::string& text) {
  const std::vector<NameMatch> matches = names.Resolve(text);
  if (matches.size() == 1) {
    const VertexId vertex = image.FindKey(matches.front().key);
    if (vertex.valid()) return vertex;
  }
  if (matches.size() > 1) {
    std::vector<std::string> keys;
    for (const NameMatch& match : matches) keys.push_back(match.key);
    return ToStatus(absl::StatusCode::kInvalidArgument,
                    {.number = kAmbiguousParticipant,
                     .cause = StrCat("'", text, "' in `", option, "` may mean any of ", keys.size(), " entities"),
                     .rule = "a name stands for one entity",
                     .hint = StrCat("one of ", Join(keys, ", "))});
  }
  const std::vector<std::string> close = names.Suggest(text);
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  {.number = kUnknownParticipant,
                   .cause = StrCat("nobody and nothing is named '", text, "', as `", option, "` asks for"),
                   .rule = "`about` and `between` name entities of the store",
                   .hint = close.empty() ? std::string() : StrCat("did you mean ", Join(close, ", "), "?")});
}

}  // namespace

absl::StatusOr<FindingFilter> FindingFilter::Make(const Context& context, const NameIndex& names) {
  FindingFilter filter(context);
  const ContradictionOptions& options = context.options();
  if (!options.about.empty()) {
    ASSIGN_OR_RETURN(const VertexId about, Resolve(context.image(), names, "about", options.about));
    filter.about_ = filter.Below(about, false);
  }
  if (options.between.has_value()) {
    for (const std::string& text : {options.between->first, options.between->second}) {
      ASSIGN_OR_RETURN(const VertexId side, Resolve(context.image(), names, "between", text));
      filter.between_.push_back(filter.Below(side, true));
    }
  }
  return filter;
}

bool FindingFilter::Admits(const Sides& sides) const {
  if (!about_.empty() && !TakesPart(sides[0]) && !TakesPart(sides[1])) return false;
  if (between_.empty()) return true;
  const auto speaks = [&](size_t who, size_t side) {
    return std::any_of(sides[side].begin(), sides[side].end(), [&](ClaimId claim) {
      const VertexId asserter = context_->asserter(claim);
      return asserter.valid() && between_[who].contains(asserter);
    });
  };
  return (speaks(0, 0) && speaks(1, 1)) || (speaks(1, 0) && speaks(0, 1));
}

// The entity, whatever was judged one with it, and all under it by containment; or its organs alone. Members are others.
absl::flat_hash_set<VertexId> FindingFilter::Below(VertexId top, bool organs_only) const {
  const Image& image = context_->image();
  const RelationId same = image.FindRelation(kSameAs);
  absl::flat_hash_set<VertexId> seen{top};
  std::vector<VertexId> open{top};
  while (!open.empty()) {
    const VertexId at = open.back();
    open.pop_back();
    const auto take = [&](const Neighbor& step) {
      if (context_->IsAffirmed(step.edge) && seen.insert(step.vertex).second) open.push_back(step.vertex);
    };
    ForEachSame(image, same, at, take);
    for (uint32_t i = 0; i < image.relation_count(); ++i) {
      const Containment containment = context_->relation(RelationId(i)).containment;
      if (containment == Containment::kNone || containment == Containment::kMemberOf) continue;
      if (organs_only && containment != Containment::kOrganOf) continue;
      for (const Neighbor& step : image.In(at, RelationId(i))) take(step);
    }
  }
  return seen;
}

bool FindingFilter::TakesPart(const std::vector<ClaimId>& side) const {
  const Image& image = context_->image();
  const auto in = [&](VertexId vertex) { return vertex.valid() && about_.contains(vertex); };
  const auto has = [&](const Value& value) { return value.type() == Value::Type::kVertex && in(value.vertex()); };
  return std::any_of(side.begin(), side.end(), [&](ClaimId number) {
    const ImageClaim claim = image.claim(number);
    if (in(image.source(claim.proposition())) || in(image.target(claim.proposition()))) return true;
    if (std::any_of(claim.asserters().begin(), claim.asserters().end(), in)) return true;
    for (const auto& [name, value] : claim.qualifiers()) {
      if (has(value)) return true;
    }
    for (const auto& [name, value] : context_->IdentifyingQualifiers(claim.proposition())) {
      if (has(value)) return true;
    }
    return false;
  });
}

std::string IdsOf(const Image& image, const std::vector<ClaimId>& side) {
  std::vector<std::string> ids;
  for (const ClaimId claim : side) {
    const VertexId vertex = image.claim(claim).vertex();
    ids.push_back(vertex.valid() ? image.key(vertex) : StrCat("#", claim.value));
  }
  std::sort(ids.begin(), ids.end());
  return Join(ids, "\x1f");
}

std::string FindingId(std::string_view rule, std::string_view first, std::string_view second, std::string_view about) {
  return Sha256Hex(StrCat(rule, "\n", first, "\n", second, "\n", about)).substr(0, 16);
}

}  // namespace dossier::contradiction
