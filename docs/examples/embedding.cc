#include <iostream>

#include "query/session.h"
#include "schema/ontology_reader.h"
#include "schema/validator.h"
#include "store/loader.h"
#include "store/store.h"

// Makes a store of the folder of claim files argv[2] at argv[1], asks it a question, and prints rows and notes.
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  auto store = dossier::OpenOrCreateForLoad(argv[1], {argv[2]});
  if (!store.ok()) return std::cerr << store.status() << '\n', 1;
  auto report = dossier::LoadFiles(store->get(), {argv[2]});
  if (!report.ok()) return std::cerr << report.status() << '\n', 1;
  std::cout << report->commit.claims_added << " claims added\n";

  auto session = dossier::Session::Open(**store);
  if (!session.ok()) return std::cerr << session.status() << '\n', 1;
  dossier::QueryOptions options;
  options.parameters["name"] = dossier::Value::String("Rocket X");
  auto answer =
      (*session)->Run("MATCH (a)-[s:SENT]->(b) WHERE s.thing.name = $name RETURN a.name, b.name, s.quantity", options);
  if (!answer.ok()) return std::cerr << answer.status() << '\n', 1;
  for (const dossier::AnswerRow& row : answer->rows) {
    for (const dossier::Value& value : row.values) std::cout << ToString(value) << " | ";
    for (const uint32_t note : row.notes) {
      auto claim = (*session)->claims()->ReadClaim(answer->notes[note - 1].claim);
      if (claim.ok())
        std::cout << '[' << claim->document << ", " << claim->locator.ToText() << ": " << claim->quote << ']';
    }
    std::cout << '\n';
  }
  return 0;
}
