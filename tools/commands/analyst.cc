#include "tools/commands/analyst.h"

#include <chrono>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/judgement_names.h"
#include "tools/error_codes.h"

namespace dossier {
namespace {

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

}  // namespace

absl::Status CheckWords(const AnalystWords& words) {
  for (const auto& [name, text] : {std::pair{"--reason", &words.reason}, std::pair{"--by", &words.by}}) {
    if (FindInvalidUtf8(*text) != std::string_view::npos) return Refuse(kBadArgument, StrCat(name, ": not UTF-8"));
    if (Trim(*text).empty()) return Refuse(kBadArgument, StrCat(name, " says nothing"), "a judgement needs both");
  }
  return absl::OkStatus();
}

absl::StatusOr<JudgementSource> AddJudgementSource(const NameIndex& names, const AnalystWords& words,
                                                   Transaction* transaction) {
  JudgementSource source;
  const std::string date = Today();
  ASSIGN_OR_RETURN(source.analyst, ResolveAnalyst(names, words.by, transaction));
  ASSIGN_OR_RETURN(source.date, EdtfTime::Parse(date));
  Document document;
  document.key = StrCat("doc/judgements/", source.analyst, "/", date);
  document.title = StrCat("Judgements by ", words.by, ", ", date);
  document.publisher = source.analyst;
  document.kind = "judgement";
  document.date = source.date;
  transaction->AddDocument(document);
  source.document = document.key;
  return source;
}

}  // namespace dossier
