// Reads and checks the rows of claim files on several threads, and gives them back in order. Not for use outside
// schema/.
//
// Rows are cut into stretches. A worker takes a stretch, parses and checks its rows, and stops at the first that has
// anything wrong: such a stretch comes back unclean, and whoever asked reads it once more by itself, so that messages,
// their numbers and their order are those of one thread. Errors are rare, and few stretches have any. Where whoever
// asked has a sink for them, rows in which nothing is out of the ordinary come back as plain claims.
#ifndef DOSSIER_SCHEMA_CLAIM_WORKERS_H_
#define DOSSIER_SCHEMA_CLAIM_WORKERS_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "schema/claim_file_reader.h"
#include "schema/known_things.h"
#include "schema/ontology.h"
#include "schema/plain_claims.h"
#include "schema/plain_reader.h"
#include "schema/validator.h"

namespace dossier {

// Rows of one file: those that begin in [begin.offset, end).
struct RowStretch {
  uint32_t file = 0;
  ClaimFileReader::Place begin;
  size_t end = 0;
  bool read_before = false;  // rows that cannot be read have been reported
};

struct CheckedRow {
  ValidatedClaim claim;
  RowId row;
  bool id_given = false;
  bool inverse = false;  // see ParsedClaim
  size_t after = 0;      // so many plain claims stand before it
};

// The rows of a stretch, in their order.
struct CheckedStretch {
  uint32_t file = 0;
  std::unique_ptr<std::string> text;  // the rows, of a file that is read in parts: texts of `plain` lie there
  PlainClaims plain;
  std::vector<CheckedRow> others;
};

class ClaimWorkers {
 public:
  // All must outlive the workers, and nobody may add to `known` before they are gone. `things` may be null: then no
  // claim is a plain one. Of a file with a source the text is its header alone; the rows are read from the source.
  ClaimWorkers(const Ontology* ontology, KnownThings* known, const PlainThings* things,
               const ClaimFileReader::Limits& limits, std::span<const ClaimFile* const> files,
               std::vector<RowStretch> stretches, unsigned threads);
  ~ClaimWorkers();
  ClaimWorkers(const ClaimWorkers&) = delete;
  ClaimWorkers& operator=(const ClaimWorkers&) = delete;

  // The rows of the next stretch, in the order in which they were given; false if one of them has something wrong. What
  // `rows` held goes to a worker, which has the time to take it apart, and room for the next stretch.
  // Precondition: called once a stretch at most.
  bool Next(CheckedStretch* rows);

 private:
  struct Result {
    CheckedStretch rows;
    bool clean = false;
    bool done = false;
  };

  void Work();

  const Ontology* ontology_;
  KnownThings* known_;
  const PlainThings* things_;
  const ClaimFileReader::Limits limits_;
  std::span<const ClaimFile* const> files_;
  const std::vector<RowStretch> stretches_;
  const size_t ahead_;  // so many stretches at most are checked and not fetched yet

  std::mutex mutex_;
  std::condition_variable fetched_, checked_;
  std::vector<Result> results_;
  std::vector<CheckedStretch> used_;
  size_t next_to_check_ = 0, next_to_fetch_ = 0;
  bool stop_ = false;
  std::vector<std::thread> threads_;  // the last to be made, the first to go
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_CLAIM_WORKERS_H_
