// Two roads, one answer: the index joins of FindContradictions against all pairs of claims, on generated claim sets.
//
// The naive road shares nothing with the other but the comparisons of times and quantities: it spells out everything
// that a proposition entails as texts, one step at a time, and looks whether the denied text is among them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/unit/query/contradiction_world.h"

namespace dossier {
namespace {

constexpr std::string_view kOntology = R"(
[ontology]
name = "generated"
version = "1"
[types.Actor]
[types.Place]
[types.Thing]
[relations.KIND_OF]
containment = "kind-of"
[relations.IN]
containment = "located-in"
[relations.ORGAN_OF]
containment = "organ-of"
[relations.INVOLVED]
entails_upward = { subject = ["ORGAN_OF"], object = ["KIND_OF"], place = ["IN"], event = ["PART_OF"] }
[relations.INVOLVED.qualifiers.place]
[relations.INVOLVED.qualifiers.event]
[relations.PART_OF]
containment = "part-of"
[relations.USED]
extends = ["INVOLVED"]
implies = [{ relation = "USED_IN", subject = "object", object = "place" }, { relation = "HAS" }]
[relations.USED_IN]
entails_upward = { subject = ["KIND_OF"], object = ["IN"] }
[relations.HAS]
entails_upward = { subject = ["ORGAN_OF"], object = ["KIND_OF"] }
[relations.SEEN_IN]
kind = "evidence"
implies = [{ relation = "PRESENT_IN" }]
[relations.PRESENT_IN]
entails_upward = { subject = ["KIND_OF"], object = ["IN"] }
[relations.FAVOURS]
kind = "position"
[relations.MADE_BY]
functional = true
[relations.INSIDE]
excludes = ["OUTSIDE"]
[relations.OUTSIDE]
)";

// Claim ids by "R1 hard": who takes part in what. How claims are grouped into findings plays no part.
using Parts = std::map<std::string, std::set<std::string>>;

class Generated : public ::testing::TestWithParam<uint32_t> {
 protected:
  Generated() : world_(kOntology), random_(GetParam()) {}

  size_t Below(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random_); }
  bool OneIn(size_t odds) { return Below(odds) == 0; }
  template <typename T>
  const T& Pick(const std::vector<T>& of) {
    return of[Below(of.size())];
  }

  void MakeWorld() {
    const auto make = [&](const std::string& type, const std::string& prefix, size_t count, const std::string& relation) {
      std::vector<std::string> keys;
      for (size_t i = 0; i < count; ++i) {
        keys.push_back(StrCat(prefix, "/", i));
        world_.Entity(keys.back(), type);
        if (i > 0 && !OneIn(3)) {
          Contain(keys[i], relation, keys[Below(i)]);
          if (i > 2 && OneIn(4)) Contain(keys[i], relation, keys[Below(i)]);
        }
      }
      return keys;
    };
    actors_ = make("Actor", "actor", 5, "ORGAN_OF");
    places_ = make("Place", "place", 5, "IN");
    things_ = make("Thing", "thing", 6, "KIND_OF");
    events_ = make("Event", "event", 4, "PART_OF");
  }
  void Contain(const std::string& low, const std::string& relation, const std::string& high) {
    const std::string id = StrCat("k-", low, "-", high);
    const bool known = std::any_of(world_.said().begin(), world_.said().end(), [&](const Said& s) { return s.id == id; });
    if (known) return;
    world_.Say({.id = id, .subject = low, .relation = relation, .object = high,
                .certainty = OneIn(4) ? Certainty::kProbable : Certainty::kCertain});
  }

  void MakeClaims(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      Said said;
      said.id = StrCat("c", i);
      said.relation = Pick<std::string>({"INVOLVED", "USED", "USED", "USED_IN", "HAS", "SEEN_IN", "PRESENT_IN",
                                         "FAVOURS", "MADE_BY", "INSIDE", "OUTSIDE"});
      said.subject = Pick(actors_);
      said.object = Pick(things_);
      if (said.relation == "USED" || said.relation == "INVOLVED") {
        if (!OneIn(3)) said.qualifiers["place"] = Pick(places_);
        if (OneIn(2)) said.qualifiers["event"] = Pick(events_);
      }
      if (said.relation == "USED_IN" || said.relation == "SEEN_IN" || said.relation == "PRESENT_IN") {
        said.subject = Pick(things_);
        said.object = Pick(places_);
      }
      if (said.relation == "MADE_BY") {
        said.subject = Pick(things_);
        said.object = Pick(actors_);
      }
      said.act = OneIn(3) ? Act::kDenies : OneIn(9) ? Act::kNotAdmits : Act::kAsserts;
      if (OneIn(6)) said.certainty = OneIn(2) ? Certainty::kProbable : Certainty::kUncommitted;
      if (!OneIn(3)) said.valid = Pick<std::string>({"2001", "2002", "2001/2003", "2001-05", "[2002..2005]"});
      if (OneIn(3)) {
        said.quantity = Pick<std::string>({"3", "5", "at least 4", "more than 4", "unknown", "none", "about 4"});
        said.unit = Pick<std::string>({"piece", "crate"});
      }
      said.closed = OneIn(10);
      said.by = Pick(actors_);
      world_.Say(said);
    }
  }

  // --- The naive road. ---

  // What a proposition entails, as (relation, subject, object, place, event), with the least number of assumptions.
  using Text = std::tuple<std::string, std::string, std::string, std::string, std::string>;

  static Text TextOf(const Said& said) {
    const auto get = [&](const char* name) {
      const auto at = said.qualifiers.find(name);
      return at == said.qualifiers.end() ? std::string() : at->second;
    };
    return {said.relation, said.subject, said.object, get("place"), get("event")};
  }
  // 0: as hard as what it comes from; 1: softer.
  std::map<Text, int> Entailed(const Said& said) const {
    std::map<Text, int> best{{TextOf(said), 0}};
    std::vector<Text> open{TextOf(said)};
    while (!open.empty()) {
      const Text from = open.back();
      open.pop_back();
      const int soft = best[from];
      const auto reach = [&](const Text& to, int more) {
        const int total = std::max(soft, more);
        const auto at = best.find(to);
        if (at != best.end() && at->second <= total) return;
        best[to] = total;
        open.push_back(to);
      };
      const auto& [relation, subject, object, place, event] = from;
      const auto climb = [&](const std::string& value, const std::string& along, const auto& make) {
        for (const Said& k : world_.said()) {
          if (k.relation == along && k.subject == value) reach(make(k.object), k.certainty == Certainty::kCertain ? 0 : 1);
        }
      };
      if (relation == "USED" || relation == "INVOLVED") {
        climb(subject, "ORGAN_OF", [&](const std::string& v) { return Text(relation, v, object, place, event); });
        climb(object, "KIND_OF", [&](const std::string& v) { return Text(relation, subject, v, place, event); });
        if (!place.empty()) {
          climb(place, "IN", [&](const std::string& v) { return Text(relation, subject, object, v, event); });
          reach({relation, subject, object, "", event}, 0);
        }
        if (!event.empty()) {
          climb(event, "PART_OF", [&](const std::string& v) { return Text(relation, subject, object, place, v); });
          reach({relation, subject, object, place, ""}, 0);
        }
      }
      if (relation == "USED") {
        reach({"INVOLVED", subject, object, place, event}, 0);
        if (!place.empty()) reach({"USED_IN", object, place, "", ""}, 0);
        reach({"HAS", subject, object, "", ""}, 1);
      }
      if (relation == "HAS") {
        climb(subject, "ORGAN_OF", [&](const std::string& v) { return Text(relation, v, object, "", ""); });
        climb(object, "KIND_OF", [&](const std::string& v) { return Text(relation, subject, v, "", ""); });
      }
      if (relation == "USED_IN" || relation == "PRESENT_IN") {
        climb(subject, "KIND_OF", [&](const std::string& v) { return Text(relation, v, object, "", ""); });
        climb(object, "IN", [&](const std::string& v) { return Text(relation, subject, v, "", ""); });
      }
      if (relation == "SEEN_IN") reach({"PRESENT_IN", subject, object, "", ""}, 1);
    }
    return best;
  }

  static std::optional<Quantity> QuantityOf(const Said& said) {
    if (said.quantity.empty()) return std::nullopt;
    return *ParseQuantity(said.quantity, said.unit);
  }
  // -1: cannot meet; 0: certainly do; 1: perhaps.
  static int Meet(const Said& a, const Said& b, bool a_all, bool b_all, bool same_event) {
    if (a.valid.empty() || b.valid.empty()) return same_event ? 0 : 1;
    const EdtfTime t = *EdtfTime::Parse(a.valid), u = *EdtfTime::Parse(b.valid);
    const TimeBounds tb = a_all ? t.throughout() : t.bounds(), ub = b_all ? u.throughout() : u.bounds();
    if (!PossiblyOverlaps(tb, ub)) return -1;
    return same_event || CertainlyOverlaps(tb, ub) ? 0 : 1;
  }
  static bool Counts(const Said& said, Act act) {
    return !said.closed && said.act == act && said.certainty != Certainty::kUncommitted;
  }
  static bool IsFact(const Said& said) { return said.relation != "FAVOURS" && said.relation != "SEEN_IN"; }

  static void Record(const std::string& rule, int soft, const Said& a, const Said& b, Parts* parts) {
    if (a.certainty != Certainty::kCertain || b.certainty != Certainty::kCertain) soft = 1;
    auto& ids = (*parts)[StrCat(rule, soft > 0 ? " soft" : " hard")];
    ids.insert(a.id);
    ids.insert(b.id);
  }

  Parts Naive() const {
    Parts parts;
    const std::vector<Said>& all = world_.said();
    for (const Said& a : all) {
      if (!Counts(a, Act::kAsserts)) continue;
      const std::map<Text, int> entailed = Entailed(a);
      const auto qa = QuantityOf(a);
      for (const Said& b : all) {
        const auto qb = QuantityOf(b);
        if (Counts(b, Act::kDenies) && IsFact(b) && !(qa.has_value() && qa->high == 0)) {
          const auto at = entailed.find(TextOf(b));
          if (at == entailed.end()) continue;
          if (qb.has_value() && !(qa.has_value() && SameKind(*qa, *qb) && SameBounds(*qa, *qb))) continue;
          const bool same_event = b.qualifiers.contains("event");
          const int time = Meet(b, a, true, false, same_event);
          if (time >= 0) Record("R1", std::max(time, at->second), a, b, &parts);
        }
        if (&a >= &b || !Counts(b, Act::kAsserts) || !IsFact(a) || !IsFact(b)) continue;
        const bool functional = a.relation == "MADE_BY" && b.relation == "MADE_BY" && a.subject == b.subject &&
                                a.object != b.object;
        const bool excluded = a.subject == b.subject && a.object == b.object &&
                              ((a.relation == "INSIDE" && b.relation == "OUTSIDE") ||
                               (a.relation == "OUTSIDE" && b.relation == "INSIDE"));
        if (functional || excluded) {
          const int time = Meet(a, b, true, true, false);
          if (time >= 0) Record("R2", time, a, b, &parts);
        }
        if (TextOf(a) == TextOf(b) && qa.has_value() && qb.has_value() && Disjoint(*qa, *qb)) {
          const int time = Meet(a, b, true, true, a.qualifiers.contains("event"));
          if (time >= 0) Record("R3", time, a, b, &parts);
        }
      }
    }
    return parts;
  }

  Parts Found() {
    Parts parts;
    for (const Finding& finding : world_.Find()) {
      auto& ids = parts[StrCat(Name(finding.rule), " ", Name(finding.grade))];
      for (const auto& side : finding.sides) {
        for (const ClaimId claim : side) ids.insert(world_.said()[claim.value].id);
      }
    }
    return parts;
  }

  World world_;
  std::mt19937 random_;
  std::vector<std::string> actors_, places_, things_, events_;
};

TEST_P(Generated, AsAllPairsFindThem) {
  MakeWorld();
  MakeClaims(120);
  const Parts naive = Naive();
  const Parts found = Found();
  EXPECT_FALSE(naive.empty());
  for (const char* kind : {"R1 hard", "R1 soft", "R2 hard", "R2 soft", "R3 hard", "R3 soft"}) {
    const auto ids = [&](const Parts& parts) {
      const auto at = parts.find(kind);
      return at == parts.end() ? std::set<std::string>() : at->second;
    };
    EXPECT_EQ(ids(found), ids(naive)) << kind << ", seed " << GetParam();
  }
}

std::vector<uint32_t> Seeds() {
  // DOSSIER_SEED=12345 tries another, or replays it; the seed stands in the name of the test.
  if (const char* seed = std::getenv("DOSSIER_SEED")) return {static_cast<uint32_t>(std::strtoul(seed, nullptr, 10))};
  std::vector<uint32_t> seeds;
  for (uint32_t i = 1; i <= 40; ++i) seeds.push_back(i);
  return seeds;
}
INSTANTIATE_TEST_SUITE_P(Seeds, Generated, ::testing::ValuesIn(Seeds()),
                         [](const auto& seed) { return StrCat("seed_", seed.param); });

}  // namespace
}  // namespace dossier
