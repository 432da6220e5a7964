// Records <-> bytes: the structs of schema/record.capnp, packed. References are dense numbers on both sides; whoever
// composes a Claim out of them is store/view.h.
//
// Encoding refuses what decoding would (E4023). Decoding trusts nothing: any bytes give a record or a status
// kDataLoss (E4007) that names the record, never a crash, and never more memory than kMaxRecordBytes a record.
#ifndef DOSSIER_STORE_RECORD_CODEC_H_
#define DOSSIER_STORE_RECORD_CODEC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "store/records.h"
#include "store/verification.h"

namespace dossier::store_internal {

// A Term with the number in the place of the key. A key may be that of a document, too.
struct TermRecord {
  enum class Kind : uint8_t { kEntity, kDocument, kClaim, kLiteral };
  Kind kind = Kind::kEntity;
  uint32_t number = 0;  // unless kLiteral
  Value literal;        // string, integer, float, boolean, time or quantity
};

struct QualifierRecord {
  std::string name;
  TermRecord value;
};

struct PropositionRecord {
  TermRecord subject;
  std::string relation;
  TermRecord object;
  std::vector<QualifierRecord> identifying;
};

struct ClaimRecord {
  PropositionNumber proposition{0};
  DocumentNumber document{0};
  std::vector<QualifierRecord> qualifiers;
  std::vector<uint32_t> asserters;    // entities
  std::optional<uint32_t> statement;  // an entity
  std::vector<uint32_t> cites;        // documents
  std::vector<uint32_t> supersedes;   // claims
  // Everything else, with these left empty: proposition, qualifiers, asserters, statement, document, cites.documents,
  // supersedes.
  Claim rest;
};

// `what` names the record in an error: "claim 17".
absl::StatusOr<std::string> Encode(const Entity& entity, std::string_view what);
absl::StatusOr<std::string> Encode(const Document& document, std::string_view what);
absl::StatusOr<std::string> Encode(const PropositionRecord& proposition, std::string_view what);
absl::StatusOr<std::string> Encode(const ClaimRecord& claim, std::string_view what);
absl::StatusOr<std::string> Encode(const LoadRecord& load, std::string_view what);
absl::StatusOr<std::string> Encode(const StoreCounts& counts, std::string_view what);
absl::StatusOr<std::string> Encode(const Verification& verification, std::string_view what);
absl::StatusOr<std::string> EncodeOntology(std::string_view toml, std::string_view what);

absl::StatusOr<Entity> DecodeEntity(std::string_view bytes, std::string_view what);
absl::StatusOr<Document> DecodeDocument(std::string_view bytes, std::string_view what);
absl::StatusOr<PropositionRecord> DecodeProposition(std::string_view bytes, std::string_view what);
absl::StatusOr<ClaimRecord> DecodeClaim(std::string_view bytes, std::string_view what);
absl::StatusOr<LoadRecord> DecodeLoad(std::string_view bytes, std::string_view what);
absl::StatusOr<StoreCounts> DecodeCounts(std::string_view bytes, std::string_view what);
absl::StatusOr<Verification> DecodeVerification(std::string_view bytes, std::string_view what);
absl::StatusOr<std::string> DecodeOntology(std::string_view bytes, std::string_view what);

// The key alone, for whoever resolves numbers: much cheaper than the whole record.
absl::StatusOr<std::string> DecodeEntityKey(std::string_view bytes, std::string_view what);
absl::StatusOr<std::string> DecodeDocumentKey(std::string_view bytes, std::string_view what);
absl::StatusOr<std::string> DecodeClaimIdText(std::string_view bytes, std::string_view what);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_RECORD_CODEC_H_
