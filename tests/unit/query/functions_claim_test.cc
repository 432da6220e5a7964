// Functions on claims, sources, containment and time order, over a small graph with sources.
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/claim_reader.h"
#include "schema/ontology_reader.h"
#include "tests/unit/query/expression_fixture.h"

namespace dossier {
namespace {

// One document, and for each claim a quote with its number.
class NumberedQuotes : public ClaimReader {
 public:
  absl::StatusOr<Claim> ReadClaim(ClaimId number) const override {
    Claim claim;
    claim.quote = StrCat("quote ", number.value);
    claim.locator.note = "7";
    return claim;
  }
  absl::StatusOr<Document> ReadDocument(VertexId) const override {
    Document document;
    document.title = "The Report";
    document.date = *EdtfTime::Parse("2017-08");
    return document;
  }
};

constexpr std::string_view kOntology = R"([ontology]
name = "test"
version = "1"
[types.Actor]
[types.State]
extends = ["Actor"]
[types.Thing]
[relations.PART_OF]
containment = "part-of"
[relations.MEMBER_OF]
containment = "member-of"
[relations.SENT]
[relations.SENT.qualifiers.what]
range = ["Thing"]
[relations.weight]
value = "integer"
)";

// ministry -PART_OF-> government -PART_OF-> state -MEMBER_OF-> union; state -SENT {what: rocket}-> union, said by two
// and denied by one; state -SENT-> ministry undated.
class ClaimFunctions : public testing::Test {
 protected:
  ClaimFunctions() : ontology_(*ReadOntology(kOntology, "ontology.toml")), bench_(MakeBench()) {
    bench_.SetClaimReader(&reader_);
  }

  VertexId Entity(std::string_view key, std::string_view type) {
    const VertexId vertex = builder_.AddEntity(key, {builder_.Label(type)});
    builder_.SetVertexProperty(vertex, builder_.Property("name"), Value::String(key));
    return vertex;
  }
  void Claim(EdgeId edge, Act act, std::string_view valid, VertexId asserter) {
    ClaimColumns claim;
    claim.proposition = edge;
    builder_.NameClaim(StrCat("c", claims_++));
    claim.document = document_;
    claim.act = act;
    claim.asserters = {asserter};
    if (!valid.empty()) claim.valid = *EdtfTime::Parse(valid);
    builder_.AddClaim(claim);
  }
  EdgeId Edge(VertexId from, std::string_view relation, VertexId to, std::string_view valid = "") {
    const EdgeId edge = builder_.AddEdge(from, builder_.Relation(relation), to);
    Claim(edge, Act::kAsserts, valid, from);
    return edge;
  }

  ExpressionBench MakeBench() {
    builder_.Property("valid");
    document_ = builder_.AddDocument("report");
    const VertexId ministry = Entity("ministry", "Actor");
    const VertexId government = Entity("government", "Actor");
    const VertexId state = Entity("state", "State");
    const VertexId all = Entity("union", "Actor");
    const VertexId rocket = Entity("rocket", "Thing");
    part_ = Edge(ministry, "PART_OF", government);         // claim 0
    whole_ = Edge(government, "PART_OF", state);           // claim 1
    Edge(state, "MEMBER_OF", all);                         // claim 2
    const EdgeId sent = Edge(state, "SENT", all, "2014");  // claim 3
    builder_.AddEdgeProperty(sent, builder_.Property("what"), Value::Vertex(rocket));
    Claim(sent, Act::kReports, "2014", all);                        // claim 4
    Claim(sent, Act::kDenies, "", government);                      // claim 5
    Claim(sent, Act::kNoComment, "", ministry);                     // claim 6
    const EdgeId later = Edge(all, "SENT", ministry, "2015/2016");  // claim 7
    const EdgeId undated = Edge(ministry, "SENT", rocket);          // claim 8
    const EdgeId earlier = Edge(rocket, "SENT", state, "2015");     // claim 9
    for (const int64_t weight : {7, 5, 7}) {
      weights_.push_back(builder_.AddLiteral(rocket, builder_.Relation("weight"), Value::Integer(weight)));
      Claim(weights_.back(), Act::kAsserts, "", state);  // claims 10 to 12
    }
    builder_.Property("weight");
    ExpressionBench bench(builder_.Build(), &ontology_);
    for (const auto& [name, vertex] : {std::pair{"ministry", ministry},
                                       {"government", government},
                                       {"state", state},
                                       {"union", all},
                                       {"rocket", rocket}}) {
      bench.Set(StrCat(name, "_"), Value::Vertex(vertex), StaticType::kVertex);
    }
    bench.Set("sent", Value::Edge(sent), StaticType::kEdge);
    bench.Set("later", Value::Edge(later), StaticType::kEdge);
    const auto path = [&](std::vector<VertexId> vertices, std::vector<EdgeId> edges) {
      return Value::OfPath({.vertices = std::move(vertices), .edges = std::move(edges)});
    };
    bench.Set("ordered", path({state, all, ministry}, {sent, later}), StaticType::kPath);
    bench.Set("gap", path({state, all, ministry, rocket}, {sent, later, undated}), StaticType::kPath);
    // The undated step may be as late as any, but 2015 certainly does not wait for what began by 2016.
    bench.Set("mixed", path({all, ministry, rocket, state}, {later, undated, earlier}), StaticType::kPath);
    bench.Set("wrong", path({rocket, state, all}, {earlier, sent}), StaticType::kPath);
    return bench;
  }

  ImageBuilder builder_{/*sourced=*/true};
  uint32_t claims_ = 0;
  VertexId document_;
  EdgeId part_, whole_;
  std::vector<EdgeId> weights_;
  NumberedQuotes reader_;
  Ontology ontology_;
  ExpressionBench bench_;
};

TEST_F(ClaimFunctions, ClaimsOfAnEdgeAreAllThatIsSaidOfIt) {
  EXPECT_EQ(bench_.Run("[c IN claims(sent) | elementId(c)]"), "['c3', 'c4', 'c5', 'c6']");
  EXPECT_EQ(bench_.touched().size(), 4U);
  EXPECT_EQ(bench_.Run("claims(state_)"), "E6010");
}

TEST_F(ClaimFunctions, ADenialMarksAndIsTheSource) {
  EXPECT_EQ(bench_.Run("disputed(later)"), "false");
  EXPECT_TRUE(bench_.touched().empty());
  EXPECT_EQ(bench_.Run("disputed(sent)"), "true");
  EXPECT_EQ(bench_.touched(), std::vector<SourceItem>{SourceItem::Of(ClaimId(5))});
}

TEST_F(ClaimFunctions, SourcesAreWhatAnEdgeRestsOn) {
  EXPECT_EQ(bench_.Run("sources(later)"),
            "[{act: 'asserts', asserters: ['union'], date: 2017-08, document: 'The Report', locator: 'note 7', quote: "
            "'quote 7'}]");
  EXPECT_EQ(bench_.Run("[s IN sources(sent) | s.quote]"), "['quote 3', 'quote 4']");
  EXPECT_EQ(bench_.Run("[s IN sources([later, ordered, claims(sent)]) | s.quote]"),
            "['quote 7', 'quote 3', 'quote 4', 'quote 5', 'quote 6']");
  EXPECT_EQ(bench_.Run("sources(state_)"), "[]");
  bench_.SetClaimReader(nullptr);
  EXPECT_EQ(bench_.Run("sources(later)"), "[]");
}

TEST_F(ClaimFunctions, EveryValueWithItsSource) {
  EXPECT_EQ(bench_.Run("sorted(values(rocket_, 'weight'))"), "[5, 7]");
  EXPECT_FALSE(bench_.touched().empty());
  EXPECT_EQ(bench_.Run("rocket_.weight"), "5");  // as well supported as 7, and smaller
  EXPECT_EQ(bench_.touched(), std::vector<SourceItem>{SourceItem::Of(weights_[1])});
  EXPECT_EQ(bench_.Run("values(rocket_, 'nothing')"), "[]");
}

TEST_F(ClaimFunctions, WithinGoesUpContainmentButNotMembership) {
  EXPECT_EQ(bench_.Run("within(ministry_, state_)"), "true");
  std::vector<SourceItem> chain = bench_.touched();
  std::sort(chain.begin(), chain.end());
  EXPECT_EQ(chain, (std::vector<SourceItem>{SourceItem::Of(part_), SourceItem::Of(whole_)}));
  EXPECT_EQ(bench_.Run("within(state_, ministry_)"), "false");
  EXPECT_EQ(bench_.Run("within(state_, state_)"), "true");
  EXPECT_EQ(bench_.Run("within(ministry_, union_)"), "false");
  EXPECT_EQ(bench_.Run("within(sent.what, rocket_)"), "true");
  EXPECT_EQ(bench_.Run("within(null, rocket_)"), "null");
  EXPECT_EQ(bench_.Run("within(sent, rocket_)"), "E6010");
  EXPECT_EQ(bench_.Run("within(state_.name, rocket_)"), "E7001");
}

TEST_F(ClaimFunctions, TimeOrderCertainAndPossible) {
  EXPECT_EQ(bench_.Run("in_time_order(ordered)"), "true");
  EXPECT_EQ(bench_.Run("in_time_order(gap)"), "false");
  EXPECT_EQ(bench_.Run("in_time_order(gap, 'possible')"), "true");
  EXPECT_EQ(bench_.Run("in_time_order(mixed, 'possible')"), "true");
  EXPECT_EQ(bench_.Run("in_time_order(mixed)"), "false");
  EXPECT_EQ(bench_.Run("in_time_order(wrong, 'possible')"), "false");
  EXPECT_EQ(bench_.Run("in_time_order(ordered, 'perhaps')"), "E7006");
}

TEST_F(ClaimFunctions, NamesAreCheckedAgainstTheOntology) {
  EXPECT_EQ(bench_.Complaint("rocket_.wieght"),
            "1:9: E6004: unknown property 'wieght' (a property or qualifier must be declared in the ontology); did you "
            "mean 'weight'?");
  EXPECT_EQ(bench_.Run("sent.what.name"), "rocket");
  EXPECT_EQ(bench_.Run("state_:Actor AND NOT ministry_:State"), "true");
  EXPECT_EQ(bench_.Run("state_:Stat"), "E6101");
  EXPECT_EQ(bench_.Run("sent:SEND"), "E6102");
}

}  // namespace
}  // namespace dossier
