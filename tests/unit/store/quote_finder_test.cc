#include "store/quote_finder.h"

#include "gtest/gtest.h"

namespace dossier::store_internal {
namespace {

constexpr char kText[] =
    "Title of it\n"
    "\n"
    "Summary: Russia has\u00A0not   signed.\n"
    "\n"
    "Policy\n"
    "\n"
    "Russia has voted no.[40] Romania\nabstained.\n"
    "\n"
    "Peru voted yes. Peru spoke.\n"
    "\n"
    "Use\n"
    "\n"
    "Russia has voted no, again. Peru said “no”.\n"
    "\n"
    "[39] Ibid.\n"
    "\n"
    "[40] They include Albania, Oman, and Peru.\n"
    "\n"
    "[41] Albania.\n";

QuoteState Find(std::string_view quote, Locator locator = {}, std::string_view before = "",
                std::string_view after = "") {
  Claim claim;
  claim.quote = quote;
  claim.quote_before = before;
  claim.quote_after = after;
  claim.locator = std::move(locator);
  return QuoteFinder(kText, {"Policy", "Summary", "Use", "Nowhere"}).Find(claim);
}

TEST(QuoteFinderTest, WhiteSpaceIsCollapsed) {
  EXPECT_EQ(Find("Russia has not signed"), QuoteState::kFound);
  EXPECT_EQ(Find("Romania abstained."), QuoteState::kFound);
  EXPECT_EQ(Find(" Romania \n abstained. "), QuoteState::kFound);
  EXPECT_EQ(Find("Romania voted"), QuoteState::kMissing);
  EXPECT_EQ(CollapseWhiteSpace("  a \t\r\n\u2009b\u3000 "), "a b");
}

TEST(QuoteFinderTest, WordsStandAlone) {
  EXPECT_EQ(Find("Oman"), QuoteState::kFound);   // not the one in Romania
  EXPECT_EQ(Find("Roman"), QuoteState::kFound);  // but where there is no other, a part will do
  EXPECT_EQ(Find("no", {}, "“"), QuoteState::kFound);
}

TEST(QuoteFinderTest, NeighboursTellOccurrencesApart) {
  EXPECT_EQ(Find("Peru"), QuoteState::kAmbiguous);
  EXPECT_EQ(Find("Peru", {}, "", "spoke"), QuoteState::kFound);
  EXPECT_EQ(Find("Peru", {}, "and"), QuoteState::kFound);
  EXPECT_EQ(Find("Peru", {}, "or"), QuoteState::kMoved);
}

TEST(QuoteFinderTest, NotesAreWhereTheirLabelStands) {
  EXPECT_EQ(Find("Albania"), QuoteState::kAmbiguous);
  EXPECT_EQ(Find("Albania", {.note = "40"}), QuoteState::kFound);
  EXPECT_EQ(Find("Albania", {.note = "41"}), QuoteState::kFound);
  EXPECT_EQ(Find("Albania", {.note = "39"}), QuoteState::kMoved);
  EXPECT_EQ(Find("Oman", {.note = "99"}), QuoteState::kFound);  // there is no such note to look in
}

TEST(QuoteFinderTest, SectionsBeginAtTheirHeading) {
  EXPECT_EQ(Find("Russia has voted no"), QuoteState::kAmbiguous);
  EXPECT_EQ(Find("Russia has voted no", {.section = "Policy"}), QuoteState::kFound);
  EXPECT_EQ(Find("Russia has voted no", {.section = "Use"}), QuoteState::kFound);
  EXPECT_EQ(Find("Romania", {.section = "Use"}), QuoteState::kMoved);
  EXPECT_EQ(Find("Romania", {.section = "Nowhere"}), QuoteState::kFound);
  EXPECT_EQ(Find("signed", {.section = "Summary"}), QuoteState::kFound);
  EXPECT_EQ(Find("Peru", {.section = "Policy", .paragraph = "2"}), QuoteState::kAmbiguous);
  EXPECT_EQ(Find("voted", {.section = "Policy", .paragraph = "2"}), QuoteState::kFound);
}

TEST(QuoteFinderTest, LinesAndCharactersAreNumbered) {
  EXPECT_EQ(Find("Peru spoke", {.line = "10"}), QuoteState::kFound);
  EXPECT_EQ(Find("Peru spoke", {.line = "9-11"}), QuoteState::kFound);
  EXPECT_EQ(Find("Peru spoke", {.line = "11"}), QuoteState::kMoved);
  EXPECT_EQ(Find("Title", {.characters = "1-5"}), QuoteState::kFound);
  EXPECT_EQ(Find("Title", {.characters = "2-5"}), QuoteState::kMoved);
}

TEST(QuoteFinderTest, NoTextAndNoQuoteAreNoTrouble) {
  Claim claim;
  claim.quote = "x";
  EXPECT_EQ(QuoteFinder("", {}).Find(claim), QuoteState::kMissing);
  claim.quote = " ";
  EXPECT_EQ(QuoteFinder("x", {}).Find(claim), QuoteState::kMissing);
}

}  // namespace
}  // namespace dossier::store_internal
