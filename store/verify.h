// A store that can check itself. Reads everything, changes nothing but the record of the last verification.
#ifndef DOSSIER_STORE_VERIFY_H_
#define DOSSIER_STORE_VERIFY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "store/store.h"
#include "store/verification.h"

namespace dossier {

struct VerifyOptions {
  // The folder that the documents' `file` fields are relative to. Empty: documents and quotes are not looked at.
  std::string documents;
  // Store the outcome, so that rule R7 can read it; needs a store that is open for writing and `documents`.
  bool record = true;
  // How many problems are written out; the rest is counted.
  size_t max_problems = 1000;
  std::function<void(uint64_t done, uint64_t total)> progress;  // records looked at
};

struct VerifyReport {
  uint64_t sequence = 0;  // of the snapshot that was checked
  uint64_t records_checked = 0;
  uint64_t index_entries_checked = 0;
  uint64_t bytes_on_disk = 0;
  // Of the store itself: damaged files, indexes that disagree, references to nothing, holes. Empty for a sound store.
  std::vector<std::string> problems;
  uint64_t problems_in_all = 0;
  // Of the documents; nullopt if they were not looked at.
  std::optional<Verification> quotes;

  bool sound() const { return problems_in_all == 0; }
  bool all_quotes_found() const { return !quotes.has_value() || quotes->not_found.empty(); }
};

// Checks that every checksum holds, every record can be read, numbers run without holes, every index agrees with every
// other in both directions, every reference leads to something; and, with documents, that each document's file has
// its sha256 and each quote stands in it (white space collapsed) at the place that its claim names. What it finds is in
// the report: a status comes back only where looking itself failed (no such folder: kNotFound E4030).
absl::StatusOr<VerifyReport> Verify(Store* store, const VerifyOptions& options = {});

}  // namespace dossier

#endif  // DOSSIER_STORE_VERIFY_H_
