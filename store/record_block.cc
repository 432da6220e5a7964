#include "store/record_block.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/cell_reader.h"
#include "store/cell_writer.h"
#include "store/column.h"
#include "store/error_codes.h"
#include "store/format.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr uint64_t kLayout = 1;

size_t SizeOf(const TermRecord& term) {
  switch (term.literal.type()) {
    case Value::Type::kString:
      return term.literal.string().size();
    case Value::Type::kQuantity:
      return term.literal.quantity().text.size() + term.literal.quantity().unit.size();
    default:
      return 0;
  }
}
size_t SizeOf(const std::vector<QualifierRecord>& qualifiers) {
  size_t size = 0;
  for (const QualifierRecord& qualifier : qualifiers) size += qualifier.name.size() + SizeOf(qualifier.value);
  return size;
}
size_t SizeOf(const PropositionRecord& record) {
  return record.relation.size() + SizeOf(record.subject) + SizeOf(record.object) + SizeOf(record.identifying);
}
size_t SizeOf(const ClaimRecord& record, const Claim& rest) {
  const Locator& locator = rest.locator;
  size_t size = SizeOf(record.qualifiers);
  for (const std::string* text :
       {&rest.id, &rest.hedge, &rest.quote, &rest.quote_before, &rest.quote_after, &rest.cites.note, &rest.note,
        &locator.section, &locator.paragraph, &locator.page, &locator.note, &locator.table, &locator.row,
        &locator.column, &locator.line, &locator.characters, &locator.timecode}) {
    size += text->size();
  }
  if (rest.quantity.has_value()) size += rest.quantity->text.size() + rest.quantity->unit.size();
  return size;
}
size_t SizeOf(const ClaimRecord& record) { return SizeOf(record, record.rest); }
size_t LongestList(const PropositionRecord& record) { return record.identifying.size(); }
size_t LongestList(const ClaimRecord& record) {
  return std::max({record.qualifiers.size(), record.asserters.size(), record.cites.size(), record.supersedes.size()});
}

}  // namespace

template <typename Record>
struct BlockWriter<Record>::Parts {
  uint32_t count = 0;
  TextWriter texts;
  QuantityWriter quantities{&texts};
  CellWriter cells{&texts, &quantities};
};

template <typename Record>
BlockWriter<Record>::BlockWriter() : parts_(std::make_unique<Parts>()) {}
template <typename Record>
BlockWriter<Record>::~BlockWriter() = default;

template <typename Record>
absl::Status BlockWriter<Record>::CheckSize(size_t bytes, size_t longest_list, std::string_view what) const {
  if (bytes > kMaxRecordBytes) {
    return StoreError(kRecordTooLarge, StrCat(what, " takes ", bytes, " bytes"),
                      StrCat("a record takes at most ", kMaxRecordBytes), "shorten its texts");
  }
  if (longest_list > kMostInList) {
    return StoreError(kRecordTooLarge, StrCat(what, " has a list of ", longest_list),
                      StrCat("a list holds at most ", kMostInList), "make several claims of it");
  }
  return absl::OkStatus();
}

// CellWriter's methods take pointers to const, so nothing is changed by what the cast lets through to Transfer.
template <typename Record>
absl::Status BlockWriter<Record>::Add(const Record& record, std::string_view what) {
  RETURN_IF_ERROR(CheckSize(SizeOf(record), LongestList(record), what));
  parts_->cells.Begin();
  Transfer(&parts_->cells, const_cast<Record*>(&record));
  ++parts_->count;
  return absl::OkStatus();
}

template <typename Record>
absl::Status BlockWriter<Record>::Add(const Record& record, const Claim& rest,
                                      std::string_view what) requires std::same_as<Record, ClaimRecord> {
  RETURN_IF_ERROR(CheckSize(SizeOf(record, rest), LongestList(record), what));
  parts_->cells.Begin();
  TransferClaim(&parts_->cells, &record, &rest);
  ++parts_->count;
  return absl::OkStatus();
}

template <typename Record>
void BlockWriter<Record>::AddPlain(const PlainClaims& claims, const PlainClaim& claim,
                                   uint32_t first_claim) requires std::same_as<Record, PropositionRecord> {
  const PlainPropositionRecord record = {claim.subject, claim.relation, claim.object,
                                         claims.qualifiers(claim.identifying), first_claim};
  parts_->cells.Begin(&claims);
  TransferProposition(&parts_->cells, &record);
  ++parts_->count;
}

template <typename Record>
void BlockWriter<Record>::AddPlain(const PlainClaims& claims, const PlainClaim& claim, PropositionNumber proposition,
                                   uint64_t load, int64_t recorded) requires std::same_as<Record, ClaimRecord> {
  const PlainClaimRecord record = {
      .proposition = proposition,
      .document = DocumentNumber(claim.document),
      .qualifiers = claims.qualifiers(claim.qualifiers),
      .asserters = claims.numbers(claim.asserters),
      .statement = claim.statement == 0 ? std::nullopt : std::optional<uint32_t>(claim.statement - 1),
      .cites = claims.numbers(claim.cited),
      .id_by_content = claim.id_by_content};
  const PlainRest& more = claims.rest(claim);
  PlainRestRecord rest = {.load = load,
                          .recorded = recorded,
                          .act = claim.act,
                          .certainty = claim.certainty,
                          .rank = claim.rank,
                          .id = more.id,
                          .valid = claim.valid,
                          .said = claim.said,
                          .quantity = claim.quantity == 0 ? nullptr : &claims.quantity(claim.quantity - 1),
                          .hedge = more.hedge,
                          .quote = more.quote,
                          .quote_before = more.quote_before,
                          .quote_after = more.quote_after,
                          .cites = {more.cites_note, more.cites_state},
                          .note = more.note};
  for (const PlainLocatorPart& part : claims.locator(claim)) rest.locator[part.part] = part.text;
  parts_->cells.Begin(&claims);
  TransferClaim(&parts_->cells, &record, &rest);
  ++parts_->count;
}

template <typename Record>
uint32_t BlockWriter<Record>::count() const {
  return parts_->count;
}

template <typename Record>
bool BlockWriter<Record>::full() const {
  return parts_->count >= kRecordsInBlock || parts_->texts.bytes() >= kTextBytesInBlock;
}

template <typename Record>
std::string BlockWriter<Record>::Take() {
  ColumnWriter out;
  out.PutNumber(kLayout);
  out.PutNumber(parts_->count);
  parts_->texts.WriteTo(&out);
  parts_->quantities.WriteTo(&out);
  parts_->cells.WriteTo(&out);
  parts_->count = 0;
  return out.Take();
}

template <typename Record>
struct BlockReader<Record>::Parts {
  std::string bytes, what;
  BlockColumns block;

  bool Find() {
    ColumnReader in(bytes);
    uint64_t layout = 0, records = 0;
    if (!in.GetNumber(&layout) || layout != kLayout || !in.GetNumber(&records) || records > kRecordsInBlock) {
      return false;
    }
    block.records = static_cast<uint32_t>(records);
    if (!block.texts.Read(&in, bytes.size()) || !block.quantities.Read(&in)) return false;
    Record record;
    ColumnFinder finder(&in, &block);
    Transfer(&finder, &record);
    return finder.good() && in.AtEnd();
  }
};

template <typename Record>
BlockReader<Record>::BlockReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
template <typename Record>
BlockReader<Record>::BlockReader(BlockReader&&) noexcept = default;
template <typename Record>
BlockReader<Record>& BlockReader<Record>::operator=(BlockReader&&) noexcept = default;
template <typename Record>
BlockReader<Record>::~BlockReader() = default;

template <typename Record>
absl::StatusOr<BlockReader<Record>> BlockReader<Record>::Open(std::string bytes, std::string_view what) {
  auto parts = std::make_unique<Parts>();
  parts->bytes = std::move(bytes);
  parts->what = what;
  if (!parts->Find()) return Damaged(StrCat(what, " is damaged"));
  return BlockReader(std::move(parts));
}

template <typename Record>
uint32_t BlockReader<Record>::count() const {
  return parts_->block.records;
}

template <typename Record>
absl::StatusOr<Record> BlockReader<Record>::At(uint32_t i) const {
  Record record;
  RETURN_IF_ERROR(Read(i, &record));
  return record;
}

template <typename Record>
absl::Status BlockReader<Record>::Read(uint32_t i, Record* record) const {
  CellReader reader(parts_->block, i);
  Transfer(&reader, record);
  if (!reader.good()) return Damaged(StrCat(parts_->what, " is damaged: its record ", i, " cannot be read"));
  return absl::OkStatus();
}

template <typename Record>
absl::Status BlockReader<Record>::ReadWithoutWords(uint32_t i,
                                                   Record* record) const requires std::same_as<Record, ClaimRecord> {
  CellReader reader(parts_->block, i, /*words=*/false);
  Transfer(&reader, record);
  if (!reader.good()) return Damaged(StrCat(parts_->what, " is damaged: its record ", i, " cannot be read"));
  return absl::OkStatus();
}

template class BlockWriter<PropositionRecord>;
template class BlockWriter<ClaimRecord>;
template class BlockReader<PropositionRecord>;
template class BlockReader<ClaimRecord>;

}  // namespace dossier::store_internal
