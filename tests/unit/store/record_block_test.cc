#include "store/record_block.h"

#include <random>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "store/error_codes.h"
#include "store/format.h"

namespace dossier::store_internal {
namespace {

// Like those of a long list that one source prints: nearly all alike.
ClaimRecord Vote(uint32_t number) {
  ClaimRecord claim;
  claim.proposition = PropositionNumber(number);
  claim.document = DocumentNumber(7);
  claim.asserters = {3};
  claim.id_by_content = true;
  claim.rest.recorded = 1'700'000'000'000'000;
  claim.rest.load = 1;
  claim.rest.locator.row = StrCat(number);
  claim.qualifiers = {{"value", {TermRecord::Kind::kLiteral, 0, Value::String(number % 3 == 0 ? "yes" : "no")}}};
  return claim;
}

// A random one of everything, lists of all lengths.
ClaimRecord AnyClaim(std::mt19937* random) {
  const auto some = [&](uint32_t below) { return static_cast<uint32_t>((*random)() % below); };
  ClaimRecord claim = Vote(some(1u << 31));
  claim.id_by_content = some(2) == 0;
  if (!claim.id_by_content) claim.rest.id = some(2) == 0 ? "0123456789abcdef0123456789abcdef" : StrCat("c-", some(9));
  claim.qualifiers.resize(some(2));
  for (uint32_t i = some(5); i > 0; --i) {
    const auto kind = static_cast<TermRecord::Kind>(some(4));
    TermRecord value{kind, 0, Value()};
    if (kind == TermRecord::Kind::kLiteral) {
      const Value literals[] = {Value::Integer(-5),
                                Value::Float(0.1),
                                Value::Boolean(true),
                                Value::String(StrCat("0", some(10))),
                                Value::String(StrCat(some(9))),
                                Value::Time(EdtfTime::Parse("2015~").value()),
                                Value::OfQuantity(Quantity::Exactly(3, "state"))};
      value.literal = literals[some(7)];
    } else {
      value.number = some(1000);
    }
    claim.qualifiers.push_back({StrCat("q", some(3)), value});
  }
  for (uint32_t i = some(4); i > 0; --i) claim.supersedes.push_back(some(100));
  for (uint32_t i = some(3); i > 0; --i) claim.cites.push_back(some(100));
  if (some(2) == 0) claim.statement = some(50);
  if (some(3) == 0) claim.rest.quantity = Quantity::Exactly(some(70), "attack");
  if (some(3) == 0) claim.rest.quote = StrCat("what it says, ", some(5));
  return claim;
}

TEST(RecordBlockTest, EveryRecordComesBackFromItsPlace) {
  std::mt19937 random(5);
  for (const uint32_t size : {1u, 2u, 17u, kRecordsInBlock}) {
    BlockWriter<ClaimRecord> writer;
    for (int round = 0; round < 2; ++round) {  // a writer is used again
      std::vector<std::string> alone;
      for (uint32_t i = 0; i < size; ++i) {
        const ClaimRecord claim = AnyClaim(&random);
        alone.push_back(Encode(claim, "claim").value());
        ASSERT_TRUE(writer.Add(claim, "claim").ok());
      }
      EXPECT_EQ(writer.full(), size == kRecordsInBlock);
      const auto block = BlockReader<ClaimRecord>::Open(writer.Take(), "block").value();
      ASSERT_EQ(block.count(), size);
      for (uint32_t i = size; i-- > 0;) EXPECT_EQ(Encode(block.At(i).value(), "claim").value(), alone[i]) << i;
      ClaimRecord used;  // nothing is left in it of the one before
      for (uint32_t i = 0; i < size; ++i) {
        ASSERT_TRUE(block.Read(i, &used).ok()) << i;
        EXPECT_EQ(Encode(used, "claim").value(), alone[i]) << i;
      }
    }
  }
}

TEST(RecordBlockTest, WithoutItsWordsARecordIsTheSameBesides) {
  std::mt19937 random(8);
  BlockWriter<ClaimRecord> writer;
  std::vector<ClaimRecord> claims;
  for (uint32_t i = 0; i < kRecordsInBlock; ++i) {
    claims.push_back(AnyClaim(&random));
    ASSERT_TRUE(writer.Add(claims.back(), "claim").ok());
  }
  const auto block = BlockReader<ClaimRecord>::Open(writer.Take(), "block").value();
  ClaimRecord read;
  for (uint32_t i = 0; i < kRecordsInBlock; ++i) {
    ASSERT_TRUE(block.ReadWithoutWords(i, &read).ok()) << i;
    EXPECT_EQ(read.rest.id + read.rest.quote + read.rest.locator.row, "");
    ClaimRecord whole = read;
    whole.id_by_content = claims[i].id_by_content;
    whole.rest.id = claims[i].rest.id;
    whole.rest.quote = claims[i].rest.quote;
    whole.rest.locator = claims[i].rest.locator;
    EXPECT_EQ(Encode(whole, "claim").value(), Encode(claims[i], "claim").value()) << i;
  }
}

TEST(RecordBlockTest, WhatIsAlikeTakesLittleRoom) {
  BlockWriter<ClaimRecord> claims;
  BlockWriter<PropositionRecord> propositions;
  std::mt19937 random(6);
  for (uint32_t i = 0; i < kRecordsInBlock; ++i) {
    ASSERT_TRUE(claims.Add(Vote(1000 + i), "claim").ok());
    PropositionRecord proposition;
    proposition.subject.number = random() % 1024;
    proposition.relation = "VOTED";
    proposition.object.number = random() % 1024;
    proposition.first_claim = 1000 + i;
    ASSERT_TRUE(propositions.Add(proposition, "proposition").ok());
  }
  EXPECT_LT(claims.Take().size(), kRecordsInBlock * 3 / 4);
  EXPECT_LT(propositions.Take().size(), kRecordsInBlock * 11 / 4);
}

TEST(RecordBlockTest, LongTextsCloseABlock) {
  BlockWriter<ClaimRecord> writer;
  ClaimRecord claim = Vote(1);
  claim.rest.quote.assign(kTextBytesInBlock, 'x');
  ASSERT_TRUE(writer.Add(claim, "claim").ok());
  EXPECT_TRUE(writer.full());
  claim.rest.quote.assign(kMaxRecordBytes + 1, 'x');
  EXPECT_EQ(ErrorNumber(writer.Add(claim, "claim 5")), kRecordTooLarge);
}

TEST(RecordBlockTest, DamageIsAStatusThatNamesTheBlock) {
  std::mt19937 random(7);
  BlockWriter<ClaimRecord> writer;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(writer.Add(AnyClaim(&random), "claim").ok());
  const std::string bytes = writer.Take();
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    const auto block = BlockReader<ClaimRecord>::Open(bytes.substr(0, cut), "the block up to claim 4");
    ASSERT_FALSE(block.ok()) << cut;
    EXPECT_EQ(ErrorNumber(block.status()), kStoreDamaged);
    EXPECT_NE(ToStd(block.status().message()).find("the block up to claim 4"), std::string_view::npos);
  }
  EXPECT_FALSE(BlockReader<ClaimRecord>::Open(bytes + "x", "block").ok());
  // Whatever else is wrong, a record is read or is damaged, and nothing crashes.
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (const int flip : {1, 0x10, 0x80, 0xFF}) {
      std::string broken = bytes;
      broken[at] = static_cast<char>(broken[at] ^ flip);
      const auto block = BlockReader<ClaimRecord>::Open(broken, "block");
      if (!block.ok()) continue;
      for (uint32_t i = 0; i < block->count(); ++i) {
        const auto claim = block->At(i);
        EXPECT_TRUE(claim.ok() || ErrorNumber(claim.status()) == kStoreDamaged);
      }
    }
  }
}

}  // namespace
}  // namespace dossier::store_internal
