#include "graph/dictionary.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "graph/value_bytes.h"

namespace dossier {

Dictionary::~Dictionary() {
  for (const Block* block = last_made_; block != nullptr;) delete std::exchange(block, block->before);
}

const Dictionary::Block* Dictionary::MakeBlock(size_t number) const {
  auto made = std::make_unique<Block>();
  const size_t first = number * kBlock;
  for (size_t i = first; i < std::min(first + kBlock, bytes_.size()); ++i) {
    if (!part_.ready()) bytes_.Check(part_, i);
    made->values[i - first] = ValueFromBytes(bytes_[i]);
  }
  const Block* known = nullptr;  // to another thread that was faster
  if (!slots_[number].compare_exchange_strong(known, made.get(), std::memory_order_acq_rel)) return known;
  made->before = last_made_.load(std::memory_order_relaxed);
  while (!last_made_.compare_exchange_weak(made->before, made.get(), std::memory_order_release)) {
  }
  return made.release();
}

int Dictionary::OrderOf(uint64_t code, const Value& value) const {
  if (slots_ == nullptr) return Order(values_[code], value);
  if (!part_.ready()) bytes_.Check(part_, code);
  const std::string_view bytes = bytes_[code];
  if (value.type() == Value::Type::kString && !bytes.empty() && bytes[0] == kStringTag) {
    return TextOfStringBytes(bytes).compare(value.string());
  }
  return Order(ValueFromBytes(bytes), value);
}

void Dictionary::Archive(ImageArchive* archive) {
  if (archive->reading()) {
    archive->BeginPart();
    bytes_.Archive(archive);
    archive->EndPart(&part_);
    // Zeros are null pointers, and memory of which nothing is asked for costs nothing.
    static_assert(std::is_trivially_destructible_v<Slot>);
    slots_.reset(static_cast<Slot*>(std::calloc((bytes_.size() + kBlock - 1) / kBlock + 1, sizeof(Slot))));
    if (slots_ == nullptr) archive->Fail();
    return;
  }
  if (slots_ != nullptr) return bytes_.Archive(archive);
  std::vector<uint64_t> offsets;
  offsets.reserve(values_.size() + 1);
  offsets.push_back(0);
  std::vector<char> bytes;
  for (const Value& value : values_) {
    if (value.type() == Value::Type::kString) {
      bytes.push_back(kStringTag);
      bytes.insert(bytes.end(), value.string().begin(), value.string().end());
    } else {
      const std::string text = ValueToBytes(value);
      if (!Equivalent(ValueFromBytes(text), value)) archive->Fail();  // of a kind that only queries make
      bytes.insert(bytes.end(), text.begin(), text.end());
    }
    offsets.push_back(bytes.size());
  }
  TextTable::Of(offsets, std::move(bytes)).Archive(archive);
}

}  // namespace dossier
