// The rules on keys, documents and entities, whether they come from a file or from code. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_RECORD_CHECKS_H_
#define DOSSIER_SCHEMA_RECORD_CHECKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "graph/claim.h"
#include "schema/claim_file_reader.h"
#include "schema/known_things.h"
#include "schema/ontology.h"

namespace dossier {

// Takes what is wrong with a record, by the column that is at fault.
class FieldReporter {
 public:
  virtual ~FieldReporter() = default;
  // `begin` and `end` are bytes of the cell's text, or the whole of it.
  virtual void Report(int number, Column column, std::string cause, std::string_view rule, std::string hint,
                      size_t begin = 0, size_t end = std::string_view::npos) = 0;
  // The record is as good as what it refers to, and that was refused for `reason`.
  virtual void DependsOn(ViolationId reason) = 0;
  virtual bool clean() const = 0;
  // False for one that wants to know whether anything is wrong, and not what: costly hints need not be made for it.
  virtual bool wants_hints() const { return true; }
};

// "did you mean 'x'?", or `otherwise` if nothing is close.
std::string DidYouMean(std::string_view wanted, const std::vector<std::string>& names, std::string_view otherwise = "");
// `text` in quotes, cut where it is long.
std::string Quote(std::string_view text);

// "a, b or c".
std::string OneOf(const std::vector<std::string>& names);

// What a key or an id may look like; reports and returns false if it does not.
bool CheckKey(std::string_view key, Column column, std::string_view what, FieldReporter* reporter);
bool CheckDocumentKey(std::string_view key, Column column, FieldReporter* reporter);

// BCP 47 and URLs, by their shape.
bool IsLanguage(std::string_view text);
bool IsUrl(std::string_view text);

// What can be seen of one record and of what it refers to.
void CheckEntity(const Entity& entity, const Ontology& ontology, KnownThings* known, FieldReporter* reporter);
void CheckDocument(const Document& document, KnownThings* known, FieldReporter* reporter);
// Of a claim built in code, what a reader of files cannot get wrong, or has checked.
void CheckBuiltClaim(const Claim& claim, FieldReporter* reporter);

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_RECORD_CHECKS_H_
