// Views against a plain filter of the raw claims. Worlds of claims are generated and committed in three loads; queries
// are asked through generated views, of an image that is built, of one that is mapped from its file, and of one to
// which two loads were added since, and each answer is compared with what the definitions say (view_claims.h). A case
// that fails names its seed, and DOSSIER_SEED=12345 begins with that one.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "query/session.h"
#include "schema/ontology_reader.h"
#include "store/image_loader.h"
#include "store/store.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_world.h"
#include "tests/unit/query/view_claims.h"

namespace dossier {
namespace {

using view_claims::Edge;
using view_claims::kCommits;
using view_claims::kDocuments;
using view_claims::kOrgans;
using view_claims::kPlaces;
using view_claims::kStates;
using view_claims::Said;
using view_claims::Terms;
using view_claims::World;
using Random = std::mt19937;

constexpr std::string_view kOntology = R"([ontology]
name = "test"
version = "1"
[types.State]
[types.Organ]
[types.Place]
[relations.R]
[relations.R.qualifiers.place]
range = ["Place"]
[relations.R.qualifiers.grade]
value = "integer"
[relations.S]
[relations.S.qualifiers.place]
range = ["Place"]
[relations.S.qualifiers.grade]
value = "integer"
[relations.ORGAN_OF]
containment = "organ-of"
[relations.ORGAN_OF.qualifiers.grade]
value = "integer"
[relations.MEMBER_OF]
containment = "part-of"
[relations.MEMBER_OF.qualifiers.grade]
value = "integer"
[relations.size]
value = "integer"
)";

// --- What has to come out: rows as text, in any order. ---

using Rows = std::multiset<std::string>;

std::string Row(const std::vector<std::string>& cells) { return Join(cells, " | "); }
std::string Number(std::optional<int> number) { return number.has_value() ? StrCat(*number) : "null"; }

// What is left of the claims in a view, as an analyst would draw it.
class Filtered {
 public:
  Filtered(const World& world, const Terms& terms) : world_(world), terms_(terms) {
    for (uint32_t i = 0; i < world.claims().size(); ++i) {
      if (world.Supports(i, terms)) support_[world.claims()[i].edge].push_back(i);
    }
  }

  // Edges of the relations, letter by letter.
  std::vector<Edge> Edges(std::string_view relations) const {
    std::vector<Edge> edges;
    for (const auto& [edge, unused] : support_) {
      if (relations.find(std::get<1>(edge)) != std::string_view::npos) edges.push_back(edge);
    }
    return edges;
  }
  const std::vector<uint32_t>& Support(const Edge& edge) const { return support_.at(edge); }
  // Ids of the claims that the view admits on an edge, whatever they say.
  std::vector<std::string> ClaimsOn(const Edge& edge, std::string_view act = "") const {
    std::vector<std::string> ids;
    for (uint32_t i = 0; i < world_.claims().size(); ++i) {
      const Said& said = world_.claims()[i];
      if (said.edge == edge && world_.Admits(i, terms_) && (act.empty() || said.act == act)) ids.push_back(said.id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  // Values with the claims that give them, best first: by rank, by the number of documents, by the latest time (when it
  // was so, or else when it was said), and the smallest.
  static std::vector<int> Best(const std::vector<std::pair<int, const Said*>>& given) {
    struct Known {
      uint32_t rank = 9;
      std::set<std::string> documents;
      int latest = 0;
    };
    std::map<int, Known> known;
    for (const auto& [value, said] : given) {
      Known& of = known[value];
      of.rank = std::min(of.rank, said->rank);
      of.documents.insert(said->document);
      of.latest = std::max(of.latest, said->valid.has_value() ? said->valid->first : said->said);
    }
    std::vector<int> values;
    for (const auto& [value, unused] : known) values.push_back(value);
    std::stable_sort(values.begin(), values.end(), [&](int x, int y) {
      const Known &a = known[x], &b = known[y];
      if (a.rank != b.rank) return a.rank < b.rank;
      if (a.documents.size() != b.documents.size()) return a.documents.size() > b.documents.size();
      return a.latest > b.latest;
    });
    return values;
  }
  std::vector<int> Sizes(const std::string& state) const {
    std::vector<std::pair<int, const Said*>> given;
    for (const auto& [edge, claims] : support_) {
      if (std::get<0>(edge) != state || std::get<1>(edge) != "size") continue;
      for (const uint32_t i : claims) given.emplace_back(std::stoi(std::get<2>(edge)), &world_.claims()[i]);
    }
    return Best(given);
  }
  std::optional<int> Size(const std::string& state) const {
    const std::vector<int> sizes = Sizes(state);
    return sizes.empty() ? std::nullopt : std::optional<int>(sizes.front());
  }
  std::vector<int> OfClaims(const Edge& edge, int Said::*field) const {
    std::vector<std::pair<int, const Said*>> given;
    for (const uint32_t i : Support(edge)) {
      if (world_.claims()[i].*field > 0) given.emplace_back(world_.claims()[i].*field, &world_.claims()[i]);
    }
    return Best(given);
  }
  std::optional<int> First(const std::vector<int>& values) const {
    return values.empty() ? std::nullopt : std::optional<int>(values.front());
  }

  // Steps of the shortest way of at least one step, or nothing.
  std::optional<int> Distance(const std::string& from, const std::string& to, std::string_view relations) const {
    std::set<std::string> here = {from};
    for (int steps = 1; steps <= static_cast<int>(kStates.size()); ++steps) {
      std::set<std::string> next;
      for (const Edge& edge : Edges(relations)) {
        if (here.count(std::get<0>(edge)) > 0) next.insert(std::get<2>(edge));
      }
      if (next.count(to) > 0) return steps;
      here = std::move(next);
    }
    return std::nullopt;
  }
  // Calls `found` with the end of each way of one to `most` edges from `from`, none twice.
  void Trails(const std::string& from, const std::vector<Edge>& edges, uint32_t most, std::vector<Edge>* way,
              const std::function<void(const std::string&)>& found) const {
    if (way->size() == most) return;
    for (const Edge& edge : edges) {
      if (std::get<0>(edge) != from || std::count(way->begin(), way->end(), edge) > 0) continue;
      way->push_back(edge);
      found(std::get<2>(edge));
      Trails(std::get<2>(edge), edges, most, way, found);
      way->pop_back();
    }
  }
  // The names of what hangs together with it, or none where no edge touches it.
  std::set<std::string> Component(const std::string& of, std::string_view relations) const {
    std::set<std::string> found;
    for (bool grows = true; grows;) {
      grows = false;
      for (const Edge& edge : Edges(relations)) {
        const auto& [a, relation, b, place] = edge;
        if (a != of && b != of && found.count(a) == 0 && found.count(b) == 0) continue;
        grows = found.insert(a).second || grows;
        grows = found.insert(b).second || grows;
      }
    }
    return found;
  }
  const World& world() const { return world_; }

 private:
  const World& world_;
  const Terms& terms_;
  std::map<Edge, std::vector<uint32_t>> support_;
};

std::string List(const std::vector<int>& values) {
  std::vector<std::string> texts;
  for (const int value : values) texts.push_back(StrCat(value));
  return StrCat("[", Join(texts, ", "), "]");
}

struct Question {
  const char* query;
  Rows (*expected)(const Filtered&);
};

const Question kQuestions[] = {
    {"MATCH (a:State)-[e:R|S]->(b) RETURN a.key, type(e), b.key, e.place.key, disputed(e)",
     [](const Filtered& of) {
       Rows rows;
       for (const Edge& edge : of.Edges("RS")) {
         const auto& [a, relation, b, place] = edge;
         rows.insert(Row(
             {a, relation, b, place.empty() ? "null" : place, of.ClaimsOn(edge, "denies").empty() ? "false" : "true"}));
       }
       return rows;
     }},
    {"MATCH (a)-[e:R|S]->(b) LET ids = [c IN claims(e) | c.id] UNWIND ids AS id RETURN a.key, type(e), b.key, id",
     [](const Filtered& of) {
       Rows rows;
       for (const Edge& edge : of.Edges("RS")) {
         for (const std::string& id : of.ClaimsOn(edge)) {
           rows.insert(Row({std::get<0>(edge), std::get<1>(edge), std::get<2>(edge), id}));
         }
       }
       return rows;
     }},
    {"MATCH (a)-[e:R|S]->(b) RETURN a.key, b.key, e.quantity.value, [v IN values(e, 'quantity') | v.value], e.grade, "
     "values(e, 'grade')",
     [](const Filtered& of) {
       Rows rows;
       for (const Edge& edge : of.Edges("RS")) {
         const std::vector<int> quantities = of.OfClaims(edge, &Said::quantity);
         const std::vector<int> grades = of.OfClaims(edge, &Said::grade);
         rows.insert(Row({std::get<0>(edge), std::get<2>(edge), Number(of.First(quantities)), List(quantities),
                          Number(of.First(grades)), List(grades)}));
       }
       return rows;
     }},
    {"MATCH (a:State) RETURN a.key, a.size, values(a, 'size')",
     [](const Filtered& of) {
       Rows rows;
       for (const std::string& state : kStates)
         rows.insert(Row({state, Number(of.Size(state)), List(of.Sizes(state))}));
       return rows;
     }},
    {"MATCH (a:State {size: 2}) RETURN a.key",
     [](const Filtered& of) {
       Rows rows;
       for (const std::string& state : kStates) {
         if (of.Size(state) == 2) rows.insert(state);
       }
       return rows;
     }},
    {"MATCH (a)-[e:R|S]->(b) WHERE e.place.key = 'p0' RETURN a.key, type(e), b.key",
     [](const Filtered& of) {
       Rows rows;
       for (const auto& [a, relation, b, place] : of.Edges("RS")) {
         if (place == "p0") rows.insert(Row({a, relation, b}));
       }
       return rows;
     }},
    {"MATCH (a)-[e:R]->(b) RETURN a.key, count(e), count(DISTINCT b), sum(b.size), max(e.grade)",
     [](const Filtered& of) {
       Rows rows;
       for (const std::string& state : kStates) {
         int edges = 0, sum = 0;
         std::optional<int> grade;
         std::set<std::string> ends;
         for (const Edge& edge : of.Edges("R")) {
           if (std::get<0>(edge) != state) continue;
           ++edges;
           ends.insert(std::get<2>(edge));
           sum += of.Size(std::get<2>(edge)).value_or(0);
           const std::optional<int> own = of.First(of.OfClaims(edge, &Said::grade));
           if (own.has_value()) grade = std::max(grade.value_or(0), *own);
         }
         if (edges > 0) rows.insert(Row({state, StrCat(edges), StrCat(ends.size()), StrCat(sum), Number(grade)}));
       }
       return rows;
     }},
    {"MATCH (a)-[:R]->(b)-[:S]->(c) RETURN count(*)",
     [](const Filtered& of) {
       int count = 0;
       for (const Edge& first : of.Edges("R")) {
         for (const Edge& second : of.Edges("S")) count += std::get<2>(first) == std::get<0>(second) ? 1 : 0;
       }
       return Rows{StrCat(count)};
     }},
    {"MATCH (a:State) WHERE NOT EXISTS { (a)-[:R]->() } RETURN a.key",
     [](const Filtered& of) {
       Rows rows(kStates.begin(), kStates.end());
       for (const Edge& edge : of.Edges("R")) rows.erase(std::get<0>(edge));
       return rows;
     }},
    {"MATCH (a:State) OPTIONAL MATCH (a)-[:S]->(b) RETURN a.key, b.key",
     [](const Filtered& of) {
       Rows rows;
       for (const std::string& state : kStates) {
         const size_t before = rows.size();
         for (const Edge& edge : of.Edges("S")) {
           if (std::get<0>(edge) == state) rows.insert(Row({state, std::get<2>(edge)}));
         }
         if (rows.size() == before) rows.insert(Row({state, "null"}));
       }
       return rows;
     }},
    {"MATCH p = ANY SHORTEST (a:State)-[:R]->+(b:State) RETURN a.key, b.key, length(p)",
     [](const Filtered& of) {
       Rows rows;
       for (const std::string& from : kStates) {
         for (const std::string& to : kStates) {
           const std::optional<int> steps = of.Distance(from, to, "R");
           if (steps.has_value()) rows.insert(Row({from, to, StrCat(*steps)}));
         }
       }
       return rows;
     }},
    {"MATCH TRAIL (a {key: 'e0'})-[:R|S]->{1,3}(b) RETURN b.key, count(*)",
     [](const Filtered& of) {
       std::map<std::string, int> ends;
       std::vector<Edge> way;
       of.Trails("e0", of.Edges("RS"), 3, &way, [&](const std::string& end) { ++ends[end]; });
       Rows rows;
       for (const auto& [end, count] : ends) rows.insert(Row({end, StrCat(count)}));
       return rows;
     }},
    {"MATCH p = (a:State)-[e:R|S WHERE e.grade >= 2]->{1,2}(b) RETURN a.key, b.key",
     [](const Filtered& of) {
       std::vector<Edge> edges;
       for (const Edge& edge : of.Edges("RS")) {
         if (of.First(of.OfClaims(edge, &Said::grade)).value_or(0) >= 2) edges.push_back(edge);
       }
       Rows rows;
       for (const std::string& from : kStates) {
         std::vector<Edge> way;
         of.Trails(from, edges, 2, &way, [&](const std::string& end) { rows.insert(Row({from, end})); });
       }
       return rows;
     }},
    {"CALL graph.components({relations: ['R', 'S']}) YIELD node, size RETURN node.key, size",
     [](const Filtered& of) {
       Rows rows;
       for (const std::string& state : kStates) {
         const std::set<std::string> together = of.Component(state, "RS");
         if (!together.empty()) rows.insert(Row({state, StrCat(together.size())}));
       }
       return rows;
     }},
    {"MATCH (a {key: 'e1'}), (b {key: 'e2'}) CALL graph.shortestPath(a, b, {relations: ['R', 'S']}) YIELD cost RETURN "
     "cost",
     [](const Filtered& of) {
       const std::optional<int> steps = of.Distance("e1", "e2", "RS");
       return steps.has_value() ? Rows{StrCat(*steps, ".0")} : Rows{};
     }},
    // Claims are nodes whatever they say, and in every view.
    {"MATCH (c:Claim)-[:FROM_DOCUMENT]->(d) RETURN c.id, c.act, d.key",
     [](const Filtered& of) {
       Rows rows;
       for (const Said& said : of.world().claims()) rows.insert(Row({said.id, said.act, said.document}));
       return rows;
     }},
};

// --- The stores that are asked. ---

Claim ToClaim(const Said& said, const World& world) {
  const auto& [subject, relation, object, place] = said.edge;
  Claim claim = MakeClaim(said.id, subject, relation, object, said.document);
  if (relation == "size") claim.proposition.object = Term::Literal(Value::Integer(std::stoll(object)));
  if (!place.empty()) claim.proposition.identifying = {{"place", Term::Entity(place)}};
  claim.act = *ParseAct(said.act);
  claim.certainty = static_cast<Certainty>(said.certainty);
  claim.rank = static_cast<Rank>(said.rank);
  if (said.valid.has_value()) claim.valid = *EdtfTime::Parse(said.valid->Text());
  if (said.said > 0) claim.said = *EdtfTime::Parse(StrCat(said.said));
  if (said.quantity > 0) claim.quantity = Quantity::Exactly(said.quantity, "piece");
  if (said.grade > 0) claim.qualifiers = {{"grade", Term::Literal(Value::Integer(said.grade))}};
  claim.asserters = said.asserters;
  for (const uint32_t old : said.supersedes) claim.supersedes.push_back(world.claims()[old].id);
  return claim;
}

void Commit(const World& world, uint32_t commit, Store* store) {
  Transaction transaction = store->Begin();
  if (commit == 0) {
    transaction.AddEntity(MakeEntity("org/monitor", "Monitor", "Organ"));
    for (const std::string& key : kStates) transaction.AddEntity(MakeEntity(key, key, "State"));
    for (const std::string& key : kOrgans) transaction.AddEntity(MakeEntity(key, key, "Organ"));
    for (const std::string& key : kPlaces) transaction.AddEntity(MakeEntity(key, key, "Place"));
    for (const std::string& key : kDocuments) transaction.AddDocument(MakeDocument(key, "org/monitor"));
  }
  for (const Said& said : world.claims()) {
    if (said.commit == commit) transaction.AddClaim(ToClaim(said, world));
  }
  const auto report = transaction.Commit();
  ASSERT_TRUE(report.ok()) << report.status();
}

class ViewsNaiveTest : public testing::Test {
 protected:
  static constexpr uint32_t kWorlds = 8, kViews = 30;

  void SetUp() override {
    const char* const seed = std::getenv("DOSSIER_SEED");
    first_seed_ = seed == nullptr ? 1 : static_cast<uint32_t>(std::strtoul(seed, nullptr, 10));
    const Ontology ontology = *ReadOntology(kOntology, "ontology.toml");
    for (uint32_t i = 0; i < kWorlds; ++i) {
      worlds_.push_back(World::Generate(first_seed_ + i));
      ASSERT_TRUE(Store::Create(Path(i), ontology).ok());
    }
    // Each load of all worlds in another second, for `known_at` to tell them apart.
    for (uint32_t commit = 0; commit < kCommits; ++commit) {
      if (commit > 0) WaitForAnotherSecond();
      for (uint32_t i = 0; i < kWorlds; ++i) {
        const auto store = Store::Open(Path(i));
        ASSERT_TRUE(store.ok()) << store.status();
        Commit(worlds_[i], commit, store->get());
        if (HasFatalFailure()) return;
        if (commit > 0) continue;
        ASSERT_TRUE(WriteImage(**store).ok());
      }
      times_.push_back(Now());
    }
  }
  std::string Path(uint32_t world) const { return folder_.path(StrCat("db", world)); }

  static std::string Now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
    return text;
  }
  static void WaitForAnotherSecond() {
    const std::string before = Now();
    while (Now() == before) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  // Asks everything of one world, the image of which is as `how` says.
  void Compare(uint32_t world, bool use_image, const char* how) {
    const auto store = Store::Open(Path(world), {.read_only = true, .use_image = use_image});
    ASSERT_TRUE(store.ok()) << store.status();
    const auto session = Session::Open(**store);
    ASSERT_TRUE(session.ok()) << session.status();
    const uint32_t seed = first_seed_ + world;
    Random random(seed);
    for (uint32_t view = 0; view < kViews; ++view) {
      const Terms terms = view == 0 ? Terms() : World::GenerateTerms(random);
      const Filtered filtered(worlds_[world], terms);
      for (const Question& question : kQuestions) {
        const std::string query = terms.Text(times_) + question.query;
        const absl::StatusOr<Answer> answer = (*session)->Run(query, {});
        ASSERT_TRUE(answer.ok()) << query << "\n" << DiagnosticsOf(answer.status()).front().ToString();
        Rows rows;
        for (const AnswerRow& row : answer->rows) rows.insert(RowText(row));
        ASSERT_EQ(rows, question.expected(filtered)) << "seed " << seed << ", image " << how << ": " << query;
        rows_ += rows.size();
      }
      CompareNotes(**session, terms, filtered, StrCat("seed ", seed, ", image ", how));
      if (HasFatalFailure()) return;
    }
  }
  // What an edge rests on is what the view admits of those who affirm it.
  void CompareNotes(const Session& session, const Terms& terms, const Filtered& filtered, const std::string& where) {
    const std::string query = terms.Text(times_) + "MATCH (a)-[e:R]->(b) RETURN a.key, b.key, e.place.key";
    const absl::StatusOr<Answer> answer = session.Run(query, {});
    ASSERT_TRUE(answer.ok()) << query;
    std::multiset<std::string> noted, expected;
    const PropertyId id = session.image().FindProperty("id");
    for (const AnswerRow& row : answer->rows) {
      std::vector<std::string> ids;
      for (const uint32_t note : row.notes) {
        ids.push_back(
            session.image().VertexProperty(session.image().claim(answer->notes[note - 1].claim).vertex(), id).string());
      }
      std::sort(ids.begin(), ids.end());
      noted.insert(StrCat(RowText(row), ": ", Join(ids, " ")));
    }
    for (const Edge& edge : filtered.Edges("R")) {
      const auto& [a, relation, b, place] = edge;
      std::vector<std::string> ids;
      for (const uint32_t claim : filtered.Support(edge)) ids.push_back(filtered.world().claims()[claim].id);
      std::sort(ids.begin(), ids.end());
      expected.insert(StrCat(Row({a, b, place.empty() ? "null" : place}), ": ", Join(ids, " ")));
    }
    ASSERT_EQ(noted, expected) << where << ": " << query;
  }
  static std::string RowText(const AnswerRow& row) {
    std::vector<std::string> cells;
    for (const Value& value : row.values) {
      cells.push_back(value.type() == Value::Type::kString ? std::string(value.string()) : ToString(value));
    }
    return Row(cells);
  }

  TempFolder folder_;
  uint32_t first_seed_ = 1;
  std::vector<World> worlds_;
  std::vector<std::string> times_;  // of the commits
  size_t rows_ = 0;
};

TEST_F(ViewsNaiveTest, ShowWhatAPlainFilterOfTheClaimsLeaves) {
  for (uint32_t world = 0; world < kWorlds; ++world) {
    Compare(world, /*use_image=*/true, "extended by two loads");
    if (HasFatalFailure()) return;
    Compare(world, /*use_image=*/false, "built");
    if (HasFatalFailure()) return;
    {
      const auto store = Store::Open(Path(world), {.read_only = true});
      ASSERT_TRUE(WriteImage(**store).ok());
    }
    Compare(world, /*use_image=*/true, "mapped");
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(rows_, 10000u);  // that there was something to be found out
}

}  // namespace
}  // namespace dossier
