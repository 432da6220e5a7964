// The queries of two public suites, where they lie beside the repository (nothing of them is copied into it): every
// read-only scenario that expects rows must parse and print to a fixpoint, and what is wrong by syntax alone must not.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "query/ast_printer.h"
#include "query/parser.h"

namespace dossier {
namespace {

std::string SuiteFile(const std::string& name) {
  const char* root = std::getenv("DOSSIER_SUITES");
  return std::string(root != nullptr ? root : DOSSIER_SUITES_DIR) + "/" + name;
}

// Empty where `text` parses and its print parses to the same print; else what went wrong.
std::string Complaint(const std::string& text) {
  const auto query = ParseQuery(text);
  if (!query.ok()) return std::string(query.status().message());
  const std::string printed = ToText(*query);
  const auto again = ParseQuery(printed);
  if (!again.ok()) return "its print does not parse: " + printed + "\n" + std::string(again.status().message());
  return ToText(*again) == printed ? "" : "prints differently the second time: " + printed;
}

TEST(SuitesTest, ScenariosOfOpenCypher) {
  const std::string file = SuiteFile("tck/visible.jsonl");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
  const std::set<std::string> syntactic = {
      "UnexpectedSyntax",  "InvalidNumberLiteral",    "InvalidUnicodeLiteral", "InvalidUnicodeCharacter",
      "IntegerOverflow",   "FloatingPointOverflow",   "InvalidParameterUse",   "InvalidRelationshipPattern",
      "NoExpressionAlias", "InvalidClauseComposition"};
  int good = 0, good_parsed = 0, bad = 0, bad_refused = 0, other = 0, other_refused = 0;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto scenario = nlohmann::json::parse(line);
    if (!scenario["read_only"].get<bool>()) continue;
    const std::string text = scenario["query"];
    const std::string complaint = Complaint(text);
    const auto& expect = scenario["expect"];
    if (expect["kind"] != "error") {
      ++good;
      good_parsed += complaint.empty();
      EXPECT_EQ(complaint, "") << scenario["id"] << "\n" << text;
    } else if (expect["error"]["phase"] == "compile time" && syntactic.contains(expect["error"]["detail"])) {
      ++bad;
      bad_refused += !ParseQuery(text).ok();
      EXPECT_FALSE(ParseQuery(text).ok()) << scenario["id"] << "\n" << text;
    } else {
      ++other;
      other_refused += !complaint.empty();
      if (!complaint.empty()) std::cout << "refused by the parser already: " << text << "\n  " << complaint << "\n";
    }
  }
  std::cout << good_parsed << " of " << good << " queries with rows parse; " << bad_refused << " of " << bad
            << " wrong by syntax are refused; of " << other << " wrong by meaning " << other_refused
            << " are refused by the parser already\n";
}

TEST(SuitesTest, PathPatternConformance) {
  const std::string file = SuiteFile("gpml/cases.jsonl");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
  int cases = 0;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line); ++cases) {
    const std::string text = nlohmann::json::parse(line)["gql"];
    EXPECT_EQ(Complaint(text), "") << text;
  }
  std::cout << cases << " cases\n";
}

}  // namespace
}  // namespace dossier
