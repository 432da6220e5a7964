// The numbers of the errors that schema/ gives, one line each; docs/errors.md explains them at more length.
// A number, once released, is never given another meaning.
#ifndef DOSSIER_SCHEMA_ERROR_CODES_H_
#define DOSSIER_SCHEMA_ERROR_CODES_H_

namespace dossier {

// Ontologies (schema/ontology_reader.h).
inline constexpr int kOntologySyntax = 2001;           // the file is not TOML
inline constexpr int kOntologyUnknownKey = 2002;       // a key or table that an ontology does not have
inline constexpr int kOntologyWrongType = 2003;        // a value of another type than its key takes
inline constexpr int kOntologyMissingKey = 2004;       // a key that has to be there
inline constexpr int kOntologyBadName = 2005;          // a name that is no label
inline constexpr int kOntologyUnknownType = 2006;      // a type that nothing declares
inline constexpr int kOntologyUnknownRelation = 2007;  // a relation that nothing declares
inline constexpr int kOntologyUnknownRole = 2008;      // neither "subject", "object" nor a qualifier of the relation
inline constexpr int kOntologyCycle = 2009;            // something that is its own supertype
inline constexpr int kOntologyUnknownWord = 2010;      // a value outside a closed list
inline constexpr int kOntologyNameTaken = 2011;        // an inverse that is a relation's name, or another's inverse
inline constexpr int kOntologyKeysClash = 2012;        // keys that do not go together
inline constexpr int kOntologyBuiltIn = 2013;          // a change to what is built in
inline constexpr int kOntologyExcludesItself = 2014;   // an exclusion that leaves nothing possible
inline constexpr int kOntologyNotContainment = 2015;   // an entailment along a relation that is no containment

// Claim files (schema/claim_file_reader.h).
inline constexpr int kNotUtf8 = 3001;          // bytes that are no UTF-8
inline constexpr int kBrokenQuoting = 3002;    // quotation marks that are not as RFC 4180 has them
inline constexpr int kWrongCellCount = 3003;   // more or fewer cells than the header has
inline constexpr int kUnknownRelation = 3004;  // neither a relation of the ontology nor an inverse
inline constexpr int kCellTooLong = 3005;      // a cell, key or id beyond its limit
inline constexpr int kUnknownColumn = 3006;    // a column that the kind of file does not have
inline constexpr int kMissingColumn = 3007;    // no header, or one without a required column
inline constexpr int kColumnTwice = 3008;      // the same column, or field, twice
inline constexpr int kUnknownFileKind = 3009;  // a name, or a field `record`, that tells no kind of record
inline constexpr int kBadJson = 3010;          // a line that is no JSON object of texts

// What rows say (schema/validator.h).
inline constexpr int kEmptyCell = 3011;            // a required cell is empty
inline constexpr int kNoSource = 3012;             // a claim or group without a document
inline constexpr int kBadKey = 3013;               // a key or id with characters that it cannot have
inline constexpr int kUnknownType = 3014;          // a type that the ontology does not have
inline constexpr int kTypesExclude = 3015;         // an entity of two types that exclude each other
inline constexpr int kKeyWithOtherType = 3016;     // a key that stands for an entity of another type
inline constexpr int kDocumentTwice = 3017;        // a document given again, and differently
inline constexpr int kIdTwice = 3018;              // the id of another claim
inline constexpr int kGroupTwice = 3019;           // the key of another group
inline constexpr int kUnknownEntity = 3020;        // a key or name that nothing has
inline constexpr int kAmbiguousName = 3021;        // a name that several entities have
inline constexpr int kUnknownDocument = 3022;      // a document that nothing describes
inline constexpr int kUnknownClaim = 3023;         // an id that no claim has
inline constexpr int kWrongType = 3024;            // an entity of a type that the relation does not take there
inline constexpr int kNotAStatement = 3025;        // the statement is an entity of another type
inline constexpr int kWrongTermKind = 3026;        // an entity where a literal belongs, or the other way round
inline constexpr int kBadLiteral = 3027;           // a text that is no value of the relation's type
inline constexpr int kBadDate = 3028;              // a text that is no time
inline constexpr int kBadQuantityCell = 3029;      // a text that is no quantity
inline constexpr int kUnknownQualifier = 3030;     // a qualifier that the relation does not declare
inline constexpr int kBadQualifier = 3031;         // a qualifier that is not name=value, has no such value, or two
inline constexpr int kMissingQualifier = 3032;     // a qualifier that the relation requires
inline constexpr int kUnknownWord = 3033;          // a word outside a closed list: act, certainty, rank, ...
inline constexpr int kCitationClash = 3034;        // cites_note and cites_state that do not go together
inline constexpr int kBadLocator = 3035;           // a locator that is not part=value; ...
inline constexpr int kBadAlias = 3036;             // an alias whose document or time cannot be read
inline constexpr int kBadDocumentField = 3037;     // a checksum, language or address in no known form
inline constexpr int kGroupClash = 3038;           // columns of a group that do not go together
inline constexpr int kClaimChanged = 3039;         // an id under which the store has another claim
inline constexpr int kDocumentChanged = 3040;      // a document whose text in the store is another
inline constexpr int kUnitWithoutQuantity = 3041;  // a unit, or what is counted, and no number
inline constexpr int kNotToBeClaimed = 3042;       // a relation that is read off the claims' own fields
inline constexpr int kRefersToItself = 3043;       // a claim about itself, or one that replaces itself

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ERROR_CODES_H_
