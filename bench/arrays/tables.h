// The graph in plain arrays: neighbour lists and columns, read from the peers' CSV files.
#ifndef DOSSIER_BENCH_ARRAYS_TABLES_H_
#define DOSSIER_BENCH_ARRAYS_TABLES_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace dossier::bench {

// Columns of a CSV file; those that are no numbers are texts.
struct Table {
  std::unordered_map<std::string, std::vector<uint32_t>> numbers;
  std::unordered_map<std::string, std::vector<std::string>> texts;
};

// Ends the program where the file cannot be read.
Table ReadTable(const std::string& path);

// The neighbours of each node side by side: those of node n from begin[n] to begin[n + 1]. `row` has the row of the
// table that each came from; what else a row has is put into the same order with InOrder.
struct Neighbours {
  std::vector<uint32_t> begin, to, row;

  uint32_t Degree(uint32_t node) const { return begin[node + 1] - begin[node]; }
};

Neighbours Group(uint32_t nodes, const std::vector<uint32_t>& from, const std::vector<uint32_t>& to);
std::vector<uint32_t> InOrder(const Neighbours& neighbours, const std::vector<uint32_t>& column);

// Votes and stances as numbers, in the order of the alphabet.
std::vector<uint32_t> Encode(const std::vector<std::string>& words, const std::vector<std::string>& alphabet);

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_ARRAYS_TABLES_H_
