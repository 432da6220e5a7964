#include "tools/render/answer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/view.h"
#include "tools/render/claim_text.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"
#include "tools/render/value_printer.h"
#include "tools/render/why.h"

namespace dossier {
namespace {

// Who denies the very proposition that a note affirms, as far as the view admits it: "Russia (section Use)".
absl::StatusOr<std::string> Deniers(const Session& session, const Answer& answer, const Note& note, ClaimText* text) {
  const EdgeId proposition = session.image().claim(note.claim).proposition();
  std::string deniers;
  for (const ClaimId other : session.image().ClaimsOf(proposition)) {
    if (session.image().claim(other).polarity() != Polarity::kDenies || !answer.view->Admits(other)) continue;
    ASSIGN_OR_RETURN(const CitedClaim cited, text->Read(other));
    deniers +=
        StrCat(deniers.empty() ? "" : "; ", text->Asserters(cited.claim), " (", cited.claim.locator.ToText(), ")");
  }
  return deniers;
}

class AnswerPrinter {
 public:
  AnswerPrinter(const Session& session, const Answer& answer, const AnswerStyle& style, Console* console)
      : session_(session),
        answer_(answer),
        style_(style),
        console_(console),
        values_(answer.view.get(), style.edge_ids),
        claims_(&session) {}

  absl::Status Print() {
    switch (style_.format) {
      case Format::kTable:
        return PrintTable();
      case Format::kJson:
        return PrintJson();
      case Format::kJsonl:
        return PrintJsonLines();
      case Format::kCsv:
        return PrintCsv();
    }
    return absl::OkStatus();
  }

 private:
  bool has_notes() const { return !answer_.notes.empty(); }
  // All rows have reasons where they were asked for and there can be any.
  bool has_why() const { return !answer_.rows.empty() && answer_.rows.front().why.has_value(); }

  absl::Status PrintTable() {
    Table table;
    table.columns = answer_.columns;
    std::vector<bool> numeric(answer_.columns.size(), !answer_.rows.empty());
    for (const AnswerRow& row : answer_.rows) {
      std::vector<std::string> cells;
      for (size_t column = 0; column < row.values.size(); ++column) {
        const Value& value = row.values[column];
        cells.push_back(Harmless(values_.Text(value)));
        if (!value.is_null() && !value.is_number()) numeric[column] = false;
      }
      if (has_notes()) cells.push_back(NoteNumbers(row.notes, answer_.notes));
      table.rows.push_back(std::move(cells));
    }
    if (has_notes()) table.columns.push_back("sources");
    if (has_notes()) numeric.push_back(false);
    table.right_aligned = std::move(numeric);

    if (answer_.rows.empty()) {
      console_->Out(style_.sources && session_.claims() != nullptr ? "Nothing is recorded that answers this. (0 rows)\n"
                                                                   : "(0 rows)\n");
      return absl::OkStatus();
    }
    console_->Out(ToText(table, console_->width()));
    console_->Out(StrCat("(", answer_.rows.size(), answer_.rows.size() == 1 ? " row)\n" : " rows)\n"));
    PrintReasons();
    return PrintNotes();
  }

  void PrintReasons() {
    if (!has_why()) return;
    console_->Out("\nWhy:\n");
    for (size_t row = 0; row < answer_.rows.size() && !console_->closed(); ++row) {
      const std::string first = StrCat("row ", row + 1, ": ");
      const std::string text = WhyText(*answer_.rows[row].why, [](uint32_t number) { return StrCat(number); });
      console_->Out(Paragraph(first, Harmless(text), first.size(), console_->width()));
    }
  }

  absl::Status PrintNotes() {
    for (const Note& note : answer_.notes) {
      if (console_->closed()) break;
      ASSIGN_OR_RETURN(const CitedClaim cited, claims_.Read(note.claim));
      const std::string first = StrCat("[", note.number, "] ");
      console_->Out(StrCat("\n", claims_.Block(cited, first, console_->width())));
      if (note.disputed) {
        ASSIGN_OR_RETURN(const std::string deniers, Deniers(session_, answer_, note, &claims_));
        const std::string text = deniers.empty() ? "* disputed" : StrCat("* disputed: denied by ", deniers);
        console_->Out(Paragraph(std::string(first.size(), ' '), Harmless(text), first.size(), console_->width()));
      }
    }
    return absl::OkStatus();
  }

  std::string ClaimIdOf(uint32_t number) const {
    return session_.image().key(session_.image().claim(answer_.notes[number - 1].claim).vertex());
  }

  absl::StatusOr<Json> SourceJson(const Note& note) {
    ASSIGN_OR_RETURN(const CitedClaim cited, claims_.Read(note.claim));
    Json json = {{"n", note.number}};
    json.update(claims_.ToJson(cited));
    if (note.disputed) json["disputed"] = true;
    return json;
  }

  Json RowJson(const AnswerRow& row) const {
    Json cells = Json::array();
    for (const Value& value : row.values) cells.push_back(values_.ToJson(value));
    return cells;
  }

  // One element a line: a person can read it, and `diff` can compare it.
  absl::Status PrintJson() {
    console_->Out(StrCat("{\"columns\": ", ToText(Json(answer_.columns)), ",\n\"rows\": ["));
    std::string_view separator = "\n";
    for (const AnswerRow& row : answer_.rows) {
      console_->Out(StrCat(separator, ToText(RowJson(row))));
      separator = ",\n";
    }
    console_->Out("],\n\"row_sources\": [");
    separator = "";
    for (const AnswerRow& row : answer_.rows) {
      console_->Out(StrCat(separator, ToText(Json(row.notes))));
      separator = ", ";
    }
    if (has_why()) {
      console_->Out("],\n\"row_why\": [");
      separator = "\n";
      for (const AnswerRow& row : answer_.rows) {
        console_->Out(StrCat(separator, ToText(WhyJson(*row.why))));
        separator = ",\n";
      }
    }
    console_->Out("],\n\"sources\": [");
    separator = "\n";
    for (const Note& note : answer_.notes) {
      if (console_->closed()) break;
      ASSIGN_OR_RETURN(const Json source, SourceJson(note));
      console_->Out(StrCat(separator, ToText(source)));
      separator = ",\n";
    }
    console_->Out(StrCat("],\n\"elapsed_ms\": ", ToText(Json(answer_.elapsed_ms)), "}\n"));
    return absl::OkStatus();
  }

  // The notes that a row and its reasons name, rising.
  static std::vector<uint32_t> NotesAndReasons(const AnswerRow& row) {
    std::vector<uint32_t> numbers = row.notes;
    if (!row.why.has_value()) return numbers;
    for (const Witness& witness : row.why->alternatives) {
      for (const WitnessMember& member : witness) {
        numbers.insert(numbers.end(), member.notes.begin(), member.notes.end());
      }
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }

  // Each line stands for itself, so sources are written out with every row that rests on them.
  absl::Status PrintJsonLines() {
    for (const AnswerRow& row : answer_.rows) {
      if (console_->closed()) break;
      Json cells = Json::object();
      for (size_t column = 0; column < row.values.size(); ++column) {
        cells[answer_.columns[column]] = values_.ToJson(row.values[column]);
      }
      Json line = {{"row", std::move(cells)}};
      if (style_.sources && session_.claims() != nullptr) {
        Json sources = Json::array();
        for (const uint32_t number : NotesAndReasons(row)) {
          ASSIGN_OR_RETURN(Json source, SourceJson(answer_.notes[number - 1]));
          if (!row.why.has_value()) source.erase("n");
          sources.push_back(std::move(source));
        }
        line["sources"] = std::move(sources);
        if (row.why.has_value()) line["why"] = WhyJson(*row.why);
      }
      console_->Out(ToText(line) + "\n");
    }
    return absl::OkStatus();
  }

  absl::Status PrintCsv() {
    std::vector<std::string> header = answer_.columns;
    if (has_notes()) header.push_back("sources");
    if (has_why()) header.push_back("why");
    console_->Out(CsvRecord(header));
    for (const AnswerRow& row : answer_.rows) {
      if (console_->closed()) break;
      std::vector<std::string> cells;
      for (const Value& value : row.values) cells.push_back(values_.Text(value));
      if (has_notes()) {
        std::string sources;
        for (const uint32_t number : row.notes) {
          ASSIGN_OR_RETURN(const CitedClaim cited, claims_.Read(answer_.notes[number - 1].claim));
          sources += StrCat(sources.empty() ? "" : " | ", claims_.OneLine(cited));
        }
        cells.push_back(std::move(sources));
      }
      // Notes have no numbers here, so claims are named by their ids.
      if (has_why()) cells.push_back(WhyText(*row.why, [this](uint32_t number) { return ClaimIdOf(number); }));
      console_->Out(CsvRecord(cells));
    }
    return absl::OkStatus();
  }

  const Session& session_;
  const Answer& answer_;
  const AnswerStyle& style_;
  Console* console_;
  ValuePrinter values_;
  ClaimText claims_;
};

Json StepJson(const PlanStep& step) {
  Json json = {{"operator", step.name}, {"details", step.details}, {"estimated_rows", step.estimated_rows}};
  if (step.work.has_value()) {
    json["rows"] = step.work->rows;
    json["calls"] = step.work->calls;
    json["self_ms"] = step.work->self_ms;
    json["total_ms"] = step.work->total_ms;
    json["peak_bytes"] = step.work->peak_bytes;
  }
  const auto list = [](const std::vector<PlanStep>& steps) {
    Json all = Json::array();
    for (const PlanStep& one : steps) all.push_back(StepJson(one));
    return all;
  };
  json["inputs"] = list(step.inputs);
  if (!step.subqueries.empty()) json["subqueries"] = list(step.subqueries);
  return json;
}

Json PlanJson(const QueryPlan& plan) { return {{"view", plan.view}, {"plan", StepJson(plan.root)}}; }

}  // namespace

std::string NoteNumbers(const std::vector<uint32_t>& numbers, const std::vector<Note>& notes) {
  std::string text;
  bool disputed = false;
  for (size_t i = 0; i < numbers.size();) {
    size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    const bool run = last - i >= 2;
    text += run ? StrCat("[", numbers[i], "-", numbers[last], "]") : StrCat("[", numbers[i], "]");
    i = run ? last + 1 : i + 1;
  }
  for (const uint32_t number : numbers) disputed = disputed || notes[number - 1].disputed;
  return disputed ? text + "*" : text;
}

absl::Status PrintAnswer(const Session& session, const Answer& answer, const AnswerStyle& style, Console* console) {
  if (answer.plan.has_value()) {
    const bool json = style.format == Format::kJson || style.format == Format::kJsonl;
    console->Out(json ? ToText(PlanJson(*answer.plan)) + "\n" : answer.plan->ToText());
    if (json || !answer.plan->root.work.has_value()) return absl::OkStatus();  // EXPLAIN has no rows
  }
  return AnswerPrinter(session, answer, style, console).Print();
}

}  // namespace dossier
