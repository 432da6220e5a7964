// What a store holds as records of claim files, in JSON (docs/claim-files.md): what the loader reads back to the same.
#ifndef DOSSIER_TOOLS_EXPORT_RECORD_H_
#define DOSSIER_TOOLS_EXPORT_RECORD_H_

#include "graph/claim.h"
#include "tools/render/value_printer.h"

namespace dossier {

// Fields that are empty, or have their default, are left out; `recorded` and the number of the load belong to the
// store.
Json RecordOf(const Document& document);
Json RecordOf(const Entity& entity);
Json RecordOf(const Claim& claim);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_EXPORT_RECORD_H_
