#include "gtest/gtest.h"
#include "tests/unit/query/expression_fixture.h"

namespace dossier {
namespace {

struct Case {
  const char* text;
  const char* expected;
};

// Each text is parsed, bound, computed and printed.
void Check(ExpressionBench& bench, const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(bench.Run(c.text), c.expected) << c.text;
}

TEST(Expression, LiteralsAndAccess) {
  ExpressionBench bench = ScratchBench();
  bench.Set("map", Value::OfMap({{"x", Value::Integer(1)}}));
  bench.Set("list", Value::OfList({Value::Integer(1), Value::Integer(2), Value::Integer(3)}));
  bench.SetParameter("n", Value::Integer(7));
  Check(bench, {
                   {"null", "null"},
                   {"[1, 'a', null, [2.0]]", "[1, 'a', null, [2.0]]"},
                   {"{b: 1, a: [a.age]}", "{a: [30], b: 1}"},
                   {"{a: 1, a: 2}", "E6006"},
                   {"a.name", "Ann"},
                   {"a.missing", "null"},
                   {"null.x", "null"},
                   {"k.since", "2001"},
                   {"map.x + map['x']", "2"},
                   {"a['na' + 'me']", "Ann"},
                   {"p.x", "E6010"},
                   {"'text'.x", "E6010"},
                   {"list.x", "E7001"},
                   {"$n * 2", "14"},
                   {"$m", "E7002"},
                   {"unknown", "E6001"},
                   {"list[0]", "1"},
                   {"list[-1]", "3"},
                   {"list[3]", "null"},
                   {"list[null]", "null"},
                   {"list['x']", "E7001"},
                   {"map[1]", "E7001"},
                   {"list[1..]", "[2, 3]"},
                   {"list[..-1]", "[1, 2]"},
                   {"list[2..1]", "[]"},
                   {"list[-9..9]", "[1, 2, 3]"},
                   {"list[null..1]", "null"},
                   {"a{.name, .missing, twice: a.age * 2}", "{missing: null, name: 'Ann', twice: 60}"},
                   {"a{.*, k}.name", "Ann"},
                   {"map{.*}", "{x: 1}"},
               });
}

TEST(Expression, Arithmetic) {
  ExpressionBench bench = ScratchBench();
  Check(bench, {
                   {"1 + 2 * 3 - 4", "3"},
                   {"7 / 2", "3"},
                   {"-7 / 2", "-3"},
                   {"-7 % 3", "-1"},
                   {"7 / 2.0", "3.5"},
                   {"2 ^ 3", "8.0"},
                   {"1 / 0", "E7004"},
                   {"1 % 0", "E7004"},
                   {"1.0 / 0", "Infinity"},
                   {"0.0 / 0", "NaN"},
                   {"9223372036854775807 + 1", "E7003"},
                   {"-9223372036854775808 - 1", "E7003"},
                   {"3037000500 * 3037000500", "E7003"},
                   {"(-9223372036854775808) / -1", "E7003"},
                   {"(-9223372036854775808) % -1", "0"},
                   {"-(-9223372036854775808)", "E7003"},
                   {"1 + null", "null"},
                   {"'a' + 'b'", "ab"},
                   {"'a' + 1", "a1"},
                   {"'a' || 'b'", "ab"},
                   {"[1] + [2]", "[1, 2]"},
                   {"[1] + 2", "[1, 2]"},
                   {"0 + [1]", "[0, 1]"},
                   {"[1] || [2]", "[1, 2]"},
                   {"1 + true", "E6010"},
                   {"a.age + true", "E7001"},
                   {"'a' - 'b'", "E6010"},
                   {"-'a'", "E6010"},
               });
}

// Kleene's tables, all of them, against the operators on constants and on columns (whose types are not known).
TEST(Expression, ThreeValuedLogic) {
  const std::vector<std::string> values = {"false", "null", "true"};
  ExpressionBench bench = ScratchBench();
  bench.Set("false_", Value::Boolean(false));
  bench.Set("null_", Value());
  bench.Set("true_", Value::Boolean(true));
  for (size_t x = 0; x < 3; ++x) {
    for (const std::string suffix : {"", "_"}) {
      const std::string a = values[x] + suffix;
      EXPECT_EQ(bench.Run("NOT " + a), values[2 - x]);
      EXPECT_EQ(bench.Run(a + " IS TRUE"), x == 2 ? "true" : "false");
      EXPECT_EQ(bench.Run(a + " IS NOT FALSE"), x == 0 ? "false" : "true");
      EXPECT_EQ(bench.Run(a + " IS UNKNOWN"), x == 1 ? "true" : "false");
      EXPECT_EQ(bench.Run(a + " IS NULL"), x == 1 ? "true" : "false");
      for (size_t y = 0; y < 3; ++y) {
        const std::string b = values[y] + suffix;
        EXPECT_EQ(bench.Run(a + " AND " + b), values[std::min(x, y)]);
        EXPECT_EQ(bench.Run(a + " OR " + b), values[std::max(x, y)]);
        const bool open = x == 1 || y == 1;
        EXPECT_EQ(bench.Run(a + " XOR " + b), open ? "null" : x != y ? "true" : "false");
        for (size_t z = 0; z < 3; ++z) {
          EXPECT_EQ(bench.Run(a + " AND " + b + " AND " + values[z]), values[std::min({x, y, z})]);
        }
      }
    }
  }
  Check(bench, {{"NOT 1", "E6010"}, {"true AND 'x'", "E6010"}, {"a.name OR false", "E7001"}, {"a AND true", "E6010"}});
}

TEST(Expression, Comparisons) {
  ExpressionBench bench = ScratchBench();
  Check(bench, {
                   {"1 = 1.0", "true"},
                   {"1 <> 2", "true"},
                   {"1 < 2 <= 2 < 3", "true"},
                   {"1 < 3 < 2", "false"},
                   {"1 < null < 0", "null"},
                   {"1 > 2 > null", "false"},
                   {"'a' < 1", "null"},
                   {"'a' = 1", "false"},
                   {"null = null", "null"},
                   {"[1, null] = [1, 2]", "null"},
                   {"[1, null] = [2, 2]", "false"},
                   {"0.0 / 0 = 0.0 / 0", "false"},
                   {"a = a", "true"},
                   {"a = b", "false"},
                   {"1 IN [1, 2]", "true"},
                   {"3 IN [1, 2]", "false"},
                   {"3 IN [1, null]", "null"},
                   {"null IN []", "false"},
                   {"null IN [1]", "null"},
                   {"1 IN null", "null"},
                   {"1 IN 1", "E6010"},
                   {"[1] IN [[1], 2]", "true"},
                   {"'abc' STARTS WITH 'ab'", "true"},
                   {"'abc' ENDS WITH 'ab'", "false"},
                   {"'abc' CONTAINS 'b'", "true"},
                   {"'abc' CONTAINS 1", "null"},
                   {"'abc' =~ 'a.*'", "true"},
                   {"'abc' =~ 'b'", "false"},
                   {"'abc' =~ '('", "E6011"},
                   {"'abc' =~ a.name + '('", "E7006"},
                   {"a:Person", "true"},
                   {"a:Admin", "false"},
                   {"b:Person&Admin", "true"},
                   {"a:!Admin", "true"},
                   {"k:KNOWS|LIKES", "true"},
                   {"a IS NOT LABELED Admin", "true"},
                   {"p:X", "E6010"},
               });
}

TEST(Expression, CasesAndLists) {
  ExpressionBench bench = ScratchBench();
  Check(bench, {
                   {"CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "b"},
                   {"CASE null WHEN null THEN 1 ELSE 2 END", "2"},
                   {"CASE WHEN null THEN 1 WHEN true THEN 2 END", "2"},
                   {"CASE WHEN false THEN 1 END", "null"},
                   {"CASE WHEN 1 THEN 1 END", "E6010"},
                   {"[x IN [1, 2, 3] WHERE x > 1 | x * 10]", "[20, 30]"},
                   {"[x IN [1, 2] | [y IN [x, 3] | x + y]]", "[[2, 4], [4, 5]]"},
                   {"[x IN null | x]", "null"},
                   {"[x IN 1 | x]", "E6010"},
                   {"all(x IN [1, 2] WHERE x > 0)", "true"},
                   {"all(x IN [] WHERE false)", "true"},
                   {"all(x IN [1, null] WHERE x > 0)", "null"},
                   {"all(x IN [0, null] WHERE x > 0)", "false"},
                   {"any(x IN [null, 1] WHERE x > 0)", "true"},
                   {"any(x IN [null, 0] WHERE x > 0)", "null"},
                   {"none(x IN [null, 1] WHERE x > 0)", "false"},
                   {"none(x IN [0] WHERE x > 0)", "true"},
                   {"single(x IN [0, 1] WHERE x > 0)", "true"},
                   {"single(x IN [1, 1, null] WHERE x > 0)", "false"},
                   {"single(x IN [1, null] WHERE x > 0)", "null"},
                   {"all(x IN ['a'] WHERE x % 2 = 0)", "E6010"},
                   {"reduce(s = 0, x IN [1, 2, 3] | s + x)", "6"},
                   {"reduce(s = 0, x IN null | s + x)", "null"},
                   {"[x IN [1] WHERE x]", "E6010"},
               });
}

TEST(Expression, ErrorsPointAndHelp) {
  ExpressionBench bench = ScratchBench();
  bench.Set("munition", Value());
  EXPECT_EQ(bench.Complaint("1 + muniton"),
            "1:5: E6001: unknown variable 'muniton' (a variable is introduced by a clause before, and WITH keeps only "
            "what it names); did you mean 'munition'?");
  EXPECT_EQ(bench.Complaint("toUper('a')"), "1:1: E6002: unknown function 'toUper'; did you mean 'toUpper'?");
  EXPECT_EQ(bench.Complaint("left('a')"), "1:1: E6003: left takes 2 arguments, not 1; write left(text, length)");
  EXPECT_EQ(bench.Complaint("size(p)"), "1:6: E6010: size(list) takes a list or a string, not a path");
  EXPECT_EQ(bench.Complaint("count(a)"),
            "1:1: E6020: count cannot stand here (aggregates look at many rows and stand in RETURN and WITH); compute "
            "it in a WITH before, and use its name here");
}

TEST(Expression, PrintsItself) {
  ExpressionBench bench = ScratchBench();
  const auto bound = bench.Bind("NOT a.age + 1 >= 2 AND a:Person OR size([x IN [k] | x.since]) = $n");
  ASSERT_TRUE(bound.ok()) << bound.status();
  EXPECT_EQ((*bound)->ToString(),
            "((NOT (((a#0.age + 1) >= 2)) AND a#0:Person) OR (size([@0 IN [k#2] | x@0.since]) = $n))");
}

}  // namespace
}  // namespace dossier
