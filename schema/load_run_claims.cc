// Claims of a load: rows that workers have checked and rows that are checked here, and those that wait for others.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "schema/claim_workers.h"
#include "schema/error_codes.h"
#include "schema/group_expansion.h"
#include "schema/load_run.h"
#include "schema/load_run_reporters.h"

namespace dossier {

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

}  // namespace dossier
