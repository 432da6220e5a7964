// Generated claim sets with planted contradictions and near misses: all that was planted is found and graded hard, and
// nothing else is. Each plant and each near miss has entities of its own, in one store, in an order drawn by the seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/query/contradiction_world.h"

namespace dossier {
namespace {

constexpr std::string_view kOntology = R"(
[ontology]
name = "planted"
version = "1"
[types.Actor]
[types.Place]
[types.State]
extends = ["Actor", "Place"]
[types.Thing]
[types.Treaty]
[relations.KIND_OF]
containment = "kind-of"
transitive = true
[relations.LOCATED_IN]
containment = "located-in"
[relations.ORGAN_OF]
containment = "organ-of"
[relations.MEMBER_OF]
containment = "member-of"
[relations.USED]
object = ["Thing"]
[relations.USED.qualifiers.place]
range = ["Place"]
[relations.USED.qualifiers.event]
range = ["Event"]
[relations.USED.qualifiers.carrier]
range = ["Thing"]
[relations.USED.entails_upward]
subject = ["ORGAN_OF"]
object = ["KIND_OF"]
place = ["LOCATED_IN"]
carrier = ["KIND_OF"]
[relations.HOLDS]
object = ["Thing"]
[relations.BOUGHT]
object = ["Thing"]
order = [{ after = "founded" }]
[relations.BOUGHT.qualifiers.deal]
range = ["Event"]
[relations.PARTY_TO]
[relations.OUTSIDER_OF]
excludes = ["PARTY_TO"]
[relations.founded]
value = "time"
functional = true
functional_in_time = false
[relations.VOTED]
[relations.VOTED.qualifiers.vote]
value = "string"
single_valued = true
[relations.SUPPORTS]
kind = "position"
excludes = ["OPPOSES"]
[relations.OPPOSES]
kind = "position"
[relations.GREW_FROM]
kind = "comparison"
countable = false
rate = "increase"
)";

class Planted : public ::testing::TestWithParam<uint32_t> {
 protected:
  Planted() : world_(kOntology), random_(GetParam()) {}

  // A fresh entity for every case: "state/n17-a".
  std::string New(const std::string& type, const std::string& name) {
    std::string key = StrCat(AsciiLower(type), "/n", case_, "-", name);
    world_.Entity(key, type);
    return key;
  }
  // A claim of the case at hand; `name` is unique within it.
  void Say(const std::string& name, Said said) {
    said.id = StrCat("c", case_, "-", name);
    claims_.push_back(std::move(said));
  }
  std::string Year() { return StrCat(1950 + random_() % 70); }
  // "Hard": the ids of both sides, however they are grouped.
  void Expect(const std::vector<std::string>& first, const std::vector<std::string>& second) {
    for (const auto* side : {&first, &second}) {
      for (const std::string& name : *side) expected_.insert(StrCat("c", case_, "-", name));
    }
  }

  void Denial(bool met) {
    const std::string state = New("State", "a"), army = New("Actor", "army"), other = New("State", "b");
    const std::string kind = New("Thing", "class"), model = New("Thing", "model"), carrier = New("Thing", "carrier");
    const std::string place = New("Place", "town"), event = New("Event", "war"), year = Year();
    Say("k1", {.subject = model, .relation = "KIND_OF", .object = kind});
    Say("k2", {.subject = place, .relation = "LOCATED_IN", .object = other});
    Say("k3", {.subject = army, .relation = "ORGAN_OF", .object = state});
    Say("k4", {.subject = other, .relation = "MEMBER_OF", .object = New("Actor", "coalition")});
    const Said denial = {.subject = state,
                         .relation = "USED",
                         .object = kind,
                         .qualifiers = {{"place", other}, {"event", event}},
                         .valid = year,
                         .act = Act::kDenies,
                         .by = state};
    Said use = {.subject = army,
                .relation = "USED",
                .object = model,
                .qualifiers = {{"place", place}, {"event", event}, {"carrier", carrier}},
                .valid = year};
    if (met) {
      Say("d", denial);
      Say("u", use);
      return Expect({"d"}, {"u"});
    }
    Said miss = denial;
    switch (random_() % 9) {
      case 0:  // another carrier than the one denied
        miss.qualifiers["carrier"] = New("Thing", "other-carrier");
        break;
      case 1:  // only the model is denied, and the class was used
        miss.object = model;
        use.object = kind;
        break;
      case 2:  // another time
        use.valid = StrCat(std::stoi(year) + 10);
        break;
      case 3:  // another event
        use.qualifiers["event"] = New("Event", "other-war");
        break;
      case 4:  // a coalition is none of its members
        use.subject = StrCat("actor/n", case_, "-coalition");
        break;
      case 5:  // a state of similar name
        use.subject = New("State", "a-new");
        break;
      case 6:  // silence is no denial
        miss.act = Act::kNoComment;
        break;
      case 7:  // not certain
        use.certainty = Certainty::kProbable;
        break;
      default:  // where it was denied, nothing was claimed
        use.qualifiers["place"] = New("Place", "elsewhere");
        break;
    }
    Say("d", miss);
    Say("u", use);
  }

  void Status(bool met) {
    const std::string state = New("State", "a"), treaty = New("Treaty", "t"), year = Year();
    Say("p", {.subject = state, .relation = "PARTY_TO", .object = treaty, .valid = year});
    const bool other_time = !met && random_() % 2 == 0;
    Say("o", {.subject = state,
              .relation = "OUTSIDER_OF",
              .object = met || other_time ? treaty : New("Treaty", "u"),
              .valid = other_time ? StrCat(std::stoi(year) - 3) : year});
    if (met) Expect({"p"}, {"o"});
  }

  void Vote(bool met) {
    const std::string state = New("State", "a"), call = New("Event", "call");
    Say("v", {.subject = state, .relation = "VOTED", .object = call, .qualifiers = {{"vote", "'yes'"}}});
    const std::string same = random_() % 2 == 0 ? "'yes'" : "'YES '";
    Say("w", {.subject = state, .relation = "VOTED", .object = call, .qualifiers = {{"vote", met ? "'no'" : same}}});
    if (met) Expect({"v"}, {"w"});
  }

  void Amount(bool met) {
    const std::string state = New("State", "a"), thing = New("Thing", "t"), deal = New("Event", "deal");
    const auto say = [&](const std::string& name, std::string quantity, std::string unit) {
      Say(name, {.subject = state,
                 .relation = "BOUGHT",
                 .object = thing,
                 .qualifiers = {{"deal", deal}},
                 .quantity = std::move(quantity),
                 .unit = std::move(unit)});
    };
    const uint32_t number = 100 + static_cast<uint32_t>(random_() % 100);
    if (met) {
      say("m", StrCat(number), "piece");
      say("n", random_() % 2 == 0 ? StrCat("more than ", number) : StrCat(number + 1), "piece");
      return Expect({"m"}, {"n"});
    }
    const uint32_t way = static_cast<uint32_t>(random_() % 3);
    say("m", StrCat(number), "piece");
    say("n",
        way == 0   ? StrCat("more than ", number - 3)
        : way == 1 ? StrCat("about ", number + 9)
                   : StrCat(number + 1),
        way == 2 ? "crate" : "piece");
  }

  void List(bool met) {
    const std::string group = New("Group", "g");
    const uint32_t size = 3 + static_cast<uint32_t>(random_() % 5);
    std::vector<std::string> members = {"l"};
    const bool open = !met && random_() % 2 == 0;
    const uint32_t stated = met ? size + 1 : open ? size + 4 : size;
    Say("n", {.subject = group,
              .relation = "stated_count",
              .object = StrCat(stated),
              .quantity = StrCat(stated),
              .unit = "state"});
    Say("l", {.subject = group, .relation = "list", .object = open ? "'open'" : "'closed'"});
    for (uint32_t i = 0; i < size; ++i) {
      members.push_back(StrCat("m", i));
      Say(members.back(), {.subject = group, .relation = "HAS_MEMBER", .object = New("State", StrCat("m", i))});
    }
    if (met) Expect({"n"}, members);
  }

  void Order(bool met) {
    const std::string state = New("State", "a"), thing = New("Thing", "t");
    const int year = std::stoi(Year());
    Say("f", {.subject = state, .relation = "founded", .object = StrCat("@", year, "-06-30")});
    Say("b", {.subject = state,
              .relation = "BOUGHT",
              .object = thing,
              .valid = StrCat(met ? year - 1 : year + static_cast<int>(random_() % 3))});
    if (met) Expect({"f"}, {"b"});
  }

  void Rate(bool met) {
    const std::string after = New("Event", "after"), before = New("Event", "before"), state = New("State", "a");
    const auto number = [&](const std::string& name, const std::string& event, const std::string& quantity) {
      Say(name, {.subject = state,
                 .relation = "BOUGHT",
                 .object = New("Thing", "t"),
                 .qualifiers = {{"deal", event}},
                 .quantity = quantity,
                 .unit = "attack"});
    };
    const bool bounds = !met && random_() % 2 == 0;
    number("x", after, bounds ? "at least 150" : "150");
    number("y", before, bounds ? "at least 100" : "100");
    Say("g", {.subject = after,
              .relation = "GREW_FROM",
              .object = before,
              .quantity = met || bounds ? "more than 60" : "50",
              .unit = "percent"});
    if (met) Expect({"g"}, {"x", "y"});
  }

  // Never hard: a position is no fact, and who changes his mind does not contradict himself.
  void Position() {
    const std::string state = New("State", "a"), treaty = New("Treaty", "t");
    Say("s", {.subject = state, .relation = "SUPPORTS", .object = treaty, .valid = "2001"});
    Say("o", {.subject = state, .relation = "OPPOSES", .object = treaty, .valid = "2011"});
  }

  World world_;
  std::mt19937 random_;
  uint32_t case_ = 0;
  std::vector<Said> claims_;
  std::set<std::string> expected_;
};

TEST_P(Planted, HardFindingsAreThosePlanted) {
  const std::vector<std::function<void(bool)>> kinds = {
      [this](bool met) { Denial(met); }, [this](bool met) { Status(met); }, [this](bool met) { Vote(met); },
      [this](bool met) { Amount(met); }, [this](bool met) { List(met); },   [this](bool met) { Order(met); },
      [this](bool met) { Rate(met); },   [this](bool) { Position(); }};
  size_t planted = 0;
  for (case_ = 0; case_ < 200; ++case_) {
    const size_t before = expected_.size();
    kinds[random_() % kinds.size()](random_() % 3 == 0);
    planted += expected_.size() > before ? 1 : 0;
  }
  std::shuffle(claims_.begin(), claims_.end(), random_);
  for (Said& said : claims_) world_.Say(std::move(said));
  ASSERT_GT(planted, 20u);

  ContradictionOptions options;
  options.grades = {Grade::kHard};
  std::set<std::string> found;
  size_t findings = 0;
  for (const Finding& finding : world_.Find(options)) {
    ++findings;
    for (const auto& side : finding.sides) {
      for (const ClaimId claim : side) found.insert(world_.said()[claim.value].id);
    }
  }
  EXPECT_EQ(found, expected_) << "seed " << GetParam();
  EXPECT_EQ(findings, planted) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, Planted, ::testing::Range(1u, 41u),
                         [](const ::testing::TestParamInfo<uint32_t>& seed) { return StrCat("seed", seed.param); });

}  // namespace
}  // namespace dossier
