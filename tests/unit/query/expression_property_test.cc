// Laws that hold for all values, tried on many drawn at random. The seed is printed; DOSSIER_SEED sets it.
#include <cstdlib>
#include <iostream>
#include <random>

#include "gtest/gtest.h"
#include "query/arithmetic.h"
#include "tests/unit/query/expression_fixture.h"

namespace dossier {
namespace {

using ast::BinaryOperator;
using ast::ComparisonOperator;

__extension__ using Wide = __int128;

class ExpressionLaws : public testing::Test {
 protected:
  ExpressionLaws() {
    const char* given = std::getenv("DOSSIER_SEED");
    const uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "DOSSIER_SEED=" << seed << '\n';
    random_.seed(seed);
  }

  uint64_t Below(uint64_t limit) { return std::uniform_int_distribution<uint64_t>(0, limit - 1)(random_); }

  // Near the ends of 64 bits, near zero, and anything.
  int64_t Integer() {
    switch (Below(4)) {
      case 0:
        return INT64_MIN + static_cast<int64_t>(Below(3));
      case 1:
        return INT64_MAX - static_cast<int64_t>(Below(3));
      case 2:
        return static_cast<int64_t>(Below(7)) - 3;
      default:
        return static_cast<int64_t>(random_());
    }
  }

  Value Any(int depth = 2) {
    switch (Below(depth > 0 ? 9 : 7)) {
      case 0:
        return Value();
      case 1:
        return Value::Boolean(Below(2) == 0);
      case 2:
        return Value::Integer(Integer());
      case 3: {
        constexpr double kFloats[] = {0.0, -0.0, 1.5, 9223372036854775808.0, NAN, INFINITY, -INFINITY};
        return Value::Float(kFloats[Below(std::size(kFloats))]);
      }
      case 4:
        return Value::String(std::string(Below(3), 'a'));
      case 5:
        return Value::OfQuantity(Quantity::Exactly(static_cast<double>(Below(3)), Below(2) == 0 ? "state" : "attack"));
      case 6: {
        constexpr const char* kTimes[] = {"2014", "2015", "2014/2015", "2015-09-30", "[2014..2016]"};
        return Value::Time(*EdtfTime::Parse(kTimes[Below(std::size(kTimes))]));
      }
      case 7: {
        List list;
        for (uint64_t i = Below(3); i > 0; --i) list.push_back(Any(depth - 1));
        return Value::OfList(std::move(list));
      }
      default: {
        Map map;
        for (uint64_t i = Below(3); i > 0; --i)
          map.emplace_back(std::string(1, static_cast<char>('a' + i)), Any(depth - 1));
        return Value::OfMap(std::move(map));
      }
    }
  }

  ExpressionBench bench_ = ScratchBench();
  std::mt19937_64 random_;
};

// Integers either give what 128 bits would, or an error; never something else.
TEST_F(ExpressionLaws, IntegersNeverWrap) {
  constexpr BinaryOperator kOperators[] = {BinaryOperator::kAdd, BinaryOperator::kSubtract, BinaryOperator::kMultiply,
                                           BinaryOperator::kDivide, BinaryOperator::kModulo};
  for (int i = 0; i < 20000; ++i) {
    const int64_t a = Integer();
    const int64_t b = Integer();
    const BinaryOperator op = kOperators[Below(std::size(kOperators))];
    EvaluationContext context = bench_.MakeContext();
    const Value result = Calculate(op, Value::Integer(a), Value::Integer(b), {}, context);
    const bool divides = op == BinaryOperator::kDivide || op == BinaryOperator::kModulo;
    if (divides && b == 0) {
      EXPECT_EQ(ErrorNumber(context.status()), 7004);
      continue;
    }
    const Wide x = a;
    const Wide y = b;
    const Wide exact = op == BinaryOperator::kAdd        ? x + y
                       : op == BinaryOperator::kSubtract ? x - y
                       : op == BinaryOperator::kMultiply ? x * y
                       : op == BinaryOperator::kDivide   ? x / y
                                                         : x % y;
    if (exact < INT64_MIN || exact > INT64_MAX) {
      EXPECT_EQ(ErrorNumber(context.status()), 7003) << a << " " << Symbol(op) << " " << b;
    } else {
      ASSERT_FALSE(context.failed()) << a << " " << Symbol(op) << " " << b;
      EXPECT_EQ(result.integer(), static_cast<int64_t>(exact)) << a << " " << Symbol(op) << " " << b;
    }
  }
}

TEST_F(ExpressionLaws, ComparisonsAgreeWithOneAnother) {
  for (int i = 0; i < 20000; ++i) {
    const Value a = Any();
    const Value b = Any();
    const auto compare = [](ComparisonOperator op, const Value& x, const Value& y) { return CompareValues(op, x, y); };
    const std::string pair = StrCat(ToString(a), " and ", ToString(b));
    EXPECT_EQ(compare(ComparisonOperator::kEqual, a, b), compare(ComparisonOperator::kEqual, b, a)) << pair;
    EXPECT_EQ(compare(ComparisonOperator::kNotEqual, a, b), Not(compare(ComparisonOperator::kEqual, a, b))) << pair;
    EXPECT_EQ(compare(ComparisonOperator::kLess, a, b), compare(ComparisonOperator::kGreater, b, a)) << pair;
    EXPECT_EQ(compare(ComparisonOperator::kLessOrEqual, a, b), compare(ComparisonOperator::kGreaterOrEqual, b, a))
        << pair;
    if (compare(ComparisonOperator::kLess, a, b) == Ternary::kTrue) {
      EXPECT_NE(compare(ComparisonOperator::kEqual, a, b), Ternary::kTrue) << pair;
      EXPECT_EQ(compare(ComparisonOperator::kLessOrEqual, a, b), Ternary::kTrue) << pair;
      EXPECT_NE(compare(ComparisonOperator::kLess, b, a), Ternary::kTrue) << pair;
    }
    if (IsElement(a, {b}) == Ternary::kTrue) {
      EXPECT_EQ(compare(ComparisonOperator::kEqual, a, b), Ternary::kTrue) << pair;
    }
  }
}

// Whatever the values, an operator gives a value or an error, and null only where it says so.
TEST_F(ExpressionLaws, OperatorsTakeAnything) {
  for (int i = 0; i < 20000; ++i) {
    const Value a = Any();
    const Value b = Any();
    for (int op = 0; op <= static_cast<int>(BinaryOperator::kConcat); ++op) {
      EvaluationContext context = bench_.MakeContext();
      const Value result = Calculate(static_cast<BinaryOperator>(op), a, b, {}, context);
      if (a.is_null() || b.is_null()) {
        EXPECT_TRUE(result.is_null() && !context.failed());
      } else {
        EXPECT_EQ(result.is_null(), context.failed()) << ToString(a) << " and " << ToString(b);
      }
    }
  }
}

}  // namespace
}  // namespace dossier
