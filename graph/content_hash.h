// Content hashes as the ids of claims, and ids as hashes.
#ifndef DOSSIER_GRAPH_CONTENT_HASH_H_
#define DOSSIER_GRAPH_CONTENT_HASH_H_

#include <optional>
#include <string>
#include <string_view>

#include "graph/claim.h"

namespace dossier {

// The 16 bytes that 32 lower-case hexadecimal digits are, and back; nullopt for any other text.
std::optional<ContentHash> HashOfHex(std::string_view id);
std::string HexOfHash(const ContentHash& hash);

// 16 bytes that stand for an id: those that its digits are, or a hash of it. Never changes: indexes on disk rest on it.
ContentHash HashOfId(std::string_view id);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CONTENT_HASH_H_
