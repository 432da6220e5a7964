#include "store/rocks_engine.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "rocksdb/cache.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/options.h"
#include "rocksdb/sst_file_writer.h"
#include "rocksdb/table.h"
#include "rocksdb/write_batch.h"
#include "store/error_codes.h"
#include "store/fail_point.h"
#include "store/key_codec.h"
#include "store/rocks_status.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

namespace fs = std::filesystem;

// A write-ahead log longer than this is turned into a sorted file at the end of the commit, so that the next opening
// need not read it again. Small commits stay in the log and cost one fsync.
constexpr uint64_t kLogBytesKept = 256 << 10;
constexpr int kReadOnlyTries = 5;
// A batch of at least this part of the write buffer does not go through it.
constexpr size_t kIngestedShare = 16;

rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }

// What a large batch is written to, one file or two.
constexpr const char* kIngestedNames[] = {"load.sst.tmp", "load-behind.sst.tmp"};
void RemoveIngested(const std::string& folder) {
  std::error_code not_there;
  for (const char* const name : kIngestedNames) fs::remove(fs::path(folder) / name, not_there);
}

// Readers write nothing into the folder, not even a log of their own.
class SilentLogger : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// What is opened for reading has nothing to do in the background, and starts no threads for it: two of them, with what
// the allocator gives each, are a good part of what opening costs.
class ReadingEnv : public rocksdb::EnvWrapper {
 public:
  ReadingEnv() : EnvWrapper(rocksdb::Env::Default()) {}
  const char* Name() const override { return "ReadingEnv"; }
  void IncBackgroundThreadsIfNeeded(int, Priority) override {}
};

rocksdb::Env* EnvForReading() {
  static auto* const kEnv = new ReadingEnv();  // databases may outlive static objects
  return kEnv;
}

// RocksDB and what it was opened with; the last of engine, views and cursors closes it.
struct Database {
  std::string path;
  std::unique_ptr<rocksdb::DB> db;
};

class RocksCursor : public Cursor {
 public:
  RocksCursor(std::shared_ptr<const void> owner, const std::string& path, std::string prefix,
              std::unique_ptr<std::string> upper, std::unique_ptr<rocksdb::Slice> bound,
              std::unique_ptr<rocksdb::Iterator> rows)
      : owner_(std::move(owner)),
        path_(path),
        prefix_(std::move(prefix)),
        upper_(std::move(upper)),
        bound_(std::move(bound)),
        rows_(std::move(rows)) {
    rows_->Seek(prefix_);
  }
  bool Valid() const override { return rows_->Valid(); }
  void Next() override { rows_->Next(); }
  void Seek(std::string_view key) override { rows_->Seek(ToSlice(std::max<std::string_view>(key, prefix_))); }
  std::string_view key() const override { return rows_->key().ToStringView(); }
  std::string_view value() const override { return rows_->value().ToStringView(); }
  absl::Status status() const override { return FromRocks(rows_->status(), StrCat("cannot read ", path_)); }

 private:
  // The iterator goes first, then what its options point to, then the database.
  std::shared_ptr<const void> owner_;
  std::string path_, prefix_;
  std::unique_ptr<std::string> upper_;
  std::unique_ptr<rocksdb::Slice> bound_;
  std::unique_ptr<rocksdb::Iterator> rows_;
};

// `snapshot` pins the view; null for a database opened for reading, which never changes.
struct PinnedView {
  std::shared_ptr<Database> database;
  const rocksdb::Snapshot* snapshot = nullptr;
  ~PinnedView() {
    if (snapshot != nullptr) database->db->ReleaseSnapshot(snapshot);
  }
};

class RocksView : public KeyValueView {
 public:
  explicit RocksView(std::shared_ptr<const PinnedView> pin) : pin_(std::move(pin)) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    std::string value;
    const rocksdb::Status status = db().Get(Options(), db().DefaultColumnFamily(), ToSlice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return FromRocks(status, Reading());
    return std::optional<std::string>(std::move(value));
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const override {
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db().MultiGet(Options(), db().DefaultColumnFamily(), keys.size(), slices.data(), values.data(), statuses.data());
    std::vector<std::optional<std::string>> found(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok()) return FromRocks(statuses[i], Reading());
      found[i] = values[i].ToString();
    }
    return found;
  }

  std::unique_ptr<Cursor> Scan(std::string_view prefix, bool sweep) const override {
    rocksdb::ReadOptions options = Options();
    auto upper = std::make_unique<std::string>(AfterPrefix(prefix));
    auto bound = std::make_unique<rocksdb::Slice>(*upper);
    if (!upper->empty()) options.iterate_upper_bound = bound.get();
    options.fill_cache = !sweep;
    std::unique_ptr<rocksdb::Iterator> rows(db().NewIterator(options));
    return std::make_unique<RocksCursor>(pin_, pin_->database->path, std::string(prefix), std::move(upper),
                                         std::move(bound), std::move(rows));
  }

 private:
  rocksdb::DB& db() const { return *pin_->database->db; }
  std::string Reading() const { return StrCat("cannot read ", pin_->database->path); }
  rocksdb::ReadOptions Options() const {
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    options.snapshot = pin_->snapshot;
    return options;
  }

  std::shared_ptr<const PinnedView> pin_;
};

class RocksEngine : public KeyValueEngine {
 public:
  RocksEngine(std::shared_ptr<Database> database, const StoreOptions& options)
      : database_(std::move(database)),
        read_only_(options.read_only),
        ingest_from_(options.write_buffer_bytes / kIngestedShare) {}

  absl::StatusOr<std::shared_ptr<const KeyValueView>> View() const override {
    auto pin = std::make_shared<PinnedView>();
    pin->database = database_;
    if (!read_only_) pin->snapshot = database_->db->GetSnapshot();
    return std::make_shared<RocksView>(std::move(pin));
  }

  absl::Status Write(const Batch& batch, bool sync) override {
    return batch.bytes() >= ingest_from_ ? Ingest(batch) : WriteThroughLog(batch, sync);
  }

  absl::Status WriteThroughLog(const Batch& batch, bool sync) {
    rocksdb::WriteBatch rocks(batch.bytes() + 16 * batch.changes().size());
    for (const Batch::Change& change : batch.changes()) {
      const rocksdb::Status status =
          change.value.has_value() ? rocks.Put(ToSlice(change.key), ToSlice(*change.value)) : rocks.Delete(change.key);
      if (!status.ok()) return FromRocks(status, Writing());
    }
    rocksdb::WriteOptions options;
    options.sync = sync;
    const rocksdb::Status status = database_->db->Write(options, &rocks);
    if (!status.ok()) return FromRocks(status, Writing());

    log_bytes_ += rocks.GetDataSize();
    if (log_bytes_ > kLogBytesKept) {
      // Swallowed on purpose: the batch is durable in the log already. What stopped the flush (a full disk) stops the
      // next write as well, and is reported there.
      database_->db->Flush(rocksdb::FlushOptions()).PermitUncheckedError();
      log_bytes_ = 0;
    }
    return absl::OkStatus();
  }

  // A large batch becomes sorted files beside the others, which the database then takes for its own with one entry in
  // its manifest: nothing is written twice, and all of it is there or none. A file that was not taken over is no part
  // of the database, and goes away at the next opening for writing.
  //
  // Keys behind all that there are, which is nearly all of a first load, have a file of their own. It goes to the
  // bottom at once; in one file with those that change something it would have to stay above, and would be written
  // again there as soon as it is somewhat large.
  absl::Status Ingest(const Batch& batch) {
    const std::vector<uint32_t> found = batch.sorted() ? std::vector<uint32_t>() : batch.FindOrder();
    const std::span<const uint32_t> order = batch.sorted() ? batch.order() : found;
    ASSIGN_OR_RETURN(const std::string last, LastKey());
    const auto behind = std::partition_point(order.begin(), order.end(),
                                             [&](uint32_t place) { return batch.changes()[place].key <= last; });
    const auto among = static_cast<size_t>(behind - order.begin());
    std::vector<std::string> files;
    rocksdb::Status status;
    for (const auto& part : {order.first(among), order.subspan(among)}) {
      if (part.empty() || !status.ok()) continue;
      files.push_back((fs::path(database_->path) / kIngestedNames[files.size()]).string());
      status = WriteSorted(batch, part, files.back());
    }
    DOSSIER_FAIL_POINT("ingest.written");
    if (status.ok()) {
      rocksdb::IngestExternalFileOptions options;
      options.move_files = true;
      options.write_global_seqno = false;
      status = database_->db->IngestExternalFile(files, options);
    }
    DOSSIER_FAIL_POINT("ingest.taken");
    RemoveIngested(database_->path);
    return FromRocks(status, Writing());
  }

  // Empty where there is none.
  absl::StatusOr<std::string> LastKey() const {
    const std::unique_ptr<rocksdb::Iterator> rows(database_->db->NewIterator(rocksdb::ReadOptions()));
    rows->SeekToLast();
    if (!rows->status().ok()) return FromRocks(rows->status(), StrCat("cannot read ", database_->path));
    return rows->Valid() ? rows->key().ToString() : std::string();
  }

  rocksdb::Status WriteSorted(const Batch& batch, std::span<const uint32_t> places, const std::string& path) const {
    rocksdb::SstFileWriter file(rocksdb::EnvOptions(), database_->db->GetOptions());
    rocksdb::Status status = file.Open(path);
    for (size_t i = 0; status.ok() && i < places.size(); ++i) {
      const Batch::Change& change = batch.changes()[places[i]];
      status = change.value.has_value() ? file.Put(ToSlice(change.key), ToSlice(*change.value))
                                        : file.Delete(ToSlice(change.key));
    }
    return status.ok() ? file.Finish() : status;
  }

  absl::Status VerifyChecksums() const override {
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    options.fill_cache = false;
    return FromRocks(database_->db->VerifyChecksum(options), StrCat("checksums of ", database_->path));
  }

  absl::StatusOr<uint64_t> BytesOnDisk() const override {
    uint64_t bytes = 0;
    std::error_code error;
    for (fs::directory_iterator file(database_->path, error), end; !error && file != end; file.increment(error)) {
      std::error_code vanished;  // a file that compaction has just removed
      const uint64_t size = file->is_regular_file(vanished) ? file->file_size(vanished) : 0;
      if (!vanished) bytes += size;
    }
    if (error) return StoreError(kStoreIo, StrCat("cannot list ", database_->path, ": ", error.message()));
    return bytes;
  }

 private:
  std::string Writing() const { return StrCat("cannot write ", database_->path); }

  std::shared_ptr<Database> database_;
  bool read_only_;
  size_t ingest_from_;
  std::atomic<uint64_t> log_bytes_{0};
};

rocksdb::Options MakeOptions(bool create, const StoreOptions& options) {
  rocksdb::Options rocks;
  rocks.create_if_missing = create;
  rocks.paranoid_checks = true;
  // The end of the log may be cut off by a crash, and was then never acknowledged. Damage before it is an error, and
  // not the silent end of the store that RocksDB's default takes it for.
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  rocks.avoid_flush_during_recovery = true;
  rocks.write_buffer_size = options.write_buffer_bytes;
  rocks.compression = rocksdb::kLZ4Compression;
  rocks.bottommost_compression = rocksdb::kZSTD;
  rocks.max_background_jobs = 2;
  rocks.max_file_opening_threads = 1;
  rocks.skip_stats_update_on_db_open = true;
  rocks.stats_dump_period_sec = 0;
  rocks.stats_persist_period_sec = 0;
  rocks.keep_log_file_num = 2;
  rocks.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  if (options.read_only) {
    rocks.info_log = std::make_shared<SilentLogger>();
    rocks.env = EnvForReading();
  }

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.block_size = 16 << 10;
  table.format_version = 5;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  // Most questions need few records or none. So indexes and filters, which are megabytes in a large store, are cut into
  // pages under an index of their own, and opening for reading reads none of them.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.metadata_block_size = 4096;
  table.cache_index_and_filter_blocks = options.read_only;
  rocks.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return rocks;
}

// The shorter call of that name opens all files twice, as it tries first whether they make one sorted level.
rocksdb::Status OpenForReading(const rocksdb::Options& options, const std::string& path, rocksdb::DB** db) {
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(options, path, {{rocksdb::kDefaultColumnFamilyName, options}}, &families, db);
  for (rocksdb::ColumnFamilyHandle* family : families) delete family;  // the database has a handle of its own
  return status;
}

bool IsBeforeCurrent(const std::string& name) {
  static constexpr std::string_view kPrefixes[] = {"LOG", "LOCK", "IDENTITY", "MANIFEST-", "OPTIONS-"};
  return name.ends_with(".dbtmp") || name.ends_with(".log") ||
         std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

}  // namespace

bool LooksLikeRocks(const std::string& folder) {
  std::error_code error;
  return fs::is_regular_file(fs::path(folder) / "CURRENT", error);
}

bool LooksLikeUnfinishedRocks(const std::string& folder) {
  std::error_code error;
  for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    if (!IsBeforeCurrent(file->path().filename().string())) return false;
  }
  return !error;
}

absl::StatusOr<std::unique_ptr<KeyValueEngine>> OpenRocksEngine(const std::string& path, bool create,
                                                                const StoreOptions& options) {
  const rocksdb::Options rocks = MakeOptions(create, options);
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (options.read_only) {
    // A writer may remove a file between the reading of its list of files and their opening. The next list is newer.
    for (int i = 0; i < kReadOnlyTries; ++i) {
      status = OpenForReading(rocks, path, &db);
      if (status.ok()) break;
      rocks.env->SleepForMicroseconds(1000 << i);
    }
  } else {
    status = rocksdb::DB::Open(rocks, path, &db);
  }
  // Other column families, another order of keys: a RocksDB, but none of ours.
  if (status.IsInvalidArgument()) {
    return StoreError(kNotAStore, StrCat(path, " is no Dossier store: ", status.ToString()));
  }
  if (!status.ok()) return FromRocks(status, StrCat("cannot open ", path));
  if (!options.read_only) RemoveIngested(path);  // what a load left that was killed
  auto database = std::make_shared<Database>();
  database->path = path;
  database->db.reset(db);
  return std::make_unique<RocksEngine>(std::move(database), options);
}

}  // namespace dossier::store_internal
