// Expressions: what binds tighter, and which of two readings it is.
#include <string>

#include "gmock/gmock.h"
#include "query/error_codes.h"
#include "tests/unit/query/parser_testing.h"

namespace dossier {
namespace {

std::string E(const std::string& text) { return CanonicalExpression(text); }

TEST(ParserExpressionTest, Literals) {
  EXPECT_EQ(E("null"), "null");
  EXPECT_EQ(E("TRUE"), "true");
  EXPECT_EQ(E("0x1F"), "31");
  EXPECT_EQ(E("1e3"), "1000.0");
  EXPECT_EQ(E("1."), "1.0");
  EXPECT_EQ(E("-5"), "(-5)");
  EXPECT_EQ(E("-0.0"), "(-0.0)");
  EXPECT_EQ(E("-9223372036854775808"), "(-9223372036854775808)");
  EXPECT_EQ(E("-0x8000000000000000"), "(-9223372036854775808)");
  EXPECT_EQ(ErrorOf("RETURN 9223372036854775808"), kIntegerOverflow);
  EXPECT_EQ(E("\"it's\""), "'it\\'s'");
  EXPECT_EQ(E("'a\\n\\u0001'"), "'a\\n\\u0001'");
  EXPECT_EQ(E("date '2015-12-01'"), "DATE '2015-12-01'");
  EXPECT_EQ(E("TIMESTAMP '2015-12-01T00:00'"), "DATETIME '2015-12-01T00:00'");
  EXPECT_EQ(E("date('2015-12-01')"), "date('2015-12-01')");
  EXPECT_EQ(E("$p + $0 + $`x y`"), "(($p + $0) + $`x y`)");
  EXPECT_EQ(E("[1, 'a', []]"), "[1, 'a', []]");
  EXPECT_EQ(E("{a: 1, `b c`: {}, match: 2}"), "{a: 1, `b c`: {}, match: 2}");
}

TEST(ParserExpressionTest, Precedence) {
  EXPECT_EQ(E("a OR b XOR c AND NOT d = e"), "(a OR (b XOR (c AND (NOT (d = e)))))");
  EXPECT_EQ(E("NOT a = b AND c"), "((NOT (a = b)) AND c)");
  EXPECT_EQ(E("a = NOT b"), "(a = (NOT b))");
  EXPECT_EQ(E("a + b * c ^ d - e"), "((a + (b * (c ^ d))) - e)");
  EXPECT_EQ(E("2 ^ 3 ^ 2"), "((2 ^ 3) ^ 2)");
  EXPECT_EQ(E("-a ^ 2"), "((-a) ^ 2)");
  EXPECT_EQ(E("a - -b"), "(a - (-b))");
  EXPECT_EQ(E("- - 5"), "(-(-5))");
  EXPECT_EQ(E("a / b / c % d"), "(((a / b) / c) % d)");
  EXPECT_EQ(E("a || b + c"), "((a || b) + c)");
  EXPECT_EQ(E("a = b IN c"), "(a = (b IN c))");
  EXPECT_EQ(E("a + 1 IN c"), "((a + 1) IN c)");
  EXPECT_EQ(E("a STARTS WITH b + c"), "(a STARTS WITH (b + c))");
  EXPECT_EQ(E("a ENDS WITH 'x' AND b CONTAINS 'y' AND c =~ '.*'"),
            "((a ENDS WITH 'x') AND (b CONTAINS 'y') AND (c =~ '.*'))");
  EXPECT_EQ(E("a + b IS NULL"), "((a + b) IS NULL)");
  EXPECT_EQ(E("a IS NOT NULL = b"), "((a IS NOT NULL) = b)");
  EXPECT_EQ(E("a IS NOT UNKNOWN"), "(a IS NOT UNKNOWN)");
  EXPECT_EQ(E("-a.b[0]"), "(-a.b[0])");
  EXPECT_EQ(E("-1[0]"), "(-1[0])");
  EXPECT_EQ(E("(-1)[0]"), "(-1)[0]");
  EXPECT_EQ(E("-(-0)"), "(-(0))");
  EXPECT_EQ(E("1 .x"), "(1).x");
}

TEST(ParserExpressionTest, ChainsAreOneNode) {
  EXPECT_EQ(E("a AND b AND (c AND d)"), "(a AND b AND (c AND d))");
  EXPECT_EQ(E("1 < a <= b <> 3"), "(1 < a <= b <> 3)");
  EXPECT_EQ(E("(a < b) < c"), "((a < b) < c)");
}

TEST(ParserExpressionTest, Access) {
  EXPECT_EQ(E("a.b.c"), "a.b.c");
  EXPECT_EQ(E("a.match.`x y`"), "a.match.`x y`");
  EXPECT_EQ(E("l[0][1..2][..3][1..][..]"), "l[0][1 .. 2][ .. 3][1 .. ][ .. ]");
  EXPECT_EQ(E("f(x).y"), "f(x).y");
  EXPECT_EQ(E("[1, 2][0]"), "[1, 2][0]");
  EXPECT_EQ(E("$p.a"), "$p.a");
}

TEST(ParserExpressionTest, Calls) {
  EXPECT_EQ(E("count(*)"), "count(*)");
  EXPECT_EQ(E("count(DISTINCT a)"), "count(DISTINCT a)");
  EXPECT_EQ(E("a.b.c(1, 2)"), "a.b.c(1, 2)");
  EXPECT_EQ(E("exists(n.x)"), "exists(n.x)");
  EXPECT_EQ(E("exists((n)-->(m))"), "exists((n)-[]->(m))");
  EXPECT_EQ(E("within(t.munition, m)"), "within(t.munition, m)");
  EXPECT_EQ(ErrorOf("RETURN f(,)"), kUnexpectedToken);
  EXPECT_EQ(ErrorOf("RETURN f(DISTINCT)"), kUnexpectedToken);
}

TEST(ParserExpressionTest, WordsThatMayBeNames) {
  EXPECT_EQ(E("count + type"), "(`count` + type)");
  for (const char* name :
       {"from", "path", "all", "any", "filter", "first", "exists", "date", "let", "shortest", "end_"}) {
    EXPECT_TRUE(ParseExpression(std::string(name) + ".x = 1").ok()) << name;
  }
  EXPECT_EQ(E("n.end"), "n.end");
  EXPECT_EQ(ErrorOf("RETURN end"), kUnexpectedToken);
  EXPECT_EQ(E("all(x) AND all"), "(all(x) AND `all`)");
}

TEST(ParserExpressionTest, LabelsAsConditions) {
  EXPECT_EQ(E("n:A"), "(n:A)");
  EXPECT_EQ(E("n:A:B AND m"), "((n:(A&B)) AND m)");
  EXPECT_EQ(E("n:A|!(B&%)"), "(n:(A|!(B&%)))");
  EXPECT_EQ(E("n IS LABELED A"), "(n:A)");
  EXPECT_EQ(E("n IS NOT LABELED A|B"), "(n IS NOT LABELED (A|B))");
  EXPECT_EQ(E("n.x:A"), "(n.x:A)");
}

TEST(ParserExpressionTest, ABarAfterALabelBelongsToTheComprehension) {
  EXPECT_EQ(E("[x IN l WHERE x:A | x.b]"), "[x IN l WHERE (x:A) | x.b]");
  EXPECT_EQ(E("[x IN l WHERE (x:A|B) | x.b]"), "[x IN l WHERE (x:(A|B)) | x.b]");
  EXPECT_EQ(E("[(a)-->(b:A|B) WHERE b:A | b.x]"), "[(a)-[]->(b:(A|B)) WHERE (b:A) | b.x]");
}

TEST(ParserExpressionTest, ListsAndComprehensions) {
  EXPECT_EQ(E("[x IN l]"), "[x IN l]");
  EXPECT_EQ(E("[(x IN l)]"), "[(x IN l)]");
  EXPECT_EQ(E("[x IN l, y]"), "[(x IN l), y]");
  EXPECT_EQ(E("[x IN f(a, b) WHERE x > 1]"), "[x IN f(a, b) WHERE (x > 1)]");
  EXPECT_EQ(E("[x IN l | [y IN x | y]]"), "[x IN l | [y IN x | y]]");
  EXPECT_EQ(E("[p = (a)-[:R*1..2]->(b) WHERE a.x | p]"), "[p = (a)-[:R*1..2]->(b) WHERE a.x | p]");
  EXPECT_EQ(E("[(a)--(b) | b]"), "[(a)-[]-(b) | b]");
  EXPECT_EQ(E("[p = (a), q]"), "[(p = a), q]");
  EXPECT_EQ(E("any(x IN l WHERE x = 1)"), "any(x IN l WHERE (x = 1))");
  EXPECT_EQ(E("none(x IN l WHERE all(y IN x WHERE y))"), "none(x IN l WHERE all(y IN x WHERE y))");
  EXPECT_EQ(E("reduce(t = 0, x IN l | t + x)"), "reduce(t = 0, x IN l | (t + x))");
  EXPECT_EQ(ErrorOf("RETURN any(x IN l)"), kUnexpectedToken);
}

TEST(ParserExpressionTest, MapProjections) {
  EXPECT_EQ(E("n{.a, .*, b: 1, c}"), "n{.a, .*, b: 1, c}");
  EXPECT_EQ(E("count{.a}"), "`count`{.a}");
  EXPECT_EQ(E("n{}"), "n{}");
}

TEST(ParserExpressionTest, Cases) {
  EXPECT_EQ(E("CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END"), "CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END");
  EXPECT_EQ(E("CASE n.x WHEN 1 THEN 'a' END.y"), "CASE n.x WHEN 1 THEN 'a' END.y");
  EXPECT_EQ(ErrorOf("RETURN CASE a END"), kUnexpectedToken);
}

TEST(ParserExpressionTest, PathOrArithmetic) {
  EXPECT_EQ(E("(a)-[:R]->(b)"), "(a)-[:R]->(b)");
  EXPECT_EQ(E("(a)-[x]-(b)"), "(a)-[x]-(b)");
  EXPECT_EQ(E("(a)-->(b)"), "(a)-[]->(b)");
  EXPECT_EQ(E("(a)->(b)"), "(a)-[]->(b)");
  EXPECT_EQ(E("(a)--(b)"), "(a)-[]-(b)");
  EXPECT_EQ(E("(a)--+(b)"), "(a)-[]-{1,}(b)");
  EXPECT_EQ(E("(a)<--{2}(b)"), "(a)<-[]-{2,2}(b)");
  EXPECT_EQ(E("(a)--?()--*(b)"), "(a)-[]-?()-[]-{0,}(b)");
  EXPECT_EQ(E("(a)<--(b)"), "(a)<-[]-(b)");
  EXPECT_EQ(E("(a)<-[:R]-(b)-[:S]->()"), "(a)<-[:R]-(b)-[:S]->()");
  EXPECT_EQ(E("(:A)-->({x: 1})"), "(:A)-[]->({x: 1})");
  EXPECT_EQ(E("(a)-[:R]->+(b)"), "(a)-[:R]->{1,}(b)");
  EXPECT_EQ(E("(a)<-->(b)"), "(a)-[]-(b)");
  EXPECT_EQ(ErrorOf("MATCH (a) WHERE (a)<-> RETURN a"), kUnexpectedToken);
  EXPECT_EQ(E("(a)-(b)"), "(a - b)");
  EXPECT_EQ(E("(a)<-(b)"), "(a < (-b))");
  EXPECT_EQ(E("(a)<-1"), "(a < (-1))");
  EXPECT_EQ(E("(a) - -(b)"), "(a - (-b))");
  EXPECT_EQ(E("(a)-[1, 2]"), "(a - [1, 2])");
  EXPECT_EQ(E("(a.x)-(b)"), "(a.x - b)");
  EXPECT_EQ(E("(n:A)"), "(n:A)");
  EXPECT_EQ(E("NOT (a)-->(b) AND (c)<--()"), "((NOT (a)-[]->(b)) AND (c)<-[]-())");
  EXPECT_EQ(E("((a)-->(b))"), "(a)-[]->(b)");
  EXPECT_EQ(E("((a)-->(b)) - [x]"), "(((a)-[]->(b)) - [x])");
}

TEST(ParserExpressionTest, APathIsAConditionAndNoValue) {
  EXPECT_EQ(ErrorOf("MATCH (n) WITH (n)-[]->() AS x RETURN x"), kMisplacedPattern);
  EXPECT_EQ(ErrorOf("MATCH (n) WHERE size((n)-->()) > 1 RETURN n"), kMisplacedPattern);
  EXPECT_EQ(ErrorOf("MATCH (n) RETURN [(n)-->()]"), kMisplacedPattern);
  EXPECT_EQ(ErrorOf("RETURN ()--(b)"), kMisplacedPattern);
  EXPECT_EQ(Canonical("RETURN (a)--(b)"), "RETURN (a - (-b))");
  EXPECT_EQ(Canonical("RETURN (a)--+(b)"), "RETURN (a - (-(+b)))");
  EXPECT_EQ(Canonical("RETURN exists((a)--(b))"), "RETURN exists((a)-[]-(b))");
}

TEST(ParserExpressionTest, Subqueries) {
  EXPECT_EQ(E("EXISTS { (a)-->(b) WHERE a.x = 1 }"), "EXISTS { MATCH (a)-[]->(b) WHERE (a.x = 1) }");
  EXPECT_EQ(E("EXISTS (MATCH (a)-->(b))"), "EXISTS { MATCH (a)-[]->(b) }");
  EXPECT_EQ(E("exists { MATCH (a) RETURN true }"), "EXISTS { MATCH (a) RETURN true }");
  EXPECT_EQ(E("COUNT { -[:R]->(b) }"), "COUNT { MATCH -[:R]->(b) }");
  EXPECT_EQ(E("COUNT { p = ANY SHORTEST (a)-->*(b) } > 1"), "(COUNT { MATCH p = ANY SHORTEST (a)-[]->{0,}(b) } > 1)");
  EXPECT_EQ(E("COLLECT { MATCH (a) RETURN a.x }"), "COLLECT { MATCH (a) RETURN a.x }");
  EXPECT_EQ(E("EXISTS { (a)-[:R]->(b) | (a)-[:S]->(b) }"), "EXISTS { MATCH (a)-[:R]->(b) | (a)-[:S]->(b) }");
  EXPECT_EQ(ErrorOf("RETURN COLLECT { MATCH (a) }"), kClauseOrder);
  EXPECT_EQ(E("length(shortestPath((a)-[*]-(b)))"), "length(shortestPath((a)-[*1..]-(b)))");
}

TEST(ParserExpressionTest, PlacesCoverWhatWasWritten) {
  const auto expression = ParseExpression("  (a + b) * c ");
  ASSERT_TRUE(expression.ok());
  EXPECT_EQ((*expression)->span, (SourceSpan{{2, 1, 3}, {13, 1, 14}}));
  const auto* product = (*expression)->As<ast::Binary>();
  ASSERT_NE(product, nullptr);
  EXPECT_EQ(product->left->span, (SourceSpan{{2, 1, 3}, {9, 1, 10}}));
  EXPECT_EQ((*expression)->height, 3);
}

// The kind of text that overflows stacks and takes forever elsewhere.
TEST(ParserExpressionTest, DepthIsLimitedAndLengthIsNot) {
  const auto repeat = [](const std::string& piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
  };
  EXPECT_TRUE(ParseExpression(repeat("(", kMaxNesting - 1) + "1" + repeat(")", kMaxNesting - 1)).ok());
  EXPECT_EQ(ErrorNumber(ParseExpression(repeat("(", kMaxNesting) + "1" + repeat(")", kMaxNesting)).status()),
            kNestedTooDeep);
  EXPECT_TRUE(ParseExpression("1" + repeat(" + 1", kMaxTreeHeight - 1)).ok());
  EXPECT_EQ(ErrorNumber(ParseExpression("1" + repeat(" + 1", kMaxTreeHeight)).status()), kExpressionTooLarge);
  for (const char* open : {"(", "[", "{a:", "NOT ", "-", "f(", "CASE WHEN ", "[x IN ", "x[", "n:!", "n:(", "EXISTS {",
                           "EXISTS { MATCH (a WHERE ", "all(x IN ", "(((a)-->", "1 OR 1 AND 1 = 1 + 1 * 1 ^ ("}) {
    const auto parsed = ParseExpression(repeat(open, 20000));
    ASSERT_FALSE(parsed.ok()) << open;
    EXPECT_NE(ErrorNumber(parsed.status()), 0) << open;
  }
  EXPECT_EQ(ErrorNumber(ParseExpression(repeat("(", 20000)).status()), kNestedTooDeep);
  EXPECT_EQ(ErrorNumber(ParseExpression("1" + repeat(" + 1", 20000)).status()), kExpressionTooLarge);
  EXPECT_EQ(ErrorNumber(ParseExpression("a" + repeat(".a", 20000)).status()), kExpressionTooLarge);
  EXPECT_TRUE(ParseExpression("a" + repeat(" OR b = 1 AND c", 20000)).ok());
  EXPECT_TRUE(ParseExpression("[1" + repeat(", (a)", 20000) + "]").ok());
  EXPECT_TRUE(ParseExpression("[1" + repeat(", [x IN l WHERE x | x]", 20000) + "]").ok());
}

TEST(ParserExpressionTest, HeightCountsThroughPatternsAndSubqueries) {
  std::string text = "1";
  const std::string sum = " + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1";
  for (int i = 0; i < 50; ++i) text = "EXISTS { MATCH (a) WHERE " + text + sum + " }";
  EXPECT_EQ(ErrorNumber(ParseExpression(text).status()), kExpressionTooLarge);
}

}  // namespace
}  // namespace dossier
