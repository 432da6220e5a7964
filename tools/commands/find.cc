// dossier find: what bears a name, or one spelt much like it.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/name_search.h"
#include "tools/commands/command.h"
#include "tools/error_codes.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"
#include "tools/render/value_printer.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  std::string text;
  std::string type;
  size_t limit = 10;
  double least = kLeastNameScore;
  Format format = Format::kTable;
};

// An entity that was found, and by which of its names.
struct Hit {
  double score = 0;
  Entity entity;
  std::string matched;           // the name, alias or key that is most like the text
  const Alias* alias = nullptr;  // of `entity`, where it is one
};

absl::Status Refuse(std::string cause, std::string hint) {
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  Diagnostic{.number = kBadArgument, .cause = std::move(cause), .hint = std::move(hint)});
}

absl::Status CheckType(const Ontology& ontology, const std::string& type) {
  if (type.empty() || ontology.is_open() || ontology.FindType(type) != nullptr) return absl::OkStatus();
  const std::string closest = ClosestName(type, ontology.TypeNames());
  return Refuse(
      StrCat("--type: the ontology has no type '", type, "'"),
      closest.empty() ? StrCat("one of ", Join(ontology.TypeNames(), ", ")) : StrCat("did you mean '", closest, "'?"));
}

// Which of the entity's names it was.
void Explain(std::string_view text, Hit* hit) {
  hit->matched = hit->entity.name;
  double best = NameSimilarity(text, hit->entity.name);
  for (const Alias& alias : hit->entity.aliases) {
    const double score = NameSimilarity(text, alias.text);
    if (score <= best) continue;
    best = score;
    hit->matched = alias.text;
    hit->alias = &alias;
  }
  if (best < hit->score) {
    hit->matched = hit->entity.key;
    hit->alias = nullptr;
  }
}

// "name", "key", "alias “Korea”", "alias “the Convention” in doc/x".
std::string FoundBy(const Hit& hit) {
  if (hit.alias == nullptr) return hit.matched == hit.entity.name ? "name" : "key";
  std::string text = StrCat("alias “", hit.matched, "”");
  if (!hit.alias->document.empty()) text += StrCat(" in ", hit.alias->document);
  if (!hit.alias->valid.is_undated()) text += StrCat(" [", hit.alias->valid.text(), "]");
  return text;
}

std::string ScoreText(double score) {
  const auto hundredths = static_cast<int>(score * 100);  // below 1 stays below 1.00
  return StrCat(hundredths / 100, ".", hundredths % 100 < 10 ? "0" : "", hundredths % 100);
}

absl::StatusOr<std::vector<Hit>> Search(const Options& options) {
  if (FindInvalidUtf8(options.text) != std::string_view::npos) return Refuse("TEXT: not UTF-8", "");
  if (FoldName(options.text).empty()) {
    return Refuse("TEXT has no letter or digit", "give a name, an alias or a key, or something like it");
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(options.db));
  RETURN_IF_ERROR(CheckType(store->ontology(), options.type));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  const StoreCatalog catalog(snapshot);
  const NameIndex& names = catalog.names();
  RETURN_IF_ERROR(catalog.names_status());
  NameSearchOptions wanted{.limit = options.limit, .least = options.least, .is_meant = nullptr};
  absl::Status read;
  if (!options.type.empty()) {
    wanted.is_meant = [&](std::string_view key) {
      const auto entity = snapshot.FindEntity(key);
      if (!entity.ok()) read = entity.status();
      if (!entity.ok() || !entity->has_value()) return false;
      const std::vector<std::string>& types = (*entity)->entity.types;
      return std::any_of(types.begin(), types.end(),
                         [&](const std::string& type) { return store->ontology().IsSubtype(type, options.type); });
    };
  }
  std::vector<Hit> hits;
  for (const FoundEntity& found : SearchNames(names, options.text, wanted)) {
    ASSIGN_OR_RETURN(std::optional<StoredEntity> entity, snapshot.FindEntity(found.key));
    if (!entity.has_value()) continue;
    hits.push_back({found.score, std::move(entity->entity), "", nullptr});
  }
  RETURN_IF_ERROR(read);
  for (Hit& hit : hits) Explain(options.text, &hit);
  return hits;
}

absl::StatusOr<ExitCode> Find(const Options& options, Console* console) {
  ASSIGN_OR_RETURN(const std::vector<Hit> hits, Search(options));
  Table table{.columns = {"score", "key", "type", "name", "found by"}, .rows = {}, .right_aligned = {}};
  Json all = Json::array();
  for (const Hit& hit : hits) {
    table.rows.push_back(
        {ScoreText(hit.score), hit.entity.key, Join(hit.entity.types, "; "), hit.entity.name, FoundBy(hit)});
    all.push_back({{"score", hit.score},
                   {"key", hit.entity.key},
                   {"types", hit.entity.types},
                   {"name", hit.entity.name},
                   {"matched", hit.matched},
                   {"found_by", FoundBy(hit)}});
  }
  switch (options.format) {
    case Format::kTable:
      for (auto& row : table.rows) {
        for (std::string& cell : row) cell = Harmless(cell);
      }
      if (!hits.empty()) console->Out(ToText(table, console->width()));
      console->Out(StrCat("(", Count(hits.size(), "entity", "entities"),
                          hits.empty() ? StrCat(": nothing is spelt like '", Harmless(options.text), "')\n") : ")\n"));
      break;
    case Format::kJson:
      console->Out(ToText(all, 1) + "\n");
      break;
    case Format::kJsonl:
      for (const Json& one : all) console->Out(ToText(one) + "\n");
      break;
    case Format::kCsv:
      console->Out(CsvRecord(table.columns));
      for (const auto& row : table.rows) console->Out(CsvRecord(row));
      break;
  }
  return ExitCode::kDone;
}

}  // namespace

Command AddFind(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("find", "Look up who or what a name may mean, with a score");
  app->add_option("DB", options->db, "The store")->required();
  app->add_option("TEXT", options->text, "A name, alias or key, in any script, or something spelt like it")->required();
  app->add_option("--type", options->type, "Only entities of this type")->type_name("TYPE");
  app->add_option("--limit", options->limit, "At most so many")
      ->type_name("N")
      ->check(CLI::Range(int64_t{1}, int64_t{1000000}))
      ->capture_default_str();
  app->add_option("--least", options->least, "Nothing of a lower score, from 0 to 1")
      ->type_name("SCORE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  AddFormatOption(app, &options->format);
  app->footer(
      "A score of 1 is the same name but for case, accents, dashes, quotation marks and the script. Below it is how "
      "many\n"
      "groups of three letters two names share (Dice), or how few slips lie between them (Damerau-Levenshtein).\n"
      "\n"
      "Examples:\n"
      "  dossier find my.db РБК-500\n"
      "  dossier find my.db \"cluster munitions convention\" --type Treaty --limit 3");
  return {app, [options](Console* console) { return Find(*options, console); }};
}

}  // namespace dossier
