#include "tools/query_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/error_codes.h"

namespace dossier {

bool IsFolder(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

absl::StatusOr<std::vector<std::string>> PlacesOfFolder(std::string_view name, const std::string& given,
                                                        const char* variable, const Snapshot& snapshot) {
  if (!given.empty()) return std::vector<std::string>{given};
  const char* const named = std::getenv(variable);
  if (named != nullptr && *named != '\0') return std::vector<std::string>{named};
  std::vector<std::string> sources;
  RETURN_IF_ERROR(snapshot.ScanLoads([&sources](const LoadRecord& load) {
    sources.insert(sources.end(), load.sources.begin(), load.sources.end());
    return absl::OkStatus();
  }));
  std::vector<std::string> places;
  for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
    const std::filesystem::path path(*source);
    const std::string folder = ((IsFolder(*source) ? path : path.parent_path()) / name).string();
    if (std::find(places.begin(), places.end(), folder) == places.end()) places.push_back(folder);
  }
  return places;
}

absl::StatusOr<std::vector<std::string>> QueryFiles(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".gql") files.push_back(at->path().string());
  }
  if (error) {
    return ToStatus(absl::StatusCode::kNotFound,
                    Diagnostic{.number = kNoQuestionFolder,
                               .file = folder,
                               .cause = StrCat("the folder cannot be read: ", error.message())});
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace dossier
