#include "graph/literal_lists.h"

#include <algorithm>

namespace dossier {

LiteralLists::LiteralLists(std::vector<Adjacency::Entry> entries) {
  if (entries.empty()) return;
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Adjacency::Entry& a, const Adjacency::Entry& b) { return a.from < b.from; });
  std::vector<uint32_t> vertices;
  std::vector<uint64_t> edges;
  for (const Adjacency::Entry& entry : entries) {
    if (vertices.empty() || vertices.back() != entry.from.value) vertices.push_back(entry.from.value);
    edges.push_back(entry.edge.value);
  }
  vertices_ = ItemIndex::Of(std::move(vertices));
  std::vector<uint64_t> offsets(vertices_.size() + 1);
  for (const Adjacency::Entry& entry : entries) ++offsets[vertices_.Find(entry.from.value) + 1];
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  offsets_ = PackedArray::Line(offsets);
  edges_ = PackedArray::Line(edges);
}

void LiteralLists::Archive(ImageArchive* archive) {
  archive->BeginPart();
  vertices_.Archive(archive);
  offsets_.Archive(archive);
  edges_.Archive(archive);
  archive->EndPart(&part_);
  if (vertices_.size() > 0 && offsets_.size() != vertices_.size() + 1) archive->Fail();
}

}  // namespace dossier
