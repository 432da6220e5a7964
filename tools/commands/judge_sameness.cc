#include "tools/commands/judge_sameness.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/sameness.h"
#include "query/session.h"
#include "schema/judgement_names.h"
#include "store/image_loader.h"
#include "tools/commands/command.h"
#include "tools/error_codes.h"
#include "tools/render/claim_text.h"
#include "tools/render/display_text.h"

namespace dossier {
namespace {

absl::Status Refuse(int number, std::string cause, std::string hint) {
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  Diagnostic{.number = number, .cause = std::move(cause), .hint = std::move(hint)});
}

absl::StatusOr<std::string> ResolveEntity(const NameIndex& names, const std::string& text) {
  const std::vector<NameMatch> matches = names.Resolve(text);
  if (matches.size() == 1) return matches.front().key;
  if (matches.empty()) {
    const std::vector<std::string> close = names.Suggest(text);
    return Refuse(
        kUnknownArgument, StrCat("nobody and nothing is named '", text, "'"),
        close.empty() ? "`dossier find DB TEXT` looks names up" : StrCat("did you mean ", Join(close, ", "), "?"));
  }
  std::vector<std::string> keys;
  for (const NameMatch& match : matches) keys.push_back(match.key);
  return Refuse(kAmbiguousArgument, StrCat("'", text, "' may be any of ", keys.size(), " entities"),
                StrCat("one of ", Join(keys, ", ")));
}

std::string_view WordsOf(SamenessJudgement judgement) {
  switch (judgement) {
    case SamenessJudgement::kSame:
      return "are one";
    case SamenessJudgement::kDifferent:
      return "are two";
    case SamenessJudgement::kUndecided:
      break;
  }
  return "may be one or two";
}

}  // namespace

absl::StatusOr<ExitCode> JudgeSameness(const std::string& db, SamenessJudgement judgement, const std::string& one,
                                       const std::string& other, const AnalystWords& words, Console* console) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, Store::Open(db));
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(*store));
  RETURN_IF_ERROR(session->status());
  const Image& image = session->image();
  ASSIGN_OR_RETURN(std::string first, ResolveEntity(*session->names(), one));
  ASSIGN_OR_RETURN(std::string second, ResolveEntity(*session->names(), other));
  if (first == second) {
    return Refuse(kBadArgument, StrCat("both are ", first), "a judgement is on two entities of the store");
  }
  if (second < first) std::swap(first, second);
  const std::vector<ClaimId> standing = StandingJudgements(image, image.FindKey(first), image.FindKey(second));
  if (judgement == SamenessJudgement::kUndecided && standing.empty()) {
    return Refuse(kBadArgument, "nothing was judged of these two", "--same or --different judges");
  }

  Transaction transaction = store->Begin();
  ASSIGN_OR_RETURN(const JudgementSource source, AddJudgementSource(*session->names(), words, &transaction));
  Claim claim;
  claim.proposition.subject = Term::Entity(first);
  claim.proposition.relation = kSameAs;
  claim.proposition.object = Term::Entity(second);
  claim.qualifiers = {{std::string(kJudgementReason), Term::Literal(Value::String(words.reason))}};
  claim.act = judgement == SamenessJudgement::kSame        ? Act::kAsserts
              : judgement == SamenessJudgement::kDifferent ? Act::kDenies
                                                           : Act::kRetracts;
  claim.asserters = {source.analyst};
  claim.document = source.document;
  claim.locator.row = StrCat(first, " ", second);
  claim.said = source.date;
  for (const ClaimId earlier : standing) claim.supersedes.push_back(image.key(image.claim(earlier).vertex()));
  transaction.AddClaim(claim);
  transaction.AddSource("dossier judge");
  RETURN_IF_ERROR(transaction.Commit().status());
  RefreshImage(*store).IgnoreError();  // the judgement is kept; without an image the next opening takes longer
  const ClaimText names(session.get());
  console->Out(
      Paragraph("",
                Harmless(StrCat(names.NameOf(first), " (", first, ") and ", names.NameOf(second), " (", second, ") ",
                                WordsOf(judgement), ", says ", words.by, ", ", source.date.text(), ": ", words.reason)),
                2, console->width()));
  return ExitCode::kDone;
}

}  // namespace dossier
