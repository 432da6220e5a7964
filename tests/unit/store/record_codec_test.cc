#include "store/record_codec.h"

#include <string>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "store/error_codes.h"
#include "store/format.h"

namespace dossier::store_internal {
namespace {

EdtfTime Time(std::string_view text) { return EdtfTime::Parse(text).value(); }

Quantity AtLeast(double low) {
  Quantity quantity;
  quantity.low = low;
  quantity.unit = "munition";
  quantity.basis = "separate attacks";
  quantity.text = "at least 238";
  return quantity;
}

QualifierRecord Literal(std::string_view name, Value value) {
  return {std::string(name), {TermRecord::Kind::kLiteral, 0, std::move(value)}};
}

// Every field set, and each to something of its own.
ClaimRecord FullClaim() {
  ClaimRecord claim;
  claim.proposition = PropositionNumber(17);
  claim.document = DocumentNumber(3);
  claim.qualifiers = {Literal("a", Value::Integer(-5)),
                      Literal("b", Value::Float(2.5)),
                      Literal("c", Value::Boolean(true)),
                      Literal("d", Value::String("")),
                      Literal("e", Value::Time(Time("2015~"))),
                      Literal("f", Value::OfQuantity(AtLeast(3))),
                      {"g", {TermRecord::Kind::kEntity, 9, Value()}},
                      {"h", {TermRecord::Kind::kDocument, 8, Value()}},
                      {"i", {TermRecord::Kind::kClaim, 7, Value()}}};
  claim.asserters = {4, 5};
  claim.statement = 0;
  claim.cites = {1, 2};
  claim.supersedes = {11, 12};
  Claim& rest = claim.rest;
  rest.id = "claim-1";
  rest.valid = Time("2014/2015");
  rest.said = Time("2015-09-30");
  rest.quantity = AtLeast(238);
  rest.act = Act::kRefuses;
  rest.certainty = Certainty::kUncommitted;
  rest.rank = Rank::kDeprecated;
  rest.hedge = "appears to";
  rest.locator = {"s", "p", "12", "40", "t", "r", "c", "l", "1-2", "00:01"};
  rest.quote = "Côte d’Ivoire";
  rest.quote_before = "before";
  rest.quote_after = "after";
  rest.cites.note = "40";
  rest.cites.state = NoteState::kIbid;
  rest.note = "a remark";
  rest.recorded = -1;
  rest.load = 1ull << 40;
  return claim;
}

// Claims have no ==; two encodings of the same record are the same bytes.
TEST(RecordCodecTest, ClaimsComeBackWhole) {
  const ClaimRecord claim = FullClaim();
  const std::string bytes = Encode(claim, "claim 1").value();
  const ClaimRecord back = DecodeClaim(bytes, "claim 1").value();
  EXPECT_EQ(Encode(back, "claim 1").value(), bytes);
  EXPECT_EQ(back.rest.id, "claim-1");
  EXPECT_EQ(back.rest.valid, claim.rest.valid);
  EXPECT_EQ(back.rest.said, claim.rest.said);
  EXPECT_EQ(back.rest.quantity, claim.rest.quantity);
  EXPECT_EQ(back.rest.act, Act::kRefuses);
  EXPECT_EQ(back.rest.certainty, Certainty::kUncommitted);
  EXPECT_EQ(back.rest.rank, Rank::kDeprecated);
  EXPECT_EQ(back.rest.hedge, "appears to");
  EXPECT_EQ(back.rest.locator, claim.rest.locator);
  EXPECT_EQ(back.rest.quote, claim.rest.quote);
  EXPECT_EQ(back.rest.quote_before, "before");
  EXPECT_EQ(back.rest.quote_after, "after");
  EXPECT_EQ(back.rest.cites, claim.rest.cites);
  EXPECT_EQ(back.rest.note, "a remark");
  EXPECT_EQ(back.rest.recorded, -1);
  EXPECT_EQ(back.rest.load, 1ull << 40);
  EXPECT_EQ(back.proposition, claim.proposition);
  EXPECT_EQ(back.document, claim.document);
  EXPECT_EQ(back.asserters, claim.asserters);
  EXPECT_EQ(back.statement, 0u);
  EXPECT_EQ(back.cites, claim.cites);
  EXPECT_EQ(back.supersedes, claim.supersedes);
  ASSERT_EQ(back.qualifiers.size(), 9u);
  for (size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(back.qualifiers[i].name, claim.qualifiers[i].name);
    EXPECT_EQ(back.qualifiers[i].value.kind, claim.qualifiers[i].value.kind);
    EXPECT_EQ(back.qualifiers[i].value.number, claim.qualifiers[i].value.number);
    EXPECT_EQ(back.qualifiers[i].value.literal.type(), claim.qualifiers[i].value.literal.type());
    EXPECT_TRUE(Equivalent(back.qualifiers[i].value.literal, claim.qualifiers[i].value.literal));
  }
}

TEST(RecordCodecTest, AnEmptyClaimIsSmallAndStaysEmpty) {
  ClaimRecord claim;
  claim.rest.id = "000102030405060708090a0b0c0d0e0f";
  const std::string bytes = Encode(claim, "claim").value();
  EXPECT_LT(bytes.size(), 64u);
  const ClaimRecord back = DecodeClaim(bytes, "claim").value();
  EXPECT_EQ(back.rest.id, claim.rest.id);
  EXPECT_TRUE(back.rest.valid.is_undated());
  EXPECT_FALSE(back.rest.quantity.has_value());
  EXPECT_FALSE(back.statement.has_value());
  EXPECT_TRUE(back.rest.locator.empty());
  EXPECT_EQ(back.rest.cites, Citation());
}

TEST(RecordCodecTest, OtherRecordsComeBackWhole) {
  Entity entity{"state/x", {"Actor", "State"}, "X", {{"Ex", "en", "doc/a", Time("2015")}, {"Икс"}}, "a line"};
  EXPECT_EQ(DecodeEntity(Encode(entity, "e").value(), "e").value(), entity);
  EXPECT_EQ(DecodeEntityKey(Encode(entity, "e").value(), "e").value(), "state/x");

  Document document{"doc/a", "T",    "org/p", {"A", "B"}, Time("[2007-11-13..]"), "report", "en", "http://x",
                    "a.txt", "00ff", "doc/b", "n"};
  EXPECT_EQ(DecodeDocument(Encode(document, "d").value(), "d").value(), document);
  EXPECT_EQ(DecodeDocument(Encode(Document{}, "d").value(), "d").value(), Document{});

  const StoreCounts counts{1, 2, 3, 4, 5};
  EXPECT_EQ(DecodeCounts(Encode(counts, "c").value(), "c").value(), counts);

  const LoadRecord load{
      7, 8, {"a.csv", "b.csv"}, {}, counts, {EntityNumber(3)}, {DocumentNumber(4), DocumentNumber(5)}};
  EXPECT_EQ(DecodeLoad(Encode(load, "l").value(), "l").value(), load);

  const Verification verification{
      1, 2, 3, 4, {{ClaimId(5), QuoteState::kMoved}}, {{DocumentNumber(6), DocumentState::kDiffers}}};
  EXPECT_EQ(DecodeVerification(Encode(verification, "v").value(), "v").value(), verification);

  EXPECT_EQ(DecodeOntology(EncodeOntology("[ontology]\n", "o").value(), "o").value(), "[ontology]\n");
}

TEST(RecordCodecTest, PropositionsComeBackWhole) {
  PropositionRecord proposition;
  proposition.subject = {TermRecord::Kind::kEntity, 4, Value()};
  proposition.relation = "USED";
  proposition.object = {TermRecord::Kind::kLiteral, 0, Value::String("126")};
  proposition.identifying = {{"place", {TermRecord::Kind::kEntity, 5, Value()}}};
  const std::string bytes = Encode(proposition, "p").value();
  const PropositionRecord back = DecodeProposition(bytes, "p").value();
  EXPECT_EQ(Encode(back, "p").value(), bytes);
  EXPECT_EQ(back.relation, "USED");
  EXPECT_EQ(back.object.literal.string(), "126");
  EXPECT_EQ(back.identifying[0].value.number, 5u);
}

TEST(RecordCodecTest, DamageIsAStatusThatNamesTheRecord) {
  const std::string bytes = Encode(FullClaim(), "claim").value();
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    const auto claim = DecodeClaim(bytes.substr(0, cut), "claim 17");
    if (cut == 0) continue;  // an empty record may read as an empty claim or not at all
    ASSERT_FALSE(claim.ok()) << cut;
    EXPECT_EQ(claim.status().code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ErrorNumber(claim.status()), kStoreDamaged);
    EXPECT_NE(ToStd(claim.status().message()).find("claim 17"), std::string_view::npos);
  }
  EXPECT_EQ(ErrorNumber(DecodeClaim(bytes + "x", "claim").status()), kStoreDamaged);
}

TEST(RecordCodecTest, ConstantsThatAreNotKnownAreDamage) {
  ClaimRecord claim = FullClaim();
  claim.rest.act = static_cast<Act>(99);
  EXPECT_EQ(ErrorNumber(DecodeClaim(Encode(claim, "claim").value(), "claim").status()), kStoreDamaged);
}

TEST(RecordCodecTest, RefusesWhatItCouldNotReadBack) {
  Entity entity;
  entity.key = "k";
  entity.description.assign(kMaxRecordBytes + 1, 'x');
  EXPECT_EQ(ErrorNumber(Encode(entity, "entity k").status()), kRecordTooLarge);
  // A few bytes that claim to be very long: refused without memory being taken for it.
  const std::string bomb("\x00\x00\x13\xFF\xFF\xFF\xFF", 7);
  EXPECT_FALSE(DecodeEntity(bomb, "entity").ok());
}

}  // namespace
}  // namespace dossier::store_internal
