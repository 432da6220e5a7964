// How the parts of an image get into a file and out of it again, in one order for both directions.
//
// Each class that an image is made of has a method Archive(ImageArchive*), which names its members one after another:
// when the archive writes they are read, when it reads they are set. Numbers and texts are few, and kept where opening
// reads them; bytes are many, and only mapped. What is mapped is not looked at before it is used: a LentPart stands
// between it and its readers, and has checked what they are about to read.
//
// What files look like is the affair of store/image_file.h.
#ifndef DOSSIER_GRAPH_IMAGE_ARCHIVE_H_
#define DOSSIER_GRAPH_IMAGE_ARCHIVE_H_

#include <atomic>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "graph/array.h"

namespace dossier {

// Guards memory that was lent and may be damaged. Whoever reads it asks before whether all of it is ready(), and has
// what it is about to read checked where that is not so. What is damaged beyond repair reads as zeros from then on:
// never what was written, but safe to read, for a reader who bears zeros in the place of any number; the image then
// says so (Image::status). Of memory of one's own nothing is to be checked. Safe from many threads.
//
// Checking just what is read makes the first answer cheap; once there has been a lot of that, all of the rest is
// checked, which makes reading cheap.
class LentPart {
 public:
  using Bytes = std::span<const std::byte>;

  [[gnu::always_inline]] bool ready() const {
    return state_ == nullptr || state_->ready.load(std::memory_order_acquire);
  }
  // Has all of it checked.
  [[gnu::always_inline]] void Ready() const {
    if (!ready()) [[unlikely]] {
      CheckAll();
    }
  }
  // Has some bytes of it checked, or all of it in the end.
  void Check(Bytes bytes) const;

  // `check` is told which of these bytes are about to be read: any number of times, from any thread.
  void Lend(std::vector<Bytes> memory, std::function<void(Bytes)> check);

 private:
  struct State {
    std::atomic<bool> ready = false;
    std::atomic<uint64_t> looks = 0;
    uint64_t enough_looks = 0;
    std::vector<Bytes> memory;
    std::function<void(Bytes)> check;
  };
  void CheckAll() const;
  std::unique_ptr<State> state_;
};

class ImageArchive {
 public:
  virtual ~ImageArchive() = default;
  virtual bool reading() const = 0;

  // Whatever comes back of a file that does not hold what is asked for is 0 or empty, and the archive remembers.
  virtual void Number(uint64_t* number) = 0;
  virtual void Text(std::string* text) = 0;
  // The bytes between Begin and End belong to one part.
  virtual void BeginPart() = 0;
  virtual void Bytes(std::span<const std::byte>* bytes) = 0;
  virtual void EndPart(LentPart* part) = 0;
  // That what was read makes no sense; ends in the image's not being used.
  virtual void Fail() = 0;

  template <typename T>
  requires(std::integral<T> || std::is_enum_v<T>) void Number(T* number) {
    auto wide = static_cast<uint64_t>(*number);
    Number(&wide);
    *number = static_cast<T>(wide);
  }
  // How many of something, each of which takes part in the archive: no more than a file can hold.
  template <typename Container>
  void Count(Container* items) {
    uint64_t count = items->size();
    Number(&count);
    if (!reading()) return;
    if (count > kMostItems) {
      Fail();
      count = 0;
    }
    items->resize(static_cast<size_t>(count));
  }
  template <typename T>
  void Items(Array<T>* array) {
    std::span<const std::byte> bytes = std::as_bytes(array->span());
    Bytes(&bytes);
    if (!reading()) return;
    if (bytes.size() % sizeof(T) != 0) return Fail();
    *array = Array<T>::Lent({reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)});
  }

 private:
  static constexpr uint64_t kMostItems = uint64_t{1} << 24;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_IMAGE_ARCHIVE_H_
