// The shipped data set, for tests.
#ifndef DOSSIER_TESTS_UNIT_SCHEMA_DATA_FILES_H_
#define DOSSIER_TESTS_UNIT_SCHEMA_DATA_FILES_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "schema/claim_file_reader.h"

namespace dossier {

inline std::string ReadWholeFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path DataFolder() { return DOSSIER_DATA_DIR "/russia-2017"; }

// Its claim files, by name.
inline std::vector<ClaimFile> ReadDataFiles() {
  std::vector<ClaimFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(DataFolder())) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".csv" || IsJsonLines(name)) files.push_back({name, ReadWholeFile(entry.path())});
  }
  std::sort(files.begin(), files.end(), [](const ClaimFile& a, const ClaimFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_SCHEMA_DATA_FILES_H_
