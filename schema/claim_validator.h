// The rules on one claim whose fields are read and whose names are keys already. The only maker of a ValidatedClaim.
// Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_CLAIM_VALIDATOR_H_
#define DOSSIER_SCHEMA_CLAIM_VALIDATOR_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/claim.h"
#include "schema/claim_file_reader.h"
#include "schema/known_things.h"
#include "schema/ontology.h"
#include "schema/record_checks.h"
#include "schema/validator.h"

namespace dossier {

class ClaimValidator {
 public:
  ClaimValidator(const Ontology* ontology, KnownThings* known, size_t max_field_bytes)
      : ontology_(ontology), known_(known), max_field_bytes_(max_field_bytes) {}

  // The claim in its final form, or nothing if `reporter` heard of anything. Identifying qualifiers may stand in
  // either list. Claims that it refers to are not looked for: see References.
  std::optional<ValidatedClaim> Check(Claim&& claim, FieldReporter* reporter);

  // For a row that makes no claim and still needs a source.
  void CheckSourceOf(std::string_view document, FieldReporter* reporter);

  struct Reference {
    Column column;
    std::string id;
  };
  // The claims that a claim refers to.
  static std::vector<Reference> References(const Claim& claim);

 private:
  void CheckRelation(const Relation* relation, Claim* claim, FieldReporter* reporter);
  // `role` and, if not null, `relation` are for the message: "object" of "USED".
  void CheckTerm(const Term& term, const std::vector<std::string>& allowed, std::string_view role,
                 const Relation* relation, Column column, FieldReporter* reporter);
  bool CheckLiteral(const Value& value, ValueType type, std::string_view role, const Relation& relation, Column column,
                    FieldReporter* reporter);
  void CheckQualifiers(const Relation* relation, Claim* claim, FieldReporter* reporter);
  void CheckSource(Claim* claim, FieldReporter* reporter);
  void CheckEntity(std::string_view key, Column column, FieldReporter* reporter);
  void CheckDocument(std::string_view key, Column column, FieldReporter* reporter);
  void CheckLengths(const Claim& claim, FieldReporter* reporter);
  void PutInOrder(const Relation* relation, Claim* claim);

  const Ontology* ontology_;
  KnownThings* known_;
  size_t max_field_bytes_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_CLAIM_VALIDATOR_H_
