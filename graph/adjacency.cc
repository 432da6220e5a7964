#include "graph/adjacency.h"

#include <algorithm>
#include <utility>

#include "graph/base/huge_pages.h"

namespace dossier {
namespace {

// By beginning, in the order given; a counting sort where the beginnings lie close together.
void SortByBeginning(std::vector<Adjacency::Entry>* entries) {
  const auto before = [](const Adjacency::Entry& a, const Adjacency::Entry& b) { return a.from < b.from; };
  if (std::is_sorted(entries->begin(), entries->end(), before)) return;
  const auto [least, most] = std::minmax_element(entries->begin(), entries->end(), before);
  const uint32_t first = least->from.value;
  const size_t range = most->from.value - size_t{first} + 1;
  if (range > entries->size() * 8) {
    std::stable_sort(entries->begin(), entries->end(), before);
    return;
  }
  std::vector<uint32_t> next(range + 1);
  for (const Adjacency::Entry& entry : *entries) ++next[entry.from.value - first + size_t{1}];
  for (size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  auto sorted = HugeVector<Adjacency::Entry>(entries->size());
  for (const Adjacency::Entry& entry : *entries) sorted[next[entry.from.value - first]++] = entry;
  *entries = std::move(sorted);
}

// As neighbours lie within a vertex.
bool NeighborBefore(const Adjacency::Entry& a, const Adjacency::Entry& b) {
  return a.to != b.to ? a.to < b.to : a.edge < b.edge;
}

}  // namespace

Adjacency Adjacency::Of(std::vector<Entry> entries) {
  SortByBeginning(&entries);
  Adjacency adjacency;
  std::vector<uint32_t> beginnings;
  for (size_t i = 0; i < entries.size();) {
    size_t end = i + 1;
    while (end < entries.size() && entries[end].from == entries[i].from) ++end;
    std::sort(entries.begin() + static_cast<ptrdiff_t>(i), entries.begin() + static_cast<ptrdiff_t>(end),
              NeighborBefore);
    beginnings.push_back(entries[i].from.value);
    i = end;
  }
  adjacency.beginnings_ = ItemIndex::Of(std::move(beginnings));
  std::vector<uint32_t> offsets(adjacency.beginnings_.size() + 1);
  std::vector<VertexId> vertices;
  std::vector<uint32_t> edges;
  ReserveHuge(entries.size(), &vertices);
  ReserveHuge(entries.size(), &edges);
  for (const Entry& entry : entries) {
    ++offsets[adjacency.beginnings_.Find(entry.from.value) + 1];
    vertices.push_back(entry.to);
    edges.push_back(entry.edge.value);
  }
  entries = std::vector<Entry>();
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  adjacency.offsets_ = PackedArray::Line32(offsets);
  adjacency.vertices_ = std::move(vertices);
  adjacency.edges_ = PackedArray::Flat32(edges);
  return adjacency;
}

void Adjacency::Extend(std::vector<Entry> entries) {
  if (entries.empty()) return;
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.from < b.from; });
  auto extension = std::make_unique<Extension>();
  extension->entries = std::move(entries);
  late_ = std::move(extension);
}

void Adjacency::Place(const std::vector<Entry>& entries, Late* late) const {
  std::vector<uint64_t> edges;
  for (size_t i = 0; i < entries.size();) {
    const VertexId from = entries[i].from;
    std::vector<Entry> all;
    for (const Neighbor& neighbor : EarlyOf(from)) all.push_back({from, neighbor.vertex, neighbor.edge});
    for (; i < entries.size() && entries[i].from == from; ++i) all.push_back(entries[i]);
    std::sort(all.begin(), all.end(), NeighborBefore);
    const size_t begin = edges.size();
    for (const Entry& entry : all) {
      late->vertices.push_back(entry.to);
      edges.push_back(entry.edge.value);
    }
    late->of[from.value] = {begin, edges.size()};
  }
  late->edges = PackedArray::Flat(edges);
}

void Adjacency::CheckFor(VertexId vertex) const {
  part_.Check(beginnings_.bytes());
  const size_t place = beginnings_.Find(vertex.value);
  if (place == ItemIndex::kNone) return;
  part_.Check(offsets_.bytes(place, place + 2));
  const size_t begin = offsets_[place], end = offsets_[place + 1];
  part_.Check(vertices_.bytes(begin, end));
  part_.Check(edges_.bytes(begin, end));
}

void Adjacency::Archive(ImageArchive* archive) {
  archive->BeginPart();
  beginnings_.Archive(archive);
  offsets_.Archive(archive);
  archive->Items(&vertices_);
  edges_.Archive(archive);
  archive->EndPart(&part_);
  const bool fits = offsets_.empty() ? beginnings_.size() == 0 : offsets_.size() == beginnings_.size() + 1;
  if (!fits || vertices_.size() != edges_.size()) archive->Fail();
}

}  // namespace dossier
