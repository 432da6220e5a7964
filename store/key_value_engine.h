// The seam between the store and whatever keeps its bytes: ordered keys, and no more than this. Another engine, a
// distributed one too, stands behind it by giving these five things:
//
//   get, multi-get and scan over a view that never changes     atomic batches     views pinned at one batch
//
// Keys are ordered by their bytes as unsigned numbers. Errors keep their class (store/store_error.h).
#ifndef DOSSIER_STORE_KEY_VALUE_ENGINE_H_
#define DOSSIER_STORE_KEY_VALUE_ENGINE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier::store_internal {

// Walks keys in ascending order. While Valid(), key() and value() are good until Next(). Whoever stops at !Valid()
// must look at status(): OK means that the end was reached, anything else that reading failed.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  // To the first key that is not less than `key`, within what is walked.
  virtual void Seek(std::string_view key) = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual absl::Status status() const = 0;
};

// All keys as they stood after one batch. May be read from many threads; keeps the files that it needs alive.
class KeyValueView {
 public:
  virtual ~KeyValueView() = default;
  // nullopt if the key is not there.
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const = 0;
  // One answer a key, in the same order.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const = 0;
  // All keys that begin with `prefix`. `sweep`: much is read once, so leave the cache to others.
  virtual std::unique_ptr<Cursor> Scan(std::string_view prefix, bool sweep) const = 0;
};

// What is to become visible at once. Of two changes to one key the later one holds.
class Batch {
 public:
  void Put(std::string key, std::string value) {
    order_.clear();
    bytes_ += key.size() + value.size();
    changes_.push_back({std::move(key), std::move(value)});
  }
  void Delete(std::string key) {
    order_.clear();
    bytes_ += key.size();
    changes_.push_back({std::move(key), std::nullopt});
  }

  // Makes room for so many more changes.
  void Reserve(size_t more) { changes_.reserve(changes_.size() + more); }
  void Append(Batch more) {
    order_.clear();
    bytes_ += more.bytes_;
    std::move(more.changes_.begin(), more.changes_.end(), std::back_inserter(changes_));
  }

  struct Change {
    std::string key;
    std::optional<std::string> value;  // nullopt: delete
  };
  const std::vector<Change>& changes() const { return changes_; }
  size_t bytes() const { return bytes_; }

  // Finds the order of the keys once for all who ask for it, until something is added.
  void Sort() { order_ = FindOrder(); }
  bool sorted() const { return order_.empty() == changes_.empty(); }
  // The places of the changes that hold, by their keys. Precondition: sorted().
  const std::vector<uint32_t>& order() const { return order_; }
  std::vector<uint32_t> FindOrder() const;

 private:
  std::vector<Change> changes_;
  std::vector<uint32_t> order_;
  size_t bytes_ = 0;
};

class KeyValueEngine {
 public:
  virtual ~KeyValueEngine() = default;
  virtual absl::StatusOr<std::shared_ptr<const KeyValueView>> View() const = 0;
  // Applies all of the batch or nothing, however large it is; comes back once it is durable (with `sync`, past a power
  // cut). After an error the batch may or may not be there at the next opening, but never a part of it.
  virtual absl::Status Write(const Batch& batch, bool sync) = 0;
  // Reads everything and compares checksums; the first damage found.
  virtual absl::Status VerifyChecksums() const = 0;
  virtual absl::StatusOr<uint64_t> BytesOnDisk() const = 0;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_KEY_VALUE_ENGINE_H_
