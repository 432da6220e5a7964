// The door: what goes into a store has been through here.
//
// The validator turns claim files, or claims built in code, into a ValidatedLoad, or says everything that is wrong
// with them (E3001 and up, each with file, line, column, cause, rule and hint). Only it can make a ValidatedClaim or,
// of the rows of a bulk load, PlainClaims, and the store writes nothing else.
#ifndef DOSSIER_SCHEMA_VALIDATOR_H_
#define DOSSIER_SCHEMA_VALIDATOR_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/base/diagnostic.h"
#include "graph/claim.h"
#include "graph/content_hash.h"
#include "schema/claim_file_reader.h"
#include "schema/names.h"
#include "schema/ontology.h"
#include "schema/plain_claims.h"

namespace dossier {

// What stands in the store already. Errors of a lookup (a damaged file) end the validation with that status.
class Catalog {
 public:
  virtual ~Catalog() = default;
  // True where it holds nothing at all: the lookups below are then not made.
  virtual bool empty() const = 0;
  virtual absl::StatusOr<std::optional<Entity>> FindEntity(std::string_view key) const = 0;
  virtual absl::StatusOr<std::optional<Document>> FindDocument(std::string_view key) const = 0;
  // ContentIdOf the claim that stands under `id`.
  virtual absl::StatusOr<std::optional<std::string>> FindClaim(std::string_view id) const = 0;
  // The names of all its entities.
  virtual const NameIndex& names() const = 0;
};

// Of a store that is yet to be made.
class EmptyCatalog : public Catalog {
 public:
  bool empty() const override { return true; }
  absl::StatusOr<std::optional<Entity>> FindEntity(std::string_view) const override { return std::nullopt; }
  absl::StatusOr<std::optional<Document>> FindDocument(std::string_view) const override { return std::nullopt; }
  absl::StatusOr<std::optional<std::string>> FindClaim(std::string_view) const override { return std::nullopt; }
  const NameIndex& names() const override { return names_; }

 private:
  NameIndex names_;
};

// A claim that every rule has let through: its id is set, all that it refers to exists (in the store or in the same
// load), inverse relations are turned round, symmetric ones put in order, qualifiers sorted, the asserters filled in.
class ValidatedClaim {
 public:
  const Claim& claim() const& { return claim_; }
  Claim&& claim() && { return std::move(claim_); }
  // Whether the id is ContentIdOf(claim()).
  bool id_by_content() const { return id_by_content_; }
  // HashOfId(claim().id), and claim().proposition.Hash().
  const ContentHash& id_hash() const { return id_hash_; }
  const ContentHash& proposition_hash() const { return proposition_hash_; }

  // Only the claim validator has what this takes.
  class Passed {
    friend class ClaimValidator;
    explicit Passed() = default;
  };
  ValidatedClaim(Passed, Claim&& claim, bool id_by_content)
      : claim_(std::move(claim)),
        id_hash_(HashOfId(claim_.id)),
        proposition_hash_(claim_.proposition.Hash()),
        id_by_content_(id_by_content) {}

 private:
  Claim claim_;
  ContentHash id_hash_, proposition_hash_;
  bool id_by_content_;
};

// Documents and entities are as they are to stand in the store: an entity that it knows already comes merged with the
// aliases that it has there. What the store holds in the very same form is left out and counted.
struct ValidatedLoad {
  std::vector<Document> documents;
  std::vector<Entity> entities;
  std::vector<ValidatedClaim> claims;
  size_t unchanged = 0;
};

// Where in ValidatedThings::entities the one with this key stands; nullopt for none of them. May be asked by many
// threads.
using PlaceOfEntity = std::function<std::optional<uint32_t>(std::string_view key)>;

// The documents and entities of a load, each key once.
struct ValidatedThings {
  std::vector<Document> documents;
  std::vector<Entity> entities;
  PlaceOfEntity place_of_entity;
};

// A row that something is wrong with.
struct RejectedRow {
  std::string file;
  SourceSpan place;
  std::string text;             // the row as it stands in the file
  std::vector<size_t> reasons;  // indices into `violations`
};

struct LoadResult {
  // The rows with which nothing is wrong. Where there are violations, only a caller that was asked to skip bad rows
  // may load it.
  ValidatedLoad load;
  std::vector<Diagnostic> violations;  // in the order of the files and their lines
  std::vector<RejectedRow> rejected;   // the same; rows that refer to a rejected row are rejected as well

  // OK, or kInvalidArgument carrying all violations.
  absl::Status status() const;
};

// The order of files and of rows within them makes no difference: all documents and entities are read before the first
// claim, and a claim may refer to a later one. Cost is linear in the input. One caller at a time.
class Validator {
 public:
  struct Options {
    ClaimFileReader::Limits limits;
    // Threads that read and check claims beside the one that calls; 0: as many as the machine has, 4 at most. What
    // comes out is the same for any number. The catalog is asked by one thread at a time.
    unsigned threads = 0;
    // Rows that one of them takes at a time; a load of fewer is left to the calling thread.
    size_t rows_at_once = 1024;
    // Bytes of a file with a source that are looked through at a time; a longer row has the file read whole.
    size_t bytes_at_once = size_t{4} << 20;
    // Called now and then with the bytes read so far and all bytes (files are read twice, and count twice).
    std::function<void(size_t done, size_t all)> progress;
    // Where set, documents and entities go here instead of into LoadResult::load, before the first claim goes anywhere.
    std::function<absl::Status(ValidatedThings)> things_sink;
    // Where set, claims go here one by one instead of into LoadResult::load, so that a load need not fit into memory.
    // Whoever takes them must be able to drop them all, as violations may still follow. Its error ends the validation.
    std::function<absl::Status(ValidatedClaim&&)> sink;
    // With a sink: whether it was given a claim whose id_hash() this is. Spares the validator a list of its own.
    std::function<bool(const ContentHash&)> sunk;
    // With the three: claims of plain rows go here instead of to `sink`, in the same order. Must outlive the validator.
    PlainSink* plain_sink = nullptr;
  };

  // Both must outlive the validator.
  Validator(const Ontology* ontology, const Catalog* catalog);
  Validator(const Ontology* ontology, const Catalog* catalog, Options options);

  // An error status only where the catalog, the sink or the source of a file fails; what is wrong with the files is in
  // the result.
  absl::StatusOr<LoadResult> ValidateFiles(std::span<const ClaimFile> files) const;

  // The same for what is built in code: references are keys and ids, never names. Violations have no place, and name
  // the record.
  absl::StatusOr<LoadResult> ValidateRecords(std::vector<Document> documents, std::vector<Entity> entities,
                                             std::vector<Claim> claims) const;

  // One claim whose references stand in the store. kInvalidArgument with every violation, or the claim.
  absl::StatusOr<ValidatedClaim> ValidateClaim(Claim claim) const;

 private:
  const Ontology* ontology_;
  const Catalog* catalog_;
  Options options_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_VALIDATOR_H_
