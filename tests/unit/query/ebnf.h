// A grammar read from a file in EBNF (docs/grammar.ebnf says in which form), to make sentences from it and to tell
// whether a text is one. For tests: it is as slow as it is simple.
#ifndef DOSSIER_TESTS_UNIT_QUERY_EBNF_H_
#define DOSSIER_TESTS_UNIT_QUERY_EBNF_H_

#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/token.h"

namespace dossier {

class Ebnf {
 public:
  // Unknown names are errors; so is a rule that is defined twice.
  static absl::StatusOr<Ebnf> Parse(std::string_view text);

  // A sentence of the rule `start`, mostly a short one. Deeper than `depth` rules the shortest way out is taken.
  std::string Generate(std::string_view start, int depth, std::mt19937_64& random) const;

  // Whether the tokens are a sentence of the rule (Earley's algorithm).
  bool Recognizes(std::string_view start, const std::vector<Token>& tokens) const;

  // Rules that no sentence of `start` needs.
  std::vector<std::string> Unused(std::string_view start) const;

 private:
  friend class EbnfReader;

  struct Symbol {
    enum class Kind { kRule, kText, kToken } kind = Kind::kRule;
    size_t rule = 0;   // of kRule
    std::string text;  // of kText as written; of kToken its name
    // Of kText, what the lexer makes of it: a word, or kinds of signs.
    std::string word;
    TokenKind sign = TokenKind::kEnd;
    bool adjoins = false;  // written without space after the symbol before: `-[` is two signs
  };
  using Sequence = std::vector<Symbol>;
  struct Rule {
    std::string name;  // empty: a part of another rule
    std::vector<Sequence> alternatives;
    bool defined = false;
    bool empty = false;  // may be a sentence of nothing
    int height = 0;      // of the lowest tree
  };

  size_t Find(std::string_view name) const;
  void Measure();
  int HeightOf(const Sequence& sequence) const;
  void Append(size_t rule, int depth, std::mt19937_64& random, std::string* out) const;
  static bool Matches(const Symbol& symbol, const Token& token);

  std::vector<Rule> rules_;
  std::map<std::string, size_t, std::less<>> by_name_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_EBNF_H_
