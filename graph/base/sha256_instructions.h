// SHA-256 by the processor's own instructions, where it has them. For graph/base/sha256.cc, which knows what to do
// where it has none.
//
// A load hashes two texts a claim, of a few hundred bytes each. OpenSSL uses the same instructions, but half as much
// time again goes into its being asked; and as each of them waits for the one before it, two texts side by side take
// little longer than one.
#ifndef DOSSIER_GRAPH_BASE_SHA256_INSTRUCTIONS_H_
#define DOSSIER_GRAPH_BASE_SHA256_INSTRUCTIONS_H_

#include <string_view>

#include "graph/base/sha256.h"

namespace dossier::sha256_internal {

bool HasInstructions();

// Precondition of both: HasInstructions().
void HashOne(std::string_view text, Sha256Digest* digest);
void HashTwo(std::string_view first, std::string_view second, Sha256Digest* of_first, Sha256Digest* of_second);

}  // namespace dossier::sha256_internal

#endif  // DOSSIER_GRAPH_BASE_SHA256_INSTRUCTIONS_H_
