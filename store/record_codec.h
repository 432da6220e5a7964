// Records <-> bytes: the structs of schema/record.capnp, packed, and the blocks of store/record_block.h. References are
// dense numbers on both sides; whoever composes a Claim out of them is store/view.h.
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
  uint32_t first_claim = 0;  // the first that was made on it; all others are in Tag::kFurtherClaims
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
  // The id is ContentIdOf the claim, and is left out here and on disk: View::Compose finds it again. Never so of a
  // claim that refers to others, because then finding one id could take finding a long chain of them.
  bool id_by_content = false;
};

// Entries of an index of hashes that were written together: what is in one run is in no other.
struct IndexRun {
  uint32_t number = 0;   // of the run, in the keys of its buckets
  uint32_t bits = 0;     // there are 2^bits buckets
  uint32_t entries = 0;  // in all of them
  friend bool operator==(const IndexRun&, const IndexRun&) = default;
};
struct IndexRuns {
  std::vector<IndexRun> claims, propositions;  // each the older first
  friend bool operator==(const IndexRuns&, const IndexRuns&) = default;
};

// `what` names the record in an error: "claim 17".
absl::StatusOr<std::string> Encode(const Entity& entity, std::string_view what);
absl::StatusOr<std::string> Encode(const Document& document, std::string_view what);
// These two as blocks of one (store/record_block.h); on disk there are more to a block.
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

// Where the entries of an index of hashes are (store/hash_index.h).
absl::StatusOr<std::string> Encode(const IndexRuns& runs, std::string_view what);
absl::StatusOr<IndexRuns> DecodeIndexRuns(std::string_view bytes, std::string_view what);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_RECORD_CODEC_H_
