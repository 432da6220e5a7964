// The readings of files: which keys and ids there are, and who gets which rows.
#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/fetch_pages.h"
#include "graph/base/status_macros.h"
#include "schema/doubt.h"
#include "schema/load_run.h"
#include "schema/load_run_reporters.h"
#include "schema/record_checks.h"

namespace dossier {
namespace {

constexpr size_t kRowsBetweenProgress = 4096;
constexpr size_t kClaimsWorthFetching = 1000000;  // memory for

}  // namespace

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

}  // namespace dossier
