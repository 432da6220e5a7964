// Ontologies: no text crashes the reader; an error has a number and a place, and what is read reads again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "schema/ontology_reader.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto ontology = dossier::ReadOntology(input);
  if (!ontology.ok()) {
    const auto errors = dossier::DiagnosticsOf(ontology.status());
    Expect(!errors.empty());
    for (const dossier::Diagnostic& error : errors) {
      Expect(error.number >= 2001 && error.number <= 2999 && error.place.known());
      Expect(error.place.begin.offset <= size && error.place.end.offset <= size && !error.cause.empty());
    }
    return 0;
  }
  Expect(dossier::ReadOntology(ontology->source_text()).ok());
  for (const dossier::EntityType& type : ontology->types()) {
    Expect(ontology->FindType(type.name) == &type);
    for (const auto& above : type.supertypes) Expect(ontology->IsSubtype(type.name, above));
    for (const auto& below : type.subtypes) Expect(ontology->IsSubtype(below, type.name));
    for (const auto& other : type.excludes) Expect(!ontology->IsSubtype(type.name, other));
  }
  for (const dossier::Relation& relation : ontology->relations()) {
    Expect(ontology->FindRelation(relation.name) == &relation);
    for (const auto& above : relation.supertypes) Expect(ontology->IsSubrelation(relation.name, above));
    for (const auto& rule : relation.qualifiers) Expect(relation.FindQualifier(rule.name) == &rule);
    if (!relation.inverse.empty()) Expect(ontology->FindByInverse(relation.inverse) == &relation);
  }
  return 0;
}
