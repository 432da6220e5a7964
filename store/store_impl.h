// The inner side of a Store: an engine, the ontology that was made with it, and commits that take turns.
#ifndef DOSSIER_STORE_STORE_IMPL_H_
#define DOSSIER_STORE_STORE_IMPL_H_

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "schema/ontology.h"
#include "store/batch_writer.h"
#include "store/image_file.h"
#include "store/key_value_engine.h"
#include "store/options.h"
#include "store/store.h"
#include "store/view.h"

namespace dossier::store_internal {

class StoreImpl {
 public:
  // Reads format and ontology. kFailedPrecondition: E4003 no store in there, E4004 another format.
  static absl::StatusOr<std::unique_ptr<StoreImpl>> Make(std::unique_ptr<KeyValueEngine> engine, std::string path,
                                                         const StoreOptions& options);

  const std::string& path() const { return path_; }
  const StoreOptions& options() const { return options_; }
  const Ontology& ontology() const { return ontology_; }
  const KeyValueEngine& engine() const { return *engine_; }

  SoundBlocks* sound_blocks() { return &sound_blocks_; }

  absl::StatusOr<std::shared_ptr<const View>> MakeView() const;
  absl::StatusOr<CommitReport> Commit(PendingLoad load);
  // A commit of what `fill` gives to the writer while it reads, so that it need not be in memory before. Other commits
  // wait meanwhile. `fill` returns how many records were there already; its error ends the commit without a trace.
  // `beside` is called, where much is written, with what the store will hold, while a thread writes it: then
  // neither waits for the other. It may not rely on the store's getting there.
  absl::StatusOr<CommitReport> CommitAsRead(
      std::vector<std::string> sources,
      absl::FunctionRef<absl::StatusOr<uint64_t>(const std::shared_ptr<const View>&, LoadWriter*)> fill,
      absl::FunctionRef<void(const std::shared_ptr<const View>&)> beside);
  absl::Status RecordVerification(const Verification& verification);

 private:
  StoreImpl(std::unique_ptr<KeyValueEngine> engine, std::string path, const StoreOptions& options, Ontology ontology)
      : engine_(std::move(engine)), path_(std::move(path)), options_(options), ontology_(std::move(ontology)) {}
  absl::Status CheckWritable() const;
  absl::StatusOr<CommitReport> Write(LoadBatch made);
  absl::Status WriteBeside(const View& before, Batch batch,
                           absl::FunctionRef<void(const std::shared_ptr<const View>&)> beside);

  std::unique_ptr<KeyValueEngine> engine_;
  std::string path_;
  StoreOptions options_;
  Ontology ontology_;
  std::shared_ptr<SharedKeys> keys_ = std::make_shared<SharedKeys>();
  SoundBlocks sound_blocks_;
  std::mutex commit_mutex_;
};

// Writes what an empty store begins with.
absl::Status WriteEmptyStore(const Ontology& ontology, const StoreOptions& options, KeyValueEngine* engine);

// A store over any engine, made new if the engine is empty: for tests and for stores that need no disk.
absl::StatusOr<std::unique_ptr<Store>> MakeStore(std::unique_ptr<KeyValueEngine> engine, const Ontology& ontology,
                                                 const StoreOptions& options = {});

// Microseconds since 1970-01-01 UTC.
int64_t Now();

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_STORE_IMPL_H_
