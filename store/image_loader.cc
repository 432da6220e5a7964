#include "store/image_loader.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/ontology.h"
#include "store/error_codes.h"

namespace dossier {
namespace {

class Loader {
 public:
  explicit Loader(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<LoadedImage> Run() {
    // What a view reads off the columns of claims has to have a name to be asked for by.
    for (const char* field :
         {"act", "polarity", "certainty", "rank", "relation", "said", "valid", "quantity", "recorded"}) {
      builder_.Property(field);
    }
    RETURN_IF_ERROR(snapshot_.ScanEntities([this](const StoredEntity& stored) { return AddEntity(stored.entity); }));
    RETURN_IF_ERROR(
        snapshot_.ScanDocuments([this](const StoredDocument& stored) { return AddDocument(stored.document); }));
    RETURN_IF_ERROR(LinkDocuments());
    // Claims come before propositions, because a proposition may be about a claim.
    RETURN_IF_ERROR(snapshot_.ScanClaims([this](const StoredClaim& stored) { return AddClaimNode(stored.claim); }));
    RETURN_IF_ERROR(snapshot_.ScanPropositions(
        [this](const StoredProposition& stored) { return AddProposition(stored.proposition); }));
    RETURN_IF_ERROR(snapshot_.ScanClaims([this](const StoredClaim& stored) { return AddClaim(stored); }));
    RETURN_IF_ERROR(CloseClaims());
    return LoadedImage{builder_.Build(), std::move(names_)};
  }

 private:
  absl::Status AddEntity(const Entity& entity) {
    std::vector<LabelId> labels;
    for (const std::string& type : entity.types) labels.push_back(builder_.Label(type));
    const VertexId vertex = builder_.AddVertex(VertexKind::kEntity, entity.key, std::move(labels));
    SetText(vertex, key_, entity.key);
    SetText(vertex, name_, entity.name);
    SetText(vertex, description_, entity.description);
    List aliases;
    for (const Alias& alias : entity.aliases) aliases.push_back(Value::String(alias.text));
    if (!aliases.empty()) builder_.SetVertexProperty(vertex, aliases_, Value::OfList(std::move(aliases)));
    names_->Add(entity);
    return absl::OkStatus();
  }

  absl::Status AddDocument(const Document& document) {
    const VertexId vertex = builder_.AddVertex(VertexKind::kDocument, document.key, {builder_.Label(kDocumentType)});
    SetText(vertex, key_, document.key);
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
    return absl::OkStatus();
  }

  absl::Status LinkDocuments() {
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

  absl::Status AddClaimNode(const Claim& claim) {
    const VertexId vertex = builder_.AddVertex(VertexKind::kClaim, claim.id, {builder_.Label(kClaimType)});
    claim_vertices_.push_back(vertex);
    SetText(vertex, builder_.Property("id"), claim.id);
    SetText(vertex, builder_.Property("hedge"), claim.hedge);
    SetText(vertex, builder_.Property("quote"), claim.quote);
    SetText(vertex, builder_.Property("locator"), claim.locator.ToText());
    SetText(vertex, builder_.Property("note"), claim.note);
    SetText(vertex, builder_.Property("cites_note"), claim.cites.note);
    SetText(vertex, builder_.Property("cites_state"), std::string(Name(claim.cites.state)));
    return absl::OkStatus();
  }

  absl::StatusOr<Value> ToValue(const Term& term) {
    if (term.kind == Term::Kind::kLiteral) return term.literal;
    ASSIGN_OR_RETURN(const VertexId vertex, Find(term.key));
    return Value::Vertex(vertex);
  }

  absl::Status AddProposition(const Proposition& proposition) {
    ASSIGN_OR_RETURN(const VertexId subject, Find(proposition.subject.key));
    const RelationId relation = builder_.Relation(proposition.relation);
    EdgeId edge;
    if (proposition.object.kind == Term::Kind::kLiteral) {
      edge = builder_.AddLiteral(subject, relation, proposition.object.literal);
    } else {
      ASSIGN_OR_RETURN(const VertexId object, Find(proposition.object.key));
      edge = builder_.AddEdge(subject, relation, object);
    }
    for (const Qualifier& qualifier : proposition.identifying) {
      ASSIGN_OR_RETURN(Value value, ToValue(qualifier.value));
      builder_.AddEdgeProperty(edge, builder_.Property(qualifier.name), std::move(value));
    }
    return absl::OkStatus();
  }

  absl::Status AddClaim(const StoredClaim& stored) {
    const Claim& claim = stored.claim;
    ClaimColumns columns;
    columns.proposition = EdgeId(stored.proposition.value);
    columns.vertex = claim_vertices_[stored.number.value];
    ASSIGN_OR_RETURN(columns.document, Find(claim.document));
    columns.act = claim.act;
    columns.certainty = claim.certainty;
    columns.rank = claim.rank;
    for (const std::string& asserter : claim.asserters) {
      ASSIGN_OR_RETURN(const VertexId vertex, Find(asserter));
      columns.asserters.push_back(vertex);
    }
    columns.valid = claim.valid;
    columns.said = claim.said;
    columns.quantity = claim.quantity;
    for (const Qualifier& qualifier : claim.qualifiers) {
      ASSIGN_OR_RETURN(Value value, ToValue(qualifier.value));
      columns.qualifiers.emplace_back(builder_.Property(qualifier.name), std::move(value));
    }
    columns.recorded = claim.recorded;
    columns.note = claim.cites.state;
    claims_.push_back({columns.proposition, columns.asserters.empty() ? VertexId() : columns.asserters.front(),
                       columns.act, columns.recorded});
    const ClaimId number = builder_.AddClaim(columns);
    RETURN_IF_ERROR(AddFields(number, claim, columns));
    if (claim.act == Act::kRetracts) retractions_.push_back(number);
    for (const std::string& old : claim.supersedes) superseded_.push_back({number, old});
    return absl::OkStatus();
  }

  // What a claim's own fields say, as edges that have to be named to be met.
  absl::Status AddFields(ClaimId number, const Claim& claim, const ClaimColumns& columns) {
    const VertexId self = columns.vertex;
    ASSIGN_OR_RETURN(const VertexId subject, Find(claim.proposition.subject.key));
    builder_.AddHiddenEdge(self, builder_.Relation("SUBJECT", true), subject, number);
    if (claim.proposition.object.kind != Term::Kind::kLiteral) {
      ASSIGN_OR_RETURN(const VertexId object, Find(claim.proposition.object.key));
      builder_.AddHiddenEdge(self, builder_.Relation("OBJECT", true), object, number);
    }
    builder_.AddHiddenEdge(self, builder_.Relation("FROM_DOCUMENT", true), columns.document, number);
    for (size_t i = 0; i < columns.asserters.size(); ++i) {
      const EdgeId edge =
          builder_.AddHiddenEdge(self, builder_.Relation("ASSERTED_BY", true), columns.asserters[i], number);
      builder_.AddEdgeProperty(edge, builder_.Property("position"), Value::Integer(static_cast<int64_t>(i)));
    }
    for (const std::string& cited : claim.cites.documents) {
      ASSIGN_OR_RETURN(const VertexId document, Find(cited));
      builder_.AddHiddenEdge(self, builder_.Relation("CITES", true), document, number);
    }
    if (!claim.statement.empty()) {
      ASSIGN_OR_RETURN(const VertexId statement, Find(claim.statement));
      builder_.AddHiddenEdge(statement, builder_.Relation("SAYS", true), self, number);
    }
    for (const std::string& old : claim.supersedes) {
      ASSIGN_OR_RETURN(const VertexId superseded, Find(old));
      builder_.AddHiddenEdge(self, builder_.Relation("SUPERSEDES", true), superseded, number);
    }
    return absl::OkStatus();
  }

  // A claim ends when another supersedes it, or when its asserter retracts what it says.
  absl::Status CloseClaims() {
    const uint32_t first = claim_vertices_.empty() ? 0 : claim_vertices_.front().value;
    for (const auto& [by, id] : superseded_) {
      ASSIGN_OR_RETURN(const VertexId old, Find(id));
      builder_.CloseClaim(ClaimId(old.value - first), claims_[by.value].recorded);
    }
    if (retractions_.empty()) return absl::OkStatus();
    absl::flat_hash_map<uint32_t, std::vector<uint32_t>> by_proposition;
    for (const ClaimId number : retractions_) by_proposition[claims_[number.value].proposition.value];
    for (uint32_t i = 0; i < claims_.size(); ++i) {
      const auto at = by_proposition.find(claims_[i].proposition.value);
      if (at != by_proposition.end()) at->second.push_back(i);
    }
    for (const ClaimId number : retractions_) {
      const Summary& retraction = claims_[number.value];
      for (const uint32_t i : by_proposition[retraction.proposition.value]) {
        const Summary& claim = claims_[i];
        if (claim.act != Act::kRetracts && claim.asserter == retraction.asserter && claim.asserter.valid() &&
            claim.recorded <= retraction.recorded) {
          builder_.CloseClaim(ClaimId(i), retraction.recorded);
        }
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<VertexId> Find(std::string_view key) {
    const VertexId vertex = builder_.FindKey(key);
    if (vertex.valid()) return vertex;
    return ToStatus(absl::StatusCode::kDataLoss,
                    {.number = kDanglingReference,
                     .cause = StrCat("a record refers to '", key, "', which the store does not hold"),
                     .rule = "every reference resolves",
                     .hint = "run `dossier verify` on the store"});
  }

  void SetText(VertexId vertex, PropertyId property, std::string_view text) {
    if (!text.empty()) builder_.SetVertexProperty(vertex, property, Value::String(text));
  }

  struct DocumentLinks {
    VertexId document;
    std::string publisher, part_of;
  };

  // What closing a claim needs to know of it.
  struct Summary {
    EdgeId proposition;
    VertexId asserter;
    Act act;
    int64_t recorded;
  };

  const Snapshot& snapshot_;
  ImageBuilder builder_{/*sourced=*/true};
  std::shared_ptr<NameIndex> names_ = std::make_shared<NameIndex>();
  PropertyId key_ = builder_.Property("key");
  PropertyId name_ = builder_.Property("name");
  PropertyId description_ = builder_.Property("description");
  PropertyId aliases_ = builder_.Property("aliases");
  std::vector<DocumentLinks> links_;
  std::vector<VertexId> claim_vertices_;
  std::vector<Summary> claims_;
  std::vector<std::pair<ClaimId, std::string>> superseded_;
  std::vector<ClaimId> retractions_;
};

}  // namespace

absl::StatusOr<LoadedImage> LoadImage(const Snapshot& snapshot) { return Loader(snapshot).Run(); }

DocumentNumber DocumentOfVertex(const Snapshot& snapshot, VertexId vertex) {
  return DocumentNumber(vertex.value - snapshot.counts().entities);
}

}  // namespace dossier
