// A graph without a store, read from a JSON file, to try queries on: `dossier query --graph FILE.json`.
//
//   {"nodes": [{"id": "a", "labels": ["N"], "props": {"name": "a"}}, ...],
//    "rels":  [{"id": "e", "type": "E", "src": "a", "dst": "b", "props": {}}, ...]}
//
// Ids are strings or integers; `labels`, `props` and the ids of edges may be left out; other members are passed over.
// No edge has a source, and no row a note.
#ifndef DOSSIER_TOOLS_SCRATCH_GRAPH_H_
#define DOSSIER_TOOLS_SCRATCH_GRAPH_H_

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/image.h"

namespace dossier {

struct ScratchGraph {
  std::shared_ptr<const Image> image;
  std::vector<std::string> edge_ids;  // by edge number
};

// `file` is what errors call it. E9010 for a text that is not in the format.
absl::StatusOr<ScratchGraph> ReadScratchGraph(std::string_view text, std::string_view file);

// The same from JSON that has been read already, with properties written in some other way than as plain JSON:
// `read_value` makes the value of one.
using PropertyReader = std::function<absl::StatusOr<Value>(const nlohmann::ordered_json&)>;
absl::StatusOr<ScratchGraph> MakeScratchGraph(const nlohmann::ordered_json& json, std::string_view file,
                                              const PropertyReader& read_value);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_SCRATCH_GRAPH_H_
