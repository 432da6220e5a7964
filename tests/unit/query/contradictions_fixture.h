// A small field for tests of contradictions: its ontology, who and what there is in it, and the denial of most tests.
#ifndef DOSSIER_TESTS_UNIT_QUERY_CONTRADICTIONS_FIXTURE_H_
#define DOSSIER_TESTS_UNIT_QUERY_CONTRADICTIONS_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/unit/query/contradiction_world.h"

namespace dossier {

inline constexpr std::string_view kTestField = R"(
[ontology]
name = "test"
version = "1"
[types.Actor]
[types.Place]
[types.State]
extends = ["Actor", "Place"]
[types.Thing]
[types.Conflict]
extends = ["Event"]
[types.Treaty]

[relations.KIND_OF]
containment = "kind-of"
transitive = true
phrase = "is a kind of"
[relations.PART_OF]
containment = "part-of"
transitive = true
[relations.LOCATED_IN]
containment = "located-in"
transitive = true
[relations.ORGAN_OF]
containment = "organ-of"
transitive = true
[relations.MEMBER_OF]
containment = "member-of"

[relations.HANDLED]
subject = ["Actor"]
object = ["Thing"]
[relations.POSSESSES]
object = ["Thing"]
entails_upward = { subject = ["ORGAN_OF"], object = ["KIND_OF"] }
[relations.USED]
extends = ["HANDLED"]
subject = ["Actor"]
object = ["Thing"]
implies = [
  { relation = "USED_IN", subject = "object", object = "place" },
  { relation = "POSSESSES" },
]
[relations.USED.qualifiers.place]
range = ["Place"]
[relations.USED.qualifiers.event]
range = ["Event"]
[relations.USED.qualifiers.carrier]
range = ["Thing"]
[relations.USED.qualifiers.manner]
value = "string"
[relations.USED.entails_upward]
subject = ["ORGAN_OF"]
object = ["KIND_OF", "PART_OF"]
place = ["LOCATED_IN"]
event = ["PART_OF"]
carrier = ["KIND_OF"]
[relations.USED_IN]
object = ["Place"]
implies = [{ relation = "STOCKPILES", subject = "object", object = "subject", certainty = "possible", description = "what was used there was the state's own" }]
[relations.USED_IN.entails_upward]
subject = ["KIND_OF"]
object = ["LOCATED_IN"]
[relations.STOCKPILES]
extends = ["POSSESSES"]
[relations.PRESENT_AT]
object = ["Place"]
entails_upward = { subject = ["KIND_OF"], object = ["LOCATED_IN"] }
[relations.SEEN_AT]
kind = "evidence"
object = ["Place"]
implies = [{ relation = "PRESENT_AT" }]
[relations.ALLIED_WITH]
symmetric = true
[relations.occurred]
subject = ["Event"]
value = "time"

[relations.PARTY_TO]
[relations.NOT_PARTY_TO]
excludes = ["PARTY_TO"]
[relations.OUTSIDER_OF]
extends = ["NOT_PARTY_TO"]
[relations.capital]
value = "string"
functional = true
[relations.founded]
value = "time"
functional = true
functional_in_time = false
phrase = "was founded"
[relations.dissolved]
value = "time"
functional = true
functional_in_time = false
[relations.PRODUCED]
object = ["Thing"]
entails_upward = { object = ["KIND_OF"] }
[relations.EXPORTED]
order = [
  { after = "founded", description = "a state cannot act before it exists" },
  { before = "dissolved" },
  { after = "PRODUCED", role = "object", as = "object", description = "nothing is exported before it is made" },
]
entails_upward = { subject = ["ORGAN_OF"], object = ["KIND_OF"] }
[relations.SHIPPED]
extends = ["EXPORTED"]
[relations.piece_count]
value = "integer"
functional = true
functional_in_time = false
[relations.HEADED_BY]
functional = true
functional_over = ["office"]
[relations.HEADED_BY.qualifiers.office]
range = ["Thing"]
[relations.status]
value = "string"
[relations.VOTED]
[relations.VOTED.qualifiers.vote]
value = "string"
single_valued = true
[relations.ACQUIRED]
[relations.ACQUIRED.qualifiers.deal]
range = ["Event"]
[relations.SUPPORTS]
kind = "position"
excludes = ["OPPOSES"]
[relations.OPPOSES]
kind = "position"
[relations.CONDEMNS]
kind = "position"
[relations.GREW_FROM]
kind = "comparison"
countable = false
rate = "increase"
[relations.COMPARABLE]
kind = "comparison"

[[exclusive_values]]
attribute = "status"
values = ["party", "non-signatory"]
[[exclusive_values]]
attribute = "status"
values = ["party", "non-signatory", "unknown"]
certainty = "probable"
description = "that the status was known to whoever calls it unknown"
)";

class ContradictionsTest : public ::testing::Test {
 protected:
  ContradictionsTest() : world_(kTestField) {
    world_.Entities("State", {"state/a", "state/b", "state/old-a", "state/g"});
    world_.Entities("Actor", {"org/commission", "org/other", "organ/army", "coalition/ab"});
    world_.Entities("Place", {"place/town"});
    world_.Entities("Thing", {"thing/cluster", "thing/bomb", "thing/sub", "thing/rocket", "office/president"});
    world_.Entities("Conflict", {"event/war", "event/strike", "event/other-war"});
    world_.Entities("Treaty", {"treaty/ccm"});
    world_.Entities("Group", {"group/x", "group/part1", "group/part2"});
    Structure("k1", "thing/bomb", "KIND_OF", "thing/cluster");
    Structure("k2", "thing/sub", "PART_OF", "thing/bomb");
    Structure("k3", "place/town", "LOCATED_IN", "state/g");
    Structure("k4", "organ/army", "ORGAN_OF", "state/a");
    Structure("k5", "event/strike", "PART_OF", "event/war");
    Structure("k6", "state/a", "MEMBER_OF", "coalition/ab");
    Structure("k7", "state/a", "SUCCEEDS", "state/old-a");
  }
  void Structure(const std::string& id, const std::string& from, const std::string& relation, const std::string& to) {
    if (relation == "SUCCEEDS") return;
    world_.Say({.id = id, .subject = from, .relation = relation, .object = to});
  }
  // The denial of most tests: a did not use cluster bombs in g, in the war.
  void DenyUse(Said said = {}) {
    said.id = "d";
    said.subject = "state/a";
    said.relation = "USED";
    said.object = "thing/cluster";
    if (said.qualifiers.empty()) said.qualifiers = {{"place", "state/g"}, {"event", "event/war"}};
    said.act = Act::kDenies;
    said.by = "state/a";
    world_.Say(said);
  }

  World world_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_CONTRADICTIONS_FIXTURE_H_
