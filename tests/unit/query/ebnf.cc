#include "ebnf.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/keyword.h"
#include "query/lexer.h"

namespace dossier {
namespace {

constexpr int kEndless = std::numeric_limits<int>::max() / 2;

bool IsTokenName(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
}

}  // namespace

// Reads `name = alternatives ;` and so on; each bracket becomes a rule without a name.
class EbnfReader {
 public:
  explicit EbnfReader(std::string_view text) : text_(text) {}

  absl::StatusOr<Ebnf> Read() {
    for (;;) {
      RETURN_IF_ERROR(SkipSpace());
      if (at_ == text_.size()) break;
      const std::string name = Name();
      if (name.empty()) return Error("a rule begins with its name");
      const size_t rule = RuleNamed(name);
      if (grammar_.rules_[rule].defined) return Error(StrCat(name, " is defined twice"));
      RETURN_IF_ERROR(Expect('='));
      ASSIGN_OR_RETURN(std::vector<Ebnf::Sequence> alternatives, Alternatives());
      grammar_.rules_[rule].alternatives = std::move(alternatives);
      grammar_.rules_[rule].defined = true;
      RETURN_IF_ERROR(Expect(';'));
    }
    for (const Ebnf::Rule& rule : grammar_.rules_) {
      if (!rule.defined) return Error(StrCat(rule.name, " is not defined"));
    }
    grammar_.Measure();
    return std::move(grammar_);
  }

 private:
  absl::Status Error(std::string what) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    return absl::InvalidArgumentError(StrCat("line ", line, ": ", what));
  }

  absl::Status SkipSpace() {
    for (;;) {
      while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
      if (!text_.substr(at_).starts_with("(*")) return absl::OkStatus();
      const size_t end = text_.find("*)", at_);
      if (end == std::string_view::npos) return Error("a comment that does not end");
      at_ = end + 2;
    }
  }

  char Next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  absl::Status Expect(char sign) {
    RETURN_IF_ERROR(SkipSpace());
    if (Next() != sign) return Error(StrCat("expected '", std::string(1, sign), "'"));
    ++at_;
    return absl::OkStatus();
  }

  std::string Name() {
    const size_t from = at_;
    while (std::isalpha(static_cast<unsigned char>(Next())) != 0 || Next() == '_') ++at_;
    return std::string(text_.substr(from, at_ - from));
  }

  size_t RuleNamed(const std::string& name) {
    const auto [at, is_new] = grammar_.by_name_.try_emplace(name, grammar_.rules_.size());
    if (is_new) grammar_.rules_.emplace_back().name = name;
    return at->second;
  }

  absl::StatusOr<std::vector<Ebnf::Sequence>> Alternatives() {
    std::vector<Ebnf::Sequence> alternatives(1);
    for (;;) {
      RETURN_IF_ERROR(SkipSpace());
      switch (Next()) {
        case '|':
          ++at_;
          alternatives.emplace_back();
          break;
        case '(':
        case '[':
        case '{': {
          ASSIGN_OR_RETURN(Ebnf::Symbol part, Bracket());
          alternatives.back().push_back(std::move(part));
          break;
        }
        case '"':
          RETURN_IF_ERROR(Text(&alternatives.back()));
          break;
        case '?': {
          const size_t end = text_.find('?', at_ + 1);
          if (end == std::string_view::npos) return Error("a description that does not end");
          at_ = end + 1;
          break;
        }
        default: {
          const std::string name = Name();
          if (name.empty()) return alternatives;
          const bool token = IsTokenName(name);
          alternatives.back().push_back({.kind = token ? Ebnf::Symbol::Kind::kToken : Ebnf::Symbol::Kind::kRule,
                                         .rule = RuleNamed(name),
                                         .text = name});
        }
      }
    }
  }

  absl::StatusOr<Ebnf::Symbol> Bracket() {
    const char open = text_[at_++];
    ASSIGN_OR_RETURN(std::vector<Ebnf::Sequence> alternatives, Alternatives());
    RETURN_IF_ERROR(Expect(open == '(' ? ')' : open == '[' ? ']' : '}'));
    const size_t rule = grammar_.rules_.size();
    const Ebnf::Symbol symbol{.rule = rule};
    if (open == '{') {
      for (Ebnf::Sequence& sequence : alternatives) sequence.push_back(symbol);
    }
    if (open != '(') alternatives.emplace_back();
    grammar_.rules_.push_back({.alternatives = std::move(alternatives), .defined = true});
    return symbol;
  }

  // A word, or signs: one symbol for each token of the language.
  absl::Status Text(Ebnf::Sequence* sequence) {
    const size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) return Error("a text that does not end");
    const std::string_view text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    ASSIGN_OR_RETURN(const std::vector<Token> tokens, Tokenize(text));
    for (size_t i = 0; i + 1 < tokens.size(); ++i) {
      const SourceSpan& span = tokens[i].span;
      sequence->push_back({.kind = Ebnf::Symbol::Kind::kText,
                           .text = std::string(text.substr(span.begin.offset, span.end.offset - span.begin.offset)),
                           .word = tokens[i].text,
                           .sign = tokens[i].kind,
                           .adjoins = i > 0});
    }
    return absl::OkStatus();
  }

  std::string_view text_;
  size_t at_ = 0;
  Ebnf grammar_;
};

absl::StatusOr<Ebnf> Ebnf::Parse(std::string_view text) { return EbnfReader(text).Read(); }

size_t Ebnf::Find(std::string_view name) const { return by_name_.find(name)->second; }

int Ebnf::HeightOf(const Sequence& sequence) const {
  int height = 0;
  for (const Symbol& symbol : sequence) {
    if (symbol.kind == Symbol::Kind::kRule) height = std::max(height, rules_[symbol.rule].height);
  }
  return height;
}

void Ebnf::Measure() {
  for (Rule& rule : rules_) rule.height = kEndless;
  for (bool changed = true; changed;) {
    changed = false;
    for (Rule& rule : rules_) {
      for (const Sequence& sequence : rule.alternatives) {
        const int height = HeightOf(sequence) + 1;
        const bool empty = std::all_of(sequence.begin(), sequence.end(), [&](const Symbol& symbol) {
          return symbol.kind == Symbol::Kind::kRule && rules_[symbol.rule].empty;
        });
        changed = changed || height < rule.height || (empty && !rule.empty);
        rule.height = std::min(rule.height, height);
        rule.empty = rule.empty || empty;
      }
    }
  }
}

std::string Ebnf::Generate(std::string_view start, int depth, std::mt19937_64& random) const {
  std::string out;
  Append(Find(start), depth, random, &out);
  return out;
}

void Ebnf::Append(size_t rule, int depth, std::mt19937_64& random, std::string* out) const {
  const auto pick = [&random](size_t count) { return static_cast<size_t>(random() % count); };
  const std::vector<Sequence>& alternatives = rules_[rule].alternatives;
  size_t choice = pick(alternatives.size());
  constexpr size_t kLong = 300;
  if (depth <= 0 || out->size() > kLong || pick(3) > 0) {
    const auto costs = [this](const Sequence& sequence) { return std::pair(HeightOf(sequence), sequence.size()); };
    for (size_t i = 0; i < alternatives.size(); ++i) {
      if (costs(alternatives[i]) < costs(alternatives[choice])) choice = i;
    }
  }
  for (const Symbol& symbol : alternatives[choice]) {
    if (symbol.kind == Symbol::Kind::kRule) {
      Append(symbol.rule, depth - 1, random, out);
      continue;
    }
    if (!symbol.adjoins && !out->empty()) *out += ' ';
    if (symbol.kind == Symbol::Kind::kText) {
      *out += symbol.text;
    } else if (symbol.text == "NAME") {
      constexpr std::string_view kNames[] = {"a", "b", "n", "x", "élan", "`two words`"};
      *out += kNames[pick(std::size(kNames))];
    } else if (symbol.text == "WORD") {
      constexpr std::string_view kWords[] = {"a", "Label", "order", "`two words`"};
      *out += kWords[pick(std::size(kWords))];
    } else if (symbol.text == "STRING") {
      *out += "'it''s'";
    } else if (symbol.text == "INTEGER") {
      *out += '2';  // always the same, as bounds have to rise
    } else if (symbol.text == "FLOAT") {
      *out += "1.5";
    } else {
      *out += "$parameter";
    }
  }
}

bool Ebnf::Matches(const Symbol& symbol, const Token& token) {
  const bool name = token.kind == TokenKind::kName || token.kind == TokenKind::kQuotedName;
  if (symbol.kind == Symbol::Kind::kText) {
    return symbol.sign == TokenKind::kName
               ? token.kind == TokenKind::kName && EqualsIgnoringAsciiCase(symbol.word, token.text)
               : token.kind == symbol.sign;
  }
  if (symbol.text == "NAME") return name && !(token.kind == TokenKind::kName && IsReserved(token.keyword));
  if (symbol.text == "WORD") return name;
  if (symbol.text == "STRING") return token.kind == TokenKind::kString;
  if (symbol.text == "INTEGER") return token.kind == TokenKind::kInteger;
  if (symbol.text == "FLOAT") return token.kind == TokenKind::kFloat;
  return token.kind == TokenKind::kParameter;
}

bool Ebnf::Recognizes(std::string_view start, const std::vector<Token>& tokens) const {
  // A rule, an alternative of it, how far it was read, and where it began.
  using Item = std::tuple<size_t, size_t, size_t, size_t>;
  const size_t count = tokens.empty() || tokens.back().kind != TokenKind::kEnd ? tokens.size() : tokens.size() - 1;
  std::vector<std::vector<Item>> sets(count + 1);
  std::vector<std::set<Item>> seen(count + 1);
  const auto add = [&](size_t at, const Item& item) {
    if (seen[at].insert(item).second) sets[at].push_back(item);
  };
  const auto predict = [&](size_t at, size_t rule) {
    for (size_t i = 0; i < rules_[rule].alternatives.size(); ++i) add(at, {rule, i, 0, at});
  };
  const size_t first = Find(start);
  predict(0, first);
  for (size_t at = 0; at <= count; ++at) {
    for (size_t i = 0; i < sets[at].size(); ++i) {
      const auto [rule, alternative, dot, from] = sets[at][i];
      const Sequence& sequence = rules_[rule].alternatives[alternative];
      if (dot == sequence.size()) {
        if (from == at) continue;  // of nothing: whoever asked for it has gone on already
        for (size_t j = 0; j < sets[from].size(); ++j) {
          const auto [outer, outer_alternative, outer_dot, outer_from] = sets[from][j];
          const Sequence& waiting = rules_[outer].alternatives[outer_alternative];
          if (outer_dot == waiting.size() || waiting[outer_dot].kind != Symbol::Kind::kRule) continue;
          if (waiting[outer_dot].rule == rule) add(at, {outer, outer_alternative, outer_dot + 1, outer_from});
        }
      } else if (sequence[dot].kind == Symbol::Kind::kRule) {
        predict(at, sequence[dot].rule);
        if (rules_[sequence[dot].rule].empty) add(at, {rule, alternative, dot + 1, from});
      } else if (at < count && Matches(sequence[dot], tokens[at])) {
        add(at + 1, {rule, alternative, dot + 1, from});
      }
    }
  }
  return std::any_of(sets[count].begin(), sets[count].end(), [&](const Item& item) {
    const auto& [rule, alternative, dot, from] = item;
    return rule == first && from == 0 && dot == rules_[rule].alternatives[alternative].size();
  });
}

std::vector<std::string> Ebnf::Unused(std::string_view start) const {
  std::vector<size_t> queue = {Find(start)};
  std::set<size_t> used(queue.begin(), queue.end());
  while (!queue.empty()) {
    const size_t rule = queue.back();
    queue.pop_back();
    for (const Sequence& sequence : rules_[rule].alternatives) {
      for (const Symbol& symbol : sequence) {
        if (symbol.kind != Symbol::Kind::kText && used.insert(symbol.rule).second) queue.push_back(symbol.rule);
      }
    }
  }
  std::vector<std::string> unused;
  for (size_t i = 0; i < rules_.size(); ++i) {
    if (!used.contains(i) && !rules_[i].name.empty()) unused.push_back(rules_[i].name);
  }
  return unused;
}

}  // namespace dossier
