// Reads an ontology file (TOML; docs/ontology.md) into an Ontology.
#ifndef DOSSIER_SCHEMA_ONTOLOGY_READER_H_
#define DOSSIER_SCHEMA_ONTOLOGY_READER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "schema/ontology.h"

namespace dossier {

// The ontology, which keeps a copy of `text`; or kInvalidArgument with a Diagnostic (E2001 and up) for everything
// that is wrong in it, each with line and column, `file` as its file. Never throws.
absl::StatusOr<Ontology> ReadOntology(std::string_view text, std::string_view file = "ontology.toml");

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ONTOLOGY_READER_H_
