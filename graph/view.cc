#include "graph/view.h"

#include <algorithm>
#include <map>

namespace dossier {
namespace {

// How well a value is supported: compared field by field, the smallest is best.
struct SupportedValue {
  Value value;
  EdgeId source;
  Rank rank = Rank::kDeprecated;
  absl::flat_hash_set<uint32_t> documents;
  int64_t latest = kMinTime;

  void Add(const ImageClaim& claim) {
    rank = std::min(rank, claim.rank());
    documents.insert(claim.document().value);
    const EdtfTime valid = claim.valid();
    const TimeBounds when = valid.is_undated() ? claim.said().bounds() : valid.bounds();
    if (when.earliest_start > kMinTime) latest = std::max(latest, when.earliest_start);
  }
};

bool Better(const SupportedValue& a, const SupportedValue& b) {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.documents.size() != b.documents.size()) return a.documents.size() > b.documents.size();
  if (a.latest != b.latest) return a.latest > b.latest;
  return Order(a.value, b.value) < 0;
}

// Values gathered from claims, told apart by equivalence.
class ValueGatherer {
 public:
  void Add(const Value& value, EdgeId source, const ImageClaim& claim) {
    if (value.is_null()) return;
    auto at = std::find_if(values_.begin(), values_.end(), [&](const auto& v) { return Equivalent(v.value, value); });
    if (at == values_.end()) {
      values_.push_back({.value = value, .source = source, .documents = {}});
      at = std::prev(values_.end());
    }
    at->Add(claim);
  }
  std::vector<SupportedValue> Sorted() && {
    std::sort(values_.begin(), values_.end(), Better);
    return std::move(values_);
  }

 private:
  std::vector<SupportedValue> values_;
};

}  // namespace

View::View(std::shared_ptr<const Image> image, ClaimFilter filter)
    : image_(std::move(image)), filter_(std::move(filter)) {
  quantity_ = image_->FindProperty("quantity");
  valid_ = image_->FindProperty("valid");
  said_ = image_->FindProperty("said");
  act_ = image_->FindProperty("act");
  polarity_ = image_->FindProperty("polarity");
  certainty_ = image_->FindProperty("certainty");
  rank_ = image_->FindProperty("rank");
  relation_ = image_->FindProperty("relation");
  recorded_ = image_->FindProperty("recorded");
  all_edges_ = !image_->sourced();
  if (all_edges_) return;
  if (filter_ == ClaimFilter() && !image_->walked_by_default().empty()) {
    walked_ = image_->walked_by_default();
    for (uint32_t i = 0; i < image_->relation_count(); ++i) {
      walks_all_.push_back(image_->walks_all_by_default(RelationId(i)));
    }
  } else {
    FindWalked();
  }
  walks_all_of_all_ = std::find(walks_all_.begin(), walks_all_.end(), false) == walks_all_.end();
}

void View::FindWalked() {
  own_walked_.assign(image_->edge_count() / 64 + 1, 0);
  const auto walk = [this](EdgeId edge) { own_walked_[edge.value / 64] |= uint64_t{1} << (edge.value % 64); };
  for (uint32_t i = 0; i < image_->claim_count(); ++i) {
    if (Supports(ClaimId(i))) walk(image_->claim(ClaimId(i)).proposition());
  }
  walked_ = own_walked_;
  walks_all_.assign(image_->relation_count(), true);
  for (uint32_t i = 0; i < image_->edge_count(); ++i) {
    if (!Walks(EdgeId(i))) walks_all_[image_->relation(EdgeId(i)).value] = false;
  }
}

bool View::Supports(ClaimId claim) const {
  return (filter_.any_claim || image_->claim(claim).polarity() == Polarity::kAffirms) && Admits(claim);
}

bool View::Admits(ClaimId number) const {
  const ImageClaim claim = image_->claim(number);
  const int64_t now = filter_.known_at.value_or(std::numeric_limits<int64_t>::max() - 1);
  if (claim.recorded() > now) return false;
  if (!filter_.any_claim && (claim.closed() <= now || claim.rank() == Rank::kDeprecated)) return false;
  if (claim.certainty() > filter_.weakest) return false;
  if (filter_.valid_at.has_value()) {
    const EdtfTime valid = claim.valid();
    if (valid.is_undated()) {
      if (filter_.valid_certainly) return false;
    } else if (filter_.valid_certainly ? !CertainlyOverlaps(valid.throughout(), *filter_.valid_at)
                                       : !PossiblyOverlaps(valid.throughout(), *filter_.valid_at)) {
      return false;
    }
  }
  if (filter_.according_to.has_value() &&
      (claim.asserters().empty() || !filter_.according_to->contains(claim.asserters().front()))) {
    return false;
  }
  if (!filter_.without_asserters.empty() &&
      std::any_of(claim.asserters().begin(), claim.asserters().end(),
                  [this](VertexId asserter) { return filter_.without_asserters.contains(asserter); })) {
    return false;
  }
  return !filter_.without_documents.contains(claim.document());
}

bool View::Disputed(EdgeId edge) const {
  const auto claims = image_->ClaimsOf(edge);
  return std::any_of(claims.begin(), claims.end(), [this](ClaimId claim) {
    return image_->claim(claim).polarity() == Polarity::kDenies && Admits(claim);
  });
}

std::vector<ClaimId> View::Support(EdgeId edge) const {
  std::vector<ClaimId> support;
  for (const ClaimId claim : image_->ClaimsOf(edge)) {
    if (Supports(claim)) support.push_back(claim);
  }
  std::stable_sort(support.begin(), support.end(), [this](ClaimId a, ClaimId b) {
    const ImageClaim x = image_->claim(a), y = image_->claim(b);
    return x.rank() != y.rank() ? x.rank() < y.rank() : x.certainty() < y.certainty();
  });
  return support;
}

const ValueColumn& View::ClaimColumn(PropertyId property) const {
  if (property == quantity_ && property.valid()) return image_->QuantityColumn();
  if (property == valid_ && property.valid()) return image_->ValidColumn();
  return image_->ClaimColumn(property);
}

Value View::ClaimField(const ImageClaim& claim, PropertyId property) const {
  if (property == quantity_) return claim.quantity_value();
  if (property == valid_) return claim.valid_value();
  return claim.Qualifier(property);
}

Value View::ClaimNodeProperty(const ImageClaim& claim, PropertyId property) const {
  if (property == act_) return Value::String(Name(claim.act()));
  if (property == polarity_) return Value::String(Name(claim.polarity()));
  if (property == certainty_) return Value::String(Name(claim.certainty()));
  if (property == rank_) return Value::String(Name(claim.rank()));
  if (property == relation_) return Value::String(image_->relation_name(image_->relation(claim.proposition())));
  if (property == said_) return claim.said_value();
  if (property == recorded_) return Value::Integer(claim.recorded());
  const Value field = ClaimField(claim, property);
  return field.is_null() ? image_->EdgeProperty(claim.proposition(), property) : field;
}

Value View::VertexProperty(VertexId vertex, PropertyId property, EdgeId* source) const {
  if (!property.valid()) return Value::Null();
  Value value = image_->VertexProperty(vertex, property);
  if (!value.is_null()) return value;
  if (image_->kind(vertex) == VertexKind::kClaim) {
    value = ClaimNodeProperty(image_->claim(image_->ClaimOfVertex(vertex)), property);
    if (!value.is_null()) return value;  // else what others claim of it, such as a judgement
  }
  const auto literals = image_->Literals(vertex, property);
  if (literals.empty()) return Value::Null();
  if (literals.size() == 1) {  // the only one is the best; an edge is walked where some claim supports it
    if (!Walks(literals.front())) return Value::Null();
    if (source != nullptr) *source = literals.front();
    return image_->LiteralValues(image_->LiteralRelation(property)).Get(literals.front().value);
  }
  std::vector<EdgeId> sources;
  std::vector<Value> values = VertexValues(vertex, property, &sources);
  if (values.empty()) return Value::Null();
  if (source != nullptr) *source = sources.front();
  return values.front();
}

std::vector<Value> View::VertexValues(VertexId vertex, PropertyId property, std::vector<EdgeId>* sources) const {
  if (!property.valid()) return {};
  const Value undisputed = image_->VertexProperty(vertex, property);
  if (!undisputed.is_null()) return {undisputed};
  ValueGatherer gatherer;
  for (const EdgeId literal : image_->Literals(vertex, property)) {
    for (const ClaimId claim : Support(literal)) gatherer.Add(image_->literal(literal), literal, image_->claim(claim));
  }
  std::vector<Value> values;
  for (SupportedValue& supported : std::move(gatherer).Sorted()) {
    values.push_back(std::move(supported.value));
    if (sources != nullptr) sources->push_back(supported.source);
  }
  return values;
}

Value View::EdgeProperty(EdgeId edge, PropertyId property) const {
  if (!property.valid()) return Value::Null();
  Value value = image_->EdgeProperty(edge, property);
  if (!value.is_null()) return value;
  const auto claims = image_->ClaimsOf(edge);
  if (claims.size() == 1) {
    // It is walked where it has support, so this one claim need not be asked.
    return Walks(edge) ? ClaimColumn(property).Get(claims.front().value) : Value::Null();
  }
  std::vector<Value> values = EdgeValues(edge, property);
  return values.empty() ? Value::Null() : std::move(values.front());
}

std::vector<Value> View::EdgeValues(EdgeId edge, PropertyId property) const {
  if (!property.valid()) return {};
  const Value identifying = image_->EdgeProperty(edge, property);
  if (!identifying.is_null()) return {identifying};
  ValueGatherer gatherer;
  for (const ClaimId claim : Support(edge)) {
    const ImageClaim columns = image_->claim(claim);
    gatherer.Add(ClaimField(columns, property), edge, columns);
  }
  std::vector<Value> values;
  for (SupportedValue& supported : std::move(gatherer).Sorted()) values.push_back(std::move(supported.value));
  return values;
}

std::optional<std::vector<EdgeId>> View::EdgesThatMayHave(PropertyId property, std::span<const Value> values,
                                                          size_t most) const {
  if (!property.valid() || property == quantity_ || property == valid_) return std::nullopt;
  const ValueColumn& own = image_->EdgeColumn(property);
  const ValueColumn& claimed = image_->ClaimColumn(property);
  // Of other values two may be Equals that are not Equivalent.
  if ((!own.empty() && !own.is_plain()) || (!claimed.empty() && !claimed.is_plain())) return std::nullopt;
  std::vector<EdgeId> edges;
  for (const Value& value : values) {
    if (value.is_null()) continue;
    if (!own.empty()) {
      const std::span<const uint32_t> found = image_->EdgesWith(property, own.CodesOf(value));
      if (edges.size() + found.size() > most) return std::nullopt;
      for (const uint32_t edge : found) edges.emplace_back(edge);
    }
    if (!claimed.empty()) {
      const std::span<const uint32_t> found = image_->ClaimsWith(property, claimed.CodesOf(value));
      if (edges.size() + found.size() > most) return std::nullopt;
      for (const uint32_t claim : found) edges.push_back(image_->claim(ClaimId(claim)).proposition());
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

std::vector<std::pair<PropertyId, Value>> View::VertexProperties(VertexId vertex) const {
  std::vector<std::pair<PropertyId, Value>> all = image_->VertexProperties(vertex);
  if (image_->kind(vertex) == VertexKind::kClaim) {
    const ImageClaim claim = image_->claim(image_->ClaimOfVertex(vertex));
    std::vector<PropertyId> names = {act_,  polarity_, certainty_, rank_,    relation_,
                                     said_, valid_,    quantity_,  recorded_};
    for (const auto& [name, unused] : claim.qualifiers()) names.push_back(name);
    for (const PropertyId name : names) {
      Value value = name.valid() ? ClaimNodeProperty(claim, name) : Value::Null();
      if (!value.is_null()) all.emplace_back(name, std::move(value));
    }
  }
  for (const PropertyId property : image_->literal_properties()) {
    if (image_->Literals(vertex, property).empty()) continue;
    if (!image_->VertexProperty(vertex, property).is_null()) continue;
    Value value = VertexProperty(vertex, property);
    if (!value.is_null()) all.emplace_back(property, std::move(value));
  }
  std::sort(all.begin(), all.end(), [this](const auto& a, const auto& b) {
    return image_->property_name(a.first) < image_->property_name(b.first);
  });
  return all;
}

std::vector<std::pair<PropertyId, Value>> View::EdgeProperties(EdgeId edge) const {
  std::vector<std::pair<PropertyId, Value>> all = image_->EdgeProperties(edge);
  std::map<uint32_t, bool> names;
  for (const ClaimId claim : Support(edge)) {
    const ImageClaim columns = image_->claim(claim);
    if (!columns.quantity_value().is_null()) names[quantity_.value] = true;
    if (!columns.valid_value().is_null()) names[valid_.value] = true;
    for (const auto& [name, value] : columns.qualifiers()) names[name.value] = true;
  }
  for (const auto& [number, unused] : names) {
    if (!PropertyId(number).valid() || !image_->EdgeProperty(edge, PropertyId(number)).is_null()) continue;
    all.emplace_back(PropertyId(number), EdgeProperty(edge, PropertyId(number)));
  }
  std::sort(all.begin(), all.end(), [this](const auto& a, const auto& b) {
    return image_->property_name(a.first) < image_->property_name(b.first);
  });
  return all;
}

}  // namespace dossier
