#include "graph/quantity.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/error_codes.h"
#include "graph/number_text.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

Quantity Parsed(std::string_view text, std::string_view unit = "", bool countable = true) {
  const auto q = ParseQuantity(text, unit, countable);
  EXPECT_TRUE(q.ok()) << text << ": " << q.status();
  return q.ok() ? *q : Quantity();
}

// "[41 inf)", then the marks: a for approximate, v for vague, u for unknown.
std::string Shown(const Quantity& q) {
  std::string out =
      StrCat(q.low_open ? '(' : '[', FormatNumber(q.low), ", ", FormatNumber(q.high), q.high_open ? ')' : ']');
  out.erase(std::remove(out.begin(), out.end(), ','), out.end());
  if (q.approximate) out += 'a';
  if (q.vague) out += 'v';
  if (q.unknown) out += 'u';
  return out;
}

struct Case {
  const char* text;
  const char* counted;
  const char* measured;  // null: the same
};

const Case kCases[] = {
    {"42", "[42 42]", nullptr},
    {" 42 ", "[42 42]", nullptr},
    {"0", "[0 0]", nullptr},
    {"none", "[0 0]", nullptr},
    {"5,500,000", "[5500000 5500000]", nullptr},
    {"5\u202F500\u00A0000", "[5500000 5500000]", nullptr},
    {"3,086", "[3086 3086]", nullptr},
    {"exactly 20", "[20 20]", nullptr},
    {"5.5 million", "[5450000 5549999]", "[5450000 5550000)"},
    {"5 million", "[4500000 5499999]", "[4500000 5500000)"},
    {"1.1 billion", "[1050000000 1149999999]", "[1050000000 1150000000)"},
    {"0.4 thousand", "[350 449]", "[350 450)"},
    {"about 20", "[20 20]a", nullptr},
    {"~20", "[20 20]a", nullptr},
    {"\u224820", "[20 20]a", nullptr},
    {"c. 20", "[20 20]a", nullptr},
    {"ca. 20", "[20 20]a", nullptr},
    {"approx. 20", "[20 20]a", nullptr},
    {"some 20", "[20 20]a", nullptr},
    {"nearly 300", "[300 300]a", nullptr},
    {"an estimated 20", "[20 20]a", nullptr},
    {"about 728.5 million", "[728500000 728500000]a", nullptr},
    {"at least 238", "[238 inf)", nullptr},
    {"At Least 238", "[238 inf)", nullptr},
    {">=238", "[238 inf)", nullptr},
    {"\u2265 238", "[238 inf)", nullptr},
    {"238+", "[238 inf)", nullptr},
    {"238 or more", "[238 inf)", nullptr},
    {"no fewer than 238", "[238 inf)", nullptr},
    {"at least about 20", "[20 inf)a", nullptr},
    {"at least 5.5 million", "[5500000 inf)", nullptr},
    {"more than 40", "[41 inf)", "(40 inf)"},
    {">40", "[41 inf)", "(40 inf)"},
    {"over 40", "[41 inf)", "(40 inf)"},
    {"more than 2.5", "[3 inf)", "(2.5 inf)"},
    {"up to 12", "[0 12]", nullptr},
    {"at most 12", "[0 12]", nullptr},
    {"no more than 12", "[0 12]", nullptr},
    {"<=12", "[0 12]", nullptr},
    {"12 or fewer", "[0 12]", nullptr},
    {"fewer than 5", "[0 4]", "[0 5)"},
    {"<5", "[0 4]", "[0 5)"},
    {"10-20", "[10 20]", nullptr},
    {"10\u201320", "[10 20]", nullptr},
    {"10..20", "[10 20]", nullptr},
    {"10 to 20", "[10 20]", nullptr},
    {"between 10 and 20", "[10 20]", nullptr},
    {"from 10 to 20", "[10 20]", nullptr},
    {"about 10-20", "[10 20]a", nullptr},
    {"2-3 million", "[2000000 3000000]", nullptr},
    {"1.1 to 1.3 million", "[1100000 1300000]", nullptr},
    {"500 to 2 thousand", "[500 2000]", nullptr},
    {"more than 5 but fewer than 10", "[6 9]", "(5 10)"},
    {"at least 5 and at most 10", "[5 10]", nullptr},
    {"dozens", "[24 inf)v", nullptr},
    {"dozens of", "[24 inf)v", nullptr},
    {"hundreds", "[200 inf)v", nullptr},
    {"tens of thousands", "[20000 inf)v", nullptr},
    {"several", "[2 inf)v", nullptr},
    {"several hundred", "[200 inf)v", nullptr},
    {"a few dozen", "[24 inf)v", nullptr},
    {"some", "[2 inf)v", nullptr},
    {"at least dozens", "[24 inf)v", nullptr},
    {"unknown", "[0 inf)u", nullptr},
    {"not known", "[0 inf)u", nullptr},
    {"?", "[0 inf)u", nullptr},
    {"one", "[1 1]", nullptr},
    {"twenty-six", "[26 26]", nullptr},
    {"ten to twenty", "[10 20]", nullptr},
    {"ten-twenty", "[10 20]", nullptr},
    {"a hundred", "[100 100]", nullptr},
    {"two hundred and fifty-one", "[251 251]", nullptr},
    {"two dozen", "[24 24]", nullptr},
    {"a dozen", "[12 12]", nullptr},
    {"more than one hundred and fewer than two hundred", "[101 199]", "(100 200)"},
    {"five million", "[4500000 5499999]", "[4500000 5500000)"},
    {"two thousand five hundred", "[2500 2500]", nullptr},
};

TEST(QuantityTest, ReadsTheFormsOfASpreadsheetCell) {
  for (const Case& c : kCases) {
    EXPECT_EQ(Shown(Parsed(c.text, "", true)), c.counted) << c.text;
    EXPECT_EQ(Shown(Parsed(c.text, "", false)), c.measured == nullptr ? c.counted : c.measured) << c.text;
  }
  EXPECT_EQ(Shown(Parsed("2.5", "tonne", false)), "[2.5 2.5]");
  EXPECT_EQ(Parsed(" At least 238 ").text, "At least 238");
}

// Plain numbers are read without the grammar; a space behind them takes its way, and is dropped.
TEST(QuantityTest, PlainNumbersAreReadAsTheGrammarReadsThem) {
  for (const std::string number : {"1", "42", "500", "5000", "123456789", "1234567890", "0", "007"}) {
    for (const std::string_view unit : {"", "state", "percent", "%"}) {
      for (const bool countable : {true, false}) {
        const auto plain = ParseQuantity(number, unit, countable), read = ParseQuantity(number + " ", unit, countable);
        ASSERT_EQ(plain.ok(), read.ok()) << number;
        EXPECT_TRUE(!plain.ok() || *plain == *read) << number << " " << unit;
      }
    }
  }
}

TEST(QuantityTest, WhatIsPrintedReadsBackTheSame) {
  for (const Case& c : kCases) {
    for (const bool countable : {true, false}) {
      for (const char* unit : {"", "attack", "country", "percent"}) {
        const Quantity q = Parsed(c.text, unit, countable);
        for (const std::string& printed : {FormatBounds(q), FormatQuantity(q)}) {
          const Quantity again = Parsed(printed, unit, countable);
          EXPECT_TRUE(SameBounds(q, again)) << c.text << " -> " << printed << " -> " << Shown(again);
        }
      }
    }
  }
}

TEST(QuantityTest, PrintsForPeople) {
  EXPECT_EQ(FormatQuantity(Parsed(">=238", "attack")), "at least 238 attacks");
  EXPECT_EQ(FormatQuantity(Parsed("1", "country")), "1 country");
  EXPECT_EQ(FormatQuantity(Parsed("42", "country")), "42 countries");
  EXPECT_EQ(FormatQuantity(Parsed("5%")), "5 percent");
  EXPECT_EQ(FormatQuantity(Parsed("dozens", "attack")), "at least 24 attacks (said vaguely)");
  EXPECT_EQ(FormatQuantity(Parsed("unknown", "munition")), "unknown number of munitions");
  EXPECT_EQ(FormatBounds(Parsed("5.5 million", "", false)), "at least 5,450,000 and less than 5,550,000");
  EXPECT_EQ(FormatBounds(Parsed("c. 10-20")), "about 10 to 20");
  EXPECT_EQ(FormatBounds(Parsed("up to 12")), "at most 12");
}

TEST(QuantityTest, TheUnitMayFollowAndPercentIsAUnit) {
  EXPECT_EQ(Shown(Parsed("42 attacks", "attack")), "[42 42]");
  EXPECT_EQ(Shown(Parsed("1 attack", "attacks")), "[1 1]");
  EXPECT_EQ(Shown(Parsed("at least 5 Launch Units", "launch unit")), "[5 inf)");
  EXPECT_EQ(Shown(Parsed("dozens of countries", "country")), "[24 inf)v");
  EXPECT_EQ(Parsed("40-50 percent").unit, "percent");
  EXPECT_EQ(Parsed("5 per cent", "%").unit, "percent");
  EXPECT_EQ(Shown(Parsed("2.5%")), "[2.5 2.5]");
  EXPECT_EQ(Shown(Parsed("more than 40%")), "(40 inf)");
  EXPECT_FALSE(Parsed("40%").countable);
}

void ExpectError(std::string_view text, int number, std::string_view hint = "", std::string_view unit = "attack") {
  const auto q = ParseQuantity(text, unit);
  ASSERT_FALSE(q.ok()) << text << " -> " << Shown(*q);
  const auto diagnostics = DiagnosticsOf(q.status());
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].number, number) << q.status();
  EXPECT_TRUE(diagnostics[0].place.known());
  EXPECT_FALSE(diagnostics[0].cause.empty() || diagnostics[0].rule.empty());
  EXPECT_THAT(diagnostics[0].hint, HasSubstr(std::string(hint))) << q.status();
}

TEST(QuantityTest, JunkIsRefusedWithTheReason) {
  ExpectError("", kBadQuantity, "leave the cell empty");
  ExpectError("1,5 million", kBadQuantity, "decimals by a point");
  ExpectError("5.500.000", kBadQuantity, "thousands apart by commas");
  ExpectError("5 500 000", kBadQuantity, "thousands apart by commas");
  ExpectError("-5", kBadQuantity, "below zero");
  ExpectError("42 people killed", kBadQuantity, "columns of their own");
  ExpectError("40%", kBadQuantity, "percent");
  for (const char* text : {"lots",
                           "about",
                           "at least",
                           "between 10",
                           "10-",
                           "10 to",
                           "--",
                           "five six",
                           "42 42",
                           "nan",
                           "inf",
                           "1e5",
                           "0x10",
                           ">",
                           "(42)",
                           "42 (maybe)",
                           "no fewer",
                           "dozens dozens",
                           "between 1 or 2",
                           "\xFF\xFE",
                           "two hundred hundred",
                           "1,00",
                           "1,0000",
                           "0,5"}) {
    ExpectError(text, kBadQuantity);
  }
}

TEST(QuantityTest, RangesWithoutANumberInThem) {
  ExpectError("20-10", kQuantityEmptyRange, "10-20");
  ExpectError("fewer than 0", kQuantityEmptyRange);
  ExpectError("more than 5 and fewer than 6", kQuantityEmptyRange);
  ExpectError("2.5", kQuantityNotWhole, "countable = false");
  ExpectError("about 2.5", kQuantityNotWhole);
  ExpectError("1e99", kBadQuantity);
  ExpectError("2,000 trillion", kQuantityTooLarge);
  ExpectError(std::string(500, '9'), kQuantityTooLarge);
  ExpectError("more than 1000 trillion", kQuantityTooLarge);
}

// --- Relations, against enumeration of the whole numbers in the bounds. ---

constexpr int kMost = 7;
std::vector<Quantity> SmallQuantities() {
  std::vector<Quantity> all;
  for (int low = 0; low <= kMost; ++low) {
    for (int high = low; high <= kMost; ++high) {
      Quantity q = Quantity::Exactly(low, "attack");
      q.high = high;
      all.push_back(q);
    }
    Quantity open = Quantity::Exactly(low, "attack");
    open.high = kInfinity;
    open.high_open = true;
    all.push_back(open);
  }
  return all;
}
// Two beyond the greatest finite end stand for all that lies beyond.
std::vector<int> ValuesOf(const Quantity& q) {
  std::vector<int> values;
  for (int v = static_cast<int>(q.low); v <= std::min<double>(q.high, kMost + 2); ++v) values.push_back(v);
  return values;
}

bool Holds(int a, Comparison comparison, int b) {
  switch (comparison) {
    case Comparison::kLess:
      return a < b;
    case Comparison::kLessOrEqual:
      return a <= b;
    case Comparison::kGreater:
      return a > b;
    case Comparison::kGreaterOrEqual:
      return a >= b;
    case Comparison::kEqual:
      return a == b;
    case Comparison::kNotEqual:
      return a != b;
  }
  return false;
}
constexpr Comparison kAllComparisons[] = {Comparison::kLess,           Comparison::kLessOrEqual, Comparison::kGreater,
                                          Comparison::kGreaterOrEqual, Comparison::kEqual,       Comparison::kNotEqual};

TEST(QuantityTest, ComparisonsAgreeWithEnumeration) {
  const std::vector<Quantity> all = SmallQuantities();
  for (const Quantity& a : all) {
    for (const Quantity& b : all) {
      for (const Comparison comparison : kAllComparisons) {
        bool every = true, some = false;
        for (const int x : ValuesOf(a)) {
          for (const int y : ValuesOf(b)) {
            every &= Holds(x, comparison, y);
            some |= Holds(x, comparison, y);
          }
        }
        ASSERT_EQ(Compare(a, comparison, b), ToTernary(every, some)) << Shown(a) << ' ' << Shown(b);
      }
      ASSERT_EQ(Disjoint(a, b), Disjoint(b, a));
    }
  }
}

TEST(QuantityTest, SumsAndProductsAgreeWithEnumeration) {
  const std::vector<Quantity> all = SmallQuantities();
  for (const Quantity& a : all) {
    for (const Quantity& b : all) {
      const auto sum = Sum({a, b});
      const auto product = Product(a, b, "submunition");
      ASSERT_TRUE(sum.ok() && product.ok());
      ASSERT_TRUE(sum->derived && product->derived);
      std::vector<int> sums, products;
      for (const int x : ValuesOf(a)) {
        for (const int y : ValuesOf(b)) {
          sums.push_back(x + y);
          products.push_back(x * y);
        }
      }
      ASSERT_EQ(sum->low, *std::min_element(sums.begin(), sums.end()));
      ASSERT_EQ(product->low, *std::min_element(products.begin(), products.end()));
      ASSERT_EQ(sum->high_open, std::isinf(sum->high));
      ASSERT_EQ(product->high_open, std::isinf(product->high));
      if (!sum->high_open) {
        ASSERT_EQ(sum->high, *std::max_element(sums.begin(), sums.end()));
      }
      if (!product->high_open) {
        ASSERT_EQ(product->high, *std::max_element(products.begin(), products.end()));
      }
      ASSERT_EQ(product->high_open, (a.high_open && b.high > 0) || (b.high_open && a.high > 0));
    }
  }
}

TEST(QuantityTest, AComparisonWithABoundCanBeOpen) {
  const Quantity at_least = Parsed("at least 238");
  EXPECT_EQ(Compare(at_least, Comparison::kGreater, 100), Ternary::kTrue);
  EXPECT_EQ(Compare(at_least, Comparison::kGreater, 300), Ternary::kOpen);
  EXPECT_EQ(Compare(at_least, Comparison::kLess, 200), Ternary::kFalse);
  EXPECT_EQ(Compare(at_least, Comparison::kEqual, 238), Ternary::kOpen);
  EXPECT_EQ(Compare(Parsed("unknown"), Comparison::kEqual, 0), Ternary::kOpen);
  EXPECT_EQ(Compare(Parsed("3-5"), Comparison::kEqual, 4.5), Ternary::kFalse);
  EXPECT_EQ(Compare(Parsed("3-5", "", false), Comparison::kEqual, 4.5), Ternary::kOpen);
  EXPECT_EQ(Compare(Parsed("more than 40", "", false), Comparison::kEqual, 40), Ternary::kFalse);
}

TEST(QuantityTest, ApproximateOnesClashOnlyBeyondTheFactor) {
  const Quantity about = Parsed("about 20"), exact40 = Parsed("40"), exact41 = Parsed("41"), exact9 = Parsed("9");
  EXPECT_FALSE(Disjoint(about, exact40));
  EXPECT_TRUE(Disjoint(about, exact41));
  EXPECT_TRUE(Disjoint(exact41, about));
  EXPECT_TRUE(Disjoint(about, exact9));
  EXPECT_FALSE(Disjoint(about, Parsed("10")));
  // The factor counts once, also where both are approximate.
  EXPECT_FALSE(Disjoint(about, Parsed("about 40")));
  EXPECT_TRUE(Disjoint(about, Parsed("about 41")));
  EXPECT_FALSE(Disjoint(about, Parsed("about 50"), 2.5));
  EXPECT_EQ(Compare(about, Comparison::kEqual, 20), Ternary::kOpen);
  EXPECT_EQ(Compare(about, Comparison::kGreater, 5), Ternary::kTrue);
  EXPECT_EQ(Compare(about, Comparison::kGreater, 100), Ternary::kFalse);
}

TEST(QuantityTest, OnlyOneKindClashesOrAddsUp) {
  const Quantity munitions = Parsed("42", "munition"), submunitions = Parsed("400", "submunition");
  Quantity killed = Parsed("5", "person"), wounded = Parsed("9", "person");
  killed.basis = "killed";
  wounded.basis = "wounded";
  EXPECT_FALSE(Disjoint(munitions, submunitions));
  EXPECT_FALSE(Disjoint(killed, wounded));
  EXPECT_TRUE(Disjoint(munitions, Parsed("400", "Munition")));
  EXPECT_FALSE(Disjoint(munitions, Parsed("unknown", "munition")));
  EXPECT_EQ(ErrorNumber(Sum({munitions, submunitions}).status()), kQuantityMixedUnits);
  EXPECT_EQ(ErrorNumber(Sum({killed, wounded}).status()), kQuantityMixedUnits);
  EXPECT_EQ(ErrorNumber(Sum({Parsed("5%"), Parsed("6%")}).status()), kQuantityIsRate);
  EXPECT_EQ(ErrorNumber(Sum({Parsed("5", "submunition per carrier"), Parsed("6", "submunition per carrier")}).status()),
            kQuantityIsRate);
  EXPECT_EQ(ErrorNumber(Sum({}).status()), kQuantityNothing);
  EXPECT_EQ(*Sum({munitions}), munitions);
}

TEST(QuantityTest, MarksCarryOver) {
  const Quantity about = Parsed("about 20", "munition"), unknown = Parsed("unknown", "munition");
  const auto sum = Sum({about, unknown, Parsed("dozens", "munition")});
  ASSERT_TRUE(sum.ok());
  EXPECT_EQ(Shown(*sum), "[44 inf)avu");
  EXPECT_EQ(FormatQuantity(*sum), "at least about 44 munitions (said vaguely) (in part unknown) (derived)");
  const auto product = Product(Parsed("up to 10", "carrier"), Parsed("126", "submunition per carrier"), "submunition");
  ASSERT_TRUE(product.ok());
  EXPECT_EQ(FormatQuantity(*product), "at most 1,260 submunitions (derived)");
  Quantity huge = Quantity::Exactly(1e308, "gram", false);
  EXPECT_EQ(ErrorNumber(Sum({huge, huge}).status()), kQuantityTooLarge);
  EXPECT_EQ(ErrorNumber(Product(huge, huge, "gram").status()), kQuantityTooLarge);
}

}  // namespace
}  // namespace dossier
