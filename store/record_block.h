// Propositions and claims as they lie on disk: many to a block, field by field, so that what neighbours have in common
// is written once. References are dense numbers (store/record_codec.h).
//
//   block       ::= %x01 count texts quantities columns
//   texts       ::= number column(length) *OCTET                 each text of the block once
//   quantities  ::= number column(low) column(high) column(marks) column(unit) column(basis) column(text)
//   columns     ::= the fields of the records, one column each, in the order of Transfer() in the .cc
//   count, number ::= varint (store/column.h)
//
//   A text is a code: 0 the empty text, 2n+1 the decimal number n as one writes it, 2i+2 the text i of the block.
//   A list is a column of lengths, then for each place in the longest one the columns of the records that reach it.
//   A term is two columns: its kind and its number, integer (zigzag), bits, truth, code of a text or quantity's place.
//
// Reading trusts nothing: any bytes give records or a status kDataLoss (E4007) that names the block, in some
// megabytes of memory. One record is read without reading those before it.
#ifndef DOSSIER_STORE_RECORD_BLOCK_H_
#define DOSSIER_STORE_RECORD_BLOCK_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "schema/plain_claims.h"
#include "store/record_codec.h"

namespace dossier::store_internal {

// A block is closed when it holds this many records, or this many bytes of texts.
inline constexpr uint32_t kRecordsInBlock = 256;
inline constexpr size_t kTextBytesInBlock = size_t{64} << 10;
// No list of a record is longer.
inline constexpr uint64_t kMostInList = 1 << 16;

// Record is PropositionRecord or ClaimRecord.
template <typename Record>
class BlockWriter {
 public:
  BlockWriter();
  ~BlockWriter();

  // `what` names the record in an error (E4023, too large), after which the block does not hold it.
  absl::Status Add(const Record& record, std::string_view what);
  // The same of a claim whose `rest` lies elsewhere: what `record` has of it counts for nothing.
  absl::Status Add(const Record& record, const Claim& rest,
                   std::string_view what) requires std::same_as<Record, ClaimRecord>;
  // The proposition of a plain claim, whose number is `first_claim`. Those are never too large.
  void AddPlain(const PlainClaims& claims, const PlainClaim& claim,
                uint32_t first_claim) requires std::same_as<Record, PropositionRecord>;
  // A plain claim on `proposition`, recorded by the load and at the time given.
  void AddPlain(const PlainClaims& claims, const PlainClaim& claim, PropositionNumber proposition, uint64_t load,
                int64_t recorded) requires std::same_as<Record, ClaimRecord>;
  uint32_t count() const;
  bool full() const;
  // The block. Leaves the writer empty.
  std::string Take();

 private:
  struct Parts;
  absl::Status CheckSize(size_t bytes, size_t longest_list, std::string_view what) const;
  std::unique_ptr<Parts> parts_;
};

// For one thread at a time: what records share is made once.
template <typename Record>
class BlockReader {
 public:
  // `what` names the block in errors.
  static absl::StatusOr<BlockReader> Open(std::string bytes, std::string_view what);
  BlockReader(BlockReader&&) noexcept;
  BlockReader& operator=(BlockReader&&) noexcept;
  ~BlockReader();

  uint32_t count() const;
  // Precondition of both: i < count().
  absl::StatusOr<Record> At(uint32_t i) const;
  // The same into a record that held another one before, of which only what differs is made anew. After an error it
  // may hold anything.
  absl::Status Read(uint32_t i, Record* record) const;
  // The same without what only a reader of the claim wants to know: its id, locator, quotes, hedge and notes are left
  // as they are.
  absl::Status ReadWithoutWords(uint32_t i, Record* record) const requires std::same_as<Record, ClaimRecord>;

 private:
  struct Parts;
  explicit BlockReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_RECORD_BLOCK_H_
