#include "store/image_records.h"

#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/view.h"

namespace dossier::store_internal {
namespace {

absl::Status Dangling(std::string_view what) {
  return ToStatus(absl::StatusCode::kDataLoss,
                  {.number = kDanglingReference,
                   .cause = StrCat("a record refers to ", what, ", which the store does not hold"),
                   .rule = "every reference resolves",
                   .hint = "run `dossier verify` on the store"});
}

}  // namespace

absl::StatusOr<VertexId> ImageNumbers::VertexOf(VertexKind kind, uint32_t number) const {
  const uint32_t count = kind == VertexKind::kEntity     ? counts_.entities
                         : kind == VertexKind::kDocument ? counts_.documents
                                                         : counts_.claims;
  if (number < count) return MakeVertex(kind, number);
  constexpr std::string_view kWords[] = {"entity", "document", "claim"};
  return Dangling(What(kWords[static_cast<size_t>(kind)], number));
}

absl::StatusOr<VertexId> ImageNumbers::VertexOf(const TermRecord& term) const {
  return VertexOf(term.kind == TermRecord::Kind::kEntity     ? VertexKind::kEntity
                  : term.kind == TermRecord::Kind::kDocument ? VertexKind::kDocument
                                                             : VertexKind::kClaim,
                  term.number);
}

absl::StatusOr<Value> ImageNumbers::ToValue(const TermRecord& term) const {
  if (term.kind == TermRecord::Kind::kLiteral) return term.literal;
  ASSIGN_OR_RETURN(const VertexId vertex, VertexOf(term));
  return Value::Vertex(vertex);
}

absl::Status ImageNumbers::ColumnsOf(const ClaimRecord& record, ClaimsBuilder* builder, ClaimColumns* columns) const {
  const Claim& claim = record.rest;
  if (record.proposition.value >= counts_.propositions) {
    return Dangling(What("proposition", record.proposition.value));
  }
  columns->proposition = EdgeId(record.proposition.value);
  ASSIGN_OR_RETURN(columns->document, VertexOf(VertexKind::kDocument, record.document.value));
  columns->act = claim.act;
  columns->certainty = claim.certainty;
  columns->rank = claim.rank;
  columns->asserters.clear();
  for (const uint32_t asserter : record.asserters) {
    ASSIGN_OR_RETURN(columns->asserters.emplace_back(), VertexOf(VertexKind::kEntity, asserter));
  }
  columns->valid = claim.valid;
  columns->said = claim.said;
  columns->quantity = claim.quantity;
  columns->qualifiers.clear();
  for (const QualifierRecord& qualifier : record.qualifiers) {
    ASSIGN_OR_RETURN(Value value, ToValue(qualifier.value));
    columns->qualifiers.emplace_back(builder->Qualifier(qualifier.name), std::move(value));
  }
  columns->recorded = claim.recorded;
  columns->note = claim.cites.state;
  columns->cited_documents.clear();
  for (const uint32_t document : record.cites) {
    ASSIGN_OR_RETURN(columns->cited_documents.emplace_back(), VertexOf(VertexKind::kDocument, document));
  }
  columns->statement = VertexId();
  if (record.statement.has_value()) {
    ASSIGN_OR_RETURN(columns->statement, VertexOf(VertexKind::kEntity, *record.statement));
  }
  columns->supersedes.clear();
  for (const uint32_t old : record.supersedes) {
    ASSIGN_OR_RETURN(const VertexId vertex, VertexOf(VertexKind::kClaim, old));
    columns->supersedes.emplace_back(NumberOf(vertex));
  }
  return absl::OkStatus();
}

ClaimSummary SummaryOf(const ClaimColumns& claim) {
  return {claim.asserters.empty() ? VertexId() : claim.asserters.front(), claim.act, claim.recorded};
}

bool EndedBy(const ClaimSummary& claim, const ClaimSummary& retraction) {
  return retraction.act == Act::kRetracts && claim.act != Act::kRetracts && claim.asserter.valid() &&
         claim.asserter == retraction.asserter && claim.recorded <= retraction.recorded;
}

ImageRecords::ImageRecords(const ImageNumbers* numbers, ImageBuilder* builder, KeyFinder find_key)
    : numbers_(*numbers),
      builder_(*builder),
      find_key_(std::move(find_key)),
      name_(builder_.Property("name")),
      description_(builder_.Property("description")),
      aliases_(builder_.Property("aliases")) {}

void ImageRecords::AddEntity(const Entity& entity) {
  std::vector<LabelId> labels;
  for (const std::string& type : entity.types) labels.push_back(builder_.Label(type));
  UpdateEntity(builder_.AddEntity(entity.key, std::move(labels)), entity);
}

void ImageRecords::UpdateEntity(VertexId vertex, const Entity& entity) {
  SetText(vertex, name_, entity.name);
  SetText(vertex, description_, entity.description);
  List aliases;
  for (const Alias& alias : entity.aliases) aliases.push_back(Value::String(alias.text));
  if (!aliases.empty()) builder_.SetVertexProperty(vertex, aliases_, Value::OfList(std::move(aliases)));
}

void ImageRecords::AddDocument(const Document& document) {
  UpdateDocument(builder_.AddDocument(document.key), document);
}

void ImageRecords::UpdateDocument(VertexId vertex, const Document& document) {
  SetText(vertex, name_, document.title);
  SetText(vertex, builder_.Property("title"), document.title);
  SetText(vertex, builder_.Property("kind"), document.kind);
  SetText(vertex, builder_.Property("language"), document.language);
  SetText(vertex, builder_.Property("url"), document.url);
  SetText(vertex, builder_.Property("file"), document.file);
  SetText(vertex, builder_.Property("sha256"), document.sha256);
  SetText(vertex, builder_.Property("note"), document.note);
  List authors;
  for (const std::string& author : document.authors) authors.push_back(Value::String(author));
  if (!authors.empty()) builder_.SetVertexProperty(vertex, builder_.Property("authors"), Value::OfList(authors));
  if (!document.date.is_undated()) {
    builder_.SetVertexProperty(vertex, builder_.Property("date"), Value::Time(document.date));
  }
  links_.push_back({vertex, document.publisher, document.part_of});
}

absl::Status ImageRecords::LinkDocuments() {
  for (const DocumentLinks& link : links_) {
    if (!link.publisher.empty()) {
      ASSIGN_OR_RETURN(const VertexId publisher, Find(link.publisher));
      builder_.SetVertexProperty(link.document, builder_.Property("publisher"), Value::Vertex(publisher));
    }
    if (!link.part_of.empty()) {
      ASSIGN_OR_RETURN(const VertexId whole, Find(link.part_of));
      builder_.SetVertexProperty(link.document, builder_.Property("part_of"), Value::Vertex(whole));
    }
  }
  return absl::OkStatus();
}

absl::Status ImageRecords::AddProposition(const PropositionRecord& proposition) {
  ASSIGN_OR_RETURN(const VertexId subject, numbers_.VertexOf(proposition.subject));
  const RelationId relation = Relation(proposition.relation);
  EdgeId edge;
  if (proposition.object.kind == TermRecord::Kind::kLiteral) {
    edge = builder_.AddLiteral(subject, relation, proposition.object.literal);
  } else {
    ASSIGN_OR_RETURN(const VertexId object, numbers_.VertexOf(proposition.object));
    edge = builder_.AddEdge(subject, relation, object);
  }
  for (const QualifierRecord& qualifier : proposition.identifying) {
    ASSIGN_OR_RETURN(Value value, numbers_.ToValue(qualifier.value));
    builder_.AddEdgeProperty(edge, Qualifier(qualifier.name), std::move(value));
  }
  return absl::OkStatus();
}

RelationId ImageRecords::Relation(std::string_view name) {
  if (!relation_.valid() || name != relation_name_) {
    relation_ = builder_.Relation(name);
    relation_name_ = name;
  }
  return relation_;
}

PropertyId ImageRecords::Qualifier(std::string_view name) {
  constexpr size_t kMostRemembered = 8;
  for (const auto& [known, property] : qualifiers_) {
    if (known == name) return property;
  }
  const PropertyId property = builder_.Property(name);
  if (qualifiers_.size() < kMostRemembered) qualifiers_.emplace_back(name, property);
  return property;
}

absl::StatusOr<VertexId> ImageRecords::Find(std::string_view key) {
  if (const auto found = found_.find(ToAbsl(key)); found != found_.end()) return found->second;
  ASSIGN_OR_RETURN(const VertexId vertex, find_key_(key));
  if (!vertex.valid()) return Dangling(StrCat("'", key, "'"));
  found_.emplace(key, vertex);
  return vertex;
}

void ImageRecords::SetText(VertexId vertex, PropertyId property, std::string_view text) {
  if (!text.empty()) builder_.SetVertexProperty(vertex, property, Value::String(text));
}

}  // namespace dossier::store_internal
