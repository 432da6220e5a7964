// docs/grammar.ebnf and the parser are of one mind: what the grammar makes the parser reads, what the parser reads the
// grammar knows, and no keyword is left out.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>

#include "ebnf.h"
#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "query/error_codes.h"
#include "query/keyword.h"
#include "query/lexer.h"
#include "query/parser.h"

namespace dossier {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

const std::filesystem::path& Project() {
  static const auto* const kProject = new std::filesystem::path(DOSSIER_PROJECT_DIR);
  return *kProject;
}

const Ebnf& Grammar() {
  static const auto* const kGrammar = [] {
    absl::StatusOr<Ebnf> grammar = Ebnf::Parse(ReadFile(Project() / "docs/grammar.ebnf"));
    if (!grammar.ok()) {
      std::cerr << "docs/grammar.ebnf: " << grammar.status() << "\n";
      std::abort();
    }
    return new Ebnf(*std::move(grammar));
  }();
  return *kGrammar;
}

// What the parser says against `text`; nothing if it reads it.
std::string Complaint(const std::string& text) {
  const auto query = ParseQuery(text);
  return query.ok() ? "" : std::string(query.status().message());
}

bool IsGrammatical(const std::string& text) {
  const auto tokens = Tokenize(text);
  return tokens.ok() && Grammar().Recognizes("query", *tokens);
}

// Behind a label in a comprehension or in reduce, the grammar cannot say whether a bar belongs to the labels or comes
// before the result; the parser takes it for the latter.
bool HasAmbiguousBar(const std::string& text) {
  const auto lexed = Tokenize(text);
  if (!lexed.ok()) return false;
  const std::vector<Token>& tokens = *lexed;
  for (size_t open = 0; open + 2 < tokens.size(); ++open) {
    const bool reduce = open > 0 && tokens[open - 1].keyword == Keyword::kReduce;
    const bool comprehension = tokens[open].kind == TokenKind::kLeftBracket &&
                               (tokens[open + 1].kind == TokenKind::kLeftParen ||
                                tokens[open + 2].kind == TokenKind::kEqual || tokens[open + 2].keyword == Keyword::kIn);
    if (tokens[open].partner < static_cast<int32_t>(open) || !(reduce || comprehension)) continue;
    bool labels = false;
    for (size_t i = open + 1; i < static_cast<size_t>(tokens[open].partner); ++i) {
      labels = labels || tokens[i].kind == TokenKind::kColon || tokens[i].keyword == Keyword::kLabeled;
      if (labels && tokens[i].kind == TokenKind::kPipe) return true;
      if (tokens[i].partner > static_cast<int32_t>(i)) i = static_cast<size_t>(tokens[i].partner);
    }
  }
  return false;
}

TEST(GrammarTest, EveryRuleIsNeeded) { EXPECT_EQ(Grammar().Unused("query"), std::vector<std::string>()); }

TEST(GrammarTest, EveryKeywordIsThere) {
  const std::string text = ReadFile(Project() / "docs/grammar.ebnf");
  const auto tokens = [&] {
    std::string words = text;
    for (char& c : words) {
      if (std::isalpha(static_cast<unsigned char>(c)) == 0) c = ' ';
    }
    return " " + AsciiLower(words) + " ";
  }();
#define DOSSIER_CHECK_KEYWORD(name, word) \
  EXPECT_NE(tokens.find(" " + AsciiLower(word) + " "), std::string::npos) << word << " is not in docs/grammar.ebnf";
  DOSSIER_RESERVED_KEYWORDS(DOSSIER_CHECK_KEYWORD)
  DOSSIER_FREE_KEYWORDS(DOSSIER_CHECK_KEYWORD)
#undef DOSSIER_CHECK_KEYWORD
}

TEST(GrammarTest, WhatTheGrammarMakesIsRead) {
  std::mt19937_64 random(20261125);
  int failures = 0;
  for (int i = 0; i < 20000 && failures < 40; ++i) {
    const std::string text = Grammar().Generate("query", 8 + i % 40, random);
    if (HasAmbiguousBar(text)) continue;
    const std::string complaint = Complaint(text);
    if (complaint.find("SKIP before LIMIT") != std::string::npos) continue;  // the grammar says so in a comment
    failures += !complaint.empty();
    EXPECT_EQ(complaint, "") << text;
  }
}

TEST(GrammarTest, WhatIsReadIsInTheGrammar) {
  int queries = 0;
  const auto check = [&](const std::string& text, const std::string& where) {
    if (!Complaint(text).empty()) return;
    ++queries;
    EXPECT_TRUE(IsGrammatical(text)) << where << "\n" << text;
  };
  for (const char* folder : {"data", "tests/fuzz/corpus/parser_fuzz"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(Project() / folder)) {
      const bool query = entry.path().extension() == ".gql" || entry.path().parent_path().filename() == "parser_fuzz";
      if (query && entry.is_regular_file()) check(ReadFile(entry.path()), entry.path());
    }
  }
  // The public suites, where they lie beside the repository.
  for (const auto& [file, field] : {std::pair("tck/visible.jsonl", "query"), std::pair("gpml/cases.jsonl", "gql")}) {
    std::ifstream in(Project() / "../shared" / file);
    if (!in) std::cout << file << " is not here\n";
    for (std::string line; std::getline(in, line);) check(nlohmann::json::parse(line)[field], file);
  }
  std::cout << queries << " queries\n";
  EXPECT_GT(queries, 20);
}

}  // namespace
}  // namespace dossier
