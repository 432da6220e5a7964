#include "graph/value_bytes.h"

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace dossier {
namespace {

std::vector<Value> Samples() {
  Quantity quantity = *ParseQuantity("more than 40", "state");
  quantity.basis = "that joined";
  std::vector<Value> all = {Value::Boolean(true),
                            Value::Integer(-7),
                            Value::Integer(std::numeric_limits<int64_t>::min()),
                            Value::Float(0.5),
                            Value::Float(std::numeric_limits<double>::infinity()),
                            Value::String(""),
                            Value::String("Côte d'Ivoire"),
                            Value::Vertex(MakeVertex(VertexKind::kDocument, 3)),
                            Value::Time(*EdtfTime::Parse("[2014..2015]")),
                            Value::OfQuantity(quantity)};
  all.push_back(Value::OfList(all));
  all.push_back(Value::OfList({}));
  return all;
}

TEST(ValueBytesTest, GivesBackWhatWentIn) {
  for (const Value& value : Samples()) {
    const Value read = ValueFromBytes(ValueToBytes(value));
    EXPECT_EQ(read.type(), value.type());
    EXPECT_TRUE(Equivalent(read, value)) << ToString(value) << " came back as " << ToString(read);
    EXPECT_EQ(ToString(read), ToString(value));
  }
}

TEST(ValueBytesTest, WhatOnlyQueriesMakeIsNull) {
  EXPECT_EQ(ValueToBytes(Value::Edge(EdgeId(1))), ValueToBytes(Value()));
  EXPECT_EQ(ValueToBytes(Value::OfMap({})), ValueToBytes(Value()));
  EXPECT_TRUE(ValueFromBytes(ValueToBytes(Value())).is_null());
}

// Bytes that were changed or cut are some value or null, and nothing worse.
TEST(ValueBytesTest, AnyBytesCanBeRead) {
  for (uint32_t seed = 1; seed <= 2000; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Value> samples = Samples();
    std::string bytes = ValueToBytes(samples[random() % samples.size()]);
    for (int i = 0; i < 3 && !bytes.empty(); ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 2 == 0) bytes.resize(random() % (bytes.size() + 1));
    ToString(ValueFromBytes(bytes));
  }
}

}  // namespace
}  // namespace dossier
