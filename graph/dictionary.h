// The values of a column, by code: in order, no two of them Equivalent.
//
// Of a mapped image they lie there as bytes, and become values when they are first asked for, some at a time.
#ifndef DOSSIER_GRAPH_DICTIONARY_H_
#define DOSSIER_GRAPH_DICTIONARY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
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
  Dictionary(Dictionary&& other) noexcept { *this = std::move(other); }
  Dictionary& operator=(Dictionary&& other) noexcept {
    std::swap(values_, other.values_);
    std::swap(bytes_, other.bytes_);
    std::swap(part_, other.part_);
    std::swap(slots_, other.slots_);
    last_made_ = other.last_made_.exchange(last_made_);
    return *this;
  }
  ~Dictionary();

  size_t size() const { return slots_ == nullptr ? values_.size() : bytes_.size(); }
  const Value& operator[](uint64_t code) const { return slots_ == nullptr ? values_[code] : Made(code); }
  // Order(value with this code, `value`), without making it where both are strings.
  int OrderOf(uint64_t code, const Value& value) const;

  void Archive(ImageArchive* archive);

 private:
  static constexpr size_t kBlock = 8;  // a byte a value of pointers, and little made that nobody asked for
  struct Block {
    Value values[kBlock];
    const Block* before = nullptr;  // the one that was made before it
  };
  using Slot = std::atomic<const Block*>;
  const Value& Made(uint64_t code) const {
    const Block* block = slots_[code / kBlock].load(std::memory_order_acquire);
    if (block == nullptr) block = MakeBlock(code / kBlock);
    return block->values[code % kBlock];
  }
  const Block* MakeBlock(size_t number) const;

  std::vector<Value> values_;
  TextTable bytes_;  // of a mapped image
  LentPart part_;
  struct Free {
    void operator()(Slot* slots) const { std::free(slots); }
  };
  std::unique_ptr<Slot[], Free> slots_;                    // a block each; null where `values_` holds all
  mutable std::atomic<const Block*> last_made_ = nullptr;  // so that all can be found again without reading all slots
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_DICTIONARY_H_
