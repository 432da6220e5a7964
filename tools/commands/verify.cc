// dossier verify: is the store sound, and does every quote stand in its document?
#include "store/verify.h"

#include <memory>
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/commands/command.h"
#include "tools/render/claim_text.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  std::string documents;
  Format format = Format::kTable;
};

struct QuoteProblem {
  std::string state, claim, document, locator, quote;
};
struct DocumentProblem {
  std::string state, document, file;
};

struct Problems {
  std::vector<QuoteProblem> quotes;
  std::vector<DocumentProblem> documents;
};

absl::StatusOr<Problems> Resolve(const Snapshot& snapshot, const Verification& verification) {
  Problems problems;
  for (const QuoteFinding& finding : verification.not_found) {
    ASSIGN_OR_RETURN(const StoredClaim stored, snapshot.GetClaim(finding.claim));
    problems.quotes.push_back({std::string(Name(finding.state)), stored.claim.id, stored.claim.document,
                               stored.claim.locator.ToText(), stored.claim.quote});
  }
  for (const DocumentFinding& finding : verification.documents) {
    if (finding.state == DocumentState::kMatches || finding.state == DocumentState::kCitedOnly) continue;
    ASSIGN_OR_RETURN(const StoredDocument stored, snapshot.GetDocument(finding.document));
    problems.documents.push_back({std::string(Name(finding.state)), stored.document.key, stored.document.file});
  }
  return problems;
}

void PrintText(const VerifyReport& report, const Problems& problems, Console* console) {
  console->Out(StrCat("The store: ", report.sound() ? "sound. " : "DAMAGED. ", WithCommas(report.records_checked),
                      " records and ", WithCommas(report.index_entries_checked), " index entries checked, ",
                      WithCommas(report.bytes_on_disk), " bytes on disk.\n"));
  for (const std::string& problem : report.problems) {
    console->Out(Paragraph("  ", Harmless(problem), 4, console->width()));
  }
  if (report.problems_in_all > report.problems.size()) {
    console->Out(StrCat("  and ", WithCommas(report.problems_in_all - report.problems.size()), " more\n"));
  }
  if (!report.quotes.has_value()) {
    console->Out("The documents: not looked at (--documents DIR).\n");
    return;
  }
  const Verification& quotes = *report.quotes;
  console->Out(StrCat("The quotes: ", WithCommas(quotes.quotes_found), " found at their places, ",
                      WithCommas(quotes.not_found.size()), " not; ", Count(quotes.without_quote, "claim"),
                      " without a quote to look up.\n"));
  for (const DocumentProblem& problem : problems.documents) {
    console->Out(Paragraph("  ", Harmless(StrCat(problem.document, ": ", problem.state, " (", problem.file, ")")), 4,
                           console->width()));
  }
  for (const QuoteProblem& problem : problems.quotes) {
    console->Out(Paragraph("  ",
                           Harmless(StrCat(problem.claim, ": ", problem.state, ": ", problem.document, ", ",
                                           problem.locator, ": “", problem.quote, "”")),
                           4, console->width()));
  }
}

Json ReportJson(const VerifyReport& report, const Problems& problems) {
  Json json = {{"sound", report.sound()},
               {"sequence", report.sequence},
               {"records_checked", report.records_checked},
               {"index_entries_checked", report.index_entries_checked},
               {"bytes_on_disk", report.bytes_on_disk},
               {"problems", report.problems},
               {"problems_in_all", report.problems_in_all}};
  if (!report.quotes.has_value()) return json;
  Json not_found = Json::array();
  for (const QuoteProblem& problem : problems.quotes) {
    not_found.push_back({{"claim", problem.claim},
                         {"state", problem.state},
                         {"document", problem.document},
                         {"locator", problem.locator},
                         {"quote", problem.quote}});
  }
  Json documents = Json::array();
  for (const DocumentProblem& problem : problems.documents) {
    documents.push_back({{"document", problem.document}, {"state", problem.state}, {"file", problem.file}});
  }
  json["quotes"] = {{"found", report.quotes->quotes_found},
                    {"without_quote", report.quotes->without_quote},
                    {"not_found", std::move(not_found)},
                    {"documents", std::move(documents)}};
  return json;
}

void PrintCsv(const VerifyReport& report, const Problems& problems, Console* console) {
  console->Out(CsvRecord({"what", "which", "state", "document", "locator", "quote"}));
  for (const std::string& problem : report.problems) console->Out(CsvRecord({"store", "", problem, "", "", ""}));
  for (const DocumentProblem& problem : problems.documents) {
    console->Out(CsvRecord({"document", problem.document, problem.state, problem.document, problem.file, ""}));
  }
  for (const QuoteProblem& problem : problems.quotes) {
    console->Out(CsvRecord({"quote", problem.claim, problem.state, problem.document, problem.locator, problem.quote}));
  }
}

absl::StatusOr<ExitCode> RunVerify(const Options& options, Console* console) {
  VerifyOptions verify;
  verify.documents = options.documents;
  verify.progress = [console](uint64_t done, uint64_t total) {
    console->Progress(StrCat("Checking", total == 0 ? "" : StrCat(" ", done * 100 / total, " %")));
  };
  // The outcome for the quotes is kept, so that `contradictions` can tell of it; where the store cannot be written,
  // looking goes on without.
  absl::StatusOr<std::unique_ptr<Store>> store = absl::UnavailableError("not opened yet");
  verify.record = !options.documents.empty();
  if (verify.record) store = Store::Open(options.db);
  const bool not_writable = verify.record && (store.status().code() == absl::StatusCode::kUnavailable ||
                                              store.status().code() == absl::StatusCode::kPermissionDenied);
  if (!verify.record || not_writable) {
    verify.record = false;
    store = OpenForReading(options.db);
  }
  if (!store.ok()) return store.status();
  const absl::StatusOr<VerifyReport> report = Verify(store->get(), verify);
  console->ClearProgress();
  if (!report.ok()) return report.status();
  if (not_writable)
    console->Err("dossier verify: the store is in use or cannot be written, so the outcome is not kept in it\n");

  Problems problems;
  if (report->quotes.has_value()) {
    ASSIGN_OR_RETURN(const Snapshot snapshot, (*store)->snapshot());
    ASSIGN_OR_RETURN(problems, Resolve(snapshot, *report->quotes));
  }
  switch (options.format) {
    case Format::kTable:
      PrintText(*report, problems, console);
      break;
    case Format::kJson:
    case Format::kJsonl:
      console->Out(ToText(ReportJson(*report, problems), options.format == Format::kJson ? 1 : -1) + "\n");
      break;
    case Format::kCsv:
      PrintCsv(*report, problems, console);
      break;
  }
  if (!report->sound()) return ExitCode::kStore;
  return report->all_quotes_found() && problems.documents.empty() ? ExitCode::kDone : ExitCode::kWrong;
}

}  // namespace

Command AddVerify(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("verify", "Check the store, and every quote against its document");
  app->add_option("DB", options->db, "The store")->required();
  app->add_option("--documents", options->documents,
                  "Folder with the documents' texts; each document's `file` is looked for in it")
      ->type_name("DIR");
  AddFormatOption(app, &options->format);
  app->footer(
      "Checks every checksum, every record, and every index against every other. With --documents, each document's "
      "sha256\n"
      "and each quote: found, moved (it stands elsewhere), missing, ambiguous, or unreadable (no such file).\n"
      "Exit code: 0 all is well, 1 a quote or a document is not as claimed, 3 the store is damaged.\n"
      "\n"
      "Examples:\n"
      "  dossier verify my.db\n"
      "  dossier verify my.db --documents ~/documents --format csv > quotes.csv");
  return {app, [options](Console* console) { return RunVerify(*options, console); }};
}

}  // namespace dossier
