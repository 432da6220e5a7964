#include "bench/arrays/tables.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <sstream>
#include <string_view>

namespace dossier::bench {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (file.good()) return std::move(text).str();
  std::cerr << "cannot read " << path << '\n';
  std::exit(1);
}

std::vector<std::string_view> SplitLine(std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(',', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

bool IsNumber(std::string_view cell) {
  return !cell.empty() && std::all_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Table ReadTable(const std::string& path) {
  const std::string text = ReadFile(path);
  Table table;
  std::vector<std::string_view> names;
  std::vector<std::vector<uint32_t>*> numbers;
  std::vector<std::vector<std::string>*> texts;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::vector<std::string_view> cells = SplitLine(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (names.empty()) {
      names = cells;
      continue;
    }
    for (size_t i = 0; numbers.size() < names.size(); ++i) {  // the first row tells what a column has
      const std::string name(names[i]);
      numbers.push_back(IsNumber(cells[i]) ? &table.numbers[name] : nullptr);
      texts.push_back(IsNumber(cells[i]) ? nullptr : &table.texts[name]);
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      if (numbers[i] == nullptr) {
        texts[i]->emplace_back(cells[i]);
      } else {
        uint32_t number = 0;
        std::from_chars(cells[i].data(), cells[i].data() + cells[i].size(), number);
        numbers[i]->push_back(number);
      }
    }
  }
  return table;
}

Neighbours Group(uint32_t nodes, const std::vector<uint32_t>& from, const std::vector<uint32_t>& to) {
  Neighbours result;
  result.begin.resize(nodes + size_t{1});
  for (const uint32_t node : from) ++result.begin[node + 1];
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  std::vector<uint32_t> next(result.begin.begin(), result.begin.end() - 1);
  result.to.resize(from.size());
  result.row.resize(from.size());
  for (uint32_t row = 0; row < from.size(); ++row) {
    const uint32_t place = next[from[row]]++;
    result.to[place] = to[row];
    result.row[place] = row;
  }
  return result;
}

std::vector<uint32_t> InOrder(const Neighbours& neighbours, const std::vector<uint32_t>& column) {
  std::vector<uint32_t> result;
  result.reserve(column.size());
  for (const uint32_t row : neighbours.row) result.push_back(column[row]);
  return result;
}

std::vector<uint32_t> Encode(const std::vector<std::string>& words, const std::vector<std::string>& alphabet) {
  std::vector<uint32_t> result;
  result.reserve(words.size());
  for (const std::string& word : words) {
    result.push_back(static_cast<uint32_t>(std::find(alphabet.begin(), alphabet.end(), word) - alphabet.begin()));
  }
  return result;
}

}  // namespace dossier::bench
