// Image files: whatever bytes stand where one should be, opening them and reading everything gives an error or, after a
// rebuild of what is damaged, the answers of the image that it was made from; values in dictionaries are read from any
// bytes.
//
// The first bytes of an input choose; the rest are edits (where, and what) to a sound file of a small graph, or the
// bytes of a directory or a value.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "graph/value_bytes.h"
#include "store/image_file.h"
#include "store/image_layout.h"

namespace dossier {
namespace {

constexpr uint64_t kStamp = 7;

void Expect(bool holds) {
  if (!holds) std::abort();
}

std::shared_ptr<const Image> SmallGraph() {
  ImageBuilder builder(/*sourced=*/false);
  const LabelId state = builder.Label("State");
  const RelationId sells = builder.Relation("SELLS");
  const PropertyId name = builder.Property("name"), year = builder.Property("year");
  std::vector<VertexId> vertices;
  for (int i = 0; i < 40; ++i) {
    vertices.push_back(builder.AddEntity(StrCat("state/", i), {state}));
    builder.SetVertexProperty(vertices.back(), name, Value::String(StrCat("State ", i % 7)));
  }
  for (size_t i = 0; i < 100; ++i) {
    const EdgeId edge = builder.AddEdge(vertices[i % 40], sells, vertices[(i * 7 + 3) % 40]);
    builder.AddEdgeProperty(edge, year, Value::Integer(static_cast<int64_t>(1950 + i % 60)));
  }
  return builder.Build();
}

// Everything that the image says, through each of its columns.
std::string All(const Image& image) {
  std::string all = StrCat(image.vertex_count(), " ", image.edge_count());
  for (uint32_t i = 0; i < image.vertex_count(); ++i) {
    const VertexId vertex = image.VertexAt(i);
    all += StrCat("\n", image.key(vertex), " ", image.signature(vertex), " ", image.FindKey(image.key(vertex)).value);
    for (const auto& [property, value] : image.VertexProperties(vertex)) all += StrCat(" ", ToString(value));
    for (uint32_t r = 0; r < image.relation_count(); ++r) {
      for (const Neighbor& step : image.Out(vertex, RelationId(r))) all += StrCat(" >", step.vertex.value);
      for (const Neighbor& step : image.In(vertex, RelationId(r))) all += StrCat(" <", step.edge.value);
    }
  }
  for (uint32_t i = 0; i < image.edge_count(); ++i) {
    all += StrCat("\n", image.source(EdgeId(i)).value, " ", image.target(EdgeId(i)).value);
    for (const auto& [property, value] : image.EdgeProperties(EdgeId(i))) all += StrCat(" ", ToString(value));
  }
  return all;
}

// A sound file and what it says.
struct Sound {
  std::shared_ptr<const Image> image = SmallGraph();
  std::string path = (std::filesystem::temp_directory_path() / StrCat("dossier-fuzz-", getpid(), ".image")).string();
  std::string bytes, said = All(*image);

  Sound() {
    Expect(store_internal::WriteImageFile(*image, kStamp, path, /*block_size=*/128).ok());
    std::ifstream file(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
};

// `rebuilt`: whether the store still gives what the image was made from. If not, all may be read, but it says nothing.
void OpenEdited(std::string_view edits, bool rebuilt) {
  static const Sound* const sound = new Sound();
  std::string bytes = sound->bytes;
  for (; edits.size() >= 4; edits.remove_prefix(4)) {
    uint32_t edit;
    std::memcpy(&edit, edits.data(), sizeof edit);
    if (edit >> 30 == 3) {
      bytes.resize(edit % (bytes.size() + 64));
    } else if (!bytes.empty()) {
      bytes[(edit >> 8) % bytes.size()] = static_cast<char>(edit);
    }
  }
  std::ofstream(sound->path, std::ios::binary) << bytes;
  const auto mapped = store_internal::MapImageFile(sound->path, kStamp, nullptr,
                                                   [rebuilt]() -> absl::StatusOr<std::shared_ptr<const Image>> {
                                                     if (!rebuilt) return absl::DataLossError("gone");
                                                     return sound->image;
                                                   });
  if (!mapped.ok()) return;
  const bool same = All(**mapped) == sound->said, sure = (*mapped)->status().ok();
  Expect(rebuilt ? same && sure : same || !sure);
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dossier;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      OpenEdited(bytes, /*rebuilt=*/true);
      break;
    case 1:
      OpenEdited(bytes, /*rebuilt=*/false);
      break;
    case 2: {
      std::vector<uint64_t> words(bytes.size() / 8);  // for its alignment
      if (!words.empty()) std::memcpy(words.data(), bytes.data(), words.size() * 8);
      store_internal::ImageDirectory directory;
      store_internal::DecodeImageDirectory(std::as_bytes(std::span(words)), &directory);
      break;
    }
    default: {
      const Value value = ValueFromBytes(bytes);
      if (!value.is_null()) Expect(Equivalent(ValueFromBytes(ValueToBytes(value)), value));
    }
  }
  return 0;
}
