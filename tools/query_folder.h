// Folders of *.gql files that come beside the claim files that were loaded: questions, rules.
#ifndef DOSSIER_TOOLS_QUERY_FOLDER_H_
#define DOSSIER_TOOLS_QUERY_FOLDER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "store/snapshot.h"

namespace dossier {

bool IsFolder(const std::string& path);

// Where a folder of that name may be: `given` where it is not empty, else what the environment's `variable` names, else
// beside each thing that was loaded, the last first, by the store's own log of loads. It need not be there.
absl::StatusOr<std::vector<std::string>> PlacesOfFolder(std::string_view name, const std::string& given,
                                                        const char* variable, const Snapshot& snapshot);

// The *.gql files of a folder, by name. E9003 if it cannot be read.
absl::StatusOr<std::vector<std::string>> QueryFiles(const std::string& folder);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_QUERY_FOLDER_H_
