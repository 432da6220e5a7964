#include "store/mapped_pages.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>

namespace dossier::store_internal {
namespace {

// Nobody's code is larger, but that of programs that are much else besides.
constexpr size_t kMostCode = size_t{64} << 20;

// Where `object` holds the address in code, maps that code, and ends the search.
int MapCodeAround(dl_phdr_info* object, size_t /*size*/, void* address) {
  const auto wanted = reinterpret_cast<uintptr_t>(address);
  for (size_t i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    const uintptr_t begin = object->dlpi_addr + part.p_vaddr;
    if (part.p_type != PT_LOAD || wanted < begin || wanted - begin >= part.p_filesz) continue;
    if (part.p_filesz <= kMostCode) MapPages({reinterpret_cast<const std::byte*>(begin), part.p_filesz});
    return 1;
  }
  return 0;
}

}  // namespace

void MapPages(std::span<const std::byte> bytes) {
#ifdef MADV_POPULATE_READ  // Linux 5.14
  static const auto kPage = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const uintptr_t begin = reinterpret_cast<uintptr_t>(bytes.data()) & ~(kPage - 1);
  const uintptr_t end = reinterpret_cast<uintptr_t>(bytes.data() + bytes.size());
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_READ);
#else
  static_cast<void>(bytes);
#endif
}

void MapCode() {
  static std::once_flag once;
  std::call_once(once, [] { dl_iterate_phdr(MapCodeAround, reinterpret_cast<void*>(&MapCode)); });
}

}  // namespace dossier::store_internal
