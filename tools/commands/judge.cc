// dossier judge: an analyst's verdict on a finding of `dossier contradictions`, kept as a claim; or on two entities
// (judge_sameness.h).
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/contradictions.h"
#include "query/judgement.h"
#include "query/session.h"
#include "store/image_loader.h"
#include "tools/commands/analyst.h"
#include "tools/commands/command.h"
#include "tools/commands/judge_sameness.h"
#include "tools/error_codes.h"
#include "tools/render/display_text.h"
#include "tools/rule_catalog.h"

namespace dossier {
namespace {

constexpr size_t kShortestId = 4;

struct Options {
  std::string db;
  std::string finding;
  bool finding_given = false;  // and the verdict
  std::string verdict;
  AnalystWords words;
  std::vector<std::string> same, different, undecided;  // two entities each
};

absl::Status Refuse(int number, std::string cause, std::string hint = "") {
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  Diagnostic{.number = number, .cause = std::move(cause), .hint = std::move(hint)});
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

absl::StatusOr<ExitCode> JudgeFinding(const Options& options, Console* console) {
  ASSIGN_OR_RETURN(const Verdict verdict, ParseVerdict(options.verdict));
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, Store::Open(options.db));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(*store));
  ASSIGN_OR_RETURN(std::vector<Finding> findings, FindAll(*session, snapshot, {}));
  RETURN_IF_ERROR(session->status());
  ASSIGN_OR_RETURN(const Finding finding, Choose(std::move(findings), options.finding));

  Transaction transaction = store->Begin();
  ASSIGN_OR_RETURN(const JudgementSource source, AddJudgementSource(*session->names(), options.words, &transaction));
  const Judgements judgements(session->image());
  transaction.AddClaim(MakeJudgement(session->image(), finding, verdict, options.words.reason, source.analyst,
                                     source.document, source.date, judgements.Latest(finding.id)));
  transaction.AddSource("dossier judge");
  RETURN_IF_ERROR(transaction.Commit().status());
  RefreshImage(*store).IgnoreError();  // the judgement is kept; without an image the next opening takes longer
  console->Out(StrCat(Name(finding.grade), "  ", RuleWords(finding), "  ", finding.id, "\n"));
  console->Out(Paragraph("  ", Harmless(finding.explanation), 2, console->width()));
  console->Out(Paragraph(
      "  ",
      Harmless(StrCat(Name(verdict), " by ", options.words.by, ", ", source.date.text(), ": ", options.words.reason,
                      verdict == Verdict::kReopened ? " (it is reported again)"
                                                    : " (it is not reported again unless something under it changes)")),
      2, console->width()));
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> Judge(const Options& options, Console* console) {
  RETURN_IF_ERROR(CheckWords(options.words));
  const std::pair<SamenessJudgement, const std::vector<std::string>*> pairs[] = {
      {SamenessJudgement::kSame, &options.same},
      {SamenessJudgement::kDifferent, &options.different},
      {SamenessJudgement::kUndecided, &options.undecided}};
  for (const auto& [judgement, two] : pairs) {
    if (!two->empty()) return JudgeSameness(options.db, judgement, two->front(), two->back(), options.words, console);
  }
  if (!options.finding_given) {
    console->Err(
        "dossier judge: something is missing; name a finding and a verdict, or two entities with --same, --different "
        "or --undecided\n");
    return ExitCode::kUsage;
  }
  return JudgeFinding(options, console);
}

}  // namespace

Command AddJudge(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand(
      "judge", "Say what you make of a finding of `contradictions`, or whether two entities are one");
  app->add_option("DB", options->db, "The store")->required();
  auto* const finding =
      app->add_option("FINDING", options->finding, "Its id, or as many of its first digits as make it one");
  auto* const verdict =
      app->add_option("VERDICT", options->verdict, "confirmed, rejected, resolved, or reopened to take one back");
  const auto two = [&](const char* name, std::vector<std::string>* into, const char* help) {
    CLI::Option* const option = app->add_option(name, *into, help)->type_name("A B")->expected(2);
    option->excludes(finding);
    return option;
  };
  auto* const same = two("--same", &options->same, "These two are one: names or keys");
  auto* const different = two("--different", &options->different, "These two are two, whatever they are called");
  auto* const undecided = two("--undecided", &options->undecided, "Take back what was judged of these two");
  same->excludes(different, undecided);
  different->excludes(undecided);
  app->add_option("--reason", options->words.reason, "Why")->type_name("TEXT")->required();
  app->add_option("--by", options->words.by, "Who judges: a name, or the key of an entity")
      ->type_name("NAME")
      ->required();
  SetUsage(app,
           "Usage: dossier judge [OPTIONS] DB FINDING VERDICT --by NAME --reason TEXT\n"
           "       dossier judge [OPTIONS] DB --same A B --by NAME --reason TEXT");
  app->footer(
      "A judgement is a claim of yours, kept in the store with all others. A finding that was judged is not reported\n"
      "again, unless a claim on either side, its grade or what it assumes changes. `dossier contradictions DB "
      "--judged`\n"
      "shows it with the judgement. Of two entities, the last judgement counts; `CALL possible_same_as()` in a query\n"
      "lists pairs that may be one.\n"
      "\n"
      "Examples:\n"
      "  dossier judge my.db 843e6b37 rejected --by \"Jane Doe\" --reason \"note 40 was never updated\"\n"
      "  dossier judge my.db --different submunition/ptab-2.5 submunition/ptab-2.5m --by \"Jane Doe\" --reason \"two "
      "fuzes\"");
  return {app, [options, verdict](Console* console) {
            options->finding_given = verdict->count() > 0;
            return Judge(*options, console);
          }};
}

}  // namespace dossier
