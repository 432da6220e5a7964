// Paths, nodes, edges, quantifiers, prefixes.
#include <string>

#include "gmock/gmock.h"
#include "query/error_codes.h"
#include "tests/unit/query/parser_testing.h"

namespace dossier {
namespace {

std::string P(const std::string& text) { return CanonicalPattern(text); }
int ErrorOfPattern(const std::string& text) { return ErrorOf("MATCH " + text + " RETURN 1"); }

TEST(ParserPatternTest, Nodes) {
  EXPECT_EQ(P("()"), "()");
  EXPECT_EQ(P("(n)"), "(n)");
  EXPECT_EQ(P("(n:A {x: 1, y: $p})"), "(n:A {x: 1, y: $p})");
  EXPECT_EQ(P("(:A&!B|%)"), "(:((A&!B)|%))");
  EXPECT_EQ(P("(n:A:B)"), "(n:(A&B))");
  EXPECT_EQ(P("({x: 1})"), "({x: 1})");
  EXPECT_EQ(P("(n WHERE n.x > 1)"), "(n WHERE (n.x > 1))");
  EXPECT_EQ(P("(count:Set)"), "(`count`:Set)");
  EXPECT_EQ(P("(a), (b)"), "(a), (b)");
  EXPECT_EQ(P("(a)(b)"), "(a)(b)");
  EXPECT_EQ(ErrorOfPattern("(n $param)"), kParameterInPattern);
  EXPECT_EQ(ErrorOfPattern("(n IS Person)"), kUnsupportedSyntax);
}

TEST(ParserPatternTest, EdgesInAllTheirSpellings) {
  EXPECT_EQ(P("(a)-[r:R]->(b)"), "(a)-[r:R]->(b)");
  EXPECT_EQ(P("(a)<-[r:R]-(b)"), "(a)<-[r:R]-(b)");
  EXPECT_EQ(P("(a)-[r]-(b)"), "(a)-[r]-(b)");
  EXPECT_EQ(P("(a)<-[r]->(b)"), "(a)-[r]-(b)");
  for (const char* arrow : {"->", "-->", "-[]->", "- [ ] - >"}) {
    EXPECT_EQ(P(std::string("(a)") + arrow + "(b)"), "(a)-[]->(b)") << arrow;
  }
  for (const char* arrow : {"<-", "<--", "<-[]-"}) {
    EXPECT_EQ(P(std::string("(a)") + arrow + "(b)"), "(a)<-[]-(b)") << arrow;
  }
  for (const char* arrow : {"-", "--", "<->", "<-->", "-[]-", "<-[]->"}) {
    EXPECT_EQ(P(std::string("(a)") + arrow + "(b)"), "(a)-[]-(b)") << arrow;
  }
  EXPECT_EQ(P("-->-->"), "-[]->-[]->");
  EXPECT_EQ(P("(a)-[:A|B|:C]->()"), "(a)-[:(A|B|C)]->()");
  EXPECT_EQ(P("()-[t:T WHERE t.polarity = '+']->()"), "()-[t:T WHERE (t.polarity = '+')]->()");
  EXPECT_EQ(ErrorOfPattern("(a)~[r]~(b)"), kUnsupportedSyntax);
  EXPECT_EQ(ErrorOfPattern("(a)<~(b)"), kUnsupportedSyntax);
  EXPECT_EQ(ErrorOfPattern("(a)-/T+/->(b)"), kUnsupportedSyntax);
  EXPECT_EQ(ErrorOfPattern("(a)-[:LIKES..]->(c)"), kUnexpectedToken);
}

TEST(ParserPatternTest, Quantifiers) {
  EXPECT_EQ(P("(a)-[:R]->*(b)"), "(a)-[:R]->{0,}(b)");
  EXPECT_EQ(P("(a)->+(b)"), "(a)-[]->{1,}(b)");
  EXPECT_EQ(P("(a)-[:R]->?(b)"), "(a)-[:R]->?(b)");
  EXPECT_EQ(P("(a)-{2}(b)"), "(a)-[]-{2,2}(b)");
  EXPECT_EQ(P("(a)-[:R]->{1,3}(b)"), "(a)-[:R]->{1,3}(b)");
  EXPECT_EQ(P("(a)-[:R]->{,3}(b)"), "(a)-[:R]->{0,3}(b)");
  EXPECT_EQ(P("(a)-[:R]->{2,}(b)"), "(a)-[:R]->{2,}(b)");
  EXPECT_EQ(P("(a)-[:R]->{0,0}(b)"), "(a)-[:R]->{0,0}(b)");
  EXPECT_EQ(ErrorOfPattern("(a){2}"), kInvalidQuantifier);
  EXPECT_EQ(ErrorOfPattern("(a)-->{3,2}(b)"), kInvalidQuantifier);
  EXPECT_EQ(ErrorOfPattern("(a)-[*]->+(b)"), kInvalidQuantifier);
  EXPECT_EQ(ErrorOfPattern("(a)-->{9223372036854775808}(b)"), kInvalidQuantifier);
}

TEST(ParserPatternTest, VarLengthIsMarkedAsOpenCyphers) {
  EXPECT_EQ(P("(a)-[*]->(b)"), "(a)-[*1..]->(b)");
  EXPECT_EQ(P("(a)-[r*2]->(b)"), "(a)-[r*2..2]->(b)");
  EXPECT_EQ(P("(a)-[r:A|B*..3 {p: 1}]->(b)"), "(a)-[r:(A|B)*1..3 {p: 1}]->(b)");
  EXPECT_EQ(P("(a)-[*2..]->(b)"), "(a)-[*2..]->(b)");
  EXPECT_EQ(P("(a)-[*0..0]-(b)"), "(a)-[*0..0]-(b)");
  EXPECT_EQ(P("(a)-[*3..1]-(b)"), "(a)-[*3..1]-(b)");  // finds nothing, in openCypher
  const auto query = ParseQuery("MATCH (a)-[r*1..3]->(b)-[s]->{1,3}(c) RETURN r");
  ASSERT_TRUE(query.ok());
  const auto* match = query->parts[0].clauses[0].As<ast::MatchClause>();
  const auto& factors = match->pattern.paths[0].path.terms[0].factors;
  ASSERT_EQ(factors.size(), 5u);
  EXPECT_TRUE(factors[1].quantifier->var_length);
  EXPECT_FALSE(factors[3].quantifier->var_length);
  EXPECT_EQ(factors[3].quantifier->max, 3);
}

TEST(ParserPatternTest, ParenthesisedPaths) {
  EXPECT_EQ(P("((a)-->(b)){2}"), "((a)-[]->(b)){2,2}");
  EXPECT_EQ(P("(a) ((x)-[t:T]->(y) WHERE x.d < y.d)+ (b)"), "(a)((x)-[t:T]->(y) WHERE (x.d < y.d)){1,}(b)");
  EXPECT_EQ(P("(p = TRAIL (a)-->(b))*"), "(p = TRAIL (a)-[]->(b)){0,}");
  EXPECT_EQ(P("(TRAIL (a)-->(b))?"), "(TRAIL (a)-[]->(b))?");
  EXPECT_EQ(P("(TRAIL PATHS (a)-->(b))"), "(TRAIL (a)-[]->(b))");
  EXPECT_EQ(P("(-[:R]->)+"), "(-[:R]->){1,}");
  EXPECT_EQ(P("(trail)"), "(`trail`)");
  EXPECT_EQ(P("(((a)))"), "(((a)))");
  EXPECT_EQ(ErrorOfPattern("(ANY SHORTEST (a)-->(b))"), kInvalidPattern);
  EXPECT_EQ(ErrorOfPattern("(ALL (a)-->(b))"), kInvalidPattern);
  EXPECT_EQ(ErrorOfPattern("(SHORTEST 2 (a)-->(b))"), kInvalidPattern);
}

TEST(ParserPatternTest, Alternatives) {
  EXPECT_EQ(P("(a)-[:R]->(b) | (a)-[:S]->(b)"), "(a)-[:R]->(b) | (a)-[:S]->(b)");
  EXPECT_EQ(P("(a)-->(b) |+| (a)<--(b) |+| (c)"), "(a)-[]->(b) |+| (a)<-[]-(b) |+| (c)");
  EXPECT_EQ(P("((a)-->(b) | (b)-->(a)){1,2}"), "((a)-[]->(b) | (b)-[]->(a)){1,2}");
  EXPECT_EQ(ErrorOfPattern("(a) | (b) |+| (c)"), kInvalidPattern);
}

TEST(ParserPatternTest, Prefixes) {
  for (const char* prefix :
       {"WALK", "TRAIL", "ALL", "ALL ACYCLIC", "ALL SHORTEST", "ALL SHORTEST SIMPLE", "ANY", "ANY 3", "ANY $k TRAIL",
        "ANY SHORTEST", "ANY SHORTEST WALK", "SHORTEST 2", "SHORTEST 3 ACYCLIC", "SHORTEST GROUPS",
        "SHORTEST 2 TRAIL GROUPS", "SHORTEST WALK GROUPS"}) {
    const std::string text = std::string(prefix) + " (a)-[]->{1,}(b)";
    EXPECT_EQ(P(text), text);
    EXPECT_EQ(P("p = " + text), "p = " + text);
  }
  EXPECT_EQ(P("SHORTEST 3 ACYCLIC PATHS (a)-->(b)"), "SHORTEST 3 ACYCLIC (a)-[]->(b)");
  EXPECT_EQ(P("SHORTEST 1 PATH GROUP (a)-->(b)"), "SHORTEST 1 GROUPS (a)-[]->(b)");
  EXPECT_EQ(P("TRAIL PATHS (a)-->(b)"), "TRAIL (a)-[]->(b)");
  EXPECT_EQ(P("all = (a)"), "`all` = (a)");
  EXPECT_EQ(ErrorOfPattern("SHORTEST (a)-->(b)"), kInvalidPattern);
  EXPECT_EQ(ErrorOfPattern("ANY 0 (a)-->(b)"), kInvalidPattern);
  EXPECT_EQ(ErrorOfPattern("TRAIL ALL (a)-->(b)"), kInvalidPattern);
}

TEST(ParserPatternTest, MatchModes) {
  EXPECT_EQ(P("REPEATABLE ELEMENTS (a)"), "REPEATABLE ELEMENTS (a)");
  EXPECT_EQ(P("REPEATABLE ELEMENT BINDINGS (a)"), "REPEATABLE ELEMENTS (a)");
  EXPECT_EQ(P("DIFFERENT EDGES (a)"), "DIFFERENT EDGES (a)");
  EXPECT_EQ(P("DIFFERENT EDGE BINDINGS (a), (b)"), "DIFFERENT EDGES (a), (b)");
  EXPECT_EQ(P("different edge p = ALL (a)"), "DIFFERENT EDGES p = ALL (a)");
  EXPECT_EQ(P("different = (a)"), "`different` = (a)");
  EXPECT_EQ(P("(a)-->(b), (c) KEEP ANY SHORTEST TRAIL PATHS WHERE a.x"),
            "(a)-[]->(b), (c) KEEP ANY SHORTEST TRAIL WHERE a.x");
  EXPECT_EQ(ErrorOfPattern("ANY (a)-->(b) KEEP ANY"), kInvalidPattern);
  EXPECT_THAT(RefusalOf("MATCH DIFFERENT EGDES (a) RETURN a").hint, ::testing::HasSubstr("EDGES"));
}

TEST(ParserPatternTest, ShortestPathFunctions) {
  EXPECT_EQ(P("p = shortestPath((a)-[:R*]-(b))"), "p = shortestPath((a)-[:R*1..]-(b))");
  EXPECT_EQ(P("p = allShortestPaths((a)-[*..4]->(b))"), "p = allShortestPaths((a)-[*1..4]->(b))");
  EXPECT_EQ(P("shortestpath = (a)"), "`shortestpath` = (a)");
}

}  // namespace
}  // namespace dossier
