#include "graph/base/sha256.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "graph/base/sha256_instructions.h"

namespace dossier {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeDigest {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};

// Looking the algorithm up costs more than hashing a claim does, so each thread keeps it.
struct Hasher {
  std::unique_ptr<EVP_MD, FreeDigest> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

}  // namespace

Sha256Digest Sha256ByLibrary(std::string_view bytes) {
  thread_local const Hasher hasher;
  Sha256Digest digest{};
  unsigned int size = 0;
  // None of these fails but for want of memory, or in a libcrypto that was built without SHA-256.
  if (hasher.algorithm == nullptr || hasher.context == nullptr ||
      EVP_DigestInit_ex2(hasher.context.get(), hasher.algorithm.get(), nullptr) != 1 ||
      EVP_DigestUpdate(hasher.context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(hasher.context.get(), digest.data(), &size) != 1) {
    std::abort();
  }
  return digest;
}

Sha256Digest Sha256(std::string_view bytes) {
  if (!sha256_internal::HasInstructions()) return Sha256ByLibrary(bytes);
  Sha256Digest digest;
  sha256_internal::HashOne(bytes, &digest);
  return digest;
}

std::pair<Sha256Digest, Sha256Digest> Sha256OfBoth(std::string_view first, std::string_view second) {
  if (!sha256_internal::HasInstructions()) return {Sha256ByLibrary(first), Sha256ByLibrary(second)};
  std::pair<Sha256Digest, Sha256Digest> digests;
  sha256_internal::HashTwo(first, second, &digests.first, &digests.second);
  return digests;
}

std::string ToHex(std::span<const uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string Sha256Hex(std::string_view bytes) { return ToHex(Sha256(bytes)); }

}  // namespace dossier
