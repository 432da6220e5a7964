#include "query/label_test.h"

#include <algorithm>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/ast_printer.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using ast::LabelExpression;
using Target = LabelTest::Target;

bool KnowsType(const Ontology* ontology, const Image& image, std::string_view name) {
  return (ontology != nullptr && ontology->FindType(name) != nullptr) || image.FindLabel(name).valid();
}

bool KnowsRelation(const Ontology* ontology, const Image& image, std::string_view name) {
  return (ontology != nullptr &&
          (ontology->FindRelation(name) != nullptr || ontology->FindByInverse(name) != nullptr)) ||
         image.FindRelation(name).valid();
}

absl::Status CheckNames(const LabelExpression& labels, const Ontology* ontology, const Image& image, Target target) {
  if (ontology == nullptr || ontology->is_open()) return absl::OkStatus();
  if (labels.kind == LabelExpression::Kind::kName) {
    const std::string& name = labels.name.text;
    if (target != Target::kEdge && KnowsType(ontology, image, name)) return absl::OkStatus();
    if (target != Target::kVertex && KnowsRelation(ontology, image, name)) return absl::OkStatus();
    std::vector<std::string> known;
    if (target != Target::kEdge) known = ontology->TypeNames();
    if (target != Target::kVertex) {
      const std::vector<std::string> relations = ontology->RelationNames();
      known.insert(known.end(), relations.begin(), relations.end());
    }
    const std::string_view what = target == Target::kEdge ? "relation" : "type";
    const std::string closest = ClosestName(name, known);
    return QueryError(target == Target::kEdge ? kUnknownRelationName : kUnknownLabel, labels.name.span,
                      StrCat("unknown ", what, " '", name, "'"),
                      StrCat("a ", what, " must be declared in the ontology"),
                      closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
  }
  for (const LabelExpression& operand : labels.operands) {
    RETURN_IF_ERROR(CheckNames(operand, ontology, image, target));
  }
  return absl::OkStatus();
}

// `has(name)`: is it one of the names asked for; `any`: is there any label at all?
template <typename Has>
bool Holds(const LabelExpression& labels, bool any, const Has& has) {
  const auto holds = [&](const LabelExpression& operand) { return Holds(operand, any, has); };
  switch (labels.kind) {
    case LabelExpression::Kind::kName:
      return has(labels.name.text);
    case LabelExpression::Kind::kWildcard:
      return any;
    case LabelExpression::Kind::kNot:
      return !holds(labels.operands.front());
    case LabelExpression::Kind::kAnd:
      return std::all_of(labels.operands.begin(), labels.operands.end(), holds);
    case LabelExpression::Kind::kOr:
      return std::any_of(labels.operands.begin(), labels.operands.end(), holds);
  }
  return false;
}

}  // namespace

absl::StatusOr<LabelTest> LabelTest::Bind(const LabelExpression& labels, const Ontology* ontology, const Image* image,
                                          Target target) {
  RETURN_IF_ERROR(CheckNames(labels, ontology, *image, target));
  LabelTest test;
  test.image_ = image;
  test.text_ = ToText(labels);
  for (uint32_t signature = 0; signature < image->signature_count(); ++signature) {
    const auto own = image->signature_labels(signature);
    const auto has = [&](const std::string& wanted) {
      return std::any_of(own.begin(), own.end(), [&](LabelId label) {
        const std::string& name = image->label_name(label);
        return name == wanted || (ontology != nullptr && ontology->IsSubtype(name, wanted));
      });
    };
    test.signatures_.push_back(Holds(labels, !own.empty(), has));
  }
  for (uint32_t relation = 0; relation < image->relation_count(); ++relation) {
    const std::string& name = image->relation_name(RelationId(relation));
    const auto has = [&](const std::string& wanted) {
      if (name == wanted) return true;
      if (ontology == nullptr) return false;
      const Relation* inverse = ontology->FindByInverse(wanted);
      return ontology->IsSubrelation(name, inverse == nullptr ? wanted : inverse->name);
    };
    test.relations_.push_back(Holds(labels, true, has));
  }
  return test;
}

}  // namespace dossier
