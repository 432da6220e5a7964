// An embedded store of sourced claims: one folder on disk, opened by one writer and any number of readers.
//
//   auto store = Store::Open("my.db", {.read_only = true});      // StatusOr<std::unique_ptr<Store>>
//   const Snapshot now = *(*store)->snapshot();
//   auto claim = now.FindClaim("monitor-declared-9m27k");
//
// What the store promises:
//   1. All of a commit is visible or none, to every reader and after any crash. Opening repairs nothing by guessing.
//   2. Claims are appended, never overwritten. A correction is a new claim that `supersedes`, a retraction one that
//      `retracts`; both old and new can be read for ever.
//   3. Saying the same again adds nothing: a claim with the same id and content, an entity with the same fields.
//   4. Nothing gets in that a validator did not pass, and nothing that refers to what is not there.
//   5. Damage is found by checksum and reported as a status that names the file; no data ends the process.
//
// Errors carry a Diagnostic (graph/base/diagnostic.h) with a number of store/error_codes.h, and keep their class:
// kNotFound no store there, kAlreadyExists, kFailedPrecondition not a store or of another format, kUnavailable in use
// by another process, kDataLoss damaged, kResourceExhausted disk full, kPermissionDenied, kInvalidArgument the data.
#ifndef DOSSIER_STORE_STORE_H_
#define DOSSIER_STORE_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "schema/ontology.h"
#include "schema/validator.h"
#include "store/options.h"
#include "store/snapshot.h"

namespace dossier {

namespace store_internal {
class StoreImpl;
class PendingLoad;
}  // namespace store_internal

// The format of the files that this program writes, and the only one that it opens. `dossier --version` names it.
inline constexpr uint32_t kStoreFormatVersion = 2;

// What a commit did.
struct CommitReport {
  uint64_t load = 0;  // its number in the log of loads; 0 if it brought nothing new and so was not logged
  uint64_t entities_added = 0, entities_updated = 0;
  uint64_t documents_added = 0, documents_updated = 0;
  uint64_t propositions_added = 0;
  uint64_t claims_added = 0;
  uint64_t unchanged = 0;  // records that were there already, the same in every field

  bool nothing_new() const { return load == 0; }
};

class Transaction;

// A store that is open. All methods may be called from many threads. Closing (the destructor) takes milliseconds and
// loses nothing that a commit acknowledged; snapshots taken before stay good.
class Store {
 public:
  // Makes an empty store in the folder `path`, which must not exist, or be empty, or be what an interrupted Create
  // left. Its parent folder must exist.
  //   kAlreadyExists (E4002) a store is there   kFailedPrecondition (E4003) something else is
  static absl::StatusOr<std::unique_ptr<Store>> Create(const std::string& path, const Ontology& ontology,
                                                       const StoreOptions& options = {});

  // Opens what is there.
  //   kNotFound (E4001) nothing at `path`       kFailedPrecondition (E4003) something that is no store;
  //   kFailedPrecondition (E4004) of a newer or older format, named together with ours
  //   kUnavailable (E4005) another process has it open for writing, and `options.read_only` is off
  static absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& path, const StoreOptions& options = {});

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const std::string& path() const;
  const StoreOptions& options() const;
  bool read_only() const;

  // The ontology that the store was made with; lives as long as the store, and never changes.
  const Ontology& ontology() const;

  // The store as of its last commit. Costs microseconds.
  absl::StatusOr<Snapshot> snapshot() const;

  // A load to be: fill it, then Commit. Any number may be filled at once; commits take turns.
  // The transaction must not outlive the store.
  Transaction Begin();

  // The store's inner side, for the rest of store/.
  explicit Store(std::unique_ptr<store_internal::StoreImpl> impl);
  store_internal::StoreImpl& impl() const { return *impl_; }

 private:
  std::unique_ptr<store_internal::StoreImpl> impl_;
};

// What shall become visible together. For one thread at a time. Nothing is written before Commit; a transaction that
// is dropped leaves no trace. The order of calls does not matter: a claim may come before what it refers to.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  // Records built in code; Commit has them validated. References are keys and ids, never names. A claim without an id
  // gets the hash of its content.
  // An entity or document whose key is known is merged with what is there: a field that is given wins, an empty one
  // changes nothing, aliases add up, and a name that is replaced stays as an alias. Another type is an error (E4021).
  void AddDocument(Document document);
  void AddEntity(Entity entity);
  void AddClaim(Claim claim);
  // What a validator has passed already, against this store's ontology and a StoreCatalog of one of its snapshots.
  void Add(ValidatedLoad load);

  // Named in the log of loads: where this comes from, such as the path of a file.
  void AddSource(std::string_view source);

  // Makes all of it visible and durable, or nothing. After it the transaction is empty and may be filled again.
  // Errors, all of which leave the store as it was and list every offender:
  //   kInvalidArgument: E3xxx what the validator says of records built in code, E4020 a claim with a known id says
  //     something else (use `supersedes`), E4021 another type, E4022 a reference to nothing, E4023 a record too large
  //   kFailedPrecondition E4006: opened for reading   and those of the disk, after which the store has to be reopened
  absl::StatusOr<CommitReport> Commit();

 private:
  friend class Store;
  explicit Transaction(store_internal::StoreImpl* store);
  store_internal::StoreImpl* store_;
  std::unique_ptr<store_internal::PendingLoad> pending_;
};

// What a validator has to know of a store: its documents, entities, names and claims, as one snapshot has them. The
// index of names is made at the first question for a name, and takes time and memory for each entity of the store;
// where that reading failed, `names_status` tells, and the validation that used it must not be trusted.
class StoreCatalog : public Catalog {
 public:
  explicit StoreCatalog(Snapshot snapshot);
  ~StoreCatalog() override;
  bool empty() const override;
  absl::StatusOr<std::optional<Entity>> FindEntity(std::string_view key) const override;
  absl::StatusOr<std::optional<Document>> FindDocument(std::string_view key) const override;
  absl::StatusOr<std::optional<std::string>> FindClaim(std::string_view id) const override;
  const NameIndex& names() const override;
  absl::Status names_status() const;

 private:
  struct Names;
  Snapshot snapshot_;
  std::unique_ptr<Names> names_;
};

}  // namespace dossier

#endif  // DOSSIER_STORE_STORE_H_
