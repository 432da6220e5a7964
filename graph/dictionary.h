// The values of a column, by code: in order, no two of them Equivalent.
//
// Of a mapped image they lie there as bytes, and become values when they are first asked for, some at a time.
#ifndef DOSSIER_GRAPH_DICTIONARY_H_
#define DOSSIER_GRAPH_DICTIONARY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "graph/image_archive.h"
#include "graph/text_table.h"
#include "graph/value.h"

namespace dossier {

class Dictionary {
 public:
  Dictionary() = default;
  explicit Dictionary(std::vector<Value> values) : values_(std::move(values)) {}
  Dictionary(Dictionary&&) noexcept = default;
  Dictionary& operator=(Dictionary&& other) noexcept {
    std::swap(values_, other.values_);
    std::swap(bytes_, other.bytes_);
    std::swap(blocks_, other.blocks_);
    return *this;
  }
  ~Dictionary();

  size_t size() const { return blocks_ == nullptr ? values_.size() : bytes_.size(); }
  const Value& operator[](uint64_t code) const { return blocks_ == nullptr ? values_[code] : Made(code); }
  // Order(value with this code, `value`), without making it where both are strings.
  int OrderOf(uint64_t code, const Value& value) const;

  void Archive(ImageArchive* archive);

 private:
  static constexpr size_t kBlock = 8;  // a byte a value of pointers, and little made that nobody asked for
  using Block = std::atomic<const Value*>;
  const Value& Made(uint64_t code) const {
    const Value* block = blocks_[code / kBlock].load(std::memory_order_acquire);
    if (block == nullptr) block = MakeBlock(code / kBlock);
    return block[code % kBlock];
  }
  const Value* MakeBlock(size_t number) const;

  std::vector<Value> values_;
  TextTable bytes_;                  // of a mapped image
  std::unique_ptr<Block[]> blocks_;  // of kBlock values each; null where `values_` holds all
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_DICTIONARY_H_
