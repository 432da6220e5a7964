// From the cells of a row to documents, entities and claims: words, times, quantities and lists read, names made keys.
// What they say together is for schema/claim_validator.h. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_ROW_PARSER_H_
#define DOSSIER_SCHEMA_ROW_PARSER_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/claim.h"
#include "schema/claim_file_reader.h"
#include "schema/claim_validator.h"
#include "schema/known_things.h"
#include "schema/ontology.h"

namespace dossier {

// A claim as read, and what has to be known to say where its fault lies.
struct ParsedClaim {
  Claim claim;
  bool inverse = false;  // the relation was given the other way round: the subject stands in the column of the object
};

class RowParser {
 public:
  RowParser(const Ontology* ontology, KnownThings* known) : ontology_(ontology), known_(known) {}

  // Key, types, name and aliases only: nothing is looked up, nothing reported.
  Entity SketchEntity(const RawRecord& record);
  // The types alone, for the first pass.
  std::vector<std::string> SketchTypes(const RawRecord& record);

  Entity ParseEntity(const RawRecord& record, FieldReporter* reporter);
  Document ParseDocument(const RawRecord& record, FieldReporter* reporter);
  ParsedClaim ParseClaim(const RawRecord& record, FieldReporter* reporter);

  // What claims and groups have in common: from `act` to `note`.
  void ParseSource(const RawRecord& record, bool act_required, Claim* claim, FieldReporter* reporter);

  // --- Single cells. Each reports what is wrong and then gives the empty value. ---
  EdtfTime ParseTime(std::string_view text, Column column, size_t offset, FieldReporter* reporter);
  std::optional<Quantity> ParseQuantityCell(std::string_view text, std::string_view unit, std::string_view counting,
                                            bool countable, Column column, FieldReporter* reporter);
  // The key of the one entity that `text` means.
  std::string ParseEntityName(std::string_view text, Column column, size_t begin, size_t end,
                              const NameContext& context, FieldReporter* reporter);
  // An entity or `claim:ID`.
  Term ParseReference(std::string_view text, Column column, size_t begin, size_t end, const NameContext& context,
                      FieldReporter* reporter);
  // What stands in the object of `relation` (null: of one that an open ontology does not declare, `relation_name`).
  // `unit` and `counting` are for quantities.
  Term ParseObject(const Relation* relation, std::string_view relation_name, std::string_view text, Column column,
                   std::string_view unit, std::string_view counting, const NameContext& context,
                   FieldReporter* reporter);
  std::vector<Qualifier> ParseQualifiers(const Relation* relation, const RawCell& cell, Column column,
                                         const NameContext& context, FieldReporter* reporter);
  // The relation that `name` names, itself or by its inverse; reports one that a closed ontology does not have.
  const Relation* ParseRelation(std::string_view name, Column column, bool* inverse, FieldReporter* reporter);

 private:
  Alias ParseAlias(const ListValue& value, bool check, FieldReporter* reporter);
  Value ParseLiteral(ValueType type, std::string_view text, Column column, size_t begin, size_t end,
                     std::string_view unit, std::string_view counting, bool countable, FieldReporter* reporter);
  Term ParseOpenTerm(std::string_view name, std::string_view text, Column column, size_t begin, size_t end,
                     const NameContext& context, FieldReporter* reporter);
  Locator ParseLocator(const RawRecord& record, FieldReporter* reporter);
  std::vector<std::string> ParseDocumentList(const RawRecord& record, Column column);

  const Ontology* ontology_;
  KnownThings* known_;
  // Dates repeat: a file of a million votes has a few thousand of them.
  absl::flat_hash_map<std::string, EdtfTime> times_;
};

// Reports an empty cell; true if it is not.
bool CheckGiven(const RawRecord& record, Column column, FieldReporter* reporter);

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ROW_PARSER_H_
