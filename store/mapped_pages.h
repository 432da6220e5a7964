// Pages of mapped files that are about to be read, such as those of the program itself: one call puts all of them into
// the process's table of pages, where reading them one by one costs a fault for each few, which takes longer than what
// is read there. A new process has its first answer a quarter sooner for it.
#ifndef DOSSIER_STORE_MAPPED_PAGES_H_
#define DOSSIER_STORE_MAPPED_PAGES_H_

#include <cstddef>
#include <span>

namespace dossier::store_internal {

// Of a file that is mapped. Where the system cannot, nothing but time depends on it.
void MapPages(std::span<const std::byte> bytes);

// The code of the program, or of the library, that this function is part of; once in a process.
void MapCode();

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_MAPPED_PAGES_H_
