// A batch: about a thousand rows, held as columns. Operators hand batches to one another.
//
// A slot is a column's number; the binder gives each variable of a query one. A row may also carry the set of
// propositions and claims that it rests on (query/source_set.h); that column exists only where sources are asked for.
#ifndef DOSSIER_QUERY_BATCH_H_
#define DOSSIER_QUERY_BATCH_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "graph/value.h"
#include "query/source_set.h"

namespace dossier {

using Slot = uint32_t;

class Batch {
 public:
  static constexpr uint32_t kDefaultCapacity = 1024;

  Batch() = default;
  explicit Batch(uint32_t slots) : columns_(slots) {}

  uint32_t rows() const { return rows_; }
  uint32_t slots() const { return static_cast<uint32_t>(columns_.size()); }
  bool empty() const { return rows_ == 0; }

  const Value& at(Slot slot, uint32_t row) const { return columns_[slot][row]; }
  Value& at(Slot slot, uint32_t row) { return columns_[slot][row]; }
  std::vector<Value>& column(Slot slot) { return columns_[slot]; }
  const std::vector<Value>& column(Slot slot) const { return columns_[slot]; }

  // What row `row` rests on; empty where sources are not tracked.
  const SourceSet& sources(uint32_t row) const { return sources_[row]; }
  SourceSet& sources(uint32_t row) { return sources_[row]; }

  // About how many bytes row `row` takes: what a holder of it has to account for.
  size_t BytesOf(uint32_t row) const {
    size_t bytes = columns_.size() * sizeof(Value) + sizeof(SourceSet) + sources_[row].SharedBytes();
    for (const auto& column : columns_) bytes += column[row].SharedBytes();
    return bytes;
  }

  // Appends a row of nulls and gives its number.
  uint32_t AddRow() {
    for (auto& column : columns_) column.emplace_back();
    sources_.emplace_back();
    return rows_++;
  }
  // Appends row `row` of `other`, which has at most as many slots; the rest are null.
  uint32_t AddRow(const Batch& other, uint32_t row) {
    for (Slot slot = 0; slot < columns_.size(); ++slot) {
      columns_[slot].push_back(slot < other.slots() ? other.columns_[slot][row] : Value());
    }
    sources_.push_back(other.sources_[row]);
    return rows_++;
  }
  // The same row `count` times.
  void AddRows(const Batch& other, uint32_t row, size_t count) {
    for (Slot slot = 0; slot < columns_.size(); ++slot) {
      columns_[slot].resize(columns_[slot].size() + count, slot < other.slots() ? other.columns_[slot][row] : Value());
    }
    sources_.resize(sources_.size() + count, other.sources_[row]);
    rows_ += static_cast<uint32_t>(count);
  }
  // Drops all rows, keeps slots and memory.
  void Clear() {
    for (auto& column : columns_) column.clear();
    sources_.clear();
    rows_ = 0;
  }
  // Keeps the rows whose entry in `keep` is true.
  void Filter(const std::vector<bool>& keep) {
    uint32_t to = 0;
    for (uint32_t row = 0; row < rows_; ++row) {
      if (!keep[row]) continue;
      if (to != row) {
        for (auto& column : columns_) column[to] = std::move(column[row]);
        sources_[to] = std::move(sources_[row]);
      }
      ++to;
    }
    Truncate(to);
  }
  // Keeps the first `rows` rows.
  void Truncate(uint32_t rows) {
    for (auto& column : columns_) column.resize(rows);
    sources_.resize(rows);
    rows_ = rows;
  }

 private:
  std::vector<std::vector<Value>> columns_;
  std::vector<SourceSet> sources_;
  uint32_t rows_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_BATCH_H_
