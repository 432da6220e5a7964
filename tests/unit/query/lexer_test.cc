#include "query/lexer.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "gtest/gtest.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;

std::vector<Token> Lex(const std::string& text) {
  auto tokens = Tokenize(text);
  EXPECT_TRUE(tokens.ok()) << text << "\n" << tokens.status();
  return tokens.ok() ? *std::move(tokens) : std::vector<Token>(1);
}

// The kinds without the kEnd.
std::vector<TokenKind> Kinds(const std::string& text) {
  std::vector<TokenKind> kinds;
  for (const Token& token : Lex(text)) kinds.push_back(token.kind);
  kinds.pop_back();
  return kinds;
}

// The text of the only token.
std::string TextOf(const std::string& text) {
  const auto tokens = Lex(text);
  EXPECT_EQ(tokens.size(), 2u) << text;
  return tokens.front().text;
}

Diagnostic Refusal(const std::string& text) {
  const auto tokens = Tokenize(text);
  const auto diagnostics = DiagnosticsOf(tokens.status());
  EXPECT_EQ(diagnostics.size(), 1u) << text;
  return diagnostics.empty() ? Diagnostic() : diagnostics.front();
}

int NumberOf(const std::string& text) { return Refusal(text).number; }

TEST(LexerTest, EndsWithAnEndToken) {
  EXPECT_EQ(Lex("").size(), 1u);
  EXPECT_EQ(Lex("").front().kind, TokenKind::kEnd);
  EXPECT_EQ(Lex(" \t\r\n\u00a0\u3000\ufeff").size(), 1u);
}

TEST(LexerTest, KeywordsKnowNoCaseAndKeepTheirText) {
  const auto tokens = Lex("MATCH match mAtCh matchx `match`");
  EXPECT_EQ(tokens[0].keyword, Keyword::kMatch);
  EXPECT_EQ(tokens[1].keyword, Keyword::kMatch);
  EXPECT_EQ(tokens[2].keyword, Keyword::kMatch);
  EXPECT_EQ(tokens[2].text, "mAtCh");
  EXPECT_EQ(tokens[3].keyword, Keyword::kNone_);
  EXPECT_EQ(tokens[4].keyword, Keyword::kNone_);
  EXPECT_EQ(tokens[4].kind, TokenKind::kQuotedName);
}

TEST(LexerTest, EveryKeywordIsFoundByItsText) {
  for (int i = 1; i <= static_cast<int>(Keyword::kYield); ++i) {
    const auto keyword = static_cast<Keyword>(i);
    EXPECT_EQ(FindKeyword(KeywordText(keyword)), keyword);
    EXPECT_TRUE(IsReserved(keyword)) << KeywordText(keyword);
  }
  EXPECT_EQ(FindKeyword("allshortestpaths"), Keyword::kAllShortestPaths);
  EXPECT_EQ(KeywordText(Keyword::kWalk), "WALK");
  EXPECT_FALSE(IsReserved(Keyword::kAcyclic));
  EXPECT_FALSE(IsReserved(Keyword::kNone_));
}

TEST(LexerTest, NamesMayBeOfAnyScript) {
  EXPECT_EQ(TextOf("государство"), "государство");
  EXPECT_EQ(TextOf("_état2"), "_état2");
  EXPECT_EQ(TextOf("国家"), "国家");
  EXPECT_EQ(TextOf("`a b`"), "a b");
  EXPECT_EQ(TextOf("`a``b`"), "a`b");
  EXPECT_EQ(TextOf("``"), "");
}

TEST(LexerTest, Parameters) {
  EXPECT_EQ(TextOf("$name"), "name");
  EXPECT_EQ(TextOf("$0"), "0");
  EXPECT_EQ(TextOf("$limit"), "limit");
  EXPECT_EQ(TextOf("$`x y`"), "x y");
  EXPECT_EQ(NumberOf("$ x"), kUnexpectedCharacter);
}

TEST(LexerTest, Integers) {
  EXPECT_EQ(Lex("0").front().integer, 0u);
  EXPECT_EQ(Lex("1_000").front().integer, 1000u);
  EXPECT_EQ(Lex("0x1F").front().integer, 31u);
  EXPECT_EQ(Lex("0o17").front().integer, 15u);
  EXPECT_EQ(Lex("0b101").front().integer, 5u);
  // One more than the largest, for the sake of a minus before it; the parser looks after the rest.
  EXPECT_EQ(Lex("9223372036854775808").front().integer, uint64_t{1} << 63);
  EXPECT_EQ(NumberOf("9223372036854775809"), kIntegerOverflow);
  EXPECT_EQ(NumberOf("0x8000000000000001"), kIntegerOverflow);
  EXPECT_EQ(NumberOf("0o1000000000000000000001"), kIntegerOverflow);
  EXPECT_EQ(NumberOf("99999999999999999999999999"), kIntegerOverflow);
}

TEST(LexerTest, Floats) {
  EXPECT_EQ(Lex("1.5").front().real, 1.5);
  EXPECT_EQ(Lex("1.").front().real, 1.0);
  EXPECT_EQ(Lex(".5").front().real, 0.5);
  EXPECT_EQ(Lex("1e10").front().real, 1e10);
  EXPECT_EQ(Lex("1E-2").front().real, 0.01);
  EXPECT_EQ(Lex("1.e+2").front().real, 100);
  EXPECT_EQ(Lex("1e-400").front().real, 0);
  EXPECT_EQ(NumberOf("1.34E999"), kFloatOverflow);
}

TEST(LexerTest, TwoDotsAreARange) {
  EXPECT_THAT(Kinds("1..3"), ElementsAre(TokenKind::kInteger, TokenKind::kDotDot, TokenKind::kInteger));
  EXPECT_THAT(Kinds("..3"), ElementsAre(TokenKind::kDotDot, TokenKind::kInteger));
  EXPECT_THAT(Kinds("a.b"), ElementsAre(TokenKind::kName, TokenKind::kDot, TokenKind::kName));
}

TEST(LexerTest, BrokenNumbers) {
  for (const char* text : {"0x", "0xG", "0x1j", "9223372h5", "12abc", "1e", "1e+", "1__0", "1_", "0b2", "1.5x"}) {
    EXPECT_EQ(NumberOf(text), kInvalidNumber) << text;
  }
}

TEST(LexerTest, StringsAndEscapes) {
  EXPECT_EQ(TextOf("'a'"), "a");
  EXPECT_EQ(TextOf("\"it's\""), "it's");
  EXPECT_EQ(TextOf("''"), "");
  EXPECT_EQ(TextOf("'it''s'"), "it's");
  EXPECT_EQ(TextOf(R"('\\ \' \" \` \b\f\n\r\t')"), "\\ ' \" ` \b\f\n\r\t");
  EXPECT_EQ(TextOf(R"('\u01FF')"), "ǿ");
  EXPECT_EQ(TextOf(R"('\U0001F600')"), "😀");
  EXPECT_EQ(TextOf(R"('\uD83D\uDE00')"), "😀");
  EXPECT_EQ(TextOf("'two\nlines'"), "two\nlines");
  for (const char* text : {R"('\z')", R"('\u12')", R"('\uH123')", R"('\uD83D')", R"('\uDE00')", R"('\uD83Dx')",
                           R"('\uD83D\u0041')", R"('\U00110000')"}) {
    EXPECT_EQ(NumberOf(text), kInvalidEscape) << text;
  }
}

TEST(LexerTest, WhatIsNeverClosedIsShownWhereItOpens) {
  for (const char* text : {"a 'b", "a \"b", "a `b", "a /* b", "a '\\'"}) {
    const Diagnostic refusal = Refusal(text);
    EXPECT_EQ(refusal.number, kUnterminatedText) << text;
    EXPECT_EQ(refusal.place.begin.column, 3) << text;
  }
}

TEST(LexerTest, CommentsVanishAndDashesDoNot) {
  EXPECT_THAT(Kinds("a // b\n c /* d\n * / */ e"), ElementsAre(TokenKind::kName, TokenKind::kName, TokenKind::kName));
  EXPECT_THAT(Kinds("--"), ElementsAre(TokenKind::kMinus, TokenKind::kMinus));
  EXPECT_THAT(Kinds("'//'"), ElementsAre(TokenKind::kString));
}

TEST(LexerTest, ArrowsComeSignBySign) {
  EXPECT_THAT(Kinds("<-[]->"), ElementsAre(TokenKind::kLess, TokenKind::kMinus, TokenKind::kLeftBracket,
                                           TokenKind::kRightBracket, TokenKind::kMinus, TokenKind::kGreater));
  EXPECT_THAT(Kinds("<= >= <> =~ ||"), ElementsAre(TokenKind::kLessOrEqual, TokenKind::kGreaterOrEqual,
                                                   TokenKind::kNotEqual, TokenKind::kEqualTilde, TokenKind::kPipePipe));
}

TEST(LexerTest, BracketsKnowTheirPartners) {
  const auto tokens = Lex("([)](x)]");
  EXPECT_EQ(tokens[0].partner, -1);
  EXPECT_EQ(tokens[1].partner, 3);
  EXPECT_EQ(tokens[2].partner, -1);
  EXPECT_EQ(tokens[3].partner, 1);
  EXPECT_EQ(tokens[4].partner, 6);
  EXPECT_EQ(tokens[6].partner, 4);
  EXPECT_EQ(tokens[7].partner, -1);
}

TEST(LexerTest, PlacesCountLinesAndCodePoints) {
  const auto tokens = Lex("é 'ü'\n  x");
  EXPECT_EQ(tokens[1].span, (SourceSpan{{3, 1, 3}, {7, 1, 6}}));
  EXPECT_EQ(tokens[2].span, (SourceSpan{{10, 2, 3}, {11, 2, 4}}));
}

TEST(LexerTest, StrangeCharacters) {
  EXPECT_EQ(NumberOf("RETURN “x”"), kUnexpectedCharacter);
  EXPECT_THAT(Refusal("a – b").hint, ::testing::HasSubstr("dash"));
  EXPECT_EQ(NumberOf("{k1#k: 1}"), kUnexpectedCharacter);
  EXPECT_EQ(NumberOf(std::string("a\0b", 3)), kUnexpectedCharacter);
  EXPECT_EQ(NumberOf("a \xff"), kInvalidEncoding);
  EXPECT_EQ(Refusal("é\n \xff").place.begin.line, 2);
}

TEST(LexerTest, PlainNames) {
  EXPECT_TRUE(IsPlainName("état"));
  EXPECT_FALSE(IsPlainName("a b"));
  EXPECT_FALSE(IsPlainName("1a"));
  EXPECT_FALSE(IsPlainName(""));
  EXPECT_FALSE(IsPlainName("\xff"));
}

}  // namespace
}  // namespace dossier
