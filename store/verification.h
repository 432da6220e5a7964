// What a look at the documents found: does each quote stand in its document, where the claim says?
#ifndef DOSSIER_STORE_VERIFICATION_H_
#define DOSSIER_STORE_VERIFICATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "store/numbers.h"

namespace dossier {

// The numbers stand in records on disk: never change one, only add.
enum class QuoteState : uint8_t {
  kFound = 0,       // once, or once at the place that the locator or the surrounding text names
  kMoved = 1,       // in the document, but not at the place that the claim names
  kMissing = 2,     // nowhere in the document
  kAmbiguous = 3,   // several times, and nothing says which is meant
  kUnreadable = 4,  // the document's file is not there, or not the one that its sha256 names
};
std::string_view Name(QuoteState state);  // "found", "moved", "missing", "ambiguous", "unreadable"

struct QuoteFinding {
  ClaimId claim;
  QuoteState state = QuoteState::kFound;
  friend bool operator==(const QuoteFinding&, const QuoteFinding&) = default;
};

// The numbers stand in records on disk: never change one, only add.
enum class DocumentState : uint8_t {
  kMatches = 0,      // the file has the sha256 that the document names
  kDiffers = 1,      // it has another
  kFileMissing = 2,  // there is no such file in the folder
  kCitedOnly = 3,    // the document names no file: nothing to check
};
std::string_view Name(DocumentState state);  // "matches", "differs", "file missing", "cited only"

struct DocumentFinding {
  DocumentNumber document;
  DocumentState state = DocumentState::kMatches;
  friend bool operator==(const DocumentFinding&, const DocumentFinding&) = default;
};

// Stored as a whole: the last one replaces the one before.
struct Verification {
  int64_t when = 0;       // microseconds since 1970-01-01 UTC
  uint64_t sequence = 0;  // of the snapshot that was checked
  uint64_t quotes_found = 0;
  uint64_t without_quote = 0;              // claims that give none, or whose document is cited only
  std::vector<QuoteFinding> not_found;     // every claim with a quote in any other state, ascending
  std::vector<DocumentFinding> documents;  // every document, ascending
  friend bool operator==(const Verification&, const Verification&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_STORE_VERIFICATION_H_
