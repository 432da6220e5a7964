// A batch: about a thousand rows, held as columns. Operators hand batches to one another.
//
// A slot is a column's number; the binder gives each variable of a query one. A column of nodes or edges is a column of
// numbers, one of property values may be a column of codes, and any other holds values. A row may also carry the set of
// propositions and claims that it rests on (query/source_set.h); that column exists only where sources are asked for.
#ifndef DOSSIER_QUERY_BATCH_H_
#define DOSSIER_QUERY_BATCH_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/value.h"
#include "query/source_set.h"

namespace dossier {

using Slot = uint32_t;

// Values by code. Two codes of one coder never stand for values that are Equivalent; code 0 is null.
class ValueCoder {
 public:
  virtual ~ValueCoder() = default;
  virtual Value Decode(uint32_t code) const = 0;
  // Codes below this are in use from the beginning; there may come more.
  virtual uint32_t usual_codes() const = 0;
};

class BatchColumn {
 public:
  // Of numbers, DenseId::kInvalid is null. The coder of codes must outlive the column.
  enum class Kind : uint8_t { kNulls, kVertices, kEdges, kCodes, kValues };

  Kind kind() const { return kind_; }
  uint32_t size() const { return size_; }
  Value At(uint32_t row) const {
    switch (kind_) {
      case Kind::kNulls:
        return Value();
      case Kind::kVertices:
        return numbers_[row] == VertexId::kInvalid ? Value() : Value::Vertex(VertexId(numbers_[row]));
      case Kind::kEdges:
        return numbers_[row] == EdgeId::kInvalid ? Value() : Value::Edge(EdgeId(numbers_[row]));
      case Kind::kCodes:
        return coder_->Decode(numbers_[row]);
      case Kind::kValues:
        break;
    }
    return values_[row];
  }
  // Of vertices and edges: their numbers; of codes: the codes.
  std::span<const uint32_t> numbers() const { return numbers_; }
  const ValueCoder* coder() const { return coder_; }

  void Set(uint32_t row, Value value);
  void SetVertex(uint32_t row, VertexId vertex) {
    if (kind_ == Kind::kVertices) {
      numbers_[row] = vertex.value;
    } else {
      Set(row, Value::Vertex(vertex));
    }
  }
  void SetEdge(uint32_t row, EdgeId edge) {
    if (kind_ == Kind::kEdges) {
      numbers_[row] = edge.value;
    } else {
      Set(row, Value::Edge(edge));
    }
  }
  // Those of the last rows.
  void SetLast(Kind kind, std::span<const uint32_t> numbers);
  // All rows anew.
  void SetCodes(const ValueCoder* coder, std::vector<uint32_t> codes);
  void SetValues(std::vector<Value> values);

  void AppendNulls(uint32_t count);
  // Row `row` of `other`, `count` times.
  void Append(const BatchColumn& other, uint32_t row, uint32_t count);
  void Clear();
  void Filter(const std::vector<bool>& keep);
  void Truncate(uint32_t rows);
  size_t BytesOf(uint32_t row) const {
    return kind_ == Kind::kValues ? sizeof(Value) + values_[row].SharedBytes() : sizeof(uint32_t);
  }

 private:
  void BecomeValues();
  bool Holds(Value::Type type) const {
    return (kind_ == Kind::kVertices && type == Value::Type::kVertex) ||
           (kind_ == Kind::kEdges && type == Value::Type::kEdge);
  }

  Kind kind_ = Kind::kNulls;
  uint32_t size_ = 0;
  const ValueCoder* coder_ = nullptr;
  std::vector<uint32_t> numbers_;  // of vertices, edges and codes: one a row
  std::vector<Value> values_;      // of values: one a row
};

class Batch {
 public:
  Batch() = default;
  explicit Batch(uint32_t slots) : columns_(slots) {}

  uint32_t rows() const { return rows_; }
  uint32_t slots() const { return static_cast<uint32_t>(columns_.size()); }
  bool empty() const { return rows_ == 0; }

  Value at(Slot slot, uint32_t row) const { return columns_[slot].At(row); }
  void Set(Slot slot, uint32_t row, Value value) { columns_[slot].Set(row, std::move(value)); }
  BatchColumn& column(Slot slot) { return columns_[slot]; }
  const BatchColumn& column(Slot slot) const { return columns_[slot]; }

  // What row `row` rests on; empty where sources are not tracked. There is no column before somebody writes to it.
  const SourceSet& sources(uint32_t row) const {
    static const SourceSet kNone;
    return row < sources_.size() ? sources_[row] : kNone;
  }
  SourceSet& sources(uint32_t row) {
    if (row >= sources_.size()) sources_.resize(rows_);
    return sources_[row];
  }

  // About how many bytes row `row` takes: what a holder of it has to account for.
  size_t BytesOf(uint32_t row) const {
    size_t bytes = sizeof(SourceSet) + sources(row).SharedBytes();
    for (const BatchColumn& column : columns_) bytes += column.BytesOf(row);
    return bytes;
  }

  // Appends a row of nulls and gives its number.
  uint32_t AddRow() {
    for (BatchColumn& column : columns_) column.AppendNulls(1);
    if (!sources_.empty()) sources_.resize(rows_ + size_t{1});
    return rows_++;
  }
  // Appends row `row` of `other`, which has at most as many slots; the rest are null.
  uint32_t AddRow(const Batch& other, uint32_t row) {
    AddRows(other, row, 1);
    return rows_ - 1;
  }
  // The same row `count` times.
  void AddRows(const Batch& other, uint32_t row, uint32_t count) {
    for (Slot slot = 0; slot < columns_.size(); ++slot) {
      if (slot < other.slots()) {
        columns_[slot].Append(other.columns_[slot], row, count);
      } else {
        columns_[slot].AppendNulls(count);
      }
    }
    if (!sources_.empty() || row < other.sources_.size()) {
      sources_.resize(rows_);
      sources_.resize(rows_ + size_t{count}, other.sources(row));
    }
    rows_ += count;
  }
  // Drops all rows, keeps slots and memory.
  void Clear() {
    for (BatchColumn& column : columns_) column.Clear();
    sources_.clear();
    rows_ = 0;
  }
  // Keeps the rows whose entry in `keep` is true.
  void Filter(const std::vector<bool>& keep);
  // Keeps the first `rows` rows.
  void Truncate(uint32_t rows) {
    for (BatchColumn& column : columns_) column.Truncate(rows);
    if (sources_.size() > rows) sources_.resize(rows);
    rows_ = rows;
  }

 private:
  std::vector<BatchColumn> columns_;
  std::vector<SourceSet> sources_;  // empty, or one a row
  uint32_t rows_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_BATCH_H_
