// Dense numbers of what a store holds, each counted from 0 in the order recorded. Each is a type of its own.
// A number is never given twice in one store; keys and claim ids are what stays the same between stores.
#ifndef DOSSIER_STORE_NUMBERS_H_
#define DOSSIER_STORE_NUMBERS_H_

#include "graph/id.h"

namespace dossier {

using EntityNumber = DenseId<struct EntityNumberTag>;
using DocumentNumber = DenseId<struct DocumentNumberTag>;
using PropositionNumber = DenseId<struct PropositionNumberTag>;
// Claims are numbered by ClaimId (graph/id.h).

}  // namespace dossier

#endif  // DOSSIER_STORE_NUMBERS_H_
