// A label expression (A|B&!C) bound to an image and an ontology: a look-up by label signature or by relation.
// A name matches its subtypes as well; an unlabelled node matches neither names nor %.
#ifndef DOSSIER_QUERY_LABEL_TEST_H_
#define DOSSIER_QUERY_LABEL_TEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/image.h"
#include "query/ast_expression.h"

namespace dossier {

class Ontology;

class LabelTest {
 public:
  // What the names may mean: on nodes types, on edges relations, either where it is not known which is tested.
  enum class Target : uint8_t { kVertex, kEdge, kEither };

  // `ontology` may be null or open: then any name may be asked for. Else a name that neither the ontology nor the image
  // knows is E6005. The image must outlive the test.
  static absl::StatusOr<LabelTest> Bind(const ast::LabelExpression& labels, const Ontology* ontology,
                                        const Image* image, Target target);

  bool Matches(VertexId vertex) const { return signatures_[image_->signature(vertex)]; }
  bool Matches(EdgeId edge) const { return relations_[image_->relation(edge).value]; }
  // As written.
  const std::string& text() const { return text_; }

 private:
  const Image* image_ = nullptr;
  std::string text_;
  std::vector<bool> signatures_;  // by signature number
  std::vector<bool> relations_;   // by relation number
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_LABEL_TEST_H_
