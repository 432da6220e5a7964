#include "query/contradictions.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "graph/base/diagnostic.h"
#include "graph/base/sha256.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"
#include "query/contradiction_words.h"
#include "query/entailment.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

using contradiction::Context;
using contradiction::Draft;

constexpr Rule kRules[] = {Rule::kPolarity, Rule::kFunctional, Rule::kQuantity, Rule::kCount,
                           Rule::kOrder,    Rule::kChange,     Rule::kDocument};
constexpr Grade kGrades[] = {Grade::kHard, Grade::kSoft, Grade::kChanged};

template <typename Enum>
bool Wants(const std::vector<Enum>& wanted, Enum one) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

// The ids of a side's claims, in the order of the ids: the same however the store was loaded.
std::string IdsOf(const Image& image, const std::vector<ClaimId>& side) {
  std::vector<std::string> ids;
  for (const ClaimId claim : side) {
    const VertexId vertex = image.claim(claim).vertex();
    ids.push_back(vertex.valid() ? image.key(vertex) : StrCat("#", claim.value));
  }
  std::sort(ids.begin(), ids.end());
  return Join(ids, "\x1f");
}

// Which findings `about` and `between` let through.
class Filter {
 public:
  static absl::StatusOr<Filter> Make(const Context& context, const NameIndex& names) {
    Filter filter(context);
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

  bool Admits(const Draft& draft) const {
    if (!about_.empty() && !TakesPart(draft.sides[0]) && !TakesPart(draft.sides[1])) return false;
    if (between_.empty()) return true;
    const auto speaks = [&](size_t who, size_t side) {
      return std::any_of(draft.sides[side].begin(), draft.sides[side].end(), [&](ClaimId claim) {
        const VertexId asserter = context_->asserter(claim);
        return asserter.valid() && between_[who].contains(asserter);
      });
    };
    return (speaks(0, 0) && speaks(1, 1)) || (speaks(1, 0) && speaks(0, 1));
  }

 private:
  explicit Filter(const Context& context) : context_(&context) {}

  static absl::StatusOr<VertexId> Resolve(const Image& image, const NameIndex& names, std::string_view option,
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

  // The entity and all under it by containment; or its organs alone. Members are others.
  absl::flat_hash_set<VertexId> Below(VertexId top, bool organs_only) const {
    const Image& image = context_->image();
    absl::flat_hash_set<VertexId> seen{top};
    std::vector<VertexId> open{top};
    while (!open.empty()) {
      const VertexId at = open.back();
      open.pop_back();
      for (uint32_t i = 0; i < image.relation_count(); ++i) {
        const Containment containment = context_->relation(RelationId(i)).containment;
        if (containment == Containment::kNone || containment == Containment::kMemberOf) continue;
        if (organs_only && containment != Containment::kOrganOf) continue;
        for (const Neighbor& step : image.In(at, RelationId(i))) {
          if (context_->IsAffirmed(step.edge) && seen.insert(step.vertex).second) open.push_back(step.vertex);
        }
      }
    }
    return seen;
  }

  bool TakesPart(const std::vector<ClaimId>& side) const {
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

  const Context* context_;
  absl::flat_hash_set<VertexId> about_;
  std::vector<absl::flat_hash_set<VertexId>> between_;
};

}  // namespace

std::string_view Name(Rule rule) {
  constexpr std::string_view kNames[] = {"R1", "R2", "R3", "R4", "R5", "R6", "R7"};
  return kNames[static_cast<size_t>(rule) - 1];
}
std::string_view Description(Rule rule) {
  constexpr std::string_view kNames[] = {"polarity", "functional", "quantity", "count", "order", "change", "document"};
  return kNames[static_cast<size_t>(rule) - 1];
}
std::string_view Name(Grade grade) {
  constexpr std::string_view kNames[] = {"hard", "soft", "changed"};
  return kNames[static_cast<size_t>(grade)];
}

absl::StatusOr<Rule> ParseRule(std::string_view text) {
  std::vector<std::string> known;
  for (const Rule rule : kRules) {
    if (EqualsIgnoringAsciiCase(text, Name(rule)) || EqualsIgnoringAsciiCase(text, Description(rule))) return rule;
    known.push_back(StrCat(Name(rule), " (", Description(rule), ")"));
  }
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kUnknownRule,
                                                       .cause = StrCat("there is no rule '", text, "'"),
                                                       .rule = "a rule is given by its number or its name",
                                                       .hint = StrCat("one of ", Join(known, ", "))});
}

absl::StatusOr<Grade> ParseGrade(std::string_view text) {
  for (const Grade grade : kGrades) {
    if (EqualsIgnoringAsciiCase(text, Name(grade))) return grade;
  }
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kUnknownGrade,
                                                       .cause = StrCat("there is no grade '", text, "'"),
                                                       .rule = "findings are graded hard, soft or changed",
                                                       .hint = "one of hard, soft, changed"});
}

absl::StatusOr<std::vector<Finding>> FindContradictions(const Image& image, const Ontology& ontology,
                                                        const NameIndex& names, const ClaimReader& reader,
                                                        const Verification* verification,
                                                        const ContradictionOptions& options) {
  const Context context(image, ontology, options);
  ASSIGN_OR_RETURN(const Filter filter, Filter::Make(context, names));
  std::vector<Draft> drafts;
  const auto wants = [&](Rule rule) { return Wants(options.rules, rule); };
  // Changes come out of the rules that look for conflicts.
  const bool changes = wants(Rule::kChange);
  if (changes || wants(Rule::kPolarity) || wants(Rule::kFunctional) || wants(Rule::kOrder)) {
    const contradiction::Entailment entailment(&context);
    if (changes || wants(Rule::kPolarity)) FindPolarity(context, entailment, &drafts);
    if (changes || wants(Rule::kFunctional)) FindFunctional(context, entailment, &drafts);
    if (wants(Rule::kOrder)) FindOrder(context, entailment, &drafts);
  }
  if (changes || wants(Rule::kQuantity)) FindQuantity(context, &drafts);
  if (wants(Rule::kQuantity)) FindRate(context, &drafts);
  if (wants(Rule::kCount)) FindCount(context, &drafts);
  if (wants(Rule::kDocument)) RETURN_IF_ERROR(FindDocument(context, reader, verification, &drafts));

  using Order = std::tuple<Grade, Rule, std::string, std::string, std::string>;
  std::vector<std::pair<Order, Draft>> ordered;
  for (Draft& draft : drafts) {
    if (!wants(draft.rule) || !Wants(options.grades, draft.grade) || !filter.Admits(draft)) continue;
    std::string first = IdsOf(image, draft.sides[0]), second = IdsOf(image, draft.sides[1]);
    // Which of two values stands first is nobody's choice but ours.
    const bool even = draft.rule == Rule::kFunctional || (draft.rule == Rule::kQuantity && draft.detail.empty());
    if (even && second < first) {
      std::swap(first, second);
      std::swap(draft.sides[0], draft.sides[1]);
      if (draft.times.has_value()) std::swap(draft.times->first, draft.times->second);
    }
    std::string about = draft.rule == Rule::kDocument ? draft.detail : "";
    ordered.emplace_back(Order(draft.grade, draft.rule, std::move(first), std::move(second), std::move(about)),
                         std::move(draft));
  }
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Finding> findings;
  const contradiction::Words words(&context, &names, &reader);
  for (size_t i = 0; i < ordered.size(); ++i) {
    if (i > 0 && ordered[i].first == ordered[i - 1].first) continue;  // found by two ways
    const auto& [grade, rule, first, second, about] = ordered[i].first;
    ASSIGN_OR_RETURN(Finding finding, words.Tell(ordered[i].second));
    finding.id = Sha256Hex(StrCat(Name(rule), "\n", first, "\n", second, "\n", about)).substr(0, 16);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace dossier
