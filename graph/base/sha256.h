// SHA-256: of documents, as their catalogue gives it, and of canonical texts, as the identity of what they say.
#ifndef DOSSIER_GRAPH_BASE_SHA256_H_
#define DOSSIER_GRAPH_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

using Sha256Digest = std::array<uint8_t, 32>;

// May be called from many threads.
Sha256Digest Sha256(std::string_view bytes);

// Two lower-case hexadecimal digits a byte.
std::string ToHex(std::span<const uint8_t> bytes);

// ToHex(Sha256(bytes)): what `sha256sum` prints for a file of these bytes.
std::string Sha256Hex(std::string_view bytes);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_SHA256_H_
