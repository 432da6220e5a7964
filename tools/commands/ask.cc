// dossier ask: named questions.
#include <memory>
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/session.h"
#include "tools/arguments.h"
#include "tools/commands/command.h"
#include "tools/commands/run_query.h"
#include "tools/question_catalog.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"
#include "tools/render/value_printer.h"
#include "tools/rule_catalog.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  std::string name;
  std::string questions;
  bool help = false;
  RunOptions run;
};

// "--munition ENTITY (Thing): the munition or launcher"
std::string Describe(const QuestionParameter& parameter) {
  std::string text = StrCat("--", parameter.name, " ", Name(parameter.type));
  if (!parameter.labels.empty()) text += StrCat(" (", Join(parameter.labels, " or "), ")");
  if (!parameter.default_value.empty()) {
    text += StrCat(", default ", parameter.default_value);
  } else if (parameter.optional) {
    text += ", may be left out";
  }
  return parameter.description.empty() ? text : StrCat(text, ": ", parameter.description);
}

void PrintQuestion(const Question& question, Console* console) {
  const size_t width = console->width();
  console->Out(Paragraph("", Harmless(StrCat(question.name, ": ", question.sentence)), 2, width));
  for (const QuestionParameter& parameter : question.parameters) {
    console->Out(Paragraph("    ", Harmless(Describe(parameter)), 6, width));
  }
  for (const std::string& example : question.examples) {
    console->Out(
        Paragraph("    ", Harmless(StrCat("example: dossier ask DB ", question.name, " ", example)), 6, width));
  }
}

Json QuestionJson(const Question& question) {
  Json parameters = Json::array();
  for (const QuestionParameter& parameter : question.parameters) {
    Json json = {{"name", parameter.name}, {"type", Name(parameter.type)}};
    if (!parameter.labels.empty()) json["labels"] = parameter.labels;
    json["optional"] = parameter.optional;
    if (!parameter.default_value.empty()) json["default"] = parameter.default_value;
    json["description"] = parameter.description;
    parameters.push_back(std::move(json));
  }
  return {{"name", question.name},
          {"question", question.sentence},
          {"parameters", std::move(parameters)},
          {"examples", question.examples},
          {"file", question.file}};
}

absl::StatusOr<ExitCode> ListQuestions(const std::vector<Question>& questions, const Options& options,
                                       Console* console) {
  switch (options.run.format) {
    case Format::kTable:
      for (const Question& question : questions) PrintQuestion(question, console);
      console->Out(
          StrCat("(", Count(questions.size(), "question"), "; `dossier ask DB NAME --param value` answers one)\n"));
      break;
    case Format::kCsv:
      console->Out(CsvRecord({"name", "question", "parameters", "example"}));
      for (const Question& question : questions) {
        std::vector<std::string> parameters;
        for (const QuestionParameter& parameter : question.parameters) parameters.push_back(Describe(parameter));
        console->Out(CsvRecord({question.name, question.sentence, Join(parameters, "; "),
                                question.examples.empty() ? "" : question.examples.front()}));
      }
      break;
    case Format::kJson: {
      Json list = Json::array();
      for (const Question& question : questions) list.push_back(QuestionJson(question));
      console->Out(ToText(list, 1) + "\n");
      break;
    }
    case Format::kJsonl:
      for (const Question& question : questions) console->Out(ToText(QuestionJson(question)) + "\n");
      break;
  }
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> Ask(Options options, const std::vector<std::string>& words, Console* console) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(options.db));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  ASSIGN_OR_RETURN(const std::string folder, FindQuestionFolder(options.questions, snapshot));
  if (options.name.empty()) {
    ASSIGN_OR_RETURN(const std::vector<Question> questions, ReadQuestions(folder));
    return ListQuestions(questions, options, console);
  }
  ASSIGN_OR_RETURN(const Question question, FindQuestion(folder, options.name));
  if (options.help) {
    PrintQuestion(question, console);
    return ExitCode::kDone;
  }
  ASSIGN_OR_RETURN(const auto given, SplitOptions(words));
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(*store));
  ASSIGN_OR_RETURN(Parameters parameters, BindQuestion(question, given, *session));
  options.run.rules = FieldRulesOf(snapshot);
  return RunAndPrint(*session, {question.query, question.file}, std::move(parameters), options.run, console);
}

}  // namespace

Command AddAsk(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("ask", "Answer a named question, or list those that there are");
  // Options that are not ours are the question's parameters.
  app->allow_extras();
  app->set_help_flag("");
  app->add_flag("-h,--help", options->help, "This help; after DB NAME, what that question takes");
  app->add_option("DB", options->db, "The store");
  app->add_option("NAME", options->name, "The question; without one, all are listed");
  app->add_option("--questions", options->questions,
                  "Folder of the questions. Else $DOSSIER_QUESTIONS; else `questions` beside what was loaded");
  AddRunOptions(app, &options->run);
  SetUsage(app, "Usage: dossier ask DB\n       dossier ask DB NAME [--PARAMETER VALUE ...] [OPTIONS]");
  app->footer(
      "A question is a query with parameters, in a file of its own (docs/questions.md). Where a parameter is an "
      "entity, its\n"
      "key, its name or any alias will do; a name that several bear is refused, and the candidates are listed.\n"
      "\n"
      "Examples:\n"
      "  dossier ask my.db\n"
      "  dossier ask my.db buyers-of --munition Smerch\n"
      "  dossier ask my.db buyers-of --help\n"
      "  dossier ask my.db votes-on --resolution 70/54 --format csv");
  return {app, [app, options](Console* console) -> absl::StatusOr<ExitCode> {
            if (options->help && (options->db.empty() || options->name.empty())) {
              console->Out(app->help());
              return ExitCode::kDone;
            }
            if (options->db.empty()) {
              console->Err("dossier ask: DB is missing; see dossier ask --help\n");
              return ExitCode::kUsage;
            }
            return Ask(*options, app->remaining(), console);
          }};
}

}  // namespace dossier
