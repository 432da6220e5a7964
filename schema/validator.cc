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
#include "schema/validator.h"

#include <algorithm>
#include <array>
#include <future>
#include <memory>
#include <numeric>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/fetch_pages.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "schema/claim_validator.h"
#include "schema/claim_workers.h"
#include "schema/csv_reader.h"
#include "schema/doubt.h"
#include "schema/error_codes.h"
#include "schema/group_expansion.h"
#include "schema/known_things.h"
#include "schema/plain_claims.h"
#include "schema/plain_reader.h"
#include "schema/record_checks.h"
#include "schema/row_parser.h"

namespace dossier {
namespace {

constexpr size_t kRowsBetweenProgress = 4096;
constexpr size_t kClaimsWorthFetching = 1000000;  // memory for

void AddAlias(Alias alias, Entity* entity) {
  if (alias.text.empty()) return;
  if (std::find(entity->aliases.begin(), entity->aliases.end(), alias) != entity->aliases.end()) return;
  entity->aliases.push_back(std::move(alias));
}

// `entity` with what `other` adds to it.
void Merge(const Entity& other, Entity* entity) {
  if (other.name != entity->name) AddAlias({other.name, "", "", {}}, entity);
  for (const Alias& alias : other.aliases) AddAlias(alias, entity);
  if (entity->description.empty()) entity->description = other.description;
}

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

constexpr unsigned Bit(RecordKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned kAllKinds = 15;

// --- Reporters. ---

class LoadRun::Reporter : public FieldReporter {
 public:
  explicit Reporter(LoadRun* run) : run_(run) {}
  void DependsOn(ViolationId reason) override {
    if (std::find(reasons_.begin(), reasons_.end(), reason) == reasons_.end()) reasons_.push_back(reason);
  }
  bool clean() const override { return reasons_.empty(); }
  ViolationId first_reason() const { return reasons_.front(); }

  void Report(int number, Column column, std::string cause, std::string_view rule, std::string hint, size_t begin,
              size_t end) override {
    Diagnostic diagnostic = At(column, begin, end);
    diagnostic.number = number;
    diagnostic.cause += cause;
    diagnostic.rule = rule;
    diagnostic.hint = std::move(hint);
    reasons_.push_back(run_->AddViolation(file(), std::move(diagnostic)));
  }
  // A diagnostic with file and place, its cause begun.
  virtual Diagnostic At(Column column, size_t begin, size_t end) const = 0;
  virtual RejectedRow Row() const = 0;
  virtual uint32_t file() const = 0;
  const std::vector<ViolationId>& reasons() const { return reasons_; }

 protected:
  LoadRun* run_;
  std::vector<ViolationId> reasons_;
};

class LoadRun::RowReporter : public LoadRun::Reporter {
 public:
  RowReporter(LoadRun* run, const RowId& row, const RawRecord& record) : Reporter(run), row_(row), record_(&record) {}
  // For a row that somebody else has read: it is read again if anything has to be said.
  RowReporter(LoadRun* run, const RowId& row) : Reporter(run), row_(row) {}

  // Where the parts of the claim that is checked next stand in this row.
  void Map(Column subject, Column relation, Column object, Column qualifiers) {
    subject_ = subject;
    relation_ = relation;
    object_ = object;
    qualifiers_ = qualifiers;
  }
  Diagnostic At(Column column, size_t begin, size_t end) const override {
    const ClaimFile& claim_file = run_->FileOf(row_.file);
    if (record_ == nullptr) ReadAgain(claim_file);
    column = Mapped(column);
    Diagnostic diagnostic;
    diagnostic.file = claim_file.name;
    diagnostic.place = PlaceOf(claim_file, *record_, column, begin, end);
    return diagnostic;
  }
  RejectedRow Row() const override {
    RejectedRow row = run_->RowAt(row_, "");
    row.reasons = reasons_;
    return row;
  }
  uint32_t file() const override { return row_.file; }

 private:
  Column Mapped(Column column) const {
    if (record_->kind == RecordKind::kDocument || record_->kind == RecordKind::kEntity) return column;
    switch (column) {
      case Column::kSubject:
        return subject_;
      case Column::kRelation:
        return relation_;
      case Column::kObject:
        return object_;
      case Column::kQualifiers:
        return qualifiers_;
      default:
        return column;
    }
  }

  void ReadAgain(const ClaimFile& file) const {
    std::vector<Diagnostic> said_before;
    reader_ = std::make_unique<ClaimFileReader>(file, run_->options_.limits, &said_before);
    // A reader of JSON Lines counts lines as it begins them.
    reader_->Resume({row_.offset, IsJsonLines(file.name) ? row_.line - 1 : row_.line}, row_.end);
    reader_->Next(&read_again_);
    record_ = &read_again_;
  }

  RowId row_;
  mutable const RawRecord* record_ = nullptr;
  mutable std::unique_ptr<ClaimFileReader> reader_;
  mutable RawRecord read_again_;
  Column subject_ = Column::kSubject, relation_ = Column::kRelation, object_ = Column::kObject,
         qualifiers_ = Column::kQualifiers;
};

// For what is built in code: it has no place, so the record is named.
class LoadRun::RecordReporter : public LoadRun::Reporter {
 public:
  RecordReporter(LoadRun* run, std::string label) : Reporter(run), label_(std::move(label)) {}
  Diagnostic At(Column column, size_t, size_t) const override {
    Diagnostic diagnostic;
    diagnostic.cause = StrCat(label_, ", ", Name(column), ": ");
    return diagnostic;
  }
  RejectedRow Row() const override {
    RejectedRow row;
    row.text = label_;
    row.reasons = reasons_;
    return row;
  }
  uint32_t file() const override { return 0; }

 private:
  std::string label_;
};

// --- Reading files. ---

template <typename Visit>
absl::Status LoadRun::ForEachRecord(unsigned kinds, std::vector<Diagnostic>* violations, const Visit& visit) {
  return ForEachRecord(AllFiles(), kinds, violations, visit);
}

template <typename Visit>
absl::Status LoadRun::ForEachRecord(std::span<const uint32_t> files, unsigned kinds,
                                    std::vector<Diagnostic>* violations, const Visit& visit) {
  RawRecord record;
  // Entities and documents are few; what takes time is the first reading, and that of the claims (TakeClaims).
  const bool counts = kinds == kAllKinds;
  for (const uint32_t i : files) {
    const size_t found_before = violations->size();
    if ((kinds_in_file_[i] & kinds) != 0) {
      ClaimFileReader reader(FileOf(i), options_.limits, violations);
      ClaimFileReader::Place begin = reader.place();
      const bool by_lines = kinds == kAllKinds && SketchByLines(i, reader);
      for (size_t rows = 1; !by_lines && reader.Next(&record); ++rows) {
        if (kinds == kAllKinds && rows % options_.rows_at_once == 0) {
          stretches_in_file_[i].push_back({i, begin, record.end, true});
          begin = reader.place();
        }
        if ((kinds & Bit(record.kind)) != 0) {
          RETURN_IF_ERROR(visit(record, RowId{i, record.begin.offset, record.begin.line, record.end}));
        }
        if (counts && options_.progress && rows % kRowsBetweenProgress == 0) {
          options_.progress(bytes_done_ + reader.offset(), bytes_all_);
        }
      }
      if (kinds == kAllKinds && !by_lines && begin.offset < FileOf(i).text.size()) {
        stretches_in_file_[i].push_back({i, begin, FileOf(i).text.size(), true});
      }
    }
    if (kinds == kAllKinds) {
      KeepReaderViolations(i, {violations->begin() + static_cast<std::ptrdiff_t>(found_before), violations->end()});
    }
    if (!counts) continue;
    bytes_done_ += files_[i].size();
    if (options_.progress) options_.progress(bytes_done_, bytes_all_);
  }
  return known_.status();
}

// Claims without ids give nothing that other rows have to know beforehand, and where there are no quotation marks a
// line is a row: then it is enough to find the lines, and whoever reads the claims reads the rows for the first time.
bool LoadRun::SketchByLines(uint32_t file, const ClaimFileReader& reader) {
  const std::string_view text = FileOf(file).text;
  const std::string& name = files_[file].name;
  if (IsJsonLines(name) || KindOfFile(name) != RecordKind::kClaim || !reader.has_header() ||
      reader.has_column(Column::kId) || !reader.is_text() || text.find('"') != std::string_view::npos ||
      text.find('\r') != std::string_view::npos) {
    return false;
  }
  kinds_found_[file] |= Bit(RecordKind::kClaim);
  ClaimFileReader::Place begin = reader.place(), end = begin;
  for (size_t rows = 1; end.offset < text.size(); ++rows) {
    const size_t line_end = text.find('\n', end.offset);
    end = {line_end == std::string_view::npos ? text.size() : line_end + 1, end.line + 1};
    if (rows % options_.rows_at_once != 0 && end.offset < text.size()) continue;
    stretches_in_file_[file].push_back({file, begin, end.offset, false});
    begin = end;
  }
  return true;
}

// The same without having the text in memory, and without changing anything, for another thread. Nothing where there is
// more to the file.
std::optional<LoadRun::Lines> LoadRun::FindLines(uint32_t file) const {
  const ClaimFile& given = files_[file];
  if (IsJsonLines(given.name) || KindOfFile(given.name) != RecordKind::kClaim) return std::nullopt;
  std::vector<RowStretch> stretches;
  ClaimFileReader::Place begin, end;
  std::unique_ptr<ClaimFile> header;
  std::string part;
  size_t rows = 0;
  while (end.offset < given.source->size()) {
    const size_t part_begin = end.offset,
                 part_end = std::min(part_begin + options_.bytes_at_once, given.source->size());
    if (!given.source->Read(part_begin, part_end, &part).ok()) return std::nullopt;  // who reads it whole says so
    if (part.find('"') != std::string::npos || part.find('\r') != std::string::npos) return std::nullopt;
    if (part_end < given.source->size()) part.resize(part.find_last_of('\n') + 1);
    if (part.empty()) return std::nullopt;  // a line of megabytes
    size_t at = 0;
    if (header == nullptr) {
      header = std::make_unique<ClaimFile>(ClaimFile{given.name, part});
      std::vector<Diagnostic> complaints;
      const ClaimFileReader reader(*header, options_.limits, &complaints);
      if (!reader.has_header() || reader.has_column(Column::kId) || !complaints.empty()) return std::nullopt;
      begin = end = reader.place();
      at = begin.offset;
      *header = {given.name, part.substr(0, at), given.source};
    }
    while (at < part.size()) {
      at = std::min(part.find('\n', at), part.size() - 1) + 1;
      end = {part_begin + at, end.line + 1};
      if (++rows % options_.rows_at_once != 0) continue;
      stretches.push_back({file, begin, end.offset, false});
      begin = end;
    }
  }
  if (header == nullptr) return std::nullopt;
  if (begin.offset < end.offset) stretches.push_back({file, begin, end.offset, false});
  return Lines{std::move(header), std::move(stretches), rows};
}

void LoadRun::TakeLines(uint32_t file, Lines lines) {
  headers_[file] = std::move(lines.header);
  stretches_in_file_[file] = std::move(lines.stretches);
  kinds_found_[file] |= Bit(RecordKind::kClaim);
  Progress(files_[file].size());
}

const ClaimFile& LoadRun::FileOf(uint32_t file) const {
  const ClaimFile& given = files_[file];
  if (given.source == nullptr) return given;
  std::unique_ptr<const ClaimFile>& whole = whole_files_[file];
  if (whole == nullptr) {
    ClaimFile read{given.name, ""};
    const absl::Status status = given.source->Read(0, given.source->size(), &read.text);
    if (!status.ok()) read.text.clear();
    source_status_.Update(status);
    whole = std::make_unique<const ClaimFile>(std::move(read));
  }
  return *whole;
}

absl::Status LoadRun::SourceStatus() const {
  absl::Status status = source_status_;
  for (const ClaimFile& file : files_) {
    if (status.ok() && file.source != nullptr) status = file.source->CheckUnchanged();
  }
  return status;
}

void LoadRun::KeepReaderViolations(uint32_t file, std::vector<Diagnostic> violations) {
  if (violations.empty()) return;
  const std::string_view text = FileOf(file).text;
  for (Diagnostic& violation : violations) {
    const size_t at = std::min(violation.place.begin.offset, text.size());
    const size_t before = at == 0 ? std::string_view::npos : text.substr(0, at).find_last_of('\n');
    const size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const size_t end = std::min(text.find('\n', at), text.size());
    RejectedRow row;
    row.file = files_[file].name;
    row.place = violation.place;
    row.text = text.substr(begin, end - begin);
    const RowId id{file, at, violation.place.begin.line, end};
    row.reasons = {AddViolation(file, std::move(violation))};
    Reject(id, std::move(row));
  }
}

void LoadRun::Sketch() {
  kinds_in_file_.assign(files_.size(), kAllKinds);
  kinds_found_.assign(files_.size(), 0);
  size_t entities = 0;  // or some lines more
  for (const ClaimFile& file : files_) {
    if (IsJsonLines(file.name) || KindOfFile(file.name) != RecordKind::kEntity) continue;
    entities += static_cast<size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
  }
  known_.ExpectEntities(entities);
  takes_entities_ = known_.catalog().empty();
  if (takes_entities_) result_.load.entities.reserve(entities);
  // While this thread reads the other files, another one finds the lines of those of claims that are not in memory.
  // Files of JSON Lines may hold records of all kinds: then all are read in their order.
  bool in_order = false;
  std::vector<uint32_t> of_claims, others;
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const ClaimFile& file = files_[i];
    in_order = in_order || IsJsonLines(file.name);
    const bool has_lines = file.source != nullptr && KindOfFile(file.name) == RecordKind::kClaim;
    (has_lines ? of_claims : others).push_back(i);
  }
  std::vector<std::optional<Lines>> lines(files_.size());
  const auto when =
      of_claims.empty() ? std::launch::deferred : std::launch::async | std::launch::deferred;  // if it can
  const Entity* const room = result_.load.entities.data();
  const size_t bytes_of_room = takes_entities_ ? entities * sizeof(Entity) : 0;
  const std::future<void> found = std::async(when, [&] {
    FetchPages(room, bytes_of_room);
    for (const uint32_t i : of_claims) lines[i] = FindLines(i);
  });
  std::vector<Diagnostic> violations;
  const auto visit = [&](const RawRecord& record, const RowId& row) {
    kinds_found_[row.file] |= Bit(record.kind);
    bool is_new = false;
    switch (record.kind) {
      case RecordKind::kDocument:
        if (!record.Text(Column::kKey).empty()) known_.AddDocument(record.Text(Column::kKey), row, &is_new);
        break;
      case RecordKind::kEntity:
      case RecordKind::kGroup:
        SketchEntity(record, row);
        break;
      case RecordKind::kClaim: {
        std::string_view id = record.Text(Column::kId);
        if (id.starts_with("claim:")) id.remove_prefix(6);
        if (!id.empty()) known_.AddClaim(id, row);
        break;
      }
    }
    return absl::OkStatus();
  };
  const auto read = [&](std::span<const uint32_t> some) {
    ForEachRecord(some, kAllKinds, &violations, visit).IgnoreError();  // nothing is looked up that could fail
  };
  if (!in_order) read(others);
  found.wait();
  size_t claims = 0;
  for (const uint32_t i : in_order ? AllFiles() : of_claims) {
    if (lines[i].has_value()) {
      claims += lines[i]->rows;
      TakeLines(i, *std::move(lines[i]));
    } else {
      read({&i, 1});
    }
  }
  kinds_in_file_ = std::move(kinds_found_);
  if (options_.plain_sink != nullptr && claims >= kClaimsWorthFetching) {
    fetched_ = std::async(std::launch::async | std::launch::deferred,  // if it can
                          [sink = options_.plain_sink, claims] { sink->FetchMemory(claims); });
  }
  bool names_both = false;
  known_.ForEachLoadDocument([&](std::string_view key, const KnownDocument&) {
    names_both = names_both || (takes_entities_ && known_.LoadEntity(key) != nullptr);
  });
  if (names_both) TakeEntitiesLater();
}

// In a store without anything, an entity that is described once, without aliases, needs nothing that is not known yet.
void LoadRun::SketchEntity(const RawRecord& record, const RowId& row) {
  const std::string_view key = record.Text(Column::kKey);
  bool is_new = false;
  if (!takes_entities_) {
    if (!key.empty()) known_.AddEntity(key, parser_.SketchTypes(record), row, &is_new);
    return;
  }
  Doubt doubt;
  Entity entity = parser_.ParseEntity(record, &doubt);
  const bool is_plain = record.kind == RecordKind::kEntity && entity.aliases.empty();
  if (is_plain) CheckEntity(entity, ontology_, &known_, &doubt);
  KnownEntity* const known = key.empty() ? nullptr : known_.AddEntity(key, entity.types, row, &is_new);
  if (!is_plain || !is_new || !doubt.clean()) return TakeEntitiesLater();
  known->accepted = true;
  known->to_load = static_cast<uint32_t>(result_.load.entities.size());
  result_.load.entities.push_back(std::move(entity));
}

// All of them, so that they come in the order of their rows.
void LoadRun::TakeEntitiesLater() {
  takes_entities_ = false;
  result_.load.entities.clear();
  known_.ForEachLoadEntity([](std::string_view, KnownEntity* entity) {
    entity->accepted = false;
    entity->to_load.reset();
  });
}

// What the entities are called is read a second time where anybody asks, which is seldom, and never kept for it.
void LoadRun::ReadNames(NameIndex* names) const {
  for (const Entity& entity : built_) names->Add(entity);
  RowParser parser(&ontology_, nullptr);
  std::vector<Diagnostic> told_already;
  RawRecord record;
  for (uint32_t i = 0; i < files_.size(); ++i) {
    if ((kinds_in_file_[i] & (Bit(RecordKind::kEntity) | Bit(RecordKind::kGroup))) == 0) continue;
    ClaimFileReader reader(FileOf(i), options_.limits, &told_already);
    while (reader.Next(&record)) {
      if (record.kind != RecordKind::kEntity && record.kind != RecordKind::kGroup) continue;
      if (!record.Text(Column::kKey).empty()) names->Add(parser.SketchEntity(record));
    }
  }
}

absl::StatusOr<LoadResult> LoadRun::Files(std::span<const ClaimFile> files) {
  files_ = files;
  whole_files_.resize(files.size());
  headers_.resize(files.size());
  stretches_in_file_.resize(files.size());
  for (const ClaimFile& file : files_) bytes_all_ += 2 * file.size();
  Sketch();
  RETURN_IF_ERROR(source_status_);
  std::vector<Diagnostic> told_already;
  if (!takes_entities_) {
    result_.load.entities.reserve(known_.load_entity_count());
    RETURN_IF_ERROR(ForEachRecord(Bit(RecordKind::kEntity) | Bit(RecordKind::kGroup), &told_already,
                                  [this](const RawRecord& record, const RowId& row) {
                                    RowReporter reporter(this, row, record);
                                    const bool is_group = record.kind == RecordKind::kGroup;
                                    TakeEntity(parser_.ParseEntity(record, &reporter), is_group, row, &reporter);
                                    return known_.status();
                                  }));
  }
  RETURN_IF_ERROR(
      ForEachRecord(Bit(RecordKind::kDocument), &told_already, [this](const RawRecord& record, const RowId& row) {
        RowReporter reporter(this, row, record);
        TakeDocument(parser_.ParseDocument(record, &reporter), row, &reporter);
        return known_.status();
      }));
  SettleThings();
  RETURN_IF_ERROR(GiveThings());
  RETURN_IF_ERROR(TakeClaims());
  RETURN_IF_ERROR(SettleWaiting());
  RETURN_IF_ERROR(SourceStatus());
  return Finish();
}

// --- Entities and documents. ---

void LoadRun::TakeEntity(Entity entity, bool is_group, const RowId& row, Reporter* reporter) {
  CheckEntity(entity, ontology_, &known_, reporter);
  KnownEntity* known = entity.key.empty() ? nullptr : known_.LoadEntity(entity.key, &next_entity_);
  std::optional<Entity> stored;
  if (known != nullptr) {
    stored = known_.StoreEntity(entity.key);
    const bool again = known->row.has_value() && !(*known->row == row);
    if (is_group && again) {
      reporter->Report(kGroupTwice, Column::kKey, StrCat("the group ", Quote(entity.key), " a second time"),
                       "a row of a groups file is one source's list or total",
                       StrCat("make two groups of it; the first is at ", Describe(*known->row)), 0,
                       std::string_view::npos);
    } else if (again && *known->types != entity.types) {
      reporter->Report(kKeyWithOtherType, Column::kType,
                       StrCat(Quote(entity.key), " as ", OneOf(entity.types), ", and as ", OneOf(*known->types), " at ",
                              Describe(*known->row)),
                       "a key stands for one entity, of one type",
                       "choose another key, or give both rows the same type", 0, std::string_view::npos);
    }
    if (stored.has_value() && stored->types != entity.types) {
      reporter->Report(
          kKeyWithOtherType, Column::kType,
          StrCat(Quote(entity.key), " as ", OneOf(entity.types), ", and as ", OneOf(stored->types), " in the store"),
          "a key stands for one entity, of one type", "choose another key, or the type that it has", 0,
          std::string_view::npos);
    }
    if (known_.FindDocument(entity.key) != nullptr) {
      reporter->Report(kKeyWithOtherType, Column::kKey, StrCat(Quote(entity.key), " is the key of a document"),
                       "a key stands for one thing", "choose another key", 0, std::string_view::npos);
    }
  }
  if (!reporter->clean()) {
    if (known != nullptr && !known->accepted) known->reason = reporter->first_reason();
    // A group's row is rejected once, with its claims.
    if (is_group) {
      group_reasons_[std::pair(row.file, row.offset)] = reporter->reasons();
    } else {
      Reject(row, reporter->Row());
    }
    return;
  }
  const bool accepted_before = known->accepted;
  known->accepted = true;
  if (accepted_before) {
    if (known->to_load.has_value()) return Merge(entity, &result_.load.entities[*known->to_load]);
    // The row before said nothing that the store does not have; this one may.
  }
  if (stored.has_value()) {
    Merge(*stored, &entity);
    Entity same = entity;
    const auto by_text = [](const Alias& a, const Alias& b) {
      return std::tie(a.text, a.language, a.document, a.valid.text()) <
             std::tie(b.text, b.language, b.document, b.valid.text());
    };
    std::sort(same.aliases.begin(), same.aliases.end(), by_text);
    std::sort(stored->aliases.begin(), stored->aliases.end(), by_text);
    if (same == *stored) {
      ++result_.load.unchanged;
      return;
    }
  }
  known->to_load = static_cast<uint32_t>(result_.load.entities.size());
  result_.load.entities.push_back(std::move(entity));
}

void LoadRun::TakeDocument(Document document, const RowId& row, Reporter* reporter) {
  CheckDocument(document, &known_, reporter);
  KnownDocument* known = document.key.empty() ? nullptr : known_.LoadDocument(document.key);
  std::optional<Document> stored;
  bool same_again = false;
  if (known != nullptr) {
    const bool again = known->row.has_value() && !(*known->row == row);
    same_again = again && known->accepted && known->document == document;
    if (again && known->accepted && !same_again) {
      reporter->Report(kDocumentTwice, Column::kKey,
                       StrCat("the document ", Quote(document.key), " again, and not as at ", Describe(*known->row)),
                       "a document is described once", "keep one of the two rows, or choose another key", 0,
                       std::string_view::npos);
    }
    if (!known_.catalog().empty()) {
      auto found = known_.catalog().FindDocument(document.key);
      if (found.ok()) stored = *std::move(found);
    }
    if (stored.has_value() && !stored->sha256.empty() && !document.sha256.empty() &&
        stored->sha256 != document.sha256) {
      reporter->Report(
          kDocumentChanged, Column::kSha256,
          StrCat("the store has ", Quote(document.key), " with another text (SHA-256 ", stored->sha256, ")"),
          "claims rest on the text that they were read in", "give the new text a key of its own, as another document",
          0, std::string_view::npos);
    }
  }
  if (!reporter->clean()) {
    if (known != nullptr && !known->accepted) known->reason = reporter->first_reason();
    Reject(row, reporter->Row());
    return;
  }
  known->accepted = true;
  known->document = document;
  if (same_again || (stored.has_value() && *stored == document)) {
    ++result_.load.unchanged;
    return;
  }
  result_.load.documents.push_back(std::move(document));
}

void LoadRun::SettleThings() {
  if (result_.violations.empty()) return;  // then nothing was refused
  std::vector<Entity>& entities = result_.load.entities;
  std::vector<Document>& documents = result_.load.documents;
  const auto refuse = [this](auto* known, std::string label, ViolationId reason) {
    known->accepted = false;
    known->reason = reason;
    RejectedRow row = RowAt(*known->row, std::move(label));
    row.reasons = {reason};
    Reject(*known->row, std::move(row));
  };
  // Whatever is refused may be what others rest on. Chains of such are short.
  for (bool changed = true; changed;) {
    changed = false;
    const size_t things_before = entities.size() + documents.size();
    std::erase_if(entities, [&](const Entity& entity) {
      for (const Alias& alias : entity.aliases) {
        const KnownDocument* document = alias.document.empty() ? nullptr : known_.FindDocument(alias.document);
        if (document == nullptr || document->accepted) continue;
        refuse(known_.LoadEntity(entity.key), StrCat("entity ", Quote(entity.key)), document->reason);
        return true;
      }
      return false;
    });
    std::erase_if(documents, [&](const Document& document) {
      const KnownEntity* publisher = document.publisher.empty() ? nullptr : known_.FindEntity(document.publisher);
      const KnownDocument* whole = document.part_of.empty() ? nullptr : known_.FindDocument(document.part_of);
      const bool bad_publisher = publisher != nullptr && !publisher->accepted;
      if (!bad_publisher && (whole == nullptr || whole->accepted)) return false;
      refuse(known_.LoadDocument(document.key), StrCat("document ", Quote(document.key)),
             bad_publisher ? publisher->reason : whole->reason);
      return true;
    });
    changed = entities.size() + documents.size() != things_before;
  }
}

// --- Claims. ---

// Files in their order: those without groups by workers, any other row by row, because a group adds claims that the
// rows after it must not repeat.
absl::Status LoadRun::TakeClaims() {
  constexpr unsigned kClaims = Bit(RecordKind::kClaim), kGroups = Bit(RecordKind::kGroup);
  if (fetched_.valid()) fetched_.wait();
  std::vector<RowStretch> some;
  for (size_t file = 0; file < files_.size(); ++file) {
    const unsigned kinds = kinds_in_file_[file];
    for (const RowStretch& stretch : stretches_in_file_[file]) {
      if ((kinds & kGroups) != 0) {
        RETURN_IF_ERROR(TakeStretches(std::exchange(some, {})));
        RETURN_IF_ERROR(TakeStretch(stretch));
      } else if ((kinds & kClaims) != 0) {
        some.push_back(stretch);
      }
    }
  }
  RETURN_IF_ERROR(TakeStretches(std::move(some)));
  return known_.status();
}

absl::Status LoadRun::TakeStretches(std::vector<RowStretch> stretches) {
  const unsigned threads =
      options_.threads != 0 ? options_.threads : std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
  if (stretches.size() < 2) {
    for (const RowStretch& stretch : stretches) RETURN_IF_ERROR(TakeStretch(stretch));
    return absl::OkStatus();
  }
  if (options_.plain_sink != nullptr && !plain_things_.has_value()) {
    ASSIGN_OR_RETURN(plain_things_, PlainThings::Make(&known_, options_.plain_sink));
  }
  std::vector<const ClaimFile*> files;
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const bool has_claims = (kinds_in_file_[i] & Bit(RecordKind::kClaim)) != 0;
    files.push_back(headers_[i] != nullptr ? headers_[i].get() : has_claims ? &FileOf(i) : &files_[i]);
  }
  ClaimWorkers workers(&ontology_, &known_, plain_things_.has_value() ? &*plain_things_ : nullptr, options_.limits,
                       files, stretches, threads);
  CheckedStretch rows;
  for (const RowStretch& stretch : stretches) {
    if (!workers.Next(&rows)) {
      RETURN_IF_ERROR(TakeStretch(stretch));
      continue;
    }
    RETURN_IF_ERROR(TakeCheckedStretch(&rows));
    Progress(stretch.end - stretch.begin.offset);
  }
  return known_.status();
}

ClaimFileReader& LoadRun::ReaderOf(uint32_t file) {
  if (!reader_.has_value() || reader_file_ != file) {
    reader_.emplace(FileOf(file), options_.limits, &told_);
    reader_file_ = file;
  }
  told_.clear();
  return *reader_;
}

absl::Status LoadRun::TakeStretch(const RowStretch& stretch) {
  ClaimFileReader& reader = ReaderOf(stretch.file);
  reader.Resume(stretch.begin, stretch.end);
  RawRecord record;
  while (reader.Next(&record)) {
    const RowId row{stretch.file, record.begin.offset, record.begin.line, record.end};
    if (record.kind == RecordKind::kGroup) RETURN_IF_ERROR(TakeGroupRow(record, row));
    if (record.kind == RecordKind::kClaim) RETURN_IF_ERROR(TakeClaimRow(record, row));
  }
  if (!stretch.read_before) KeepReaderViolations(stretch.file, std::exchange(told_, {}));
  Progress(stretch.end - stretch.begin.offset);
  return absl::OkStatus();
}

// A row of a claim that can be read.
absl::Status LoadRun::TakeRow(const RowId& row) {
  ClaimFileReader& reader = ReaderOf(row.file);
  // A reader of JSON Lines counts lines as it begins them.
  reader.Resume({row.offset, IsJsonLines(files_[row.file].name) ? row.line - 1 : row.line}, row.end);
  RawRecord record;
  if (!reader.Next(&record)) return absl::OkStatus();
  return TakeClaimRow(record, row);
}

absl::Status LoadRun::TakeCheckedStretch(CheckedStretch* rows) {
  const std::span<const PlainClaim> plain = rows->plain.claims();
  auto other = rows->others.begin();
  for (size_t i = 0;; ++i) {
    for (; other != rows->others.end() && other->after == i; ++other) {
      RETURN_IF_ERROR(TakeCheckedRow(std::move(*other)));
    }
    if (i == plain.size()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const PlainSink::Answer answer, options_.plain_sink->Take(rows->plain, i));
    switch (answer) {
      case PlainSink::Answer::kTaken:
        break;
      case PlainSink::Answer::kUnchanged:
        ++result_.load.unchanged;
        break;
      case PlainSink::Answer::kAsk: {
        const PlainPlace& place = rows->plain.places()[i];
        RETURN_IF_ERROR(TakeRow({rows->file, place.begin, place.line, place.end}));
      }
    }
  }
}

absl::Status LoadRun::TakeCheckedRow(CheckedRow&& checked) {
  RowReporter reporter(this, checked.row);
  if (checked.inverse) reporter.Map(Column::kObject, Column::kRelation, Column::kSubject, Column::kQualifiers);
  const std::string id = checked.id_given ? checked.claim.claim().id : "";
  RETURN_IF_ERROR(TakeClaim(std::move(checked.claim), checked.id_given, checked.row, &reporter));
  if (!reporter.clean()) {
    if (!id.empty()) RefuseId(id, reporter.first_reason());
    Reject(checked.row, reporter.Row());
  }
  return absl::OkStatus();
}

absl::Status LoadRun::TakeClaimRow(const RawRecord& record, const RowId& row) {
  RowReporter reporter(this, row, record);
  ParsedClaim parsed = parser_.ParseClaim(record, &reporter);
  if (parsed.inverse) reporter.Map(Column::kObject, Column::kRelation, Column::kSubject, Column::kQualifiers);
  const std::string id = parsed.claim.id;
  if (!id.empty()) {
    const RowId* first = known_.LoadClaim(id);
    if (first != nullptr && !(*first == row)) {
      reporter.Report(kIdTwice, Column::kId, StrCat("the id ", Quote(id), " a second time"),
                      "an id stands for one claim", StrCat("choose another id; the first is at ", Describe(*first)), 0,
                      std::string_view::npos);
    }
  }
  std::optional<ValidatedClaim> claim = claim_validator_.Check(std::move(parsed.claim), &reporter);
  if (claim.has_value()) RETURN_IF_ERROR(TakeClaim(*std::move(claim), !id.empty(), row, &reporter));
  if (!reporter.clean()) {
    if (!id.empty()) RefuseId(id, reporter.first_reason());
    Reject(row, reporter.Row());
  }
  return known_.status();
}

absl::Status LoadRun::TakeGroupRow(const RawRecord& record, const RowId& row) {
  RowReporter reporter(this, row, record);
  // What is wrong with the group as an entity has been said, and is as much a fault of its row.
  if (const auto said = group_reasons_.find(std::pair(row.file, row.offset)); said != group_reasons_.end()) {
    for (const ViolationId reason : said->second) reporter.DependsOn(reason);
  }
  std::vector<GroupClaim> group_claims = ExpandGroup(record, ontology_, &known_, &parser_, &reporter);
  std::vector<ValidatedClaim> claims;
  std::vector<std::string> ids;
  for (GroupClaim& group_claim : group_claims) {
    ids.push_back(group_claim.claim.id);
    reporter.Map(group_claim.subject, group_claim.relation, group_claim.object, group_claim.qualifiers);
    if (!reporter.clean()) break;  // one source serves all claims of the row: what is wrong with it is said once
    if (!known_.AddClaim(group_claim.claim.id, row)) {
      const RowId* first = known_.LoadClaim(group_claim.claim.id);
      reporter.Report(kIdTwice, Column::kKey, StrCat("the id ", Quote(group_claim.claim.id), " a second time"),
                      "the claims of a group have ids made of its key",
                      StrCat("choose another id for the claim at ", Describe(*first)), 0, std::string_view::npos);
    }
    std::optional<ValidatedClaim> claim = claim_validator_.Check(std::move(group_claim.claim), &reporter);
    if (claim.has_value()) claims.push_back(*std::move(claim));
  }
  if (reporter.clean() && group_claims.empty())
    claim_validator_.CheckSourceOf(record.Text(Column::kDocument), &reporter);
  if (reporter.clean()) {
    for (ValidatedClaim& claim : claims) RETURN_IF_ERROR(TakeClaim(std::move(claim), true, row, &reporter));
  }
  if (!reporter.clean()) {
    for (const std::string& id : ids) RefuseId(id, reporter.first_reason());
    Reject(row, reporter.Row());
  }
  return known_.status();
}

absl::Status LoadRun::TakeClaim(ValidatedClaim&& claim, bool id_given, const RowId& row, Reporter* reporter) {
  std::vector<Waiting::Pending> pending;
  for (ClaimValidator::Reference& reference : ClaimValidator::References(claim.claim())) {
    if (known_.StoreHasClaim(reference.id)) continue;
    Diagnostic unknown = reporter->At(reference.column, 0, std::string_view::npos);
    unknown.number = kUnknownClaim;
    unknown.cause += StrCat("unknown claim ", Quote(reference.id));
    unknown.rule = "a claim that another refers to is in the same load, or in the store";
    unknown.hint = "give the id as it stands in the claim's 'id' column";
    pending.push_back({std::move(reference.id), std::move(unknown)});
  }
  if (pending.empty()) return Accept(std::move(claim), id_given, reporter);
  waiting_.push_back({std::move(claim), id_given, row, reporter->Row(), std::move(pending), false});
  return absl::OkStatus();
}

absl::Status LoadRun::Accept(ValidatedClaim&& claim, bool id_given, Reporter* reporter) {
  const std::string& id = claim.claim().id;
  if (claim.id_by_content()) {
    const bool again = options_.sunk ? options_.sunk(claim.id_hash()) : !content_ids_.insert(claim.id_hash()).second;
    if (again || (!id_given && known_.LoadClaim(id) != nullptr)) {
      ++result_.load.unchanged;
      return absl::OkStatus();
    }
  }
  if (const std::optional<std::string> stored = known_.StoreClaim(id)) {
    if (*stored == ContentIdOf(claim.claim())) {
      ++result_.load.unchanged;
    } else {
      reporter->Report(kClaimChanged, Column::kId, StrCat("the store has another claim under the id ", Quote(id)),
                       "claims are appended, never overwritten",
                       "give the new claim an id of its own, and name the old one in 'supersedes'", 0,
                       std::string_view::npos);
    }
    return known_.status();
  }
  RETURN_IF_ERROR(known_.status());
  if (options_.sink) return options_.sink(std::move(claim));
  result_.load.claims.push_back(std::move(claim));
  return absl::OkStatus();
}

bool LoadRun::ExistsInLoad(std::string_view id) const {
  if (known_.LoadClaim(id) != nullptr) return true;
  const std::optional<ContentHash> hash = HashOfHex(id);
  return hash.has_value() && (options_.sunk ? options_.sunk(*hash) : content_ids_.contains(*hash));
}

absl::Status LoadRun::SettleWaiting() {
  absl::flat_hash_map<std::string, std::vector<size_t>> dependents;
  absl::flat_hash_set<std::string> waiting_ids;
  for (const Waiting& waiting : waiting_) waiting_ids.insert(waiting.claim.claim().id);
  std::vector<size_t> refused;
  const auto refuse = [&](size_t i, ViolationId reason) {
    Waiting& waiting = waiting_[i];
    waiting.rejected_row.reasons.push_back(reason);
    if (waiting.refused) return;
    waiting.refused = true;
    refused.push_back(i);
  };
  for (size_t i = 0; i < waiting_.size(); ++i) {
    for (Waiting::Pending& reference : waiting_[i].references) {
      const auto bad = refused_ids_.find(reference.id);
      if (bad != refused_ids_.end()) {
        refuse(i, bad->second);
      } else if (ExistsInLoad(reference.id) || waiting_ids.contains(reference.id)) {
        dependents[reference.id].push_back(i);
      } else {
        refuse(i, AddViolation(waiting_[i].row.file, std::move(reference.if_unknown)));
      }
    }
  }
  for (size_t next = 0; next < refused.size(); ++next) {
    const Waiting& waiting = waiting_[refused[next]];
    const auto found = dependents.find(waiting.claim.claim().id);
    if (found == dependents.end()) continue;
    const ViolationId reason = waiting.rejected_row.reasons.front();
    for (const size_t dependent : found->second) {
      if (!waiting_[dependent].refused) refuse(dependent, reason);
    }
  }
  for (Waiting& waiting : waiting_) {
    if (!waiting.refused) {
      RecordReporter reporter(this, StrCat("claim ", Quote(waiting.claim.claim().id)));
      RETURN_IF_ERROR(Accept(std::move(waiting.claim), waiting.id_given, &reporter));
      if (reporter.clean()) continue;
      Diagnostic& said = result_.violations[reporter.first_reason()];
      said.file = waiting.rejected_row.file;
      said.place = waiting.rejected_row.place;
      violation_files_[reporter.first_reason()] = waiting.row.file;
      waiting.rejected_row.reasons.push_back(reporter.first_reason());
    }
    Reject(waiting.row, std::move(waiting.rejected_row));
  }
  return known_.status();
}

// --- What is built in code. ---

absl::StatusOr<LoadResult> LoadRun::Records(std::vector<Document> documents, std::vector<Entity> entities,
                                            std::vector<Claim> claims) {
  size_t number = 0;
  bool is_new = false;
  const auto next_row = [&number] { return RowId{0, number++, 0, 0}; };
  for (const Document& document : documents) known_.AddDocument(document.key, next_row(), &is_new);
  for (Entity& entity : entities) {
    std::sort(entity.types.begin(), entity.types.end());
    known_.AddEntity(entity.key, entity.types, next_row(), &is_new);
  }
  built_ = entities;
  for (const Claim& claim : claims) {
    const RowId row = next_row();
    if (!claim.id.empty()) known_.AddClaim(claim.id, row);
  }
  number = documents.size();
  for (Entity& entity : entities) {
    RecordReporter reporter(this, StrCat("entity ", Quote(entity.key)));
    TakeEntity(std::move(entity), false, next_row(), &reporter);
  }
  number = 0;
  for (Document& document : documents) {
    RecordReporter reporter(this, StrCat("document ", Quote(document.key)));
    TakeDocument(std::move(document), next_row(), &reporter);
  }
  SettleThings();
  RETURN_IF_ERROR(GiveThings());
  number = documents.size() + entities.size();
  for (Claim& claim : claims) {
    const RowId row = next_row();
    const std::string id = claim.id;
    RecordReporter reporter(this,
                            id.empty() ? StrCat("claim ", ToString(claim.proposition)) : StrCat("claim ", Quote(id)));
    const RowId* first = id.empty() ? nullptr : known_.LoadClaim(id);
    if (first != nullptr && !(*first == row)) {
      reporter.Report(kIdTwice, Column::kId, "a second time", "an id stands for one claim", "choose another id", 0,
                      std::string_view::npos);
    }
    CheckBuiltClaim(claim, &reporter);
    std::optional<ValidatedClaim> validated = claim_validator_.Check(std::move(claim), &reporter);
    if (validated.has_value()) RETURN_IF_ERROR(TakeClaim(*std::move(validated), !id.empty(), row, &reporter));
    if (reporter.clean()) continue;
    if (!id.empty()) RefuseId(id, reporter.first_reason());
    Reject(row, reporter.Row());
  }
  RETURN_IF_ERROR(SettleWaiting());
  return Finish();
}

absl::StatusOr<ValidatedClaim> LoadRun::OneClaim(Claim claim) {
  RecordReporter reporter(
      this, claim.id.empty() ? StrCat("claim ", ToString(claim.proposition)) : StrCat("claim ", Quote(claim.id)));
  CheckBuiltClaim(claim, &reporter);
  std::optional<ValidatedClaim> validated = claim_validator_.Check(std::move(claim), &reporter);
  if (validated.has_value()) {
    for (const ClaimValidator::Reference& reference : ClaimValidator::References(validated->claim())) {
      if (known_.StoreHasClaim(reference.id)) continue;
      reporter.Report(kUnknownClaim, reference.column, StrCat("unknown claim ", Quote(reference.id)),
                      "a claim that another refers to is in the store", "", 0, std::string_view::npos);
    }
    const std::optional<std::string> stored = known_.StoreClaim(validated->claim().id);
    if (stored.has_value() && *stored != ContentIdOf(validated->claim())) {
      reporter.Report(kClaimChanged, Column::kId, "the store has another claim under that id",
                      "claims are appended, never overwritten",
                      "give the new claim an id of its own, and name the old one in 'supersedes'", 0,
                      std::string_view::npos);
    }
  }
  RETURN_IF_ERROR(known_.status());
  if (!reporter.clean()) return Finish().status();
  return *std::move(validated);
}

LoadResult LoadRun::Finish() {
  // In the order of the files, whichever reading found it.
  std::vector<ViolationId> order(result_.violations.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [this](ViolationId a, ViolationId b) {
    return std::pair(violation_files_[a], result_.violations[a].place.begin.offset) <
           std::pair(violation_files_[b], result_.violations[b].place.begin.offset);
  });
  std::vector<ViolationId> moved_to(order.size());
  std::vector<Diagnostic> violations;
  for (size_t i = 0; i < order.size(); ++i) {
    moved_to[order[i]] = i;
    violations.push_back(std::move(result_.violations[order[i]]));
  }
  result_.violations = std::move(violations);

  std::vector<size_t> rows(result_.rejected.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::stable_sort(rows.begin(), rows.end(), [this](size_t a, size_t b) {
    return std::pair(rejected_order_[a].file, rejected_order_[a].offset) <
           std::pair(rejected_order_[b].file, rejected_order_[b].offset);
  });
  std::vector<RejectedRow> rejected;
  for (const size_t i : rows) {
    RejectedRow& row = result_.rejected[i];
    for (size_t& reason : row.reasons) reason = moved_to[reason];
    std::sort(row.reasons.begin(), row.reasons.end());
    rejected.push_back(std::move(row));
  }
  result_.rejected = std::move(rejected);
  return std::move(result_);
}

}  // namespace

absl::Status LoadResult::status() const {
  if (violations.empty()) return absl::OkStatus();
  return ToStatus(absl::StatusCode::kInvalidArgument, violations);
}

Validator::Validator(const Ontology* ontology, const Catalog* catalog) : Validator(ontology, catalog, Options()) {}
Validator::Validator(const Ontology* ontology, const Catalog* catalog, Options options)
    : ontology_(ontology), catalog_(catalog), options_(std::move(options)) {}

absl::StatusOr<LoadResult> Validator::ValidateFiles(std::span<const ClaimFile> files) const {
  return LoadRun(ontology_, catalog_, options_).Files(files);
}

absl::StatusOr<LoadResult> Validator::ValidateRecords(std::vector<Document> documents, std::vector<Entity> entities,
                                                      std::vector<Claim> claims) const {
  return LoadRun(ontology_, catalog_, options_).Records(std::move(documents), std::move(entities), std::move(claims));
}

absl::StatusOr<ValidatedClaim> Validator::ValidateClaim(Claim claim) const {
  return LoadRun(ontology_, catalog_, options_).OneClaim(std::move(claim));
}

}  // namespace dossier
