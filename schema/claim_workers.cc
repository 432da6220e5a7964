#include "schema/claim_workers.h"

#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "graph/base/diagnostic.h"
#include "schema/claim_validator.h"
#include "schema/doubt.h"
#include "schema/row_parser.h"

namespace dossier {
namespace {

constexpr size_t kStretchesAhead = 3;  // for each thread

class StretchChecker {
 public:
  StretchChecker(const Ontology* ontology, KnownThings* known, const PlainThings* things,
                 const ClaimFileReader::Limits& limits, std::span<const ClaimFile* const> files)
      : known_(known),
        limits_(limits),
        files_(files),
        parser_(ontology, known),
        validator_(ontology, known, limits.max_cell_bytes) {
    if (things != nullptr) plain_.emplace(ontology, things, limits.max_cell_bytes);
  }

  bool Check(const RowStretch& stretch, CheckedStretch* rows) {
    const bool clean = CheckRows(stretch, rows);
    if (plain_.has_value()) plain_->Finish();
    return clean;
  }

 private:
  bool CheckRows(const RowStretch& stretch, CheckedStretch* rows) {
    rows->file = stretch.file;
    const ClaimFile& file = *files_[stretch.file];
    ClaimFileReader& reader = ReaderOf(stretch.file);
    begin_ = 0;
    text_ = file.text;
    if (file.source == nullptr) {
      reader.Resume(stretch.begin, stretch.end);
    } else {
      // Whoever reads the rows once more finds out what is wrong.
      if (rows->text == nullptr) rows->text = std::make_unique<std::string>();
      if (!file.source->Read(stretch.begin.offset, stretch.end, rows->text.get()).ok()) return false;
      begin_ = stretch.begin.offset;
      text_ = *rows->text;
      reader.ReadPart(text_, stretch.begin.line);
    }
    // A row ahead, so that what the next one refers to is fetched while this one is checked.
    RawRecord *now = &records_[0], *next = &records_[1];
    PlainReader::Ahead ahead_of_now, ahead_of_next;
    const auto read = [&](RawRecord* record, PlainReader::Ahead* ahead) {
      if (!reader.Next(record)) return false;
      if (plain_.has_value()) *ahead = plain_->LookAhead(*record);
      return true;
    };
    for (bool more = read(now, &ahead_of_now); more;) {
      const bool can_wait = now->as_written;  // its texts outlive the next row's reading
      if (can_wait) more = read(next, &ahead_of_next);
      if (now->kind == RecordKind::kGroup) return false;
      if (now->kind == RecordKind::kClaim && !CheckRow(*now, ahead_of_now, stretch.file, rows)) return false;
      if (!can_wait) more = read(next, &ahead_of_next);
      std::swap(now, next);
      std::swap(ahead_of_now, ahead_of_next);
    }
    const bool readable = complaints_.empty();
    complaints_.clear();
    return readable || stretch.read_before;
  }

  bool CheckRow(const RawRecord& record, const PlainReader::Ahead& ahead, uint32_t file, CheckedStretch* rows) {
    const RowId row{file, begin_ + record.begin.offset, record.begin.line, begin_ + record.end};
    if (plain_.has_value() && plain_->Read(record, ahead, row, text_, &rows->plain)) return true;
    Doubt doubt;
    ParsedClaim parsed = parser_.ParseClaim(record, &doubt);
    const bool id_given = !parsed.claim.id.empty();
    const RowId* first = id_given ? known_->LoadClaim(parsed.claim.id) : nullptr;
    if (first != nullptr && !(*first == row)) return false;
    std::optional<ValidatedClaim> claim = validator_.Check(std::move(parsed.claim), &doubt);
    if (!claim.has_value()) return false;
    rows->others.emplace_back(*std::move(claim), row, id_given, parsed.inverse, rows->plain.claims().size());
    return true;
  }

  // Making one reads the whole file for bytes that are no text, so it is kept for the next stretch.
  ClaimFileReader& ReaderOf(uint32_t file) {
    if (!reader_.has_value() || reader_file_ != file) {
      complaints_.clear();
      reader_.emplace(*files_[file], limits_, &complaints_);
      reader_file_ = file;
    }
    return *reader_;
  }

  KnownThings* known_;
  const ClaimFileReader::Limits& limits_;
  std::span<const ClaimFile* const> files_;
  size_t begin_ = 0;  // where in the file what is read begins
  std::string_view text_;
  RowParser parser_;
  ClaimValidator validator_;
  std::optional<PlainReader> plain_;
  RawRecord records_[2];
  std::vector<Diagnostic> complaints_;
  std::optional<ClaimFileReader> reader_;
  uint32_t reader_file_ = 0;
};

}  // namespace

ClaimWorkers::ClaimWorkers(const Ontology* ontology, KnownThings* known, const PlainThings* things,
                           const ClaimFileReader::Limits& limits, std::span<const ClaimFile* const> files,
                           std::vector<RowStretch> stretches, unsigned threads)
    : ontology_(ontology),
      known_(known),
      things_(things),
      limits_(limits),
      files_(files),
      stretches_(std::move(stretches)),
      ahead_(kStretchesAhead * threads),
      results_(stretches_.size()) {
  try {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  } catch (const std::system_error&) {
    // The system gives no more threads. Those that there are do; without any, whoever asks reads by itself.
  }
}

ClaimWorkers::~ClaimWorkers() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  fetched_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ClaimWorkers::Work() {
  StretchChecker checker(ontology_, known_, things_, limits_, files_);
  for (;;) {
    size_t mine = 0;
    Result result;
    {
      std::unique_lock lock(mutex_);
      fetched_.wait(lock, [this] {
        return stop_ || next_to_check_ == stretches_.size() || next_to_check_ < next_to_fetch_ + ahead_;
      });
      if (stop_ || next_to_check_ == stretches_.size()) return;
      mine = next_to_check_++;
      if (!used_.empty()) {
        result.rows = std::move(used_.back());
        used_.pop_back();
      }
    }
    result.rows.plain.Clear();
    result.rows.others.clear();
    result.clean = checker.Check(stretches_[mine], &result.rows);
    result.done = true;
    {
      const std::lock_guard lock(mutex_);
      results_[mine] = std::move(result);
    }
    checked_.notify_one();
  }
}

bool ClaimWorkers::Next(CheckedStretch* rows) {
  if (threads_.empty()) return false;
  bool clean = false;
  {
    std::unique_lock lock(mutex_);
    Result& result = results_[next_to_fetch_];
    checked_.wait(lock, [&result] { return result.done; });
    std::swap(*rows, result.rows);
    used_.push_back(std::move(result.rows));
    clean = result.clean;
    ++next_to_fetch_;
  }
  fetched_.notify_all();
  return clean;
}

}  // namespace dossier
