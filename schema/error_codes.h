// The numbers of the errors that schema/ gives, one line each; docs/errors.md explains them at more length.
// A number, once released, is never given another meaning.
#ifndef DOSSIER_SCHEMA_ERROR_CODES_H_
#define DOSSIER_SCHEMA_ERROR_CODES_H_

namespace dossier {

// Ontologies (schema/ontology_reader.h).
inline constexpr int kOntologySyntax = 2001;            // the file is not TOML
inline constexpr int kOntologyUnknownKey = 2002;        // a key or table that an ontology does not have
inline constexpr int kOntologyWrongType = 2003;         // a value of another type than its key takes
inline constexpr int kOntologyMissingKey = 2004;        // a key that has to be there
inline constexpr int kOntologyBadName = 2005;           // a name that is no label
inline constexpr int kOntologyUnknownType = 2006;       // a type that nothing declares
inline constexpr int kOntologyUnknownRelation = 2007;   // a relation that nothing declares
inline constexpr int kOntologyUnknownRole = 2008;       // neither "subject", "object" nor a qualifier of the relation
inline constexpr int kOntologyCycle = 2009;             // something that is its own supertype
inline constexpr int kOntologyUnknownWord = 2010;       // a value outside a closed list
inline constexpr int kOntologyNameTaken = 2011;         // an inverse that is a relation's name, or another's inverse
inline constexpr int kOntologyKeysClash = 2012;         // keys that do not go together
inline constexpr int kOntologyBuiltIn = 2013;           // a change to what is built in
inline constexpr int kOntologyExcludesItself = 2014;    // an exclusion that leaves nothing possible
inline constexpr int kOntologyNotContainment = 2015;    // an entailment along a relation that is no containment

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ERROR_CODES_H_
