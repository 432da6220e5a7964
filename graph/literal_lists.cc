#include "graph/literal_lists.h"

#include <algorithm>
#include <limits>

#include "graph/base/huge_pages.h"

namespace dossier {

namespace {

void SortByVertex(std::vector<Adjacency::Entry>* entries) {
  const auto before = [](const Adjacency::Entry& a, const Adjacency::Entry& b) { return a.from < b.from; };
  if (!std::is_sorted(entries->begin(), entries->end(), before)) {
    std::stable_sort(entries->begin(), entries->end(), before);
  }
}

}  // namespace

LiteralLists::LiteralLists(std::vector<Adjacency::Entry> entries) {
  if (entries.empty()) return;
  SortByVertex(&entries);
  std::vector<uint32_t> vertices;
  std::vector<uint32_t> edges;
  ReserveHuge(entries.size(), &edges);
  for (const Adjacency::Entry& entry : entries) {
    if (vertices.empty() || vertices.back() != entry.from.value) vertices.push_back(entry.from.value);
    edges.push_back(entry.edge.value);
  }
  vertices_ = ItemIndex::Of(std::move(vertices));
  std::vector<uint32_t> offsets(vertices_.size() + 1);
  for (const Adjacency::Entry& entry : entries) ++offsets[vertices_.Find(entry.from.value) + 1];
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  offsets_ = PackedArray::Line32(offsets);
  edges_ = PackedArray::Line32(edges);
}

void LiteralLists::Extend(std::vector<Adjacency::Entry> entries) {
  if (entries.empty()) return;
  SortByVertex(&entries);
  auto extension = std::make_unique<Extension>();
  extension->entries = std::move(entries);
  late_ = std::move(extension);
}

void LiteralLists::Place(const std::vector<Adjacency::Entry>& entries, Late* late) const {
  std::vector<uint64_t> edges;
  for (size_t i = 0; i < entries.size();) {
    const VertexId vertex = entries[i].from;
    const size_t begin = edges.size();
    for (const EdgeId edge : EarlyOf(vertex, std::numeric_limits<uint32_t>::max())) edges.push_back(edge.value);
    for (; i < entries.size() && entries[i].from == vertex; ++i) edges.push_back(entries[i].edge.value);
    late->of[vertex.value] = {begin, edges.size()};
  }
  late->edges = PackedArray::Line(edges);
}

void LiteralLists::CheckFor(VertexId vertex) const {
  part_.Check(vertices_.bytes());
  const size_t place = vertices_.Find(vertex.value);
  if (place == ItemIndex::kNone) return;
  part_.Check(offsets_.bytes(place, place + 2));
  part_.Check(edges_.bytes(offsets_[place], offsets_[place + 1]));
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
