// What may be said, and what follows from it: the types and relations that docs/ontology.md describes.
//
// An Ontology is an immutable value: made once (by schema/ontology_reader.h, or Open()), then read from any number
// of threads. Everything that the file leaves to inheritance is already worked out here: a relation has the domain,
// range, qualifiers and entailments that hold for it, and every list of "all" names is a closure.
// References and pointers that it gives live as long as it does.
#ifndef DOSSIER_SCHEMA_ONTOLOGY_H_
#define DOSSIER_SCHEMA_ONTOLOGY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/source_span.h"
#include "graph/claim.h"

namespace dossier {

enum class RelationKind : uint8_t { kFact, kPosition, kEvidence, kComparison };
// What stands at the object's end of a relation, or as the value of a qualifier.
enum class ValueType : uint8_t { kEntity, kString, kInteger, kNumber, kBoolean, kTime, kQuantity, kUrl };
enum class Containment : uint8_t { kNone, kPartOf, kLocatedIn, kKindOf, kOrganOf, kMemberOf };

// What the percentage of a relation says: by how much the subject's numbers are above or below the object's, or what part
// of them they are.
enum class RateKind : uint8_t { kNone, kIncrease, kDecrease, kShare };

// As the ontology file spells them.
std::string_view Name(RelationKind kind);
std::string_view Name(ValueType type);  // "entity" for kEntity
std::string_view Name(Containment containment);
std::string_view Name(RateKind rate);

// Built-in names that the program knows (docs/ontology.md, "Built in").
inline constexpr std::string_view kEventType = "Event";
inline constexpr std::string_view kStatementType = "Statement";
inline constexpr std::string_view kDocumentType = "Document";
inline constexpr std::string_view kGroupType = "Group";
inline constexpr std::string_view kClaimType = "Claim";
inline constexpr std::string_view kHasMember = "HAS_MEMBER";
inline constexpr std::string_view kHasPart = "HAS_PART";
inline constexpr std::string_view kStatedCount = "stated_count";
inline constexpr std::string_view kListRelation = "list";
inline constexpr std::string_view kPossibleSameAs = "possible_same_as";

struct EntityType {
  std::string name;
  std::string description;
  std::vector<std::string> extends;     // direct supertypes
  std::vector<std::string> supertypes;  // all, itself first
  std::vector<std::string> subtypes;    // all, itself first
  std::vector<std::string> excludes;    // all types that no entity of this type may have, subtypes included; sorted
  bool built_in = false;
  SourceSpan place;  // in the ontology's text; unknown for built-in ones
};

struct QualifierRule {
  std::string name;
  std::string description;
  std::string phrase;  // what stands before its value in a sentence: "in"; may be empty
  ValueType value = ValueType::kEntity;
  std::vector<std::string> range;   // of an entity-valued one: allowed types; empty = any
  std::vector<std::string> values;  // of a literal one: the closed list; empty = any
  bool identifies = true;
  bool single_valued = false;
  bool required = false;
};

// The relation holds too, between what stands in the roles named ("subject", "object" or a qualifier's name).
struct Implication {
  std::string relation;
  std::string subject = "subject";
  std::string object = "object";
  Certainty certainty = Certainty::kCertain;  // how surely; what is not certain only makes a soft contradiction
  std::string description;                    // what has to be so for it to hold; may be empty
};

// What stands in `role` of this relation stands in the role `as` of `relation` too, if that is claimed, and there it is
// first (after), or not any more (before): no use before the production, no export once the state is dissolved.
struct OrderRule {
  std::string relation;
  bool after = true;  // this relation holds after the other, not before it
  std::string role = "subject";
  std::string as = "subject";
  std::string description;  // the rule in a sentence; may be empty
};

// Along which containment relations a role of a relation entails upward.
struct UpwardEntailment {
  std::string role;  // "subject", "object" or a qualifier's name
  std::vector<std::string> along;
};

struct Relation {
  std::string name;
  std::string description;
  std::string phrase;  // what stands between subject and object in a sentence: "used"; may be empty
  RelationKind kind = RelationKind::kFact;
  std::vector<std::string> subject;  // domain; empty = any
  std::vector<std::string> object;   // range of an entity-valued one; empty = any
  ValueType value = ValueType::kEntity;
  std::vector<std::string> extends;     // direct supertypes
  std::vector<std::string> supertypes;  // all, itself first
  std::vector<std::string> subtypes;    // all, itself first
  std::string inverse;                  // may be empty
  bool transitive = false;
  bool symmetric = false;  // the validator puts the smaller key first, so that both ways are one proposition
  Containment containment = Containment::kNone;
  bool functional = false;
  std::vector<std::string> functional_over;
  bool functional_in_time = true;
  bool countable = true;
  RateKind rate = RateKind::kNone;
  std::vector<std::string> excludes;             // all, inherited and symmetric ones and subtypes included; sorted
  std::vector<Implication> implies;              // as given for this relation and its supertypes
  std::vector<OrderRule> order;                  // as given for this relation and its supertypes
  std::vector<QualifierRule> qualifiers;         // by name
  std::vector<UpwardEntailment> entails_upward;  // by role
  bool built_in = false;
  bool from_fields = false;  // SUBJECT, SAYS, ...: read off the claims' fields, never claimed
  SourceSpan place;

  bool is_attribute() const { return value != ValueType::kEntity; }
  // Null where it declares no such qualifier.
  const QualifierRule* FindQualifier(std::string_view qualifier) const;
  // Empty where the role entails nothing.
  const std::vector<std::string>& EntailsUpward(std::string_view role) const;
};

// Values of one attribute, or of one literal qualifier, that cannot both hold at one time.
struct ExclusiveValues {
  std::string attribute;
  std::vector<std::string> values;
  Certainty certainty = Certainty::kCertain;  // how surely; what is not certain only makes a soft contradiction
  std::string description;                    // what has to be so for them to exclude each other; may be empty
};

class Ontology {
 public:
  // Of an open store: any type, any relation; the built-in ones as always.
  static Ontology Open();

  const std::string& name() const { return name_; }
  const std::string& version() const { return version_; }
  const std::string& description() const { return description_; }
  // Unknown types and relations are allowed. FindType and FindRelation still give null for them.
  bool is_open() const { return open_; }
  // The text that it was read from, which the reader reads again to the same; empty for Open().
  const std::string& source_text() const { return source_text_; }

  // Built-in ones first, then in the order of the file.
  const std::vector<EntityType>& types() const { return types_; }
  const std::vector<Relation>& relations() const { return relations_; }
  const std::vector<ExclusiveValues>& exclusive_values() const { return exclusive_values_; }

  // Null where there is none. A relation is not found by its inverse name.
  const EntityType* FindType(std::string_view name) const;
  const Relation* FindRelation(std::string_view name) const;
  // The relation that has `name` as its inverse, or null.
  const Relation* FindByInverse(std::string_view name) const;

  // Whether every `type` is an `ancestor`; a name is its own subtype, declared or not.
  bool IsSubtype(std::string_view type, std::string_view ancestor) const;
  bool IsSubrelation(std::string_view relation, std::string_view ancestor) const;
  // Whether an entity of `types` may stand where one of `allowed` is asked for; empty `allowed` = any.
  bool Admits(const std::vector<std::string>& allowed, const std::vector<std::string>& types) const;

  // All names, for "did you mean ...?"; relations with their inverses.
  std::vector<std::string> TypeNames() const;
  std::vector<std::string> RelationNames() const;

 private:
  friend class OntologyBuilder;
  Ontology() = default;
  void IndexNames();

  std::string name_, version_, description_, source_text_;
  bool open_ = false;
  std::vector<EntityType> types_;
  std::vector<Relation> relations_;
  std::vector<ExclusiveValues> exclusive_values_;
  absl::flat_hash_map<std::string, uint32_t> type_index_, relation_index_, inverse_index_;
  // Row-major: whether type i is a (sub)type of type j; the same for relations.
  std::vector<bool> type_closure_, relation_closure_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ONTOLOGY_H_
