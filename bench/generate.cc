// Draws the graph of the benchmark and writes it as files:
//
//   generate FOLDER EDGES [SEED]
//
//   FOLDER/peers/*.csv       a CSV file a table, for the other engines
//   FOLDER/dossier/          the same graph as a data set of ours
//   FOLDER/parameters.json   what each query is asked for, the same for every engine
#include <charconv>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>

#include "bench/generator/graph.h"
#include "bench/generator/writers.h"

namespace {

bool ReadNumber(const char* text, uint64_t* number) {
  const char* end = text + std::strlen(text);
  const auto [stopped, error] = std::from_chars(text, end, *number);
  return error == std::errc() && stopped == end;
}

}  // namespace

int main(int argc, char** argv) {
  uint64_t edges = 0;
  uint64_t seed = 42;
  if (argc < 3 || argc > 4 || !ReadNumber(argv[2], &edges) || (argc == 4 && !ReadNumber(argv[3], &seed))) {
    std::cerr << "usage: generate FOLDER EDGES [SEED]\n";
    return 2;
  }
  if (edges < dossier::bench::kFewestEdges) {
    std::cerr << "generate: EDGES is at least " << dossier::bench::kFewestEdges << '\n';
    return 2;
  }
  const std::string folder = argv[1];
  std::error_code error;
  for (const char* part : {"/peers", "/dossier"}) {
    std::filesystem::create_directories(folder + part, error);
    if (!error) continue;
    std::cerr << "generate: cannot make " << folder << part << ": " << error.message() << '\n';
    return 1;
  }
  const dossier::bench::Graph graph = dossier::bench::DrawGraph(edges, seed);
  dossier::bench::WritePeerFiles(graph, folder + "/peers");
  dossier::bench::WriteDossierFiles(graph, folder + "/dossier");
  dossier::bench::WriteParameters(graph, folder + "/parameters.json");
  return 0;
}
