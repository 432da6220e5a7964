#include "store/key_codec.h"

#include <cstddef>

namespace dossier::store_internal {
namespace {

void PutBigEndian(std::string* out, uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out->push_back(static_cast<char>(number >> shift & 0xFF));
}

uint64_t BigEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

std::string NumberKey(Tag tag, uint32_t number) {
  std::string key = TagKey(tag);
  PutBigEndian(&key, number, 4);
  return key;
}

std::string TextKey(Tag tag, std::string_view text) {
  std::string key = TagKey(tag);
  key.append(text);
  return key;
}

bool HasTag(Tag tag, std::string_view key) { return !key.empty() && key[0] == static_cast<char>(tag); }

}  // namespace

std::string TagKey(Tag tag) { return std::string(1, static_cast<char>(tag)); }
std::string FormatKey() { return TextKey(Tag::kFormat, kFormatName); }

std::string KeyOf(EntityNumber number) { return NumberKey(Tag::kEntity, number.value); }
std::string KeyOf(DocumentNumber number) { return NumberKey(Tag::kDocument, number.value); }
std::string KeyOf(PropositionNumber last) { return NumberKey(Tag::kPropositions, last.value); }
std::string KeyOf(ClaimId last) { return NumberKey(Tag::kClaims, last.value); }
std::string LoadKey(uint64_t number) {
  std::string key = TagKey(Tag::kLoad);
  PutBigEndian(&key, number, 8);
  return key;
}

std::string EntityByKey(std::string_view key) { return TextKey(Tag::kEntityByKey, key); }
std::string DocumentByKey(std::string_view key) { return TextKey(Tag::kDocumentByKey, key); }

std::string BucketKey(Tag tag, uint32_t run, uint32_t bucket) {
  std::string key = RunPrefix(tag, run);
  PutBigEndian(&key, bucket, 4);
  return key;
}
std::string RunPrefix(Tag tag, uint32_t run) { return NumberKey(tag, run); }

std::string FurtherClaim(PropositionNumber proposition, ClaimId claim) {
  std::string key = ClaimsOf(proposition);
  PutBigEndian(&key, claim.value, 4);
  return key;
}
std::string ClaimsOfDocument(DocumentNumber document, ClaimId first) {
  std::string key = ClaimsOf(document);
  PutBigEndian(&key, first.value, 4);
  return key;
}
std::string ClaimsOf(PropositionNumber proposition) { return NumberKey(Tag::kFurtherClaims, proposition.value); }
std::string ClaimsOf(DocumentNumber document) { return NumberKey(Tag::kClaimsOfDocument, document.value); }

std::string AfterPrefix(std::string_view prefix) {
  std::string after(prefix);
  while (!after.empty() && static_cast<uint8_t>(after.back()) == 0xFF) after.pop_back();
  if (!after.empty()) after.back() = static_cast<char>(static_cast<uint8_t>(after.back()) + 1);
  return after;
}

std::string EncodeNumber(uint32_t number) {
  std::string bytes;
  PutBigEndian(&bytes, number, 4);
  return bytes;
}
std::optional<uint32_t> DecodeNumber(std::string_view bytes) {
  if (bytes.size() != 4) return std::nullopt;
  return static_cast<uint32_t>(BigEndian(bytes));
}

std::optional<uint32_t> NumberInKey(Tag tag, std::string_view key) {
  if (!HasTag(tag, key)) return std::nullopt;
  return DecodeNumber(key.substr(1));
}
std::optional<uint64_t> LoadInKey(std::string_view key) {
  if (!HasTag(Tag::kLoad, key) || key.size() != 9) return std::nullopt;
  return BigEndian(key.substr(1));
}
std::optional<NumberPair> PairInKey(Tag tag, std::string_view key) {
  if (!HasTag(tag, key) || key.size() != 9) return std::nullopt;
  return NumberPair{static_cast<uint32_t>(BigEndian(key.substr(1, 4))),
                    static_cast<uint32_t>(BigEndian(key.substr(5)))};
}
std::optional<std::string> TextInKey(Tag tag, std::string_view key) {
  if (!HasTag(tag, key)) return std::nullopt;
  return std::string(key.substr(1));
}

}  // namespace dossier::store_internal
