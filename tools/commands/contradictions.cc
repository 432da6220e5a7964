// dossier contradictions: which claims cannot both be true.
#include "query/contradictions.h"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/judgement.h"
#include "query/session.h"
#include "tools/commands/command.h"
#include "tools/render/claim_text.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"
#include "tools/rule_catalog.h"

namespace dossier {
namespace {

// A list of fifty names is one side of a finding; a table shows where it begins.
constexpr size_t kShownPerSide = 7;

struct Options {
  std::string db;
  std::vector<std::string> rules;
  std::vector<std::string> grades;
  std::string about;
  std::vector<std::string> between;
  bool judged = false;
  std::string rules_folder;
  Format format = Format::kTable;
};

class FindingPrinter {
 public:
  FindingPrinter(const Session* session, const Judgements* judgements, Console* console)
      : session_(session), judgements_(judgements), console_(console), claims_(session) {}

  // `settled`: how many were judged and are not among the findings.
  absl::Status AsText(const std::vector<Finding>& findings, size_t settled) {
    const size_t width = console_->width();
    std::array<size_t, 3> counts = {};
    for (const Finding& finding : findings) {
      ++counts[static_cast<size_t>(finding.grade)];
      if (console_->closed()) continue;
      console_->Out(StrCat(Name(finding.grade), "  ", RuleWords(finding), "  ", finding.id, "\n"));
      console_->Out(Paragraph("  ", Harmless(finding.explanation), 2, width));
      if (const std::string judged = JudgementText(finding); !judged.empty()) {
        console_->Out(Paragraph("  ", Harmless(judged), 2, width));
      }
      if (!finding.overlap.empty())
        console_->Out(
            Paragraph("  ",
                      Harmless(StrCat(finding.overlap.starts_with("at no time") ? "They meet " : "Both may hold ",
                                      finding.overlap, ".")),
                      2, width));
      for (const InferenceStep& step : finding.chain) {
        console_->Out(Paragraph("  by: ", Harmless(step.text), 6, width));
      }
      for (const std::string& assumption : finding.assumptions) {
        console_->Out(Paragraph("  assuming: ", Harmless(assumption), 12, width));
      }
      size_t side_number = 0;
      for (const auto& side : finding.sides) {
        ++side_number;
        size_t shown = 0;
        for (const ClaimId claim : side) {
          if (++shown > kShownPerSide) break;
          ASSIGN_OR_RETURN(const CitedClaim cited, claims_.Read(claim));
          console_->Out(claims_.Block(cited, side_number == 1 ? "  (a) " : "  (b) ", width));
        }
        if (side.size() > kShownPerSide) {
          console_->Out(StrCat("      ... and ", side.size() - kShownPerSide, " more (--format json lists all)\n"));
        }
      }
      if (!finding.resolution.empty())
        console_->Out(Paragraph("  to resolve: ", Harmless(finding.resolution), 14, width));
      console_->Out("\n");
    }
    console_->Out(StrCat("(", Count(findings.size(), "finding"), ": ", counts[0], " hard, ", counts[1], " soft, ",
                         counts[2], " changed",
                         settled > 0 ? StrCat("; ", settled, " judged and not shown, see --judged") : "", ")\n"));
    return absl::OkStatus();
  }

  absl::StatusOr<Json> ToJson(const Finding& finding) {
    Json sides = Json::array();
    for (const auto& side : finding.sides) {
      Json claims = Json::array();
      for (const ClaimId claim : side) {
        ASSIGN_OR_RETURN(Json json, ClaimJson(claim));
        claims.push_back(std::move(json));
      }
      sides.push_back(std::move(claims));
    }
    Json chain = Json::array();
    for (const InferenceStep& step : finding.chain) {
      Json claims = Json::array();
      for (const ClaimId claim : step.claims) {
        ASSIGN_OR_RETURN(Json json, ClaimJson(claim));
        claims.push_back(std::move(json));
      }
      chain.push_back({{"text", step.text}, {"claims", std::move(claims)}});
    }
    Json json = {{"id", finding.id},
                 {"rule", RuleName(finding)},
                 {"grade", Name(finding.grade)},
                 {"explanation", finding.explanation},
                 {"sides", std::move(sides)},
                 {"chain", std::move(chain)},
                 {"overlap", finding.overlap},
                 {"assumptions", finding.assumptions},
                 {"resolution", finding.resolution}};
    bool lapsed = false;
    if (const Judgement* judgement = judgements_->Of(finding, &lapsed)) {
      json["judgement"] = {{"verdict", Name(judgement->verdict)},
                           {"by", AnalystOf(*judgement)},
                           {"said", judgement->said.text()},
                           {"reason", judgement->reason},
                           {"lapsed", lapsed}};
    }
    return json;
  }

  absl::Status AsJson(const std::vector<Finding>& findings, bool lines) {
    std::string_view separator = lines ? "" : "[\n";
    for (const Finding& finding : findings) {
      if (console_->closed()) break;
      ASSIGN_OR_RETURN(const Json json, ToJson(finding));
      console_->Out(StrCat(separator, ToText(json), lines ? "\n" : ""));
      separator = lines ? "" : ",\n";
    }
    if (!lines) console_->Out(findings.empty() ? "[]\n" : "]\n");
    return absl::OkStatus();
  }

  absl::Status AsCsv(const std::vector<Finding>& findings) {
    console_->Out(
        CsvRecord({"id", "rule", "grade", "explanation", "one side", "other side", "overlap", "assumptions"}));
    for (const Finding& finding : findings) {
      if (console_->closed()) break;
      std::array<std::string, 2> sides;
      for (size_t side = 0; side < 2; ++side) {
        for (const ClaimId claim : finding.sides[side]) {
          ASSIGN_OR_RETURN(const CitedClaim cited, claims_.Read(claim));
          sides[side] += StrCat(sides[side].empty() ? "" : " | ", claims_.OneLine(cited));
        }
      }
      console_->Out(CsvRecord({finding.id, RuleName(finding), std::string(Name(finding.grade)), finding.explanation,
                               sides[0], sides[1], finding.overlap, Join(finding.assumptions, "; ")}));
    }
    return absl::OkStatus();
  }

 private:
  std::string AnalystOf(const Judgement& judgement) const {
    return judgement.analyst.valid() ? claims_.NameOf(session_->image().key(judgement.analyst)) : "somebody";
  }
  std::string JudgementText(const Finding& finding) const {
    bool lapsed = false;
    const Judgement* judgement = judgements_->Of(finding, &lapsed);
    if (judgement == nullptr) return "";
    std::string text = StrCat("Judged ", Name(judgement->verdict), " by ", AnalystOf(*judgement), ", ",
                              judgement->said.text(), ": ", judgement->reason);
    return lapsed ? StrCat(text, " (something under it has changed since)") : text;
  }
  // The note as everywhere, and beside it what is claimed in keys, for programs.
  absl::StatusOr<Json> ClaimJson(ClaimId claim) {
    ASSIGN_OR_RETURN(const CitedClaim cited, claims_.Read(claim));
    Json json = claims_.ToJson(cited);
    const Proposition& proposition = cited.claim.proposition;
    json["subject"] = KeyOrText(proposition.subject);
    json["relation"] = proposition.relation;
    json["object"] = KeyOrText(proposition.object);
    Json qualifiers = Json::object();
    for (const auto* list : {&proposition.identifying, &cited.claim.qualifiers}) {
      for (const Qualifier& qualifier : *list) {
        Json& value = qualifiers[qualifier.name];
        if (value.is_null()) {
          value = KeyOrText(qualifier.value);
        } else {
          if (!value.is_array()) value = Json::array({value});
          value.push_back(KeyOrText(qualifier.value));
        }
      }
    }
    json["qualifiers"] = std::move(qualifiers);
    return json;
  }
  static std::string RuleName(const Finding& finding) {
    return finding.rule == Rule::kField ? finding.field_rule : std::string(Name(finding.rule));
  }
  static std::string KeyOrText(const Term& term) {
    if (term.kind != Term::Kind::kLiteral) return term.key;
    return term.literal.type() == Value::Type::kString ? std::string(term.literal.string()) : ToString(term.literal);
  }

  const Session* session_;
  const Judgements* judgements_;
  Console* console_;
  ClaimText claims_;
};

absl::StatusOr<ExitCode> Contradictions(const Options& options, Console* console) {
  FindingRequest wanted{.rules = options.rules, .folder = options.rules_folder, .options = {}};
  for (const std::string& text : options.grades) {
    ASSIGN_OR_RETURN(const Grade grade, ParseGrade(text));
    wanted.options.grades.push_back(grade);
  }
  wanted.options.about = options.about;
  if (options.between.size() == 2) wanted.options.between.emplace(options.between[0], options.between[1]);

  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(options.db));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(*store));
  ASSIGN_OR_RETURN(std::vector<Finding> findings, FindAll(*session, snapshot, std::move(wanted)));
  RETURN_IF_ERROR(session->status());
  const Judgements judgements(session->image());
  size_t settled = 0;
  if (!options.judged) {
    settled = std::erase_if(findings, [&](const Finding& finding) { return judgements.Settles(finding); });
  }
  FindingPrinter printer(session.get(), &judgements, console);
  switch (options.format) {
    case Format::kTable:
      RETURN_IF_ERROR(printer.AsText(findings, settled));
      break;
    case Format::kJson:
    case Format::kJsonl:
      RETURN_IF_ERROR(printer.AsJson(findings, options.format == Format::kJsonl));
      break;
    case Format::kCsv:
      RETURN_IF_ERROR(printer.AsCsv(findings));
      break;
  }
  return ExitCode::kDone;
}

}  // namespace

Command AddContradictions(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("contradictions", "List claims that cannot both be true, and why");
  app->add_option("DB", options->db, "The store")->required();
  app->add_option("--rule", options->rules,
                  "Only this rule: R1 polarity, R2 functional, R3 quantity, R4 count, R5 order, R6 change, R7 "
                  "document, or the name "
                  "of a rule of the field's own. May be given again")
      ->type_name("RULE")
      ->allow_extra_args(false);
  app->add_option("--grade", options->grades, "Only this grade: hard, soft or changed. May be given again")
      ->type_name("GRADE")
      ->allow_extra_args(false);
  app->add_option("--about", options->about, "Only what this entity, or a part or kind of it, takes part in")
      ->type_name("NAME");
  app->add_option("--between", options->between, "Only claims by the one against claims by the other")
      ->type_name("NAME NAME")
      ->expected(2);
  app->add_flag("--judged", options->judged, "Also what was judged (`dossier judge`), each with the judgement");
  app->add_option("--rules", options->rules_folder,
                  "Folder of the field's own rules. Else $DOSSIER_RULES; else `rules` beside what was loaded")
      ->type_name("DIR");
  AddFormatOption(app, &options->format);
  app->footer(
      "hard: cannot both hold as stated. soft: conflict under an assumption, which is named. changed: one asserter, "
      "two\n"
      "times. A quote that its document does not contain (R7) is known after `dossier verify DB --documents DIR`.\n"
      "\n"
      "Examples:\n"
      "  dossier contradictions my.db --grade hard\n"
      "  dossier contradictions my.db --about Georgia\n"
      "  dossier contradictions my.db --between Russia Monitor --format json");
  return {app, [options](Console* console) { return Contradictions(*options, console); }};
}

}  // namespace dossier
