#include "query/batch.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "query/group_index.h"

namespace dossier {
namespace {

// Code i is the integer 10 * i; 0 is null.
class Tens : public ValueCoder {
 public:
  Value Decode(uint32_t code) const override { return code == 0 ? Value() : Value::Integer(10 * int64_t{code}); }
  uint32_t usual_codes() const override { return 4; }
};

Value AnyValue(std::mt19937* random) {
  switch ((*random)() % 6) {
    case 0:
      return Value();
    case 1:
      return Value::Edge(EdgeId((*random)() % 5));
    case 2:
      return Value::String(std::string(1, static_cast<char>('a' + (*random)() % 3)));
    default:
      return Value::Vertex(VertexId((*random)() % 5));
  }
}

void ExpectSame(const BatchColumn& column, const std::vector<Value>& expected) {
  ASSERT_EQ(column.size(), expected.size());
  for (uint32_t row = 0; row < expected.size(); ++row) {
    ASSERT_TRUE(Equivalent(column.At(row), expected[row])) << row;
    ASSERT_EQ(column.At(row).type(), expected[row].type());
  }
}

// Whatever a column is told, it holds what a list of values would.
TEST(BatchColumnTest, HoldsWhatAListOfValuesHolds) {
  const Tens tens;
  for (uint32_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto mostly = random() % 3;  // keep some columns of one kind
    const auto any = [&] {
      return mostly == 0 ? AnyValue(&random) : mostly == 1 ? Value::Vertex(VertexId(random() % 5)) : Value();
    };
    BatchColumn column, other;
    std::vector<Value> expected, other_expected;
    for (int step = 0; step < 60; ++step) {
      const auto rows = static_cast<uint32_t>(expected.size());
      switch (random() % 9) {
        case 0:
        case 1: {
          const auto count = static_cast<uint32_t>(random() % 3);
          column.AppendNulls(count);
          expected.resize(rows + size_t{count});
          break;
        }
        case 2:
          if (rows > 0) {
            const auto row = static_cast<uint32_t>(random() % rows);
            expected[row] = any();
            column.Set(row, expected[row]);
          }
          break;
        case 3:
          if (rows > 0) {
            const auto row = static_cast<uint32_t>(random() % rows);
            const VertexId vertex(random() % 5);
            expected[row] = Value::Vertex(vertex);
            column.SetVertex(row, vertex);
          }
          break;
        case 4:
          if (!other_expected.empty()) {
            const auto row = static_cast<uint32_t>(random() % other_expected.size());
            const auto count = static_cast<uint32_t>(random() % 4);
            column.Append(other, row, count);
            expected.resize(rows + size_t{count}, other_expected[row]);
          }
          break;
        case 5: {
          std::vector<bool> keep(rows);
          std::vector<Value> kept;
          for (uint32_t row = 0; row < rows; ++row) {
            keep[row] = random() % 3 != 0;
            if (keep[row]) kept.push_back(expected[row]);
          }
          column.Filter(keep);
          expected = kept;
          break;
        }
        case 6: {
          const auto length = static_cast<uint32_t>(random() % (rows + 2));
          column.Truncate(length);
          if (length < rows) expected.resize(length);
          break;
        }
        case 7:
          std::swap(column, other);
          std::swap(expected, other_expected);
          break;
        case 8: {
          std::vector<uint32_t> codes(rows);
          for (uint32_t row = 0; row < rows; ++row) {
            codes[row] = static_cast<uint32_t>(random() % 4);
            expected[row] = tens.Decode(codes[row]);
          }
          if (random() % 4 == 0) {
            column.SetCodes(&tens, codes);
          } else {
            column.SetValues(expected);
          }
          break;
        }
      }
      ExpectSame(column, expected);
    }
  }
}

TEST(BatchTest, SourcesGoWithTheirRows) {
  Batch batch(1), more(1);
  batch.AddRow();
  EXPECT_TRUE(std::as_const(batch).sources(0).empty());
  more.AddRow();
  more.sources(0).Add({SourceItem::Of(EdgeId(7))});
  batch.AddRows(more, 0, 2);
  batch.AddRow();
  ASSERT_EQ(batch.rows(), 4u);
  EXPECT_TRUE(std::as_const(batch).sources(0).empty());
  EXPECT_EQ(std::as_const(batch).sources(2).items().front().number, 7u);
  EXPECT_TRUE(std::as_const(batch).sources(3).empty());
  batch.Filter({false, false, true, true});
  EXPECT_EQ(std::as_const(batch).sources(0).items().size(), 1u);
}

// Codes and values of one thing may come in any order, and make the same groups.
TEST(GroupIndexTest, GroupsByWhatIsEquivalent) {
  const Tens tens;
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const std::vector<Slot> keys = seed % 3 == 0 ? std::vector<Slot>{0} : std::vector<Slot>{0, 1};
    const bool codes_alone = seed % 2 == 0;
    GroupIndex index(&keys);
    Batch groups(2);
    std::vector<std::vector<Value>> known;
    for (int step = 0; step < 6; ++step) {
      Batch batch(2);
      const uint32_t rows = 1 + random() % 20;
      for (uint32_t row = 0; row < rows; ++row) batch.AddRow();
      for (const Slot slot : {0U, 1U}) {
        std::vector<uint32_t> codes(rows);
        std::vector<Value> values;
        for (uint32_t& code : codes) {
          code = random() % 6;  // two of which are not usual
          values.push_back(tens.Decode(code));
        }
        if (codes_alone || random() % 2 == 0) {
          batch.column(slot).SetCodes(&tens, codes);
        } else {
          batch.column(slot).SetValues(values);
        }
      }
      std::vector<uint32_t> found;
      index.GroupsOf(batch, groups, &found, [&](uint32_t row) { groups.AddRow(batch, row); });
      ASSERT_EQ(found.size(), rows);
      for (uint32_t row = 0; row < rows; ++row) {
        std::vector<Value> key;
        for (const Slot slot : keys) key.push_back(batch.at(slot, row));
        uint32_t expected = 0;
        while (expected < known.size() &&
               !std::equal(key.begin(), key.end(), known[expected].begin(), known[expected].end(), Equivalent)) {
          ++expected;
        }
        if (expected == known.size()) known.push_back(key);
        ASSERT_EQ(found[row], expected);
      }
    }
    EXPECT_EQ(groups.rows(), known.size());
  }
}

}  // namespace
}  // namespace dossier
