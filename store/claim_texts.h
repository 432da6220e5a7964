// The words of an image's claims, read from the snapshot that the image stands for.
#ifndef DOSSIER_STORE_CLAIM_TEXTS_H_
#define DOSSIER_STORE_CLAIM_TEXTS_H_

#include <memory>

#include "graph/image.h"
#include "store/snapshot.h"

namespace dossier::store_internal {

std::shared_ptr<const ClaimTexts> MakeClaimTexts(Snapshot snapshot);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_CLAIM_TEXTS_H_
