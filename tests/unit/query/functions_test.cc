#include "gtest/gtest.h"
#include "tests/unit/query/expression_fixture.h"

namespace dossier {
namespace {

struct Case {
  const char* text;
  const char* expected;
};

void Check(const std::vector<Case>& cases) {
  ExpressionBench bench = ScratchBench();
  for (const Case& c : cases) EXPECT_EQ(bench.Run(c.text), c.expected) << c.text;
}

TEST(Functions, Conversions) {
  Check({
      {"toInteger('42')", "42"},
      {"toInteger(' 42.9 ')", "42"},
      {"toInteger('x')", "null"},
      {"toInteger(-2.9)", "-2"},
      {"toInteger([])", "E6010"},
      {"toInteger(null)", "null"},
      {"toIntegerOrNull([])", "null"},
      {"toFloat('1e3')", "1000.0"},
      {"toFloat(1)", "1.0"},
      {"toBoolean('TRUE')", "true"},
      {"toBoolean('x')", "null"},
      {"toBoolean(1.0)", "E6010"},
      {"toString(1.0)", "1.0"},
      {"toString(true)", "true"},
      {"toString([])", "E6010"},
      {"toStringOrNull([])", "null"},
      {"[x IN [1, []] | toString(x)]", "E7001"},
      {"coalesce(null, 2, 1/0)", "2"},
      {"coalesce(null)", "null"},
      {"nullIf(1, 1.0)", "null"},
      {"nullIf(1, 2)", "1"},
      {"exists(a.name)", "true"},
      {"exists(a.x)", "false"},
      {"timestamp() > 0", "true"},
      {"toInteger(1e300)", "null"},
  });
}

TEST(Functions, Numbers) {
  Check({
      {"abs(-3)", "3"},
      {"abs(-9223372036854775808)", "E7003"},
      {"sign(-2.5)", "-1"},
      {"ceil(1.2)", "2.0"},
      {"floor(-1.2)", "-2.0"},
      {"round(2.5)", "3.0"},
      {"round(-2.5)", "-2.0"},
      {"round(0.49999999999999994)", "0.0"},
      {"round(3.14159, 2)", "3.14"},
      {"sqrt(16)", "4.0"},
      {"log(e())", "1.0"},
      {"log(2, 8)", "3.0"},
      {"log10(1000)", "3.0"},
      {"exp(0)", "1.0"},
      {"degrees(pi())", "180.0"},
      {"radians(180) = pi()", "true"},
      {"atan2(0, 1)", "0.0"},
      {"rand() < 1", "true"},
      {"isNaN(0.0/0)", "true"},
      {"mod(7, 3)", "1"},
      {"power(2, 10)", "1024.0"},
  });
}

TEST(Functions, Texts) {
  Check({
      {"toUpper('straße')", "STRASSE"},
      {"lower('ÉCOLE')", "école"},
      {"size('日本語')", "3"},
      {"char_length('日本語')", "3"},
      {"byte_length('é')", "2"},
      {"left('日本語', 2)", "日本"},
      {"left('ab', 5)", "ab"},
      {"left('ab', -1)", "E7005"},
      {"right('日本語', 1)", "語"},
      {"right('ab', 5)", "ab"},
      {"substring('hello', 1)", "ello"},
      {"substring('hello', 1, 3)", "ell"},
      {"substring('hello', 9)", ""},
      {"replace('aXbX', 'X', '--')", "a--b--"},
      {"replace('a', '', 'x')", "a"},
      {"split('a,b,,c', ',')", "['a', 'b', '', 'c']"},
      {"split('日本', '')", "['日', '本']"},
      {"trim('  a  ')", "a"},
      {"ltrim('  a ') + '|'", "a |"},
      {"rtrim('xxaxx', 'x')", "xxa"},
      {"btrim('xyaxy', 'yx')", "a"},
      {"reverse('né日')", "日én"},
      {"join(['a', null, 'b'], '-')", "a-b"},
  });
}

TEST(Functions, Lists) {
  Check({
      {"size([1, null])", "2"},
      {"head([1, 2])", "1"},
      {"head([])", "null"},
      {"last([1, 2])", "2"},
      {"tail([1, 2, 3])", "[2, 3]"},
      {"tail([])", "[]"},
      {"reverse([1, 2])", "[2, 1]"},
      {"range(1, 4)", "[1, 2, 3, 4]"},
      {"range(4, 1, -2)", "[4, 2]"},
      {"range(4, 1)", "[]"},
      {"range(1, 2, 0)", "E7005"},
      {"range(1, 1000000000)", "E7008"},
      {"reduce(a = [], x IN range(1, 1000000) | [a])", "E7008"},
      {"reduce(a = 0, x IN range(1, 1000000) | {inner: a})", "E7008"},
      {"range(-9223372036854775808, 9223372036854775807, 9223372036854775807)",
       "[-9223372036854775808, -1, 9223372036854775806]"},
      {"isEmpty('')", "true"},
      {"isEmpty({a: 1})", "false"},
      {"cardinality([1, 2])", "2"},
      {"sorted([2, 'a', 1, null])", "['a', 1, 2, null]"},
  });
}

TEST(Functions, Graph) {
  Check({
      {"labels(b)", "['Person', 'Admin']"},
      {"type(k)", "KNOWS"},
      {"keys(a)", "['age', 'name']"},
      {"properties(k)", "{since: 2001}"},
      {"keys({b: null})", "['b']"},
      {"[n IN nodes(p) | n.name]", "['Ann', 'Bob']"},
      {"[e IN relationships(p) | type(e)]", "['KNOWS']"},
      {"size(elements(p))", "3"},
      {"length(p)", "1"},
      {"startNode(k) = a AND endNode(k) = b", "true"},
      {"elementId(a)", "a"},
      {"id(a) = id(a)", "true"},
      {"labels(p)", "E6010"},
      {"length(a)", "E6010"},
      {"nodes(p).name", "E6010"},
      {"[x IN [a, 1] | labels(x)]", "E7001"},
  });
}

TEST(Functions, UncertainTimesCompareInThreeValues) {
  Check({
      {"before(edtf('2014'), edtf('2015'))", "true"},
      {"before('2015', '2014')", "false"},
      {"before('2014/2015', '2015/2016')", "null"},
      {"certainly(before('2014/2015', '2015/2016'))", "false"},
      {"possibly(before('2014/2015', '2015/2016'))", "true"},
      {"after('2015-12-23', '2015-09-30')", "true"},
      {"during('2015-09', '2015')", "true"},
      {"overlaps('2015', '2016')", "false"},
      {"overlaps('2014/2016', '2015')", "true"},
      {"edtf('30/09/2015')", "E7006"},
      // A time is once within its bounds; a text names the whole period.
      {"overlaps(edtf('2015'), edtf('2015'))", "null"},
      {"before(edtf('2015'), edtf('2015'))", "null"},
      {"before(edtf('2015'), '2015')", "false"},
      {"during(edtf('2015-09'), '2015')", "true"},
      {"during(edtf('2015-09'), edtf('2015'))", "null"},
      {"overlaps(edtf('2015-09'), '2015')", "true"},
      {"certainly(null)", "false"},
      {"possibly(null)", "true"},
  });
}

TEST(Functions, ComponentsOfTimes) {
  Check({
      {"edtf('2014/2015').earliest_start", "2014-01-01"},
      {"edtf('2014/2015').latest_start", "2014-12-31"},
      {"edtf('2014/2015').latest_end", "2015-12-31"},
      {"edtf('2014/..').latest_end", "null"},
      {"edtf('2015-09').year", "2015"},
      {"edtf('2014/2015').year", "null"},
      {"edtf('1996~').approximate", "true"},
      {"edtf('2014/2015').text", "2014/2015"},
      {"edtf('2014').begin", "E6004"},
      {"edtf('2014') < '2015'", "true"},
      {"'2015' > edtf('2014')", "true"},
      {"edtf('2014') < 'soon'", "E7006"},
  });
}

TEST(Functions, QuantitiesAreReadAsSourcesWriteThem) {
  Check({
      {"quantity('at least 238', 'attack').low", "238"},
      {"quantity('at least 238', 'attack').high", "null"},
      {"quantity('more than 40') > 40", "true"},
      {"low(quantity('10-20', 'state'))", "10"},
      {"high(quantity('10-20', 'state'))", "20"},
      {"unit(quantity('10-20', 'state'))", "state"},
      {"quantity('10-20', 'state') > 15", "null"},
      {"possibly(quantity('10-20', 'state') > 15)", "true"},
      {"quantity('5', 'carrier') < quantity('9', 'munition')", "null"},
      {"quantity('10-20', 'state') + quantity('1', 'state')", "11 to 21 states (derived)"},
      {"quantity('10-20', 'state') - quantity('1', 'state')", "9 to 19 states (derived)"},
      {"quantity('2', 'state') - quantity('3', 'state')", "E7007"},
      {"quantity('2', 'state') + 1", "E7007"},
      {"quantity('2', 'state') + quantity('2', 'attack')", "E7007"},
      {"3 * quantity('10-20', 'state')", "30 to 60 states (derived)"},
      {"quantity('5', 'munition') / 2", "2.5 munition (derived)"},
      {"quantity('6', 'munition') / quantity('4', 'munition')", "1.5"},
      {"quantity('10', 'carrier') * quantity('126', 'submunition per carrier')", "1,260 submunitions (derived)"},
      {"quantity('10', 'carrier') * quantity('2', 'state')", "E7007"},
      {"quantity('dozen of')", "E7006"},
  });
}

}  // namespace
}  // namespace dossier
