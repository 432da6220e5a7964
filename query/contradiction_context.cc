#include "query/contradiction_context.h"

#include <algorithm>
#include <limits>

#include "graph/base/text.h"

namespace dossier::contradiction {
namespace {

constexpr int64_t kSecondsPerYear = int64_t{31556952};

void AppendValues(PropertyId name, const Value& value, Qualifiers* out) {
  if (value.is_null()) return;
  if (value.type() != Value::Type::kList) return out->emplace_back(name, value), void();
  for (const Value& one : value.list()) out->emplace_back(name, one);
}

// An open end holds as far as who said so could know, and possibly beyond.
TimeBounds AsKnown(const TimeBounds& bounds, const EdtfTime& said) {
  if (said.is_undated() || said.bounds().latest_end == kMaxTime) return bounds;
  return KnownUntil(bounds, said.bounds().latest_end);
}

void Assume(Assumption::Kind kind, ClaimId claim, ClaimId other, std::vector<Assumption>* assumptions) {
  assumptions->push_back({.kind = kind, .claim = claim, .other = other, .edge = {}, .text = {}});
}

// One of the two is undated, or both: one assumption either way.
void AssumeOneTime(ClaimId first, ClaimId second, Clash* clash) {
  const bool second_alone = clash->first.dated;
  Assume(Assumption::Kind::kUndated, second_alone ? second : first, second_alone ? first : second, &clash->assumptions);
}

}  // namespace

Context::Context(const Image& image, const Ontology& ontology, const ContradictionOptions& options)
    : image_(image), ontology_(ontology), options_(options) {
  for (uint32_t i = 0; i < image.relation_count(); ++i) {
    const std::string& name = image.relation_name(RelationId(i));
    const Relation* relation = ontology.FindRelation(name);
    if (relation == nullptr) {
      unknown_relations_.emplace_back();
      unknown_relations_.back().name = name;
      unknown_relations_.back().supertypes = unknown_relations_.back().subtypes = {name};
      relation = &unknown_relations_.back();
    }
    relations_.push_back(relation);
    qualifiers_.emplace_back();
    for (const QualifierRule& rule : relation->qualifiers) {
      const PropertyId property = image.FindProperty(rule.name);
      if (property.valid()) qualifiers_.back().push_back(property);
    }
  }
  for (uint32_t i = 0; i < image.signature_count(); ++i) {
    const auto labels = image.signature_labels(i);
    event_signatures_.push_back(std::any_of(labels.begin(), labels.end(), [&](LabelId label) {
      return ontology.IsSubtype(image.label_name(label), kEventType);
    }));
  }
  for (const Relation& relation : ontology.relations()) {
    if (relation.value != ValueType::kTime) continue;
    const bool of_events = std::any_of(relation.subject.begin(), relation.subject.end(),
                                       [&](const std::string& type) { return ontology.IsSubtype(type, kEventType); });
    const PropertyId property = image.FindProperty(relation.name);
    if (of_events && property.valid()) event_times_.push_back(property);
  }
  stances_.resize(image.claim_count(), Stance::kNone);
  for (uint32_t i = 0; i < image.claim_count(); ++i) {
    const ImageClaim claim = image.claim(ClaimId(i));
    if (claim.certainty() == Certainty::kUncommitted || claim.rank() == Rank::kDeprecated) continue;
    const bool admitted = options.view == nullptr ? claim.closed() == std::numeric_limits<int64_t>::max()
                                                  : options.view->Admits(ClaimId(i));
    if (!admitted) continue;
    const Polarity polarity = claim.polarity();
    if (polarity == Polarity::kAffirms) stances_[i] = Stance::kAffirms;
    if (polarity == Polarity::kDenies) stances_[i] = Stance::kDenies;
  }
}

std::vector<ClaimId> Context::Affirming(EdgeId edge) const {
  std::vector<ClaimId> claims;
  for (const ClaimId claim : image_.ClaimsOf(edge)) {
    if (stance(claim) == Stance::kAffirms) claims.push_back(claim);
  }
  return claims;
}
std::vector<ClaimId> Context::Denying(EdgeId edge) const {
  std::vector<ClaimId> claims;
  for (const ClaimId claim : image_.ClaimsOf(edge)) {
    if (stance(claim) == Stance::kDenies) claims.push_back(claim);
  }
  return claims;
}
bool Context::IsAffirmed(EdgeId edge) const {
  const auto claims = image_.ClaimsOf(edge);
  return std::any_of(claims.begin(), claims.end(), [&](ClaimId c) { return stance(c) == Stance::kAffirms; });
}

VertexId Context::asserter(ClaimId claim) const {
  const auto& asserters = image_.claim(claim).asserters();
  return asserters.empty() ? VertexId() : asserters.front();
}

bool Context::HasType(VertexId vertex, std::string_view type) const {
  const auto labels = image_.labels(vertex);
  return std::any_of(labels.begin(), labels.end(),
                     [&](LabelId label) { return ontology_.IsSubtype(image_.label_name(label), type); });
}

Qualifiers Context::IdentifyingQualifiers(EdgeId edge) const {
  Qualifiers all;
  const RelationId relation = image_.relation(edge);
  for (const PropertyId name : qualifiers_[relation.value]) AppendValues(name, image_.EdgeProperty(edge, name), &all);
  if (ontology_.is_open()) {
    for (const auto& [name, value] : image_.EdgeProperties(edge)) {
      const bool declared =
          std::any_of(all.begin(), all.end(), [name = name](const auto& q) { return q.first == name; });
      if (!declared) AppendValues(name, value, &all);
    }
  }
  return all;
}

Value Context::QualifierOf(ClaimId claim, PropertyId qualifier) const {
  const ImageClaim columns = image_.claim(claim);
  Value own = columns.Qualifier(qualifier);
  return own.is_null() ? image_.EdgeProperty(columns.proposition(), qualifier) : own;
}

When Context::TimeOfEvent(VertexId event) const {
  if (const auto at = event_time_cache_.find(event.value); at != event_time_cache_.end()) return at->second;
  When when;
  for (const PropertyId attribute : event_times_) {
    for (const EdgeId edge : image_.Literals(event, attribute)) {
      const Value value = image_.literal(edge);
      if (value.type() != Value::Type::kTime || !IsAffirmed(edge)) continue;
      when.bounds = when.dated ? Hull(when.bounds, value.time().bounds()) : value.time().bounds();
      when.dated = true;
      when.event = event;
    }
  }
  event_time_cache_.emplace(event.value, when);
  return when;
}

When Context::TimeOf(ClaimId number, Reading reading) const {
  const ImageClaim claim = image_.claim(number);
  When when;
  if (!claim.valid().is_undated()) {
    when.dated = true;
    const TimeBounds bounds = reading == Reading::kThroughout ? claim.valid().throughout() : claim.valid().bounds();
    when.bounds = AsKnown(bounds, claim.said());
    return when;
  }
  const EdgeId edge = claim.proposition();
  const auto try_event = [&](const VertexId vertex) {
    if (when.dated || !vertex.valid() || !IsEvent(vertex)) return;
    when = TimeOfEvent(vertex);
  };
  for (const auto& [name, value] : IdentifyingQualifiers(edge)) {
    if (value.type() == Value::Type::kVertex) try_event(value.vertex());
  }
  for (const auto& [name, value] : claim.qualifiers()) {
    if (value.type() == Value::Type::kVertex) try_event(value.vertex());
  }
  try_event(image_.source(edge));
  try_event(image_.target(edge));
  if (when.dated && reading == Reading::kThroughout) when.bounds = AsExtent(when.bounds);
  return when;
}

bool Context::MeetInTime(ClaimId first, ClaimId second, const Meeting& meeting, Clash* clash) const {
  using Kind = Assumption::Kind;
  const ImageClaim a = image_.claim(first);
  const TimeBounds& t = clash->first.bounds;
  const TimeBounds& u = clash->second.bounds;
  if (clash->first.dated && clash->second.dated) {
    if (CertainlyOverlaps(t, u)) return true;
    if (PossiblyOverlaps(t, u)) {
      if (!meeting.same_event) Assume(Kind::kOverlap, first, second, &clash->assumptions);
      return true;
    }
    // "Does not use", said of its own day, against a later day.
    const bool present_tense =
        !a.valid().is_undated() && !a.said().is_undated() &&
        (a.valid().form() == EdtfTime::Form::kDate || a.valid().form() == EdtfTime::Form::kInstant) &&
        PossiblyOverlaps(a.valid().bounds(), a.said().bounds());
    if (!meeting.persists || !present_tense || !CertainlyBefore(t, u)) return false;
    if (u.earliest_start - t.earliest_start > options_.persistence_years * kSecondsPerYear) return false;
    Assume(Kind::kPersistence, first, second, &clash->assumptions);
    return true;
  }
  if (meeting.same_event) return true;
  AssumeOneTime(first, second, clash);
  return true;
}

void Context::MeetAsPositions(ClaimId first, ClaimId second, Clash* clash) const {
  using Kind = Assumption::Kind;
  // A position is held when it is stated, where nothing else is said.
  const auto held = [&](ClaimId claim) {
    When when = TimeOf(claim, Reading::kOnce);
    const EdtfTime& said = image_.claim(claim).said();
    if (!when.dated && !said.is_undated()) when = {.bounds = said.bounds(), .dated = true, .event = {}};
    return when;
  };
  clash->first = held(first);
  clash->second = held(second);
  const TimeBounds& t = clash->first.bounds;
  const TimeBounds& u = clash->second.bounds;
  if (!clash->first.dated || !clash->second.dated) {
    AssumeOneTime(first, second, clash);
  } else if (!CertainlyOverlaps(t, u)) {
    if (t.latest_start < u.earliest_start && PossiblyBefore(t, u)) {
      clash->change = Clash::Change::kFirstCameFirst;
    } else if (u.latest_start < t.earliest_start && PossiblyBefore(u, t)) {
      clash->change = Clash::Change::kSecondCameFirst;
    } else {
      Assume(Kind::kOverlap, first, second, &clash->assumptions);
    }
  }
}

std::optional<Clash> Context::Meet(ClaimId first, ClaimId second, const Meeting& meeting) const {
  using Kind = Assumption::Kind;
  Clash clash;
  const ImageClaim a = image_.claim(first);
  const ImageClaim b = image_.claim(second);
  if (meeting.position) {
    MeetAsPositions(first, second, &clash);
  } else {
    clash.first = TimeOf(first, meeting.first);
    clash.second = TimeOf(second, meeting.second);
    if (!meeting.timeless && !MeetInTime(first, second, meeting, &clash)) return std::nullopt;
    const bool one_mind = asserter(first).valid() && asserter(first) == asserter(second);
    if (one_mind && !a.said().is_undated() && !b.said().is_undated()) {
      if (CertainlyBefore(a.said().bounds(), b.said().bounds())) clash.change = Clash::Change::kFirstCameFirst;
      if (CertainlyBefore(b.said().bounds(), a.said().bounds())) clash.change = Clash::Change::kSecondCameFirst;
    }
  }
  if (a.certainty() != Certainty::kCertain) Assume(Kind::kCertainty, first, ClaimId(), &clash.assumptions);
  if (b.certainty() != Certainty::kCertain) Assume(Kind::kCertainty, second, ClaimId(), &clash.assumptions);
  return clash;
}

bool Context::SameScope(ClaimId a, ClaimId b, PropertyId except) const {
  const auto gather = [&](ClaimId claim) {
    Qualifiers all = IdentifyingQualifiers(image_.claim(claim).proposition());
    for (const auto& [name, value] : image_.claim(claim).qualifiers()) AppendValues(name, value, &all);
    return all;
  };
  const Qualifiers of_b = gather(b);
  for (const auto& [name, value] : gather(a)) {
    if (name == except) continue;
    bool given = false, same = false;
    for (const auto& [other_name, other] : of_b) {
      if (other_name != name) continue;
      given = true;
      same = same || Equivalent(value, other);
    }
    if (given && !same) return false;
  }
  return true;
}

void AddAssumptions(const std::vector<Assumption>& more, std::vector<Assumption>* all) {
  for (const Assumption& assumption : more) {
    const bool known = std::any_of(all->begin(), all->end(), [&](const Assumption& other) {
      return other.kind == assumption.kind && other.claim == assumption.claim && other.other == assumption.other &&
             other.edge == assumption.edge && other.text == assumption.text;
    });
    if (!known) all->push_back(assumption);
  }
}

void SortClaims(std::vector<ClaimId>* claims) {
  std::sort(claims->begin(), claims->end());
  claims->erase(std::unique(claims->begin(), claims->end()), claims->end());
}

void ClashGroup::Add(ClaimId first, ClaimId second, const Clash& clash, const std::vector<ChainStep>& chain) {
  const bool changed = clash.change != Clash::Change::kNone;
  first_came_first_ = first_came_first_ || clash.change == Clash::Change::kFirstCameFirst;
  second_came_first_ = second_came_first_ || clash.change == Clash::Change::kSecondCameFirst;
  Part& part = changed ? changed_ : clash.assumptions.empty() ? hard_ : soft_;
  part.sides[0].push_back(first);
  part.sides[1].push_back(second);
  for (const ChainStep& step : chain) {
    if (std::find(part.chain.begin(), part.chain.end(), step) == part.chain.end()) part.chain.push_back(step);
  }
  if (clash.assumptions.size() < part.fewest) {
    part.fewest = clash.assumptions.size();
    part.times = std::pair(clash.first, clash.second);
  }
  AddAssumptions(clash.assumptions, &part.assumptions);
}

std::vector<Draft> ClashGroup::TakeDrafts(const std::string& resolution, const std::string& detail) {
  // A change needs what was said first to have been left behind: who returns to it contradicts himself.
  if (first_came_first_ && second_came_first_) {
    Part& part = changed_.assumptions.empty() && !positions_ ? hard_ : soft_;
    for (const size_t side : {0, 1}) {
      part.sides[side].insert(part.sides[side].end(), changed_.sides[side].begin(), changed_.sides[side].end());
    }
    AddAssumptions(changed_.assumptions, &part.assumptions);
    if (positions_) {
      AddAssumptions({{.kind = Assumption::Kind::kOther,
                       .claim = {},
                       .other = {},
                       .edge = {},
                       .text = "that the position returned to had never been given up"}},
                     &part.assumptions);
    }
    if (!part.times.has_value()) part.times = changed_.times;
    part.chain.insert(part.chain.end(), changed_.chain.begin(), changed_.chain.end());
    changed_ = Part();
  }
  // Of a change, what came first stands first.
  if (second_came_first_) {
    std::swap(changed_.sides[0], changed_.sides[1]);
    if (changed_.times.has_value()) std::swap(changed_.times->first, changed_.times->second);
  }
  std::vector<Draft> drafts;
  const auto take = [&](Part& part, Grade grade) {
    for (auto& side : part.sides) SortClaims(&side);
    if (part.sides[0].empty() || part.sides[1].empty()) return;
    drafts.push_back({.rule = grade == Grade::kChanged ? Rule::kChange : rule_,
                      .grade = grade,
                      .sides = std::move(part.sides),
                      .chain = std::move(part.chain),
                      .assumptions = std::move(part.assumptions),
                      .times = part.times,
                      .resolution = resolution,
                      .detail = detail});
  };
  take(hard_, Grade::kHard);
  take(soft_, Grade::kSoft);
  take(changed_, Grade::kChanged);
  return drafts;
}

}  // namespace dossier::contradiction
