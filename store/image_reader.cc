// Builds an image from the records of a snapshot. Claims, which are most of the work, are read by a thread of their
// own.
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/container/flat_hash_map.h"
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "store/claim_texts.h"
#include "store/error_codes.h"
#include "store/image_loader.h"
#include "store/record_codec.h"
#include "store/view.h"

namespace dossier {
namespace {

using store_internal::ClaimRecord;
using store_internal::PropositionRecord;
using store_internal::QualifierRecord;
using store_internal::TermRecord;

absl::Status Dangling(std::string_view what) {
  return ToStatus(absl::StatusCode::kDataLoss,
                  {.number = kDanglingReference,
                   .cause = StrCat("a record refers to ", what, ", which the store does not hold"),
                   .rule = "every reference resolves",
                   .hint = "run `dossier verify` on the store"});
}

// From numbers of the store to the image's, which are the same, as far as the store has them.
class Numbers {
 public:
  explicit Numbers(const StoreCounts& counts) : counts_(counts) {}
  const StoreCounts& counts() const { return counts_; }
  // kDataLoss for a number beyond those that the store gave.
  absl::StatusOr<VertexId> VertexOf(VertexKind kind, uint32_t number) const {
    const StoreCounts& counts = counts_;
    const uint32_t count = kind == VertexKind::kEntity     ? counts.entities
                           : kind == VertexKind::kDocument ? counts.documents
                                                           : counts.claims;
    if (number < count) return MakeVertex(kind, number);
    constexpr std::string_view kWords[] = {"entity", "document", "claim"};
    return Dangling(store_internal::What(kWords[static_cast<size_t>(kind)], number));
  }
  absl::StatusOr<VertexId> VertexOf(const TermRecord& term) const {
    return VertexOf(term.kind == TermRecord::Kind::kEntity     ? VertexKind::kEntity
                    : term.kind == TermRecord::Kind::kDocument ? VertexKind::kDocument
                                                               : VertexKind::kClaim,
                    term.number);
  }
  absl::StatusOr<Value> ToValue(const TermRecord& term) const {
    if (term.kind == TermRecord::Kind::kLiteral) return term.literal;
    ASSIGN_OR_RETURN(const VertexId vertex, VertexOf(term));
    return Value::Vertex(vertex);
  }

 private:
  const StoreCounts counts_;
};

// Reads all claims, in a thread of its own.
class ClaimsReader {
 public:
  explicit ClaimsReader(const Snapshot& snapshot) : snapshot_(snapshot), numbers_(snapshot.counts()) {}

  void Run() {
    status_ = snapshot_.view().ScanClaimRecords([this](ClaimId, const ClaimRecord& claim) { return AddClaim(claim); });
    if (!status_.ok()) return;
    CloseClaims();
    builder_.Finish(numbers_.counts().propositions);
  }
  const absl::Status& status() const { return status_; }
  ClaimsBuilder Take() && { return std::move(builder_); }

 private:
  absl::Status AddClaim(const ClaimRecord& record) {
    const Claim& claim = record.rest;
    ClaimColumns columns;
    if (record.proposition.value >= numbers_.counts().propositions) {
      return Dangling(store_internal::What("proposition", record.proposition.value));
    }
    columns.proposition = EdgeId(record.proposition.value);
    ASSIGN_OR_RETURN(columns.document, numbers_.VertexOf(VertexKind::kDocument, record.document.value));
    columns.act = claim.act;
    columns.certainty = claim.certainty;
    columns.rank = claim.rank;
    for (const uint32_t asserter : record.asserters) {
      ASSIGN_OR_RETURN(columns.asserters.emplace_back(), numbers_.VertexOf(VertexKind::kEntity, asserter));
    }
    columns.valid = claim.valid;
    columns.said = claim.said;
    columns.quantity = claim.quantity;
    for (const QualifierRecord& qualifier : record.qualifiers) {
      ASSIGN_OR_RETURN(Value value, numbers_.ToValue(qualifier.value));
      columns.qualifiers.emplace_back(builder_.Qualifier(qualifier.name), std::move(value));
    }
    columns.recorded = claim.recorded;
    columns.note = claim.cites.state;
    for (const uint32_t document : record.cites) {
      ASSIGN_OR_RETURN(columns.cited_documents.emplace_back(), numbers_.VertexOf(VertexKind::kDocument, document));
    }
    if (record.statement.has_value()) {
      ASSIGN_OR_RETURN(columns.statement, numbers_.VertexOf(VertexKind::kEntity, *record.statement));
    }
    for (const uint32_t old : record.supersedes) {
      ASSIGN_OR_RETURN(const VertexId vertex, numbers_.VertexOf(VertexKind::kClaim, old));
      columns.supersedes.emplace_back(NumberOf(vertex));
    }
    claims_.push_back({columns.proposition, columns.asserters.empty() ? VertexId() : columns.asserters.front(),
                       columns.act, columns.recorded});
    const ClaimId number = builder_.Add(columns);
    if (claim.act == Act::kRetracts) retractions_.push_back(number);
    for (const ClaimId old : columns.supersedes) superseded_.push_back({number, old});
    return absl::OkStatus();
  }

  // A claim ends when another supersedes it, or when its asserter retracts what it says.
  void CloseClaims() {
    for (const auto& [by, old] : superseded_) builder_.Close(old, claims_[by.value].recorded);
    if (retractions_.empty()) return;
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
          builder_.Close(ClaimId(i), retraction.recorded);
        }
      }
    }
  }

  // What closing a claim needs to know of it.
  struct Summary {
    EdgeId proposition;
    VertexId asserter;
    Act act;
    int64_t recorded;
  };

  const Snapshot& snapshot_;
  const Numbers numbers_;
  ClaimsBuilder builder_;
  absl::Status status_;
  std::vector<Summary> claims_;
  std::vector<std::pair<ClaimId, ClaimId>> superseded_;
  std::vector<ClaimId> retractions_;
};

class ImageReader {
 public:
  explicit ImageReader(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<std::shared_ptr<const Image>> Run() {
    ClaimsReader claims(snapshot_);
    std::thread reading_claims([&claims] { claims.Run(); });
    const absl::Cleanup joined = [&reading_claims] {
      if (reading_claims.joinable()) reading_claims.join();
    };
    builder_.ReadKeysAs(key_);
    // What a view reads off the columns of claims, or off their words, has to have a name to be asked for by.
    for (const char* field : {"act", "polarity", "certainty", "rank", "relation", "said", "valid", "quantity",
                              "recorded", "id", "hedge", "quote", "locator", "note", "cites_note", "cites_state"}) {
      builder_.Property(field);
    }
    RETURN_IF_ERROR(snapshot_.ScanEntities([this](const StoredEntity& stored) { return AddEntity(stored.entity); }));
    RETURN_IF_ERROR(
        snapshot_.ScanDocuments([this](const StoredDocument& stored) { return AddDocument(stored.document); }));
    RETURN_IF_ERROR(LinkDocuments());
    absl::Status propositions = snapshot_.view().ScanPropositionRecords(
        [this](PropositionNumber, const PropositionRecord& proposition) { return AddProposition(proposition); });
    reading_claims.join();
    RETURN_IF_ERROR(propositions);
    RETURN_IF_ERROR(claims.status());
    builder_.TakeClaims(std::move(claims).Take());
    return builder_.Build(store_internal::MakeClaimTexts(snapshot_));
  }

 private:
  absl::Status AddEntity(const Entity& entity) {
    std::vector<LabelId> labels;
    for (const std::string& type : entity.types) labels.push_back(builder_.Label(type));
    const VertexId vertex = builder_.AddEntity(entity.key, std::move(labels));
    SetText(vertex, name_, entity.name);
    SetText(vertex, description_, entity.description);
    List aliases;
    for (const Alias& alias : entity.aliases) aliases.push_back(Value::String(alias.text));
    if (!aliases.empty()) builder_.SetVertexProperty(vertex, aliases_, Value::OfList(std::move(aliases)));
    return absl::OkStatus();
  }

  absl::Status AddDocument(const Document& document) {
    const VertexId vertex = builder_.AddDocument(document.key);
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

  absl::Status AddProposition(const PropositionRecord& proposition) {
    ASSIGN_OR_RETURN(const VertexId subject, numbers_.VertexOf(proposition.subject));
    const RelationId relation = builder_.Relation(proposition.relation);
    EdgeId edge;
    if (proposition.object.kind == TermRecord::Kind::kLiteral) {
      edge = builder_.AddLiteral(subject, relation, proposition.object.literal);
    } else {
      ASSIGN_OR_RETURN(const VertexId object, numbers_.VertexOf(proposition.object));
      edge = builder_.AddEdge(subject, relation, object);
    }
    for (const QualifierRecord& qualifier : proposition.identifying) {
      ASSIGN_OR_RETURN(Value value, numbers_.ToValue(qualifier.value));
      builder_.AddEdgeProperty(edge, builder_.Property(qualifier.name), std::move(value));
    }
    return absl::OkStatus();
  }

  // Documents name what they belong to by key.
  absl::StatusOr<VertexId> Find(std::string_view key) {
    const VertexId vertex = builder_.FindKey(key);
    return vertex.valid() ? absl::StatusOr<VertexId>(vertex) : Dangling(StrCat("'", key, "'"));
  }

  void SetText(VertexId vertex, PropertyId property, std::string_view text) {
    if (!text.empty()) builder_.SetVertexProperty(vertex, property, Value::String(text));
  }

  struct DocumentLinks {
    VertexId document;
    std::string publisher, part_of;
  };

  const Snapshot& snapshot_;
  const Numbers numbers_{snapshot_.counts()};
  ImageBuilder builder_{/*sourced=*/true};
  PropertyId key_ = builder_.Property("key");
  PropertyId name_ = builder_.Property("name");
  PropertyId description_ = builder_.Property("description");
  PropertyId aliases_ = builder_.Property("aliases");
  std::vector<DocumentLinks> links_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Image>> BuildImage(const Snapshot& snapshot) {
  return ImageReader(snapshot).Run();
}

}  // namespace dossier
