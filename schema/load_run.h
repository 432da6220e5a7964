// One run of a validator over a load (schema/validator.h), for its own files: load_run_files.cc reads,
// load_run_things.cc takes entities and documents, load_run_claims.cc claims, load_run_records.cc what is built in
// code.
//
// Three readings of the files:
//   1. sketch    which keys and ids there are; rows that cannot be read are reported; and entities are taken, as long
//                as none of them leaves anything to ask
//   2. things    entities, where one did; then documents: checked, merged with what the store has
//   3. claims    groups and claims, each checked by itself; those that refer to claims of the same load wait
// and then the waiting ones, when it is known which claims there are and which of them were refused. Files that hold
// nothing for a reading are passed over.
//
// A file with a source stays where it is if its lines are rows of claims that give nothing which has to be known
// beforehand; then its rows are read in stretches, by the workers. Where one of them has to be talked about, or the
// file is anything else, it is read into memory as a whole.
#ifndef DOSSIER_SCHEMA_LOAD_RUN_H_
#define DOSSIER_SCHEMA_LOAD_RUN_H_

#include <algorithm>
#include <cstdint>
#include <future>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "schema/claim_file_reader.h"
#include "schema/claim_validator.h"
#include "schema/claim_workers.h"
#include "schema/csv_reader.h"
#include "schema/known_things.h"
#include "schema/plain_claims.h"
#include "schema/row_parser.h"
#include "schema/validator.h"

namespace dossier {

class LoadRun {
 public:
  LoadRun(const Ontology* ontology, const Catalog* catalog, const Validator::Options& options)
      : ontology_(*ontology),
        options_(options),
        known_(catalog, [this](NameIndex* names) { ReadNames(names); }),
        parser_(ontology, &known_),
        claim_validator_(ontology, &known_, options.limits.max_cell_bytes) {}

  absl::StatusOr<LoadResult> Files(std::span<const ClaimFile> files);
  absl::StatusOr<LoadResult> Records(std::vector<Document> documents, std::vector<Entity> entities,
                                     std::vector<Claim> claims);
  absl::StatusOr<ValidatedClaim> OneClaim(Claim claim);

 private:
  static constexpr unsigned Bit(RecordKind kind) { return 1U << static_cast<unsigned>(kind); }
  static constexpr unsigned kAllKinds = 15;

  class Reporter;
  class RowReporter;
  class RecordReporter;

  // A claim that refers to claims which are not in the store.
  struct Waiting {
    struct Pending {
      std::string id;
      Diagnostic if_unknown;
    };
    ValidatedClaim claim;
    bool id_given = false;
    RowId row;
    RejectedRow rejected_row;  // if it comes to that
    std::vector<Pending> references;
    bool refused = false;
  };

  ViolationId AddViolation(uint32_t file, Diagnostic diagnostic) {
    result_.violations.push_back(std::move(diagnostic));
    violation_files_.push_back(file);
    return result_.violations.size() - 1;
  }
  // The row, or what is built in code under `label`, with no reasons yet.
  RejectedRow RowAt(const RowId& row, std::string label) const {
    RejectedRow rejected;
    rejected.text = std::move(label);
    if (files_.empty()) return rejected;
    const ClaimFile& file = FileOf(row.file);
    rejected.file = file.name;
    rejected.place = SpanFrom(file.text, {row.offset, row.line, 1}, row.offset, row.end);
    // Not there if the file was cut off meanwhile, which Finish tells.
    if (row.offset <= file.text.size()) rejected.text = file.text.substr(row.offset, row.end - row.offset);
    return rejected;
  }
  void Reject(const RowId& row, RejectedRow rejected) {
    rejected_order_.push_back(row);
    result_.rejected.push_back(std::move(rejected));
  }
  // With its text. If that cannot be read, it is empty, and source_status_ says why.
  const ClaimFile& FileOf(uint32_t file) const;
  // The first failure to read a file, or kOk; also if one has changed since it was opened.
  absl::Status SourceStatus() const;
  std::string Describe(const RowId& row) const {
    return files_.empty() ? StrCat("record ", row.offset + 1) : StrCat(files_[row.file].name, ":", row.line);
  }

  // Calls `visit(record, row)` for the records of `kinds` in all files; the readers' own complaints go to `violations`.
  std::vector<uint32_t> AllFiles() const {
    std::vector<uint32_t> all(files_.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  template <typename Visit>
  absl::Status ForEachRecord(unsigned kinds, std::vector<Diagnostic>* violations, const Visit& visit);
  template <typename Visit>
  absl::Status ForEachRecord(std::span<const uint32_t> files, unsigned kinds, std::vector<Diagnostic>* violations,
                             const Visit& visit);
  void Sketch();
  void ReadNames(NameIndex* names) const;
  bool SketchByLines(uint32_t file, const ClaimFileReader& reader);
  // Where the lines of a file with a source begin.
  struct Lines {
    std::unique_ptr<const ClaimFile> header;  // the file with its header alone
    std::vector<RowStretch> stretches;
    size_t rows = 0;
  };
  std::optional<Lines> FindLines(uint32_t file) const;
  void TakeLines(uint32_t file, Lines lines);
  void SketchEntity(const RawRecord& record, const RowId& row);
  void TakeEntitiesLater();
  void KeepReaderViolations(uint32_t file, std::vector<Diagnostic> violations);

  void TakeEntity(Entity entity, bool is_group, const RowId& row, Reporter* reporter);
  void TakeDocument(Document document, const RowId& row, Reporter* reporter);
  // Refuses the entities and documents that rest on refused ones.
  void SettleThings();
  // To their sink, if there is one.
  absl::Status GiveThings() {
    if (!options_.things_sink) return absl::OkStatus();
    if (!result_.violations.empty()) {  // then some may have been taken out
      known_.ForEachLoadEntity([](std::string_view, KnownEntity* entity) { entity->to_load.reset(); });
      for (size_t i = 0; i < result_.load.entities.size(); ++i) {
        known_.LoadEntity(result_.load.entities[i].key)->to_load = static_cast<uint32_t>(i);
      }
    }
    return options_.things_sink(
        {std::exchange(result_.load.documents, {}), std::exchange(result_.load.entities, {}), known_.PlacesInLoad()});
  }
  absl::Status TakeClaims();
  absl::Status TakeStretches(std::vector<RowStretch> stretches);
  absl::Status TakeStretch(const RowStretch& stretch);
  absl::Status TakeRow(const RowId& row);
  // What it complains of goes to told_, which is empty now.
  ClaimFileReader& ReaderOf(uint32_t file);
  absl::Status TakeCheckedStretch(CheckedStretch* rows);
  absl::Status TakeCheckedRow(CheckedRow&& checked);
  absl::Status TakeClaimRow(const RawRecord& record, const RowId& row);
  absl::Status TakeGroupRow(const RawRecord& record, const RowId& row);
  // A claim that has passed: to the load, or to those that wait.
  absl::Status TakeClaim(ValidatedClaim&& claim, bool id_given, const RowId& row, Reporter* reporter);
  absl::Status Accept(ValidatedClaim&& claim, bool id_given, Reporter* reporter);
  absl::Status SettleWaiting();
  bool ExistsInLoad(std::string_view id) const;
  void RefuseId(const std::string& id, ViolationId reason) { refused_ids_.try_emplace(id, reason); }

  LoadResult Finish();
  void Progress(size_t more_bytes) {
    bytes_done_ += more_bytes;
    if (options_.progress) options_.progress(std::min(bytes_done_, bytes_all_), bytes_all_);
  }

  const Ontology& ontology_;
  const Validator::Options& options_;
  KnownThings known_;
  RowParser parser_;
  ClaimValidator claim_validator_;

  std::span<const ClaimFile> files_;
  // Of each file with a source: itself with all its text, once that was needed; and of one that is read in parts itself
  // with its header as text, which the workers get.
  mutable std::vector<std::unique_ptr<const ClaimFile>> whole_files_;
  mutable absl::Status source_status_;
  std::vector<std::unique_ptr<const ClaimFile>> headers_;
  std::vector<unsigned> kinds_in_file_;  // a bit for each RecordKind
  std::vector<unsigned> kinds_found_;    // while the first reading goes on
  std::vector<std::vector<RowStretch>> stretches_in_file_;
  bool takes_entities_ = false;  // in the first reading
  size_t next_entity_ = 0;       // in the second
  std::vector<Entity> built_;    // the entities, where there are no files
  size_t bytes_done_ = 0, bytes_all_ = 0;

  LoadResult result_;
  std::vector<uint32_t> violation_files_;         // beside result_.violations
  std::vector<RowId> rejected_order_;             // beside result_.rejected
  absl::flat_hash_set<ContentHash> content_ids_;  // of accepted claims without an id
  absl::flat_hash_map<std::string, ViolationId> refused_ids_;
  absl::flat_hash_map<std::pair<uint32_t, size_t>, std::vector<ViolationId>> group_reasons_;  // by row
  std::vector<Waiting> waiting_;
  std::optional<PlainThings> plain_things_;  // made when first needed
  std::future<void> fetched_;                // memory for claims
  // Making a reader reads the whole file for bytes that are no text, so it is kept for the next stretch.
  std::optional<ClaimFileReader> reader_;
  uint32_t reader_file_ = 0;
  std::vector<Diagnostic> told_;  // what it complains of
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_LOAD_RUN_H_
