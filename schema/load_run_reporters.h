// Who is told what is wrong with a record of a load, and where: a row of a file, or what was built in code.
#ifndef DOSSIER_SCHEMA_LOAD_RUN_REPORTERS_H_
#define DOSSIER_SCHEMA_LOAD_RUN_REPORTERS_H_

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "schema/claim_file_reader.h"
#include "schema/load_run.h"

namespace dossier {

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

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_LOAD_RUN_REPORTERS_H_
