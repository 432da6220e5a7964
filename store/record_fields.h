// The fields of records in their order on disk, for store/record_block.cc.
//
// Transfer(record, fields) names the fields of a record in their order on disk. Three things stand behind `fields`:
// one that takes the cells of a record apart, one that reads the columns of a block, one that puts a record together.
#ifndef DOSSIER_STORE_RECORD_FIELDS_H_
#define DOSSIER_STORE_RECORD_FIELDS_H_

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "schema/plain_claims.h"
#include "store/record_block.h"

namespace dossier::store_internal {

constexpr uint64_t kUnbounded = 1, kLowOpen = 2, kHighOpen = 4, kMeasured = 8, kApproximate = 16, kVague = 32,
                   kUnknown = 64, kDerived = 128;

constexpr size_t kQuantityColumns = 6;

enum TermKind : uint64_t {
  kTermEntity = 0,
  kTermDocument = 1,
  kTermClaim = 2,
  kTermString = 3,
  kTermInteger = 4,
  kTermFloat = 5,
  kTermBoolean = 6,
  kTermTime = 7,
  kTermQuantity = 8,
};
enum IdKind : uint64_t { kIdByContent = 0, kIdText = 1, kIdHash = 2 };

template <typename Fields, typename Record>
void TransferProposition(Fields* fields, Record* record) {
  fields->Term(&record->subject);
  fields->Text(&record->relation);
  fields->Term(&record->object);
  fields->Qualifiers(&record->identifying);
  fields->Number(&record->first_claim);
}
template <typename Fields>
void Transfer(Fields* fields, PropositionRecord* record) {
  TransferProposition(fields, record);
}

template <typename AnyLocator>
requires std::same_as<std::remove_const_t<AnyLocator>, Locator>
auto PartsOf(AnyLocator* locator) {
  return std::array{&locator->section, &locator->paragraph, &locator->page, &locator->note,       &locator->table,
                    &locator->row,     &locator->column,    &locator->line, &locator->characters, &locator->timecode};
}

// The fields of a plain claim by the names that the records have for them.
struct PlainPropositionRecord {
  PlainTerm subject;
  PlainText relation;
  PlainTerm object;
  std::span<const PlainQualifier> identifying;
  uint32_t first_claim = 0;
};
struct PlainClaimRecord {
  PropositionNumber proposition{0};
  DocumentNumber document{0};
  std::span<const PlainQualifier> qualifiers;
  std::span<const uint32_t> asserters;
  std::optional<uint32_t> statement;
  std::span<const uint32_t> cites, supersedes;
  bool id_by_content = false;
};
using PlainLocator = std::array<PlainText, 10>;
struct PlainRestRecord {
  uint64_t load = 0;
  int64_t recorded = 0;
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  Rank rank = Rank::kNormal;
  PlainText id, valid, said;
  const PlainQuantity* quantity = nullptr;
  PlainText hedge;
  PlainLocator locator;
  PlainText quote, quote_before, quote_after;
  struct {
    PlainText note;
    NoteState state = NoteState::kNone;
  } cites;
  PlainText note;
};

inline std::array<const PlainText*, 10> PartsOf(const PlainLocator* locator) {
  std::array<const PlainText*, 10> parts;
  for (size_t i = 0; i < parts.size(); ++i) parts[i] = &(*locator)[i];
  return parts;
}

template <typename Fields, typename Record, typename Rest>
void TransferClaim(Fields* fields, Record* record, Rest* rest) {
  fields->Number(&record->proposition.value);
  fields->Number(&record->document.value);
  fields->Number(&rest->load);
  fields->Signed(&rest->recorded);
  fields->Constant(&rest->act, Act::kRefuses);
  fields->Constant(&rest->certainty, Certainty::kUncommitted);
  fields->Constant(&rest->rank, Rank::kDeprecated);
  fields->Optional(&record->statement);
  fields->Id(&rest->id, &record->id_by_content);
  fields->Qualifiers(&record->qualifiers);
  fields->Time(&rest->valid);
  fields->Time(&rest->said);
  fields->Quantity(&rest->quantity);
  fields->Text(&rest->hedge);
  fields->Numbers(&record->asserters);
  for (auto* part : PartsOf(&rest->locator)) fields->Text(part);
  fields->Text(&rest->quote);
  fields->Text(&rest->quote_before);
  fields->Text(&rest->quote_after);
  fields->Text(&rest->cites.note);
  fields->Constant(&rest->cites.state, NoteState::kIbid);
  fields->Numbers(&record->cites);
  fields->Numbers(&record->supersedes);
  fields->Text(&rest->note);
}
template <typename Fields>
void Transfer(Fields* fields, ClaimRecord* record) {
  TransferClaim(fields, record, &record->rest);
}

// Cells of many records: plain columns in the order of the fields, and beside each list those of its places.
using ListCells = std::vector<std::vector<uint64_t>>;  // so many columns a place

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_RECORD_FIELDS_H_
