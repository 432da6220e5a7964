// The graph as files, once for each kind of reader. Folders must exist.
#ifndef DOSSIER_BENCH_GENERATOR_WRITERS_H_
#define DOSSIER_BENCH_GENERATOR_WRITERS_H_

#include <string>

#include "bench/generator/graph.h"

namespace dossier::bench {

// One CSV file a table, numbers as keys: for SQLite, DuckDB, Kùzu and the arrays.
void WritePeerFiles(const Graph& graph, const std::string& folder);

// A data set of Dossier (docs/claim-files.md) without its ontology.toml.
void WriteDossierFiles(const Graph& graph, const std::string& folder);

// Rises whenever the same size and seed give other files; bench/run then writes them anew (harness/workloads.py).
inline constexpr int kFormat = 2;

// What the queries are asked for: kParameterSets values a column, as JSON.
inline constexpr int kParameterSets = 20;
void WriteParameters(const Graph& graph, const std::string& path);

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_GENERATOR_WRITERS_H_
