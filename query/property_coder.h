// Codes for the values of one property of nodes or edges, so that grouping and comparing need not make the values.
#ifndef DOSSIER_QUERY_PROPERTY_CODER_H_
#define DOSSIER_QUERY_PROPERTY_CODER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/property_columns.h"
#include "query/batch.h"

namespace dossier {

// A code is 1 more than one of the column that holds most of the values, or stands for another value that was met.
// Not thread-safe.
class PropertyCoder : public ValueCoder {
 public:
  PropertyCoder(const View& view, PropertyId property, PropertyColumns::Kind kind);

  // Whether the column's codes can serve; if not, every value is given a code when it is met, which takes longer.
  bool usable() const { return usable_; }
  // Of the elements with these numbers, one each.
  void CodesOf(std::span<const uint32_t> numbers, std::span<uint32_t> codes);
  Value Decode(uint32_t code) const override {
    if (code == 0) return Value();
    return code < usual_codes_ ? column_->Decode(code - 1) : others_[code - usual_codes_];
  }
  uint32_t usual_codes() const override { return usual_codes_; }
  // About how many bytes the values take that are not the column's.
  uint64_t bytes() const { return others_.size() * 3 * sizeof(Value) + others_bytes_; }

 private:
  // Many rows meet few nodes: what was found for a node stands here by its last bits, until another comes.
  struct Met {
    uint32_t number = VertexId::kInvalid, code = 0;
  };
  static constexpr size_t kMet = 1024;

  void CodesOfVertices(std::span<const uint32_t> numbers, std::span<uint32_t> codes);
  uint32_t CodeOfNumber(uint32_t number);
  uint32_t CodeOf(const Value& value);

  PropertyColumns columns_;
  const ValueColumn* column_;
  PropertyColumns::Cell::Where where_;
  bool usable_;
  bool by_edge_;  // the column has the values of edges by their numbers
  uint32_t usual_codes_ = 1;
  std::vector<Met> met_;  // of nodes: kMet of them
  std::vector<Value> others_;
  uint64_t others_bytes_ = 0;
  absl::flat_hash_map<Value, uint32_t, ValueHash, ValueEquivalent> other_codes_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PROPERTY_CODER_H_
