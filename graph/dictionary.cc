#include "graph/dictionary.h"

#include <algorithm>
#include <string>

#include "graph/value_bytes.h"

namespace dossier {

Dictionary::~Dictionary() {
  if (blocks_ == nullptr) return;
  for (size_t i = 0; i < (bytes_.size() + kBlock - 1) / kBlock; ++i) delete[] blocks_[i].load();
}

const Value* Dictionary::MakeBlock(size_t number) const {
  auto values = std::make_unique<Value[]>(kBlock);
  const size_t first = number * kBlock;
  for (size_t i = first; i < std::min(first + kBlock, bytes_.size()); ++i)
    values[i - first] = ValueFromBytes(bytes_[i]);
  const Value* known = nullptr;  // to another thread that was faster
  return blocks_[number].compare_exchange_strong(known, values.get(), std::memory_order_acq_rel) ? values.release()
                                                                                                 : known;
}

int Dictionary::OrderOf(uint64_t code, const Value& value) const {
  if (blocks_ == nullptr) return Order(values_[code], value);
  const std::string_view bytes = bytes_[code];
  if (value.type() == Value::Type::kString && !bytes.empty() && bytes[0] == kStringTag) {
    return TextOfStringBytes(bytes).compare(value.string());
  }
  return Order(ValueFromBytes(bytes), value);
}

void Dictionary::Archive(ImageArchive* archive) {
  if (archive->reading()) {
    bytes_.Archive(archive);
    blocks_ = std::make_unique<Block[]>((bytes_.size() + kBlock - 1) / kBlock + 1);
    return;
  }
  if (blocks_ != nullptr) return bytes_.Archive(archive);
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
