#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "query/contradictions.h"
#include "query/session.h"
#include "schema/ontology_reader.h"
#include "store/store.h"

using namespace dossier;

template <typename T>
T OrExit(absl::StatusOr<T> result) {
  if (result.ok()) return *std::move(result);
  std::cerr << result.status() << '\n';
  std::exit(1);
}

// Makes a store at argv[1] with the ontology argv[2], puts in two claims, asks, and looks for contradictions.
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[2]);
  const std::string toml{std::istreambuf_iterator<char>(file), {}};
  const auto store = OrExit(Store::Create(argv[1], OrExit(ReadOntology(toml, argv[2]))));

  Transaction load = store->Begin();
  load.AddEntity({.key = "state/a", .types = {"State"}, .name = "Country A"});
  load.AddEntity({.key = "state/b", .types = {"State"}, .name = "Country B"});
  load.AddEntity({.key = "thing/x", .types = {"Thing"}, .name = "Rocket X"});
  load.AddEntity({.key = "org/watch", .types = {"Organisation"}, .name = "A Watchdog"});
  load.AddDocument({.key = "doc/report", .title = "The report", .publisher = "org/watch"});
  Claim claim{.id = "sent", .document = "doc/report", .locator = {.paragraph = "2"}, .quote = "sent about 20 rockets"};
  claim.proposition = {Term::Entity("state/a"), "SENT", Term::Entity("state/b"), {{"thing", Term::Entity("thing/x")}}};
  claim.valid = OrExit(EdtfTime::Parse("2023"));
  claim.quantity = OrExit(ParseQuantity("about 20", "rocket"));
  load.AddClaim(claim);
  claim.id = "denied", claim.act = Act::kDenies, claim.asserters = {"state/a"}, claim.quantity = {};
  claim.locator.paragraph = "3", claim.quote = "denies having sent any";
  load.AddClaim(claim);
  std::cout << OrExit(load.Commit()).claims_added << " claims added\n";  // validated, then all of them or none

  const auto session = OrExit(Session::Open(*store));
  QueryOptions options;
  options.parameters["thing"] = Value::String("Rocket X");
  const Answer answer = OrExit(
      session->Run("MATCH (a)-[s:SENT]->(b) WHERE s.thing.name = $thing RETURN a.name, b.name, s.quantity", options));
  for (const AnswerRow& row : answer.rows) {
    for (const Value& value : row.values) std::cout << ToString(value) << " | ";
    for (const uint32_t number : row.notes) {
      const Note& note = answer.notes[number - 1];
      const Claim said = OrExit(session->claims()->ReadClaim(note.claim));
      std::cout << said.document << ", " << said.locator.ToText() << ": \"" << said.quote << '"'
                << (note.disputed ? ", disputed" : "") << '\n';
    }
  }
  for (const Finding& finding : OrExit(FindContradictions(session->image(), *session->ontology(), *session->names(),
                                                          *session->claims(), /*verification=*/nullptr)))
    std::cout << Name(finding.grade) << ' ' << Name(finding.rule) << ": " << finding.explanation << '\n';
  return 0;
}
