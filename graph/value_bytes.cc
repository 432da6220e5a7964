#include "graph/value_bytes.h"

#include <bit>
#include <cstring>

namespace dossier {
namespace {

static_assert(std::endian::native == std::endian::little);

// Deeper than any value that a store holds: lists of a qualifier's values.
constexpr int kDeepest = 8;

enum Mark : uint8_t {
  kLowOpen = 1,
  kHighOpen = 2,
  kCountable = 4,
  kApproximate = 8,
  kVague = 16,
  kUnknown = 32,
  kDerived = 64,
};

template <typename T>
void Put(T number, std::string* out) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out->append(bytes, sizeof number);
}
void PutText(std::string_view text, std::string* out) {
  Put(static_cast<uint32_t>(text.size()), out);
  out->append(text);
}

// Takes numbers and texts off the front; after bytes that end too soon, `sound` is false and all is 0 or empty.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : bytes_(bytes) {}
  template <typename T>
  T Take() {
    T number{};
    if (bytes_.size() < sizeof number) {
      sound_ = false;
      bytes_ = {};
      return number;
    }
    std::memcpy(&number, bytes_.data(), sizeof number);
    bytes_.remove_prefix(sizeof number);
    return number;
  }
  std::string_view TakeText() {
    const auto size = Take<uint32_t>();
    if (size > bytes_.size()) {
      sound_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return text;
  }
  bool sound() const { return sound_; }
  bool AtEnd() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

std::string QuantityToBytes(const Quantity& quantity) {
  std::string out = "q";
  Put(quantity.low, &out);
  Put(quantity.high, &out);
  Put(static_cast<uint8_t>((quantity.low_open ? kLowOpen : 0) | (quantity.high_open ? kHighOpen : 0) |
                           (quantity.countable ? kCountable : 0) | (quantity.approximate ? kApproximate : 0) |
                           (quantity.vague ? kVague : 0) | (quantity.unknown ? kUnknown : 0) |
                           (quantity.derived ? kDerived : 0)),
      &out);
  PutText(quantity.unit, &out);
  PutText(quantity.basis, &out);
  PutText(quantity.text, &out);
  return out;
}

Value QuantityFromBytes(std::string_view bytes) {
  Taker in(bytes);
  Quantity quantity;
  quantity.low = in.Take<double>();
  quantity.high = in.Take<double>();
  const auto marks = in.Take<uint8_t>();
  quantity.low_open = (marks & kLowOpen) != 0;
  quantity.high_open = (marks & kHighOpen) != 0;
  quantity.countable = (marks & kCountable) != 0;
  quantity.approximate = (marks & kApproximate) != 0;
  quantity.vague = (marks & kVague) != 0;
  quantity.unknown = (marks & kUnknown) != 0;
  quantity.derived = (marks & kDerived) != 0;
  quantity.unit = in.TakeText();
  quantity.basis = in.TakeText();
  quantity.text = in.TakeText();
  return in.sound() && in.AtEnd() ? Value::OfQuantity(std::move(quantity)) : Value::Null();
}

template <typename T>
std::string Tagged(char tag, T number) {
  std::string out(1, tag);
  Put(number, &out);
  return out;
}

std::string ToBytes(const Value& value, int depth) {
  switch (value.type()) {
    case Value::Type::kBoolean:
      return Tagged('b', static_cast<uint8_t>(value.boolean()));
    case Value::Type::kInteger:
      return Tagged('i', value.integer());
    case Value::Type::kFloat:
      return Tagged('f', value.floating());
    case Value::Type::kString:
      return std::string(1, kStringTag) + value.string();
    case Value::Type::kVertex:
      return Tagged('v', value.vertex().value);
    case Value::Type::kTime:
      return std::string(1, 't') + value.time().text();
    case Value::Type::kQuantity:
      return QuantityToBytes(value.quantity());
    case Value::Type::kList: {
      if (depth == 0) return "n";
      std::string out = "l";
      for (const Value& element : value.list()) PutText(ToBytes(element, depth - 1), &out);
      return out;
    }
    default:
      return "n";
  }
}

Value FromBytes(std::string_view bytes, int depth) {
  if (bytes.empty()) return Value::Null();
  const char tag = bytes[0];
  bytes.remove_prefix(1);
  Taker in(bytes);
  Value value;
  switch (tag) {
    case 'b':
      value = Value::Boolean(in.Take<uint8_t>() != 0);
      break;
    case 'i':
      value = Value::Integer(in.Take<int64_t>());
      break;
    case 'f':
      value = Value::Float(in.Take<double>());
      break;
    case 'v':
      value = Value::Vertex(VertexId(in.Take<uint32_t>()));
      break;
    case kStringTag:
      return Value::String(bytes);
    case 't': {
      auto time = EdtfTime::Parse(bytes);
      return time.ok() ? Value::Time(*std::move(time)) : Value::Null();
    }
    case 'q':
      return QuantityFromBytes(bytes);
    case 'l': {
      List elements;
      while (depth > 0 && in.sound() && !in.AtEnd()) elements.push_back(FromBytes(in.TakeText(), depth - 1));
      return in.sound() && in.AtEnd() ? Value::OfList(std::move(elements)) : Value::Null();
    }
    default:
      return Value::Null();
  }
  return in.sound() && in.AtEnd() ? value : Value::Null();
}

}  // namespace

std::string ValueToBytes(const Value& value) { return ToBytes(value, kDeepest); }
Value ValueFromBytes(std::string_view bytes) { return FromBytes(bytes, kDeepest); }

}  // namespace dossier
