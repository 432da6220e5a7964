// From what an ontology file says to what it means: names resolved, inheritance applied, closures taken.
// Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_ONTOLOGY_BUILDER_H_
#define DOSSIER_SCHEMA_ONTOLOGY_BUILDER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/source_span.h"
#include "schema/ontology.h"

namespace dossier {

// A name as the file has it, and where.
struct PlacedName {
  std::string text;
  SourceSpan place;
};
using PlacedNames = std::vector<PlacedName>;

struct TypeSpec {
  PlacedName name;
  std::string description;
  PlacedNames extends, excludes;
  bool built_in = false;
};

// Where an optional is empty, the file does not say, and a supertype may.
struct QualifierSpec {
  PlacedName name;
  std::string description, phrase;
  PlacedNames range;
  std::optional<ValueType> value;
  std::vector<std::string> values;
  std::optional<bool> identifies;
  bool single_valued = false;
  bool required = false;
};

struct ImplicationSpec {
  PlacedName relation;
  std::optional<PlacedName> subject, object;
  Certainty certainty = Certainty::kCertain;
  std::string description;
};

struct OrderSpec {
  PlacedName relation;
  bool after = true;
  std::optional<PlacedName> role, as;
  std::string description;
};

struct EntailmentSpec {
  PlacedName role;
  PlacedNames along;
};

struct RelationSpec {
  PlacedName name;
  std::string description, phrase;
  std::optional<RelationKind> kind;
  std::optional<PlacedNames> subject, object;
  std::optional<ValueType> value;
  PlacedNames extends, excludes;
  std::optional<PlacedName> inverse;
  bool transitive = false;
  std::optional<bool> symmetric;
  Containment containment = Containment::kNone;
  std::optional<bool> functional, functional_in_time, countable;
  std::optional<RateKind> rate;
  std::optional<PlacedNames> functional_over;
  std::vector<ImplicationSpec> implies;
  std::vector<OrderSpec> order;
  std::vector<QualifierSpec> qualifiers;
  std::vector<EntailmentSpec> entails_upward;
  bool built_in = false;
  bool from_fields = false;
};

struct ExclusiveValuesSpec {
  PlacedName attribute;
  std::vector<std::string> values;
  Certainty certainty = Certainty::kCertain;
  std::string description;
};

struct OntologySpec {
  std::string name, version, description, source_text;
  bool open = false;
  std::vector<TypeSpec> types;
  std::vector<RelationSpec> relations;
  std::vector<ExclusiveValuesSpec> exclusive_values;
};

// A spec that holds what is built in and nothing else.
OntologySpec BuiltInSpec();

class OntologyBuilder {
 public:
  // Errors get `file` as their file and go to `errors`, which must outlive the builder.
  OntologyBuilder(OntologySpec spec, std::string_view file, std::vector<Diagnostic>* errors);

  // Meaningful only if no error was added.
  Ontology Build();

 private:
  void Error(int number, const SourceSpan& place, std::string cause, std::string_view rule, std::string hint = "");
  void CheckTypes(const PlacedNames& names);
  // False if the relation is not there, which is then reported.
  bool CheckRelation(const PlacedName& name);
  void CheckRole(const Relation& relation, const PlacedName& role);

  void BuildTypes();
  void CloseTypeExclusions();
  void BuildRelations();
  void Inherit(size_t relation);
  void InheritQualifiers(const RelationSpec& spec, const Relation* parent, Relation* relation);
  void CloseRelationExclusions();
  void CheckInverses();
  void CheckRelations();
  void BuildExclusiveValues();

  OntologySpec spec_;
  std::string file_;
  std::vector<Diagnostic>* errors_;
  Ontology ontology_;
  std::vector<std::string> type_names_, relation_names_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ONTOLOGY_BUILDER_H_
