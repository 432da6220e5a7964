// R3, of rates: a percentage between two things against the numbers that are given for both.
//
// "More than a 250 % increase" against 76 and 238, which make 213 %. The ontology says which relations compare so, and
// how (`rate`); the numbers are the quantities of facts about either end. Bounds that leave room for the percentage
// clash with it only on the assumption that they are the numbers themselves.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"

namespace dossier::contradiction {
namespace {

struct Number {
  ClaimId claim;
  Quantity quantity;
};

// How many percent, by the kind of comparison, where the first is `a` and the second `b`.
double Percent(RateKind kind, double a, double b) {
  switch (kind) {
    case RateKind::kIncrease:
      return (a / b - 1) * 100;
    case RateKind::kDecrease:
      return (1 - a / b) * 100;
    case RateKind::kShare:
    case RateKind::kNone:
      break;
  }
  return a / b * 100;
}

// From the least to the most that it may be, with half of the last place to either side.
Quantity Between(double low, double high, double rounding) {
  Quantity quantity;
  quantity.countable = false;
  quantity.low = low - rounding;
  quantity.high = high + rounding;
  quantity.high_open = high == kInfinity;
  return quantity;
}

// "at least 238": 238.
std::optional<double> NumberItself(const Quantity& quantity) {
  if (quantity.unknown || quantity.vague) return std::nullopt;
  const double number = std::isfinite(quantity.low) && quantity.low > 0 ? quantity.low : quantity.high;
  if (!std::isfinite(number) || number <= 0) return std::nullopt;
  return number;
}

std::string Rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4g", std::abs(value) < 1000 ? value : std::round(value));
  return text;
}

class RateFinder {
 public:
  RateFinder(const Context& context, std::vector<Draft>* drafts)
      : context_(context), image_(context.image()), drafts_(*drafts) {}

  void Find() {
    for (uint32_t i = 0; i < image_.edge_count(); ++i) {
      const EdgeId edge(i);
      if (context_.relation_of(edge).rate == RateKind::kNone || context_.hidden(edge) || image_.is_literal(edge))
        continue;
      if (!context_.IsAffirmed(edge)) continue;
      comparisons_.push_back(edge);
      numbers_.try_emplace(image_.source(edge).value);
      numbers_.try_emplace(image_.target(edge).value);
    }
    if (comparisons_.empty()) return;
    Gather();
    for (const EdgeId edge : comparisons_) {
      for (const ClaimId claim : context_.Affirming(edge)) Compare(edge, claim);
    }
  }

 private:
  void Gather() {
    for (uint32_t i = 0; i < image_.claim_count(); ++i) {
      const ClaimId number(i);
      if (context_.stance(number) != Stance::kAffirms) continue;
      const ImageClaim claim = image_.claim(number);
      const std::optional<Quantity>& quantity = claim.quantity();
      const EdgeId edge = claim.proposition();
      if (!quantity.has_value() || quantity->IsRate() || context_.hidden(edge)) continue;
      if (context_.relation_of(edge).kind != RelationKind::kFact) continue;
      std::vector<VertexId> about = {image_.source(edge)};
      if (!image_.is_literal(edge)) about.push_back(image_.target(edge));
      for (const auto& [name, value] : context_.IdentifyingQualifiers(edge)) {
        if (value.type() == Value::Type::kVertex) about.push_back(value.vertex());
      }
      for (const VertexId vertex : about) {
        const auto at = numbers_.find(vertex.value);
        if (at != numbers_.end()) at->second.push_back({number, *quantity});
      }
    }
  }

  void Compare(EdgeId edge, ClaimId claim) {
    const std::optional<Quantity>& rate = image_.claim(claim).quantity();
    if (!rate.has_value() || !rate->IsRate() || rate->unknown || rate->vague) return;
    for (const Number& a : numbers_[image_.source(edge).value]) {
      for (const Number& b : numbers_[image_.target(edge).value]) {
        if (a.claim != b.claim && a.quantity.unit == b.quantity.unit) CompareNumbers(edge, claim, *rate, a, b);
      }
    }
  }

  void CompareNumbers(EdgeId edge, ClaimId claim, const Quantity& rate, const Number& a, const Number& b) {
    const std::optional<double> first = NumberItself(a.quantity), second = NumberItself(b.quantity);
    if (!first.has_value() || !second.has_value()) return;
    const RateKind kind = context_.relation_of(edge).rate;
    const double rounding = rate.text.find('.') == std::string::npos ? 0.5 : 0.05;
    const auto excludes = [&](const Quantity& computed) {
      return dossier::Compare(computed, Comparison::kEqual, rate) == Ternary::kFalse;
    };
    const double itself = Percent(kind, *first, *second);
    if (!excludes(Between(itself, itself, rounding))) return;
    std::vector<Assumption> assumptions;
    const auto assume = [&](std::string text) {
      assumptions.push_back(
          {.kind = Assumption::Kind::kOther, .claim = {}, .other = {}, .edge = {}, .text = std::move(text)});
    };
    if (!excludes(Bounds(kind, a.quantity, b.quantity, rounding))) {
      assume(StrCat("that ", FormatQuantity(a.quantity), " and ", FormatQuantity(b.quantity),
                    " are the numbers themselves, and no bounds"));
    }
    if (a.quantity.basis != b.quantity.basis) {
      assume(StrCat("that both count the same: “", a.quantity.basis, "” and “", b.quantity.basis, "”"));
    }
    for (const ClaimId one : {claim, a.claim, b.claim}) {
      if (image_.claim(one).certainty() == Certainty::kCertain) continue;
      assumptions.push_back({.kind = Assumption::Kind::kCertainty, .claim = one, .other = {}, .edge = {}, .text = {}});
    }
    Draft draft;
    draft.rule = Rule::kQuantity;
    draft.grade = assumptions.empty() ? Grade::kHard : Grade::kSoft;
    draft.sides = {std::vector<ClaimId>{claim}, std::vector<ClaimId>{a.claim, b.claim}};
    SortClaims(&draft.sides[1]);
    draft.assumptions = std::move(assumptions);
    draft.detail = Told(kind, *first, *second, itself);
    drafts_.push_back(std::move(draft));
  }

  // What the bounds of the two numbers leave possible.
  static Quantity Bounds(RateKind kind, const Quantity& a, const Quantity& b, double rounding) {
    const auto low = [](const Quantity& q) { return q.approximate ? q.low / kApproximateFactor : q.low; };
    const auto high = [](const Quantity& q) { return q.approximate ? q.high * kApproximateFactor : q.high; };
    // With a number that may be nought, or beyond all bounds, anything is possible.
    const double least = std::isfinite(high(b)) ? Percent(kind, low(a), high(b)) : Percent(kind, 0, 1);
    const double most = low(b) > 0 && std::isfinite(high(a)) ? Percent(kind, high(a), low(b)) : kInfinity;
    if (kind != RateKind::kDecrease) return Between(least, most, rounding);
    return Between(most == kInfinity ? -kInfinity : most, least, rounding);
  }

  static std::string Told(RateKind kind, double a, double b, double percent) {
    if (kind == RateKind::kShare) return StrCat(Rounded(a), " of ", Rounded(b), " are ", Rounded(percent), " percent");
    const bool more = (kind == RateKind::kIncrease) == (percent >= 0);
    return StrCat("from ", Rounded(b), " to ", Rounded(a), more ? " is an increase of " : " is a decrease of ",
                  Rounded(std::abs(percent)), " percent");
  }

  const Context& context_;
  const Image& image_;
  std::vector<Draft>& drafts_;
  std::vector<EdgeId> comparisons_;
  absl::flat_hash_map<uint32_t, std::vector<Number>> numbers_;  // by vertex: those of what is compared
};

}  // namespace

void FindRate(const Context& context, std::vector<Draft>* drafts) { RateFinder(context, drafts).Find(); }

}  // namespace dossier::contradiction
