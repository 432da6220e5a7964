#include "query/name_resolver.h"

#include <algorithm>
#include <functional>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

// A label expression over what a name means for the thing at hand.
bool Holds(const ast::LabelExpression& labels, bool has_any, const std::function<bool(const std::string&)>& has) {
  const auto operand_holds = [&](const ast::LabelExpression& operand) { return Holds(operand, has_any, has); };
  switch (labels.kind) {
    case ast::LabelExpression::Kind::kName:
      return has(labels.name.text);
    case ast::LabelExpression::Kind::kWildcard:
      return has_any;
    case ast::LabelExpression::Kind::kNot:
      return !operand_holds(labels.operands.front());
    case ast::LabelExpression::Kind::kAnd:
      return std::all_of(labels.operands.begin(), labels.operands.end(), operand_holds);
    case ast::LabelExpression::Kind::kOr:
      return std::any_of(labels.operands.begin(), labels.operands.end(), operand_holds);
  }
  return false;
}

// Whether `name` is asked for outright, not only excluded.
bool Names(const ast::LabelExpression& labels, const std::function<bool(const std::string&)>& is) {
  if (labels.kind == ast::LabelExpression::Kind::kName) return is(labels.name.text);
  if (labels.kind == ast::LabelExpression::Kind::kNot) return false;
  return std::any_of(labels.operands.begin(), labels.operands.end(),
                     [&](const ast::LabelExpression& operand) { return Names(operand, is); });
}

absl::Status UnknownName(int number, std::string_view what, const ast::Name& name,
                         const std::vector<std::string>& known) {
  const std::string closest = ClosestName(name.text, known);
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  {.number = number,
                   .place = name.span,
                   .cause = StrCat("unknown ", what, " '", name.text, "'"),
                   .rule = StrCat("a ", what, " must be declared in the store's ontology"),
                   .hint = closest.empty() ? std::string() : StrCat("did you mean '", closest, "'?")});
}

}  // namespace

absl::Status NameResolver::CheckLabels(const ast::LabelExpression& labels) const {
  for (const ast::LabelExpression& operand : labels.operands) RETURN_IF_ERROR(CheckLabels(operand));
  if (labels.kind != ast::LabelExpression::Kind::kName || ontology_ == nullptr || ontology_->is_open()) {
    return absl::OkStatus();
  }
  if (ontology_->FindType(labels.name.text) != nullptr) return absl::OkStatus();
  return UnknownName(kUnknownLabel, "label", labels.name, ontology_->TypeNames());
}

absl::Status NameResolver::CheckRelations(const ast::LabelExpression& labels, bool* names_inverse) const {
  for (const ast::LabelExpression& operand : labels.operands) {
    RETURN_IF_ERROR(CheckRelations(operand, names_inverse));
  }
  if (labels.kind != ast::LabelExpression::Kind::kName || ontology_ == nullptr) return absl::OkStatus();
  if (ontology_->FindRelation(labels.name.text) != nullptr) return absl::OkStatus();
  if (ontology_->FindByInverse(labels.name.text) != nullptr) {
    *names_inverse = true;
    return absl::OkStatus();
  }
  if (ontology_->is_open()) return absl::OkStatus();
  return UnknownName(kUnknownRelationName, "relation", labels.name, ontology_->RelationNames());
}

absl::Status NameResolver::ResolveLabels(const ast::LabelExpression& labels, NodeTest* test) const {
  RETURN_IF_ERROR(CheckLabels(labels));
  test->any_label = false;
  test->signatures.assign(image_->signature_count(), false);
  for (uint32_t signature = 0; signature < image_->signature_count(); ++signature) {
    const auto own = image_->signature_labels(signature);
    const auto has = [&](const std::string& wanted) {
      return std::any_of(own.begin(), own.end(), [&](LabelId label) {
        const std::string& name = image_->label_name(label);
        return name == wanted || (ontology_ != nullptr && ontology_->IsSubtype(name, wanted));
      });
    };
    test->signatures[signature] = Holds(labels, !own.empty(), has);
  }
  test->provenance = Names(labels, [](const std::string& name) { return name == kClaimType || name == kDocumentType; });
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RelationStep>> NameResolver::ResolveRelations(const ast::LabelExpression* labels,
                                                                         ast::EdgeDirection direction) const {
  bool names_inverse = false;
  if (labels != nullptr) RETURN_IF_ERROR(CheckRelations(*labels, &names_inverse));
  std::vector<RelationStep> steps;
  for (uint32_t number = 0; number < image_->relation_count(); ++number) {
    const RelationId id(number);
    if (image_->edges_of(id) == 0) continue;
    const std::string& own = image_->relation_name(id);
    const Relation* relation = ontology_ == nullptr ? nullptr : ontology_->FindRelation(own);
    bool as_written = labels == nullptr;
    bool inverted = false;
    if (labels != nullptr) {
      const auto is = [&](const std::string& wanted) {
        return own == wanted || (ontology_ != nullptr && ontology_->IsSubrelation(own, wanted));
      };
      const auto is_inverse_of = [&](const std::string& wanted) {
        const Relation* named = ontology_->FindByInverse(wanted);
        return named != nullptr && ontology_->IsSubrelation(own, named->name);
      };
      as_written = Holds(*labels, true, is);
      inverted = names_inverse && Holds(*labels, true, is_inverse_of);
      if (image_->hidden(id)) {
        as_written = as_written && Names(*labels, is);
        inverted = inverted && Names(*labels, is_inverse_of);
      }
    } else if (image_->hidden(id)) {
      continue;
    }
    RelationStep step{.relation = id};
    if (as_written) {
      step.forward |= direction != ast::EdgeDirection::kLeft;
      step.backward |= direction != ast::EdgeDirection::kRight;
    }
    if (inverted) {
      step.forward |= direction != ast::EdgeDirection::kRight;
      step.backward |= direction != ast::EdgeDirection::kLeft;
    }
    if (relation != nullptr && relation->symmetric && (step.forward || step.backward)) {
      step.forward = step.backward = true;
    }
    if (step.forward || step.backward) steps.push_back(step);
  }
  return steps;
}

}  // namespace dossier
