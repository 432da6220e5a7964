#include "store/key_codec.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dossier::store_internal {
namespace {

// The bytes on disk. If one of these fails, old stores cannot be read: make a new format version instead.
TEST(KeyCodecTest, BytesNeverChange) {
  EXPECT_EQ(FormatKey(), std::string("\x00"
                                     "dossier",
                                     8));
  EXPECT_EQ(TagKey(Tag::kOntology), "\x01");
  EXPECT_EQ(TagKey(Tag::kCounts), "\x02");
  EXPECT_EQ(TagKey(Tag::kVerification), "\x03");
  EXPECT_EQ(KeyOf(EntityNumber(0x01020304)), "\x10\x01\x02\x03\x04");
  EXPECT_EQ(KeyOf(DocumentNumber(0xFFFEFDFC)), "\x11\xFF\xFE\xFD\xFC");
  EXPECT_EQ(KeyOf(PropositionNumber(1)), std::string("\x15\0\0\0\x01", 5));
  EXPECT_EQ(KeyOf(ClaimId(256)), std::string("\x16\0\0\x01\0", 5));
  EXPECT_EQ(LoadKey(0x0102030405060708), "\x14\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_EQ(EntityByKey("state/russia"), "\x20state/russia");
  EXPECT_EQ(DocumentByKey("doc/a"),
            "\x21"
            "doc/a");
  EXPECT_EQ(BucketKey(Tag::kClaimsById, 1, 2), std::string("\x24\0\0\0\x01\0\0\0\x02", 9));
  EXPECT_EQ(BucketKey(Tag::kPropositionsByHash, 1, 0x010203), std::string("\x25\0\0\0\x01\0\x01\x02\x03", 9));
  EXPECT_EQ(FurtherClaim(PropositionNumber(1), ClaimId(2)), std::string("\x32\0\0\0\x01\0\0\0\x02", 9));
  EXPECT_EQ(ClaimsOfDocument(DocumentNumber(1), ClaimId(2)), std::string("\x33\0\0\0\x01\0\0\0\x02", 9));
}

TEST(KeyCodecTest, OrderOfBytesIsOrderOfNumbers) {
  std::vector<uint32_t> numbers = {0, 1, 127, 128, 255, 256, 65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE};
  std::mt19937 random(7);
  for (int i = 0; i < 1000; ++i) numbers.push_back(random());
  std::sort(numbers.begin(), numbers.end());
  for (size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i - 1] == numbers[i]) continue;
    EXPECT_LT(KeyOf(ClaimId(numbers[i - 1])), KeyOf(ClaimId(numbers[i])));
    EXPECT_LT(LoadKey(numbers[i - 1]), LoadKey(uint64_t{numbers[i]} << 20));
    EXPECT_LT(KeyOf(PropositionNumber(numbers[i - 1])), KeyOf(PropositionNumber(numbers[i])));
    EXPECT_LT(ClaimsOfDocument(DocumentNumber(numbers[i - 1]), ClaimId(0xFFFFFFFF)),
              ClaimsOfDocument(DocumentNumber(numbers[i]), ClaimId(0)));
    EXPECT_LT(FurtherClaim(PropositionNumber(5), ClaimId(numbers[i - 1])),
              FurtherClaim(PropositionNumber(5), ClaimId(numbers[i])));
    EXPECT_LT(BucketKey(Tag::kClaimsById, numbers[i - 1], 0xFFFFFFFF), BucketKey(Tag::kClaimsById, numbers[i], 0));
    EXPECT_LT(BucketKey(Tag::kClaimsById, 5, numbers[i - 1]), BucketKey(Tag::kClaimsById, 5, numbers[i]));
  }
}

TEST(KeyCodecTest, EveryKeyOfATagLiesBetweenItsPrefixAndTheNext) {
  const std::string key = FurtherClaim(PropositionNumber(0xFFFFFFFF), ClaimId(0xFFFFFFFF));
  EXPECT_GE(key, ClaimsOf(PropositionNumber(0xFFFFFFFF)));
  EXPECT_LT(key, AfterPrefix(ClaimsOf(PropositionNumber(0xFFFFFFFF))));
  EXPECT_EQ(AfterPrefix(ClaimsOf(PropositionNumber(0xFFFFFFFF))), TagKey(Tag::kClaimsOfDocument));
  EXPECT_EQ(AfterPrefix(ClaimsOf(DocumentNumber(0xFF))), std::string("\x33\0\0\x01", 4));
  EXPECT_EQ(AfterPrefix("\xFF\xFF"), "");
  EXPECT_EQ(AfterPrefix(TagKey(Tag::kEntity)), TagKey(Tag::kDocument));
}

TEST(KeyCodecTest, ReadsBackWhatItWrote) {
  EXPECT_EQ(NumberInKey(Tag::kClaims, KeyOf(ClaimId(77))), 77u);
  EXPECT_EQ(LoadInKey(LoadKey(1ull << 40)), 1ull << 40);
  const auto pair = PairInKey(Tag::kClaimsOfDocument, ClaimsOfDocument(DocumentNumber(3), ClaimId(4)));
  ASSERT_TRUE(pair.has_value());
  EXPECT_EQ(pair->first, 3u);
  EXPECT_EQ(pair->second, 4u);
  EXPECT_EQ(TextInKey(Tag::kEntityByKey, EntityByKey("a/b")), "a/b");
  EXPECT_EQ(DecodeNumber(EncodeNumber(0xDEADBEEF)), 0xDEADBEEF);
}

TEST(KeyCodecTest, RefusesKeysThatAreNone) {
  EXPECT_EQ(NumberInKey(Tag::kClaims, KeyOf(EntityNumber(1))), std::nullopt);
  EXPECT_EQ(NumberInKey(Tag::kClaims, "\x16\x01"), std::nullopt);
  EXPECT_EQ(LoadInKey("\x14\x01"), std::nullopt);
  EXPECT_FALSE(PairInKey(Tag::kClaimsOfDocument, "\x33").has_value());
  EXPECT_EQ(DecodeNumber("abc"), std::nullopt);
}

}  // namespace
}  // namespace dossier::store_internal
