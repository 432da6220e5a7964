#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/csv_writer.h"
#include "bench/generator/writers.h"

namespace dossier::bench {
namespace {

// Entities that have nothing but a name and a year.
void WriteDated(const std::string& path, std::string_view header, const std::vector<uint32_t>& years,
                std::string_view before, std::string_view after) {
  CsvWriter file(path, header);
  for (uint32_t i = 0; i < years.size(); ++i) file.Row(i, ",", before, i, after, ",", years[i]);
}

void WriteNodes(const Graph& graph, const std::string& folder) {
  {
    CsvWriter file(folder + "/actor.csv", "id,key,name,kind,region");
    for (uint32_t i = 0; i < graph.actors.size(); ++i) {
      file.Row(i, ",actor/", i, ",Actor ", i, ",", graph.actors[i].kind, ",", graph.actors[i].region);
    }
  }
  {
    CsvWriter file(folder + "/munition_type.csv", "id,name,level");
    for (uint32_t i = 0; i < graph.munition_types.size(); ++i) {
      file.Row(i, ",", graph.munition_types[i].family, " ", i, ",", graph.munition_types[i].level);
    }
  }
  {
    CsvWriter file(folder + "/source.csv", "id,url,publisher,year");
    for (uint32_t i = 0; i < graph.sources.size(); ++i) {
      const Source& source = graph.sources[i];
      file.Row(i, ",https://source.example/", source.publisher, "/", i, ",Publisher ", source.publisher, ",",
               source.year);
    }
  }
  WriteDated(folder + "/event.csv", "id,name,year", graph.event_years, "Event ", "");
  WriteDated(folder + "/resolution.csv", "id,name,year", graph.resolution_years, "Resolution ", "");
  WriteDated(folder + "/statement.csv", "id,text,year", graph.statement_years, "Statement ", " about an incident");
}

void WriteEdges(const Graph& graph, const std::string& folder) {
  {
    CsvWriter file(folder + "/subtype_of.csv", "from,to");
    for (uint32_t i = 1; i < graph.munition_types.size(); ++i) file.Row(i, ",", graph.munition_types[i].parent);
  }
  {
    CsvWriter file(folder + "/concerns.csv", "from,to");
    for (const Edge& edge : graph.concerns) file.Row(edge.from, ",", edge.to);
  }
  {
    CsvWriter file(folder + "/transferred.csv", "from,to,munition,quantity,year,source");
    for (const Edge& edge : graph.transferred) {
      file.Row(edge.from, ",", edge.to, ",", edge.munition, ",", edge.quantity, ",", edge.year, ",", edge.source);
    }
  }
  {
    CsvWriter file(folder + "/used_by.csv", "from,to,munition,event,year,source");
    for (const Edge& edge : graph.used_by) {
      file.Row(edge.from, ",", edge.to, ",", edge.munition, ",", edge.event, ",", edge.year, ",", edge.source);
    }
  }
  {
    CsvWriter file(folder + "/holds.csv", "from,to,quantity,year,source");
    for (const Edge& edge : graph.holds) {
      file.Row(edge.from, ",", edge.to, ",", edge.quantity, ",", edge.year, ",", edge.source);
    }
  }
  {
    CsvWriter file(folder + "/voted.csv", "from,to,value,year,source");
    for (const Edge& edge : graph.voted) {
      file.Row(edge.from, ",", edge.to, ",", edge.word, ",", edge.year, ",", edge.source);
    }
  }
  {
    CsvWriter file(folder + "/made.csv", "from,to,year,source");
    for (const Edge& edge : graph.made) file.Row(edge.from, ",", edge.to, ",", edge.year, ",", edge.source);
  }
  {
    CsvWriter file(folder + "/about.csv", "from,to,stance,source");
    for (const Edge& edge : graph.about) file.Row(edge.from, ",", edge.to, ",", edge.word, ",", edge.source);
  }
  {
    CsvWriter file(folder + "/cites.csv", "from,to,page");
    for (const Edge& edge : graph.cites) file.Row(edge.from, ",", edge.to, ",", edge.quantity);
  }
}

}  // namespace

void WritePeerFiles(const Graph& graph, const std::string& folder) {
  WriteNodes(graph, folder);
  WriteEdges(graph, folder);
}

}  // namespace dossier::bench
