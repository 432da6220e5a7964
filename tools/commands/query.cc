// dossier query: a question in the query language.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/session.h"
#include "tools/arguments.h"
#include "tools/commands/command.h"
#include "tools/commands/run_query.h"
#include "tools/files.h"
#include "tools/interrupt.h"
#include "tools/rule_catalog.h"
#include "tools/scratch_graph.h"

namespace dossier {
namespace {

struct Options {
  std::vector<std::string> words;  // DB and QUERY, as far as they are needed
  std::string file;
  std::string graph;
  std::vector<std::string> parameters;
  RunOptions run;
};

constexpr std::string_view kForms =
    "dossier query DB 'QUERY', dossier query DB --file FILE, or --graph FILE.json in place of DB";

absl::StatusOr<ExitCode> Query(Options options, Console* console) {
  const size_t wanted = (options.graph.empty() ? 1 : 0) + (options.file.empty() ? 1 : 0);
  if (options.words.size() != wanted) {
    console->Err(
        StrCat("dossier query: ", options.words.size() < wanted ? "something is missing" : "too many arguments",
               "; write ", kForms, "\n"));
    return ExitCode::kUsage;
  }
  std::string text;
  if (options.file.empty()) {
    text = options.words.back();
  } else {
    ASSIGN_OR_RETURN(text, ReadWholeFile(options.file));
  }
  ASSIGN_OR_RETURN(Parameters parameters, ReadParameters(options.parameters));

  if (!options.graph.empty()) {
    ASSIGN_OR_RETURN(const std::string json, ReadWholeFile(options.graph));
    absl::StatusOr<ScratchGraph> graph = ReadScratchGraph(json, options.graph);
    if (!graph.ok()) return Fail(graph.status(), console, json, options.graph);
    const std::unique_ptr<Session> session = Session::OverGraph(graph->image);
    options.run.edge_ids = &graph->edge_ids;
    return RunAndPrint(*session, {text, options.file}, std::move(parameters), options.run, console);
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(options.words.front()));
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(*store));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  options.run.rules = FieldRulesOf(snapshot);
  return RunAndPrint(*session, {text, options.file}, std::move(parameters), options.run, console);
}

}  // namespace

Command AddQuery(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("query", "Ask in the query language; each row names its sources");
  app->add_option("DB_QUERY", options->words, "The store, then the query as one argument, in quotes")
      ->expected(0, 2)
      ->type_name("")
      ->option_text("");
  app->add_option("--file", options->file, "Read the query from this file; - is standard input");
  app->add_option("--graph", options->graph, "Ask a scratch graph in a JSON file instead of a store");
  app->add_option("--param", options->parameters, "The value of $name: a number, true, false, a JSON list, or text")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  AddRunOptions(app, &options->run);
  SetUsage(app,
           "Usage: dossier query [OPTIONS] DB 'QUERY'\n       dossier query [OPTIONS] DB --file FILE\n"
           "       dossier query [OPTIONS] --graph FILE.json 'QUERY'");
  app->footer(
      "The language is a read subset of GQL (ISO 39075). Relations and types are those of the store's ontology; a "
      "type\n"
      "matches its subtypes. Edges are what some source affirms; what another denies is marked with a star. `USE` in\n"
      "front of a query changes whose claims count: USE claims(), USE certainty('possible'), USE "
      "according_to('Russia').\n"
      "\n"
      "Examples:\n"
      "  dossier query my.db 'MATCH (s:State)-[d:DECLARED_STOCKPILE]->(m) RETURN s.name, m.name, d.quantity LIMIT 5'\n"
      "  dossier query my.db 'MATCH (s {key: $who})-[v:VOTED]->(r) RETURN r.name, v.vote' --param who=state/russia\n"
      "  dossier query my.db --file question.gql --format csv > answer.csv\n"
      "  dossier query my.db 'MATCH p = TRAIL (m {name: \"9M27K\"})-[:KIND_OF]->+(class) RETURN p'\n"
      "  dossier query --graph graph.json 'MATCH TRAIL (a)-[:E]->+(b) RETURN a.id, b.id' --format json");
  return {app, [options](Console* console) { return Query(*options, console); }};
}

}  // namespace dossier
