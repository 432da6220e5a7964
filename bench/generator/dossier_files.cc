// How the peers' graph becomes a data set of ours: each row of an edge table is one proposition with one claim, whose
// document is the row's source, or the table's file where a row has none. A node is an entity, and what its row says
// of it are claims that cite the file. README.md has the whole mapping.
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/csv_writer.h"
#include "bench/generator/writers.h"

namespace dossier::bench {
namespace {

void WriteDocuments(const Graph& graph, const std::string& folder) {
  CsvWriter publishers(folder + "/entities-publisher.csv", "key,type,name");
  for (uint32_t i = 0; i < graph.publishers; ++i) publishers.Row("publisher/", i, ",Publisher,Publisher ", i);
  publishers.Row("publisher/statistics,Publisher,Office of statistics");

  CsvWriter sources(folder + "/documents-source.csv", "key,title,publisher,date,url");
  for (uint32_t i = 0; i < graph.sources.size(); ++i) {
    const Source& source = graph.sources[i];
    sources.Row("source/", i, ",Source ", i, ",publisher/", source.publisher, ",", source.year,
                ",https://source.example/", source.publisher, "/", i);
  }

  CsvWriter files(folder + "/documents-file.csv", "key,title,publisher");
  for (const std::string_view table :
       {"actor", "munition_type", "event", "resolution", "statement", "subtype_of", "concerns", "cites"}) {
    files.Row("file/", table, ",", table, ".csv,publisher/statistics");
  }
}

constexpr std::string_view kAttributeHeader = "subject,relation,object,act,document,locator";

void WriteActors(const Graph& graph, const std::string& folder) {
  CsvWriter entities(folder + "/entities-actor.csv", "key,type,name");
  CsvWriter claims(folder + "/claims-actor.csv", kAttributeHeader);
  for (uint32_t i = 0; i < graph.actors.size(); ++i) {
    entities.Row("actor/", i, ",Actor,Actor ", i);
    claims.Row("actor/", i, ",id,", i, ",asserts,file/actor,row=", i);
    claims.Row("actor/", i, ",kind,", graph.actors[i].kind, ",asserts,file/actor,row=", i);
    claims.Row("actor/", i, ",region,", graph.actors[i].region, ",asserts,file/actor,row=", i);
  }
}

void WriteMunitionTypes(const Graph& graph, const std::string& folder) {
  CsvWriter entities(folder + "/entities-munition.csv", "key,type,name");
  CsvWriter claims(folder + "/claims-munition.csv", kAttributeHeader);
  CsvWriter kinds(folder + "/claims-subtype.csv", kAttributeHeader);
  for (uint32_t i = 0; i < graph.munition_types.size(); ++i) {
    const MunitionType& type = graph.munition_types[i];
    entities.Row("munition/", i, ",MunitionType,", type.family, " ", i);
    claims.Row("munition/", i, ",id,", i, ",asserts,file/munition_type,row=", i);
    claims.Row("munition/", i, ",level,", type.level, ",asserts,file/munition_type,row=", i);
    if (i > 0) kinds.Row("munition/", i, ",SUBTYPE_OF,munition/", type.parent, ",asserts,file/subtype_of,row=", i);
  }
}

// Events, resolutions and statements: entities with a number and a year. `kind` names keys and files.
void WriteDated(const std::string& folder, std::string_view kind, std::string_view type,
                const std::vector<uint32_t>& years, std::string_view after_name) {
  const std::string name(kind);
  CsvWriter entities(folder + "/entities-" + name + ".csv", "key,type,name");
  CsvWriter claims(folder + "/claims-" + name + ".csv", kAttributeHeader);
  for (uint32_t i = 0; i < years.size(); ++i) {
    entities.Row(kind, "/", i, ",", type, ",", type, " ", i, after_name);
    claims.Row(kind, "/", i, ",id,", i, ",asserts,file/", kind, ",row=", i);
    claims.Row(kind, "/", i, ",year,", years[i], ",asserts,file/", kind, ",row=", i);
  }
}

void WriteDealings(const Graph& graph, const std::string& folder) {
  // The year comes twice: as a qualifier, as the peers have it, and as the time that the chains of m1 are put in order
  // by.
  CsvWriter transferred(folder + "/claims-transferred.csv",
                        "subject,relation,object,qualifiers,valid,quantity,act,document,locator");
  for (uint32_t row = 0; row < graph.transferred.size(); ++row) {
    const Edge& edge = graph.transferred[row];
    transferred.Row("actor/", edge.from, ",TRANSFERRED,actor/", edge.to, ",row=", row, ";munition=munition/",
                    edge.munition, ";year=", edge.year, ",", edge.year, ",", edge.quantity, ",asserts,source/",
                    edge.source, ",row=", row);
  }
  CsvWriter used(folder + "/claims-used.csv", "subject,relation,object,qualifiers,act,document,locator");
  for (uint32_t row = 0; row < graph.used_by.size(); ++row) {
    const Edge& edge = graph.used_by[row];
    used.Row("actor/", edge.from, ",USED_BY,actor/", edge.to, ",row=", row, ";munition=munition/", edge.munition,
             ";event=event/", edge.event, ";year=", edge.year, ",asserts,source/", edge.source, ",row=", row);
  }
  CsvWriter holds(folder + "/claims-holds.csv", "subject,relation,object,qualifiers,quantity,act,document,locator");
  for (uint32_t row = 0; row < graph.holds.size(); ++row) {
    const Edge& edge = graph.holds[row];
    holds.Row("actor/", edge.from, ",HOLDS,munition/", edge.to, ",row=", row, ";year=", edge.year, ",", edge.quantity,
              ",asserts,source/", edge.source, ",row=", row);
  }
}

void WriteWords(const Graph& graph, const std::string& folder) {
  constexpr std::string_view kHeader = "subject,relation,object,qualifiers,act,document,locator";
  CsvWriter voted(folder + "/claims-voted.csv", kHeader);
  for (uint32_t row = 0; row < graph.voted.size(); ++row) {
    const Edge& edge = graph.voted[row];
    voted.Row("actor/", edge.from, ",VOTED,resolution/", edge.to, ",value=", edge.word, ";year=", edge.year,
              ",asserts,source/", edge.source, ",row=", row);
  }
  CsvWriter made(folder + "/claims-made.csv", kHeader);
  for (uint32_t row = 0; row < graph.made.size(); ++row) {
    const Edge& edge = graph.made[row];
    made.Row("actor/", edge.from, ",MADE,statement/", edge.to, ",year=", edge.year, ",asserts,source/", edge.source,
             ",row=", row);
  }
  CsvWriter about(folder + "/claims-about.csv", kHeader);
  for (uint32_t row = 0; row < graph.about.size(); ++row) {
    const Edge& edge = graph.about[row];
    about.Row("statement/", edge.from, ",ABOUT,event/", edge.to, ",row=", row, ";stance=", edge.word,
              ",asserts,source/", edge.source, ",row=", row);
  }
  CsvWriter cites(folder + "/claims-cites.csv", kHeader);
  for (uint32_t row = 0; row < graph.cites.size(); ++row) {
    const Edge& edge = graph.cites[row];
    cites.Row("statement/", edge.from, ",CITES_SOURCE,source/", edge.to, ",page=", edge.quantity,
              ",asserts,file/cites,row=", row);
  }
  CsvWriter concerns(folder + "/claims-concerns.csv", kAttributeHeader);
  for (uint32_t row = 0; row < graph.concerns.size(); ++row) {
    const Edge& edge = graph.concerns[row];
    concerns.Row("resolution/", edge.from, ",CONCERNS,event/", edge.to, ",asserts,file/concerns,row=", row);
  }
}

}  // namespace

void WriteDossierFiles(const Graph& graph, const std::string& folder) {
  WriteDocuments(graph, folder);
  WriteActors(graph, folder);
  WriteMunitionTypes(graph, folder);
  WriteDated(folder, "event", "Event", graph.event_years, "");
  WriteDated(folder, "resolution", "Resolution", graph.resolution_years, "");
  WriteDated(folder, "statement", "Statement", graph.statement_years, " about an incident");
  WriteDealings(graph, folder);
  WriteWords(graph, folder);
}

}  // namespace dossier::bench
