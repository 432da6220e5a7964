#include "graph/provenance.h"

#include <algorithm>
#include <iterator>

namespace dossier {
namespace {

enum Field { kSubject, kObject, kFromDocument, kAssertedBy, kCites, kSupersedes, kSays };

}  // namespace

Provenance::Provenance(const Image& image, uint32_t first_edge) : first_edge_(first_edge) {
  for (const std::string_view name : kProvenanceRelations) relations_.push_back(image.FindRelation(name));
  for (uint32_t i = 0; i < image.claim_count(); ++i) {
    const ClaimId number(i);
    const ImageClaim claim = image.claim(number);
    const VertexId self = claim.vertex();
    const EdgeId proposition = claim.proposition();
    Add(self, relations_[kSubject], image.source(proposition), number);
    if (!image.is_literal(proposition)) Add(self, relations_[kObject], image.target(proposition), number);
    if (claim.document().valid()) Add(self, relations_[kFromDocument], claim.document(), number);
    int position = 0;
    for (const VertexId asserter : claim.asserters()) {
      Add(self, relations_[kAssertedBy], asserter, number, position++);
    }
    for (const VertexId document : image.cited_documents_.Of(i)) Add(self, relations_[kCites], document, number);
    for (const VertexId statement : image.statements_.Of(i)) Add(statement, relations_[kSays], self, number);
    for (const ClaimId old : image.superseded_.Of(i)) {
      Add(self, relations_[kSupersedes], MakeVertex(VertexKind::kClaim, old.value), number);
    }
  }
  for (const RelationId relation : relations_) {
    std::vector<Adjacency::Entry> out, in;
    for (size_t i = 0; i < edges_.size(); ++i) {
      const Edge& edge = edges_[i];
      if (edge.relation != relation) continue;
      const EdgeId number(first_edge_ + static_cast<uint32_t>(i));
      out.push_back({edge.source, edge.target, number});
      in.push_back({edge.target, edge.source, number});
    }
    directions_.push_back({Adjacency::Of(std::move(out)), Adjacency::Of(std::move(in))});
  }
}

const Provenance::Directions& Provenance::Of(RelationId relation) const {
  static const Directions kNothing;
  const auto at = std::find(relations_.begin(), relations_.end(), relation);
  return at == relations_.end() ? kNothing : directions_[static_cast<size_t>(at - relations_.begin())];
}

void Provenance::Add(VertexId source, RelationId relation, VertexId target, ClaimId claim, int position) {
  edges_.push_back({source, target, relation, claim, position});
}

}  // namespace dossier
