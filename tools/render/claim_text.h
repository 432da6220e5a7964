// Claims as people read them: who says what of whom, where it stands, and in which words. Used for the notes under an
// answer and for the two sides of a contradiction.
#ifndef DOSSIER_TOOLS_RENDER_CLAIM_TEXT_H_
#define DOSSIER_TOOLS_RENDER_CLAIM_TEXT_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "query/session.h"
#include "tools/render/value_printer.h"

namespace dossier {

// A claim together with the document that it was read in.
struct CitedClaim {
  Claim claim;
  Document document;
};

class ClaimText {
 public:
  // `session` is over a store, and must outlive this.
  explicit ClaimText(const Session* session);

  absl::StatusOr<CitedClaim> Read(ClaimId claim);

  // "Ministry of Defence of the Russian Federation, in Interfax": the innermost asserter first.
  std::string Asserters(const Claim& claim) const;
  // "denies", or "asserts (probable, "strong evidence")".
  std::string Stance(const Claim& claim) const;
  // "Russian Federation USED cluster munition (place: Georgia)", with quantity and time as this claim gives them.
  std::string Statement(const Claim& claim) const;
  // "reported by Monitor: "Russian Federation: Ban Policy", 2017-08-04, note 40; cites note 1, which is missing".
  std::string Place(const CitedClaim& cited) const;
  // All of it on one line, for a cell of a spreadsheet.
  std::string OneLine(const CitedClaim& cited) const;
  // Several lines, each ending in a line break: `first` (such as "[12] ") stands before the first one, the others are
  // indented by as much.
  std::string Block(const CitedClaim& cited, std::string_view first, size_t width) const;

  // {"asserters", "act", "document", "date", "locator", "quote", ...}: the fields of a note without its number.
  Json ToJson(const CitedClaim& cited) const;

  std::string NameOf(std::string_view key) const;
  std::string TermText(const Term& term) const;

 private:
  std::string DocumentTitle(std::string_view key) const;

  const Session* session_;
  mutable absl::flat_hash_map<std::string, std::string> titles_;  // of documents, by key
};

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_CLAIM_TEXT_H_
