// SHA-256: of documents, as their catalogue gives it, and of canonical texts, as the identity of what they say.
#ifndef DOSSIER_GRAPH_BASE_SHA256_H_
#define DOSSIER_GRAPH_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace dossier {

using Sha256Digest = std::array<uint8_t, 32>;

// May be called from many threads.
Sha256Digest Sha256(std::string_view bytes);
// Of two texts at once, which takes less time than one after the other.
std::pair<Sha256Digest, Sha256Digest> Sha256OfBoth(std::string_view first, std::string_view second);
// What both do where the processor has no instructions for it: for tests.
Sha256Digest Sha256ByLibrary(std::string_view bytes);

// Two lower-case hexadecimal digits a byte.
std::string ToHex(std::span<const uint8_t> bytes);

// ToHex(Sha256(bytes)): what `sha256sum` prints for a file of these bytes.
std::string Sha256Hex(std::string_view bytes);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_SHA256_H_
