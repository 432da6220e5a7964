// dossier judge: an analyst's verdict on a finding of `dossier contradictions`, kept as a claim.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/contradictions.h"
#include "query/judgement.h"
#include "query/session.h"
#include "schema/judgement_names.h"
#include "store/image_loader.h"
#include "tools/commands/command.h"
#include "tools/error_codes.h"
#include "tools/render/display_text.h"

namespace dossier {
namespace {

constexpr size_t kShortestId = 4;

struct Options {
  std::string db;
  std::string finding;
  std::string verdict;
  std::string reason;
  std::string by;
};

absl::Status Refuse(int number, std::string cause, std::string hint = "") {
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  Diagnostic{.number = number, .cause = std::move(cause), .hint = std::move(hint)});
}

// "2026-11-26", in UTC as all times of a store.
std::string Today() {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const auto two = [](unsigned number) { return StrCat(number < 10 ? "0" : "", number); };
  return StrCat(static_cast<int>(date.year()), "-", two(static_cast<unsigned>(date.month())), "-",
                two(static_cast<unsigned>(date.day())));
}

// The finding that the id, or its first digits, stand for.
absl::StatusOr<Finding> Choose(std::vector<Finding> findings, const std::string& id) {
  std::vector<std::string> close;
  const Finding* chosen = nullptr;
  const std::string wanted = AsciiLower(id);
  for (const Finding& finding : findings) {
    if (finding.id.substr(0, wanted.size()) != wanted) continue;
    close.push_back(finding.id);
    chosen = &finding;
  }
  if (close.size() == 1 && wanted.size() >= kShortestId) return *chosen;
  if (close.size() > 1 || (!close.empty() && wanted.size() < kShortestId)) {
    return Refuse(kAmbiguousFinding, StrCat("'", id, "' is too short for one finding"),
                  StrCat("one of ", Join(close, ", ")));
  }
  return Refuse(kNoSuchFinding, StrCat("there is no finding '", id, "'"),
                "`dossier contradictions DB --judged` lists all, each with its id");
}

// The key of whoever judges; an entity that is new goes to `transaction`.
absl::StatusOr<std::string> ResolveAnalyst(const NameIndex& names, const std::string& by, Transaction* transaction) {
  const std::vector<NameMatch> matches = names.Resolve(by);
  if (matches.size() == 1) return matches.front().key;
  if (matches.size() > 1) {
    std::vector<std::string> keys;
    for (const NameMatch& match : matches) keys.push_back(match.key);
    return Refuse(kAmbiguousArgument, StrCat("--by: '", by, "' may be any of ", keys.size(), " entities"),
                  StrCat("one of ", Join(keys, ", ")));
  }
  std::string slug;
  for (const char c : TransliterateName(by)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) slug += c;
    if (!plain && !slug.empty() && slug.back() != '-') slug += '-';
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  if (slug.empty()) return Refuse(kBadArgument, StrCat("--by: '", by, "' is no name"), "give the analyst's name");
  Entity analyst;
  analyst.key = StrCat("analyst/", slug);
  analyst.types = {std::string(kAnalystType)};
  analyst.name = by;
  transaction->AddEntity(analyst);
  return analyst.key;
}

absl::Status CheckWords(const Options& options) {
  for (const auto& [name, text] : {std::pair{"--reason", &options.reason}, std::pair{"--by", &options.by}}) {
    if (FindInvalidUtf8(*text) != std::string_view::npos) return Refuse(kBadArgument, StrCat(name, ": not UTF-8"));
    if (Trim(*text).empty()) return Refuse(kBadArgument, StrCat(name, " says nothing"), "a judgement needs both");
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> Judge(const Options& options, Console* console) {
  ASSIGN_OR_RETURN(const Verdict verdict, ParseVerdict(options.verdict));
  RETURN_IF_ERROR(CheckWords(options));
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, Store::Open(options.db));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  ASSIGN_OR_RETURN(const std::optional<Verification> verification, snapshot.LastVerification());
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(*store));
  ASSIGN_OR_RETURN(std::vector<Finding> findings,
                   FindContradictions(session->image(), *session->ontology(), *session->names(), *session->claims(),
                                      verification.has_value() ? &*verification : nullptr));
  RETURN_IF_ERROR(session->status());
  ASSIGN_OR_RETURN(const Finding finding, Choose(std::move(findings), options.finding));

  Transaction transaction = store->Begin();
  const std::string date = Today();
  ASSIGN_OR_RETURN(const std::string analyst, ResolveAnalyst(*session->names(), options.by, &transaction));
  Document document;
  document.key = StrCat("doc/judgements/", analyst, "/", date);
  document.title = StrCat("Judgements by ", options.by, ", ", date);
  document.publisher = analyst;
  document.kind = "judgement";
  ASSIGN_OR_RETURN(document.date, EdtfTime::Parse(date));
  transaction.AddDocument(document);
  const Judgements judgements(session->image());
  transaction.AddClaim(MakeJudgement(session->image(), finding, verdict, options.reason, analyst, document.key,
                                     document.date, judgements.Latest(finding.id)));
  transaction.AddSource("dossier judge");
  RETURN_IF_ERROR(transaction.Commit().status());
  RefreshImage(*store).IgnoreError();  // the judgement is kept; without an image the next opening takes longer
  console->Out(
      StrCat(Name(finding.grade), "  ", Name(finding.rule), " ", Description(finding.rule), "  ", finding.id, "\n"));
  console->Out(Paragraph("  ", Harmless(finding.explanation), 2, console->width()));
  console->Out(Paragraph(
      "  ",
      Harmless(StrCat(Name(verdict), " by ", options.by, ", ", date, ": ", options.reason,
                      verdict == Verdict::kReopened ? " (it is reported again)"
                                                    : " (it is not reported again unless something under it changes)")),
      2, console->width()));
  return ExitCode::kDone;
}

}  // namespace

Command AddJudge(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("judge", "Say what you make of a finding of `contradictions`");
  app->add_option("DB", options->db, "The store")->required();
  app->add_option("FINDING", options->finding, "Its id, or as many of its first digits as make it one")->required();
  app->add_option("VERDICT", options->verdict, "confirmed, rejected, resolved, or reopened to take one back")
      ->required();
  app->add_option("--reason", options->reason, "Why")->type_name("TEXT")->required();
  app->add_option("--by", options->by, "Who judges: a name, or the key of an entity")->type_name("NAME")->required();
  app->footer(
      "A judgement is a claim of yours, kept in the store with all others. A finding that was judged is not reported\n"
      "again, unless a claim on either side, its grade or what it assumes changes. `dossier contradictions DB "
      "--judged`\n"
      "shows it with the judgement.\n"
      "\n"
      "Example:\n"
      "  dossier judge my.db 843e6b37 rejected --by \"Jane Doe\" --reason \"note 40 was never updated\"");
  return {app, [options](Console* console) { return Judge(*options, console); }};
}

}  // namespace dossier
