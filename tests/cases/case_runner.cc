// Query cases as text: `case_runner FILE.test` asks each query of the file and compares what is printed with what
// stands under it. Each file shows in ctest under its own name.
//
//   # A remark.
//   query
//   MATCH (n RETURN n
//   ----
//   1:10: error E5001: ...
//
// A case ends at the next line that is just `query`, or a remark in the first column after an empty line. The store
// that is asked has the ontology beside this file and no claims, so the cases are of errors; a query that gives rows
// prints how many. `case_runner --update FILE.test` writes what is printed now in place of what was expected.
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "query/session.h"
#include "schema/ontology_reader.h"
#include "store/store.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

struct Case {
  int line = 0;
  std::string before;  // remarks and empty lines in front of it
  std::string query;
  std::string expected;
};

std::vector<Case> ReadCases(std::istream& in, std::string* rest) {
  std::vector<Case> cases;
  std::string line, pending;
  enum class At { kBetween, kQuery, kExpected } at = At::kBetween;
  for (int number = 1; std::getline(in, line); ++number) {
    const bool remark = line.empty() || line[0] == '#';
    if (line == "query") {
      cases.push_back({number, std::move(pending), "", ""});
      pending.clear();
      at = At::kQuery;
    } else if (at == At::kQuery && line == "----") {
      at = At::kExpected;
    } else if (at == At::kQuery) {
      cases.back().query += (cases.back().query.empty() ? "" : "\n") + line;
    } else if (at == At::kExpected && !remark) {
      cases.back().expected += line + "\n";
    } else {
      at = At::kBetween;
      pending += line + "\n";
    }
  }
  *rest = pending;
  return cases;
}

std::string Printed(const Session& session, const std::string& query) {
  const absl::StatusOr<Answer> answer = session.Run(query, {});
  if (answer.ok()) return StrCat("(", answer->rows.size(), " rows)\n");
  std::string out;
  for (const Diagnostic& diagnostic : DiagnosticsOf(answer.status())) {
    out += StrCat(diagnostic.ToString(), "\n", CaretExcerpt(query, diagnostic.place));
  }
  return out;
}

int Main(const std::string& file, bool update) {
  std::ifstream ontology_file(DOSSIER_CASES_DIR "/ontology.toml");
  std::stringstream ontology_text;
  ontology_text << ontology_file.rdbuf();
  const absl::StatusOr<Ontology> ontology = ReadOntology(ontology_text.str());
  if (!ontology.ok()) {
    std::cerr << ontology.status() << "\n";
    return 2;
  }
  const TempFolder folder;
  const auto store = Store::Create(folder.path() + "/db", *ontology);
  const auto session = store.ok() ? Session::Open(**store) : store.status();
  if (!session.ok()) {
    std::cerr << session.status() << "\n";
    return 2;
  }
  std::ifstream in(file);
  std::string rest;
  std::vector<Case> cases = ReadCases(in, &rest);
  if (cases.empty()) {
    std::cerr << file << ": no cases\n";
    return 2;
  }
  int failed = 0;
  std::string updated;
  for (const Case& one : cases) {
    const std::string printed = Printed(**session, one.query);
    updated += StrCat(one.before, "query\n", one.query, "\n----\n", printed);
    if (printed == one.expected) continue;
    ++failed;
    if (update) continue;
    std::cout << file << ":" << one.line << ": " << one.query << "\nexpected:\n"
              << one.expected << "but got:\n"
              << printed << "\n";
  }
  if (update) std::ofstream(file) << updated << rest;
  std::cout << cases.size() << " cases, " << failed << (update ? " updated\n" : " failed\n");
  return failed == 0 || update ? 0 : 1;
}

}  // namespace
}  // namespace dossier

int main(int count, char** arguments) {
  const bool update = count == 3 && std::string(arguments[1]) == "--update";
  if (count != 2 && !update) {
    std::cerr << "usage: case_runner [--update] FILE.test\n";
    return 2;
  }
  return dossier::Main(arguments[count - 1], update);
}
