#include "query/property_coder.h"

#include <algorithm>

namespace dossier {
namespace {

// Beyond this many codes a number has no room for those of other values.
constexpr uint64_t kMostCodes = uint64_t{1} << 31;

}  // namespace

PropertyCoder::PropertyCoder(const View& view, PropertyId property, PropertyColumns::Kind kind)
    : columns_(view, property, kind),
      column_(columns_.first().empty() ? &columns_.second() : &columns_.first()),
      where_(columns_.first().empty() ? PropertyColumns::Cell::Where::kSecond : PropertyColumns::Cell::Where::kFirst),
      usable_(!column_->empty() && column_->codes() < kMostCodes && column_->codes_are_distinct()),
      by_edge_(usable_ && where_ == PropertyColumns::Cell::Where::kSecond && columns_.second_by_edge()) {
  if (usable_) usual_codes_ = static_cast<uint32_t>(column_->codes()) + 1;
  if (kind == PropertyColumns::Kind::kVertices) met_.resize(kMet);
}

void PropertyCoder::CodesOf(std::span<const uint32_t> numbers, std::span<uint32_t> codes) {
  if (by_edge_ &&
      std::all_of(numbers.begin(), numbers.end(), [](uint32_t n) { return !Image::is_hidden(EdgeId(n)); })) {
    column_->CodesOf(numbers, codes);
  } else if (met_.empty()) {
    for (size_t i = 0; i < numbers.size(); ++i) codes[i] = CodeOfNumber(numbers[i]);
  } else {
    CodesOfVertices(numbers, codes);
  }
}

// What one of many edges leads from comes row after row.
void PropertyCoder::CodesOfVertices(std::span<const uint32_t> numbers, std::span<uint32_t> codes) {
  Met last;
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != last.number) {
      Met& met = met_[numbers[i] % kMet];
      if (met.number != numbers[i]) met = {numbers[i], CodeOfNumber(numbers[i])};
      last = met;
    }
    codes[i] = last.code;
  }
}

uint32_t PropertyCoder::CodeOfNumber(uint32_t number) {
  const PropertyColumns::Cell cell = columns_.Of(number);
  if (usable_ && cell.where == where_) return static_cast<uint32_t>(cell.code) + 1;
  return cell.where == PropertyColumns::Cell::Where::kNowhere ? 0 : CodeOf(columns_.Read(number));
}

uint32_t PropertyCoder::CodeOf(const Value& value) {
  if (value.is_null()) return 0;
  if (usable_) {
    const ValueColumn::CodeRange known = column_->CodesOf(value);
    if (!known.empty() && Equivalent(column_->Decode(known.begin), value)) {
      return static_cast<uint32_t>(known.begin) + 1;
    }
  }
  const auto [at, is_new] = other_codes_.try_emplace(value, usual_codes_ + static_cast<uint32_t>(others_.size()));
  if (is_new) {
    others_.push_back(value);
    others_bytes_ += value.SharedBytes();
  }
  return at->second;
}

}  // namespace dossier
