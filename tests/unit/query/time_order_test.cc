// in_time_order(p): the same paths as a plain check of all paths finds, on generated graphs, whatever the search gives
// up early; and that it does give up early. A case that fails names its seed.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/session.h"

namespace dossier {
namespace {

constexpr int kVertices = 6;

// An edge, and the years in the first and the last of which it may have begun.
struct Sent {
  int from, to;
  int earliest = 0, latest = 9999;  // undated
  bool dated() const { return latest != 9999; }
  std::string Text() const { return earliest == latest ? StrCat(earliest) : StrCat("[", earliest, "..", latest, "]"); }
};
using Way = std::vector<int>;  // numbers of edges

std::unique_ptr<Session> SessionOver(const std::vector<Sent>& edges, int vertices) {
  ImageBuilder builder(/*sourced=*/false);
  const PropertyId id = builder.Property("id"), number = builder.Property("number"), valid = builder.Property("valid");
  std::vector<VertexId> nodes;
  for (int i = 0; i < vertices; ++i) {
    nodes.push_back(builder.AddEntity("", {builder.Label("N")}));
    builder.SetVertexProperty(nodes.back(), id, Value::Integer(i));
  }
  for (size_t i = 0; i < edges.size(); ++i) {
    const EdgeId edge = builder.AddEdge(nodes[edges[i].from], builder.Relation("R"), nodes[edges[i].to]);
    builder.AddEdgeProperty(edge, number, Value::Integer(static_cast<int64_t>(i)));
    if (edges[i].dated()) builder.AddEdgeProperty(edge, valid, Value::Time(*EdtfTime::Parse(edges[i].Text())));
  }
  return Session::OverGraph(builder.Build());
}

std::vector<Sent> Generate(std::mt19937& random) {
  const auto below = [&](uint32_t n) { return static_cast<int>(random() % n); };
  std::vector<Sent> edges;
  for (int i = 0; i < 14; ++i) {
    Sent edge{below(kVertices), below(kVertices)};
    if (below(6) != 0) {
      edge.earliest = edge.latest = 2001 + below(6);
      if (below(4) == 0) edge.latest += 1 + below(3);
    }
    edges.push_back(edge);
  }
  return edges;
}

// Certainly: each began in a year before that of the next. Possibly: some choice of years never goes back.
bool InOrder(const std::vector<Sent>& edges, const Way& way, bool possibly) {
  int now = 0;
  for (size_t i = 0; i < way.size(); ++i) {
    const Sent& edge = edges[static_cast<size_t>(way[i])];
    if (possibly) {
      now = std::max(now, edge.earliest);
      if (now > edge.latest) return false;
    } else if (i > 0 && edges[static_cast<size_t>(way[i - 1])].latest >= edge.earliest) {
      return false;
    }
  }
  return true;
}

// Calls `found` with each way of one to `most` edges from `from` and where it ends; each edge once, or as often as may
// be.
void Ways(const std::vector<Sent>& edges, int from, size_t most, bool once, Way* way,
          const std::function<void(const Way&, int)>& found) {
  if (way->size() == most) return;
  for (size_t i = 0; i < edges.size(); ++i) {
    const int number = static_cast<int>(i);
    if (edges[i].from != from || (once && std::count(way->begin(), way->end(), number) > 0)) continue;
    way->push_back(number);
    found(*way, edges[i].to);
    Ways(edges, edges[i].to, most, once, way, found);
    way->pop_back();
  }
}

std::multiset<std::string> Rows(const Session& session, const std::string& query, int i) {
  QueryOptions options;
  options.parameters["i"] = Value::Integer(i);
  const absl::StatusOr<Answer> answer = session.Run(query, options);
  EXPECT_TRUE(answer.ok()) << query << "\n" << answer.status();
  std::multiset<std::string> rows;
  if (!answer.ok()) return rows;
  for (const AnswerRow& row : answer->rows) {
    std::string text;
    for (const Value& value : row.values) text += StrCat(text.empty() ? "" : " ", ToString(value));
    rows.insert(text);
  }
  return rows;
}

std::string Text(const Way& way) {
  std::string text;
  for (const int edge : way) text += StrCat(text.empty() ? "" : ", ", edge);
  return StrCat("[", text, "]");
}

class TimeOrderTest : public testing::Test {
 protected:
  void ForEachWorld(
      const std::function<void(const std::vector<Sent>&, const Session&, int start, bool possibly)>& ask) {
    for (uint32_t seed = 1; seed <= 300; ++seed) {
      SCOPED_TRACE(StrCat("seed ", seed));
      std::mt19937 random(seed);
      const std::vector<Sent> edges = Generate(random);
      const std::unique_ptr<Session> session = SessionOver(edges, kVertices);
      for (const bool possibly : {false, true}) {
        ask(edges, *session, static_cast<int>(random() % kVertices), possibly);
        if (HasFailure()) return;
      }
    }
  }
  static std::string Test(const char* path, bool possibly) {
    return StrCat("in_time_order(", path, possibly ? ", 'possible')" : ")");
  }
};

TEST_F(TimeOrderTest, OfAllPaths) {
  size_t found = 0;
  ForEachWorld([&](const std::vector<Sent>& edges, const Session& session, int i, bool possibly) {
    std::multiset<std::string> from, all, to;
    for (int start = 0; start < kVertices; ++start) {
      Way way;
      Ways(edges, start, 4, /*once=*/true, &way, [&](const Way& ways, int end) {
        if (!InOrder(edges, ways, possibly)) return;
        all.insert(Text(ways));
        if (start == i) from.insert(Text(ways));
        if (end == i) to.insert(Text(ways));
      });
    }
    const std::string rest = StrCat(" WHERE ", Test("p", possibly), " RETURN [e IN edges(p) | e.number]");
    EXPECT_EQ(Rows(session, "MATCH p = (a)-[:R]->{1,4}(b)" + rest, i), all);
    EXPECT_EQ(Rows(session, "MATCH p = (a {id: $i})-[:R]->{1,4}(b)" + rest, i), from);
    // Read from its end, and from right to left as written.
    EXPECT_EQ(Rows(session, "MATCH p = (a)-[:R]->{1,4}(b {id: $i})" + rest, i), to);
    EXPECT_EQ(Rows(session, "MATCH (b {id: $i}) MATCH p = TRAIL (a)-[:R]->{1,4}(b)" + rest, i), to);
    EXPECT_EQ(Rows(session, "MATCH (a {id: $i}) OPTIONAL MATCH p = (a)-[:R]->{1,4}(b)" + rest, i).size(),
              std::max<size_t>(from.size(), 1));
    EXPECT_EQ(Rows(session,
                   "MATCH p = (a {id: $i})-[:R]->{1,4}(b) WHERE length(p) < 4 AND " + Test("p", possibly) +
                       " AND b.id >= 0 RETURN count(p)",
                   i),
              std::multiset<std::string>{StrCat(std::count_if(from.begin(), from.end(), [](const std::string& way) {
                return std::count(way.begin(), way.end(), ',') < 3;
              }))});
    found += all.size();
  });
  EXPECT_GT(found, 3000u);
}

// As part of the search: of the walks in order, the shortest, which others may be shorter than.
TEST_F(TimeOrderTest, OfWhatASelectorChoosesFrom) {
  size_t found = 0, longer = 0;
  ForEachWorld([&](const std::vector<Sent>& edges, const Session& session, int i, bool possibly) {
    constexpr size_t kMost = 5;
    std::map<int, std::pair<size_t, int>> shortest, backward, of_two;  // by end: how long, and how many
    std::map<int, size_t> out_of_order;
    const auto take = [](std::map<int, std::pair<size_t, int>>* best, int end, size_t length) {
      auto& [least, count] = best->try_emplace(end, length, 0).first->second;
      if (length < least) least = length, count = 0;
      if (length == least) ++count;
    };
    for (int start = 0; start < kVertices; ++start) {
      Way way;
      Ways(edges, start, kMost, /*once=*/false, &way, [&](const Way& ways, int end) {
        if (start == i) {
          size_t& least = out_of_order.try_emplace(end, ways.size()).first->second;
          least = std::min(least, ways.size());
        }
        if (!InOrder(edges, ways, possibly)) return;
        if (start == i) take(&shortest, end, ways.size());
        if (start == i && ways.size() >= 2) take(&of_two, end, ways.size());
        if (end == i) take(&backward, start, ways.size());
      });
    }
    const auto rows = [](const std::map<int, std::pair<size_t, int>>& best, bool counted) {
      std::multiset<std::string> texts;
      for (const auto& [end, least] : best) {
        texts.insert(counted ? StrCat(end, " ", least.first, " ", least.second) : StrCat(end, " ", least.first));
      }
      return texts;
    };
    const std::string test = Test("q", possibly);
    EXPECT_EQ(
        Rows(session,
             "MATCH p = ANY SHORTEST (q = (a {id: $i})-[:R]->{1,5}(b) WHERE " + test + ") RETURN b.id, length(p)", i),
        rows(shortest, false));
    EXPECT_EQ(Rows(session,
                   "MATCH p = ALL SHORTEST (q = (a {id: $i})-[:R]->{1,5}(b) WHERE " + test +
                       ") RETURN b.id, length(p), count(*)",
                   i),
              rows(shortest, true));
    EXPECT_EQ(
        Rows(session,
             "MATCH p = ANY SHORTEST (q = (a)-[:R]->{1,5}(b {id: $i}) WHERE " + test + ") RETURN a.id, length(p)", i),
        rows(backward, false));
    EXPECT_EQ(Rows(session,
                   "MATCH p = ALL SHORTEST (q = (a {id: $i})-[:R]->{1,5}(b) WHERE length(q) >= 2 AND " + test +
                       ") RETURN b.id, length(p), count(*)",
                   i),
              rows(of_two, true));
    // Without a bound: it comes to an end, and finds what there is of the lengths that were tried here.
    std::multiset<std::string> unbounded;
    for (const std::string& row :
         Rows(session, "MATCH p = ANY SHORTEST (q = (a {id: $i})-[:R]->+(b) WHERE " + test + ") RETURN b.id, length(p)",
              i)) {
      if (row.back() <= '5') unbounded.insert(row);
    }
    EXPECT_EQ(unbounded, rows(shortest, false));
    for (const auto& [end, least] : shortest) {
      ++found;
      longer += least.first > out_of_order[end] ? 1 : 0;
    }
  });
  EXPECT_GT(found, 300u);
  EXPECT_GT(longer, 25u);
}

TEST_F(TimeOrderTest, OfEachRound) {
  ForEachWorld([&](const std::vector<Sent>& edges, const Session& session, int i, bool possibly) {
    std::set<std::string> expected;
    Way way;
    Ways(edges, i, 4, /*once=*/true, &way, [&](const Way& ways, int) {
      for (const ptrdiff_t first : {1, 2}) {
        const auto second = static_cast<ptrdiff_t>(ways.size()) - first;
        if (second != 1 && second != 2) continue;
        if (InOrder(edges, Way(ways.begin(), ways.begin() + first), possibly) &&
            InOrder(edges, Way(ways.begin() + first, ways.end()), possibly)) {
          expected.insert(Text(ways));
        }
      }
    });
    const std::multiset<std::string> rows =
        Rows(session,
             "MATCH p = (a {id: $i}) (q = (x)-[:R]->{1,2}(y) WHERE " + Test("q", possibly) +
                 "){2} (b) RETURN DISTINCT [e IN edges(p) | e.number]",
             i);
    EXPECT_EQ(std::set<std::string>(rows.begin(), rows.end()), expected);
  });
}

// Rungs of two edges each, the first rung out of order with all others: 2^60 ways lead up, none in order.
TEST_F(TimeOrderTest, IsGivenUpAtTheFirstStepOutOfOrder) {
  std::vector<Sent> edges = {{0, 1, 2010, 2010}, {1, 2, 2001, 2001}};
  constexpr int kRungs = 60;
  for (int i = 2; i < kRungs; ++i) {
    for (int twice = 0; twice < 2; ++twice) edges.push_back({i, i + 1, 2000 + i, 2000 + i});
  }
  const std::unique_ptr<Session> session = SessionOver(edges, kRungs + 1);
  QueryOptions options;
  options.optimizer = OptimizerOptions();  // whatever tests are run without
  options.limits.time = std::chrono::seconds(20);
  for (const char* query : {
           "MATCH p = (a {id: 0})-[:R]->+(b {id: 60}) WHERE in_time_order(p) RETURN p",
           "MATCH p = (a {id: 0})-[:R]->+(b) WHERE in_time_order(p, 'possible') AND b.id = 60 RETURN p",
           "MATCH p = TRAIL (q = (a {id: 0})-[:R]->+(b {id: 60}) WHERE in_time_order(q)) RETURN p",
           "MATCH p = ANY SHORTEST (q = (a {id: 0})-[:R]->+(b {id: 60}) WHERE in_time_order(q)) RETURN p",
       }) {
    const absl::StatusOr<Answer> answer = session->Run(query, options);
    ASSERT_TRUE(answer.ok()) << query << "\n" << answer.status();
    EXPECT_TRUE(answer->rows.empty()) << query;
  }
  // From the second rung on all are in order: one of 2^57 ways is found without the others.
  const absl::StatusOr<Answer> answer = session->Run(
      "MATCH p = ANY SHORTEST (q = (a {id: 1})-[:R]->+(b {id: 60}) WHERE in_time_order(q)) RETURN length(p)", options);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->rows.size(), 1u);
  EXPECT_EQ(answer->rows.front().values.front().integer(), 59);
}

TEST_F(TimeOrderTest, IsSaidByExplain) {
  const std::unique_ptr<Session> session = SessionOver({{0, 1, 2010, 2010}}, 2);
  QueryOptions options;
  options.optimizer = OptimizerOptions();
  const auto explain = [&](const char* query) { return *session->Explain(query, options); };
  EXPECT_NE(explain("MATCH p = (a)-[:R]->+(b) WHERE in_time_order(p) RETURN p").find(", trail, in time order;"),
            std::string::npos);
  EXPECT_NE(explain("MATCH p = (a)-[:R]->+(b) WHERE in_time_order(p, 'possible') AND a.id = 0 RETURN p")
                .find(", possibly in time order"),
            std::string::npos);
  // What a selector has chosen is judged when it is chosen.
  EXPECT_EQ(explain("MATCH p = ANY SHORTEST (a)-[:R]->+(b) WHERE in_time_order(p) RETURN p").find(", in time order;"),
            std::string::npos);
  EXPECT_EQ(explain("MATCH p = (a)-[:R]->+(b) WHERE NOT in_time_order(p) RETURN p").find(", in time order;"),
            std::string::npos);
}

// A condition on the path of a part may hold of the later of two ways to one place.
TEST_F(TimeOrderTest, AnyConditionOnAPartLooksAtAllWaysThere) {
  const std::unique_ptr<Session> session =
      SessionOver({{0, 1, 2015, 2015}, {0, 2, 2010, 2010}, {2, 1, 2011, 2011}, {1, 3, 2013, 2013}}, 4);
  EXPECT_EQ(Rows(*session,
                 "MATCH p = ANY SHORTEST (q = (a {id: $i})-[:R]->+(b {id: 3}) WHERE all(k IN range(1, length(q) - 1) "
                 "WHERE edges(q)[k - 1].valid < edges(q)[k].valid)) RETURN [e IN edges(p) | e.number]",
                 0),
            std::multiset<std::string>{"[1, 2, 3]"});
}

}  // namespace
}  // namespace dossier
