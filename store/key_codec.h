// Keys of store/format.h: one function an entry, and back. Bytes in, bytes out.
#ifndef DOSSIER_STORE_KEY_CODEC_H_
#define DOSSIER_STORE_KEY_CODEC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/id.h"
#include "store/format.h"
#include "store/numbers.h"

namespace dossier::store_internal {

// A key of a tag alone: kOntology, kCounts, kVerification; also the prefix of all keys of a tag.
std::string TagKey(Tag tag);
std::string FormatKey();

std::string KeyOf(EntityNumber number);
std::string KeyOf(DocumentNumber number);
// Of the block whose last record this is.
std::string KeyOf(PropositionNumber last);
std::string KeyOf(ClaimId last);
std::string LoadKey(uint64_t number);

std::string EntityByKey(std::string_view key);
std::string DocumentByKey(std::string_view key);

// A bucket of an index of hashes (store/hash_index.h), and what all buckets of a run have in front.
std::string BucketKey(Tag tag, uint32_t run, uint32_t bucket);
std::string RunPrefix(Tag tag, uint32_t run);

std::string FurtherClaim(PropositionNumber proposition, ClaimId claim);
std::string ClaimsOfDocument(DocumentNumber document, ClaimId first);
// What all claims of one have in front.
std::string ClaimsOf(PropositionNumber proposition);
std::string ClaimsOf(DocumentNumber document);

// The first key after all that begin with `prefix`; empty if there is none (all bytes 0xFF).
std::string AfterPrefix(std::string_view prefix);

// Four bytes as in keys, for values that are a number; nullopt for any other length.
std::string EncodeNumber(uint32_t number);
std::optional<uint32_t> DecodeNumber(std::string_view bytes);

// The number in a record's key, or both of a key with two; nullopt if the key is none of that tag's.
std::optional<uint32_t> NumberInKey(Tag tag, std::string_view key);
std::optional<uint64_t> LoadInKey(std::string_view key);
struct NumberPair {
  uint32_t first = 0, second = 0;
};
std::optional<NumberPair> PairInKey(Tag tag, std::string_view key);
// The key that an index entry stands under.
std::optional<std::string> TextInKey(Tag tag, std::string_view key);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_KEY_CODEC_H_
