// dossier stats: what is in a store, counted.
#include "store/stats.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/commands/command.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"
#include "tools/render/value_printer.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  Format format = Format::kTable;
};

// (what, of which kind, how many), in the order printed; the kind is empty for what counts all.
struct Line {
  std::string what, kind;
  uint64_t count = 0;
};

std::vector<Line> Lines(const StoreStats& stats) {
  std::vector<Line> lines = {{"store format", "", stats.format_version},
                             {"loads", "", stats.counts.loads},
                             {"bytes on disk", "", stats.bytes_on_disk},
                             {"documents", "", stats.counts.documents},
                             {"entities", "", stats.counts.entities},
                             {"aliases", "", stats.aliases},
                             {"propositions", "", stats.counts.propositions},
                             {"claims", "", stats.counts.claims},
                             {"claims with a quote", "", stats.claims_with_quote},
                             {"claims superseded", "", stats.claims_superseded}};
  const auto add = [&lines](const char* what, const std::map<std::string, uint64_t>& counts) {
    for (const auto& [kind, count] : counts) lines.push_back({what, kind, count});
  };
  add("claims by act", stats.claims_by_act);
  add("claims by certainty", stats.claims_by_certainty);
  add("claims by document", stats.claims_by_document);
  add("entities by type", stats.entities_by_type);
  add("propositions by relation", stats.propositions_by_relation);
  add("claims by relation", stats.claims_by_relation);
  return lines;
}

absl::StatusOr<ExitCode> Stats(const Options& options, Console* console) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(options.db));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  ASSIGN_OR_RETURN(const StoreStats stats, CollectStats(*store, snapshot));
  const std::vector<Line> lines = Lines(stats);
  switch (options.format) {
    case Format::kTable: {
      Table table{.columns = {"what", "which", "count"}, .right_aligned = {false, false, true}};
      for (const Line& line : lines) table.rows.push_back({line.what, Harmless(line.kind), WithCommas(line.count)});
      console->Out(ToText(table, console->width()));
      break;
    }
    case Format::kJson: {
      Json json = Json::object();
      for (const Line& line : lines) {
        std::string name = line.what;
        for (char& c : name) c = c == ' ' ? '_' : c;
        if (line.kind.empty()) {
          json[name] = line.count;
        } else {
          json[name][line.kind] = line.count;
        }
      }
      console->Out(ToText(json, 1) + "\n");
      break;
    }
    case Format::kJsonl:
      for (const Line& line : lines) {
        console->Out(ToText(Json{{"what", line.what}, {"which", line.kind}, {"count", line.count}}) + "\n");
      }
      break;
    case Format::kCsv:
      console->Out(CsvRecord({"what", "which", "count"}));
      for (const Line& line : lines) console->Out(CsvRecord({line.what, line.kind, StrCat(line.count)}));
      break;
  }
  return ExitCode::kDone;
}

}  // namespace

Command AddStats(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("stats", "Count what is in a store");
  app->add_option("DB", options->db, "The store")->required();
  AddFormatOption(app, &options->format);
  app->footer("Example:\n  dossier stats my.db");
  return {app, [options](Console* console) { return Stats(*options, console); }};
}

}  // namespace dossier
