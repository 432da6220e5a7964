#include "query/batch.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr uint32_t kNullNumber = VertexId::kInvalid;
static_assert(kNullNumber == EdgeId::kInvalid);

// Moves the items of `keep` to the front.
template <typename Item>
uint32_t Compact(const std::vector<bool>& keep, std::vector<Item>* items) {
  uint32_t to = 0;
  for (uint32_t row = 0; row < items->size(); ++row) {
    if (!keep[row]) continue;
    if (to != row) (*items)[to] = std::move((*items)[row]);
    ++to;
  }
  items->resize(to);
  return to;
}

}  // namespace

void BatchColumn::BecomeValues() {
  if (kind_ == Kind::kValues) return;
  std::vector<Value> values;
  values.reserve(size_);
  for (uint32_t row = 0; row < size_; ++row) values.push_back(At(row));
  SetValues(std::move(values));
}

void BatchColumn::Set(uint32_t row, Value value) {
  if (value.is_null() && kind_ == Kind::kNulls) return;
  if (kind_ == Kind::kNulls && (value.type() == Value::Type::kVertex || value.type() == Value::Type::kEdge)) {
    kind_ = value.type() == Value::Type::kVertex ? Kind::kVertices : Kind::kEdges;
    numbers_.assign(size_, kNullNumber);
  }
  if (Holds(value.type())) {
    numbers_[row] = kind_ == Kind::kVertices ? value.vertex().value : value.edge().value;
  } else if (value.is_null() && (kind_ == Kind::kVertices || kind_ == Kind::kEdges)) {
    numbers_[row] = kNullNumber;
  } else {
    BecomeValues();
    values_[row] = std::move(value);
  }
}

void BatchColumn::SetLast(Kind kind, std::span<const uint32_t> numbers) {
  const auto first = static_cast<uint32_t>(size_ - numbers.size());
  if (kind_ == Kind::kNulls) {
    kind_ = kind;
    numbers_.assign(first, kNullNumber);
    numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
    return;
  }
  if (kind_ == kind) {
    std::copy(numbers.begin(), numbers.end(), numbers_.begin() + first);
    return;
  }
  for (uint32_t i = 0; i < numbers.size(); ++i) {
    Set(first + i, kind == Kind::kVertices ? Value::Vertex(VertexId(numbers[i])) : Value::Edge(EdgeId(numbers[i])));
  }
}

void BatchColumn::SetCodes(const ValueCoder* coder, std::vector<uint32_t> codes) {
  Clear();
  kind_ = Kind::kCodes;
  coder_ = coder;
  size_ = static_cast<uint32_t>(codes.size());
  numbers_ = std::move(codes);
}

void BatchColumn::SetValues(std::vector<Value> values) {
  Clear();
  kind_ = Kind::kValues;
  size_ = static_cast<uint32_t>(values.size());
  values_ = std::move(values);
}

void BatchColumn::AppendNulls(uint32_t count) {
  size_ += count;
  switch (kind_) {
    case Kind::kNulls:
      break;
    case Kind::kVertices:
    case Kind::kEdges:
      numbers_.resize(size_, kNullNumber);
      break;
    case Kind::kCodes:
      numbers_.resize(size_, 0);
      break;
    case Kind::kValues:
      values_.resize(size_);
      break;
  }
}

void BatchColumn::Append(const BatchColumn& other, uint32_t row, uint32_t count) {
  if (other.kind_ == Kind::kNulls) return AppendNulls(count);
  if (kind_ == Kind::kNulls && size_ == 0) {
    kind_ = other.kind_;
    coder_ = other.coder_;
  }
  if (kind_ == other.kind_ && kind_ != Kind::kValues && coder_ == other.coder_) {
    size_ += count;
    if (count == 1) {
      numbers_.push_back(other.numbers_[row]);
    } else {
      numbers_.resize(size_, other.numbers_[row]);
    }
    return;
  }
  Value value = other.At(row);
  if (kind_ == Kind::kNulls || Holds(value.type()) || value.is_null()) {
    const uint32_t first = size_;
    AppendNulls(count);
    if (value.is_null()) return;
    for (uint32_t i = 0; i < count; ++i) Set(first + i, value);
    return;
  }
  BecomeValues();
  size_ += count;
  if (count == 1) {
    values_.push_back(std::move(value));
  } else {
    values_.resize(size_, value);
  }
}

void BatchColumn::Clear() {
  kind_ = Kind::kNulls;
  size_ = 0;
  coder_ = nullptr;
  numbers_.clear();
  values_.clear();
}

void BatchColumn::Filter(const std::vector<bool>& keep) {
  switch (kind_) {
    case Kind::kNulls:
      size_ = static_cast<uint32_t>(std::count(keep.begin(), keep.end(), true));
      break;
    case Kind::kValues:
      size_ = Compact(keep, &values_);
      break;
    default:
      size_ = Compact(keep, &numbers_);
  }
}

void BatchColumn::Truncate(uint32_t rows) {
  if (rows >= size_) return;
  size_ = rows;
  if (kind_ == Kind::kValues) {
    values_.resize(rows);
  } else if (kind_ != Kind::kNulls) {
    numbers_.resize(rows);
  }
}

void Batch::Filter(const std::vector<bool>& keep) {
  for (BatchColumn& column : columns_) column.Filter(keep);
  if (!sources_.empty()) {
    sources_.resize(rows_);
    Compact(keep, &sources_);
  }
  rows_ = static_cast<uint32_t>(std::count(keep.begin(), keep.end(), true));
}

}  // namespace dossier
