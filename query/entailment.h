// What follows from a proposition: the same thing said more generally, and other relations that it implies.
//
// Used an AO-2.5RTM in Gori -> used a submunition in Georgia -> a submunition was used in Georgia; each role climbs
// along the containment relations that the ontology names for it, relations climb to their supertypes and to what they
// imply, and a qualifier that is left out makes a proposition more general. So whoever denies the general is met by
// looking upward from each affirmation, which is quick: containments are shallow, all below a class are many.
#ifndef DOSSIER_QUERY_ENTAILMENT_H_
#define DOSSIER_QUERY_ENTAILMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/contradiction_context.h"

namespace dossier::contradiction {

// A vertex at or above another, and the containments and judgements of sameness that lead there (empty for itself).
struct Upward {
  VertexId vertex;
  std::vector<EdgeId> path;
};

// What may stand in a role: an entity with all above it (itself first), or a literal.
struct RoleValue {
  std::vector<Upward> entities;
  Value literal;  // where `entities` is empty
};

// One way to say what a proposition entails.
struct Form {
  const Relation* relation = nullptr;
  RoleValue subject, object;
  std::vector<std::pair<PropertyId, RoleValue>> qualifiers;  // those that identify
  std::vector<std::string> steps;                            // the ontology's implications used, in words
  std::vector<std::string> assumed;                          // those of them that take more than what was said
  bool from_evidence = false;
};

class Entailment {
 public:
  explicit Entailment(const Context* context);

  // The vertex itself, then all above it along any of the relations (and their subrelations) named, and whatever was
  // judged to be one with any of these. Where there are
  // several ways, one over certain containments if there is any, then the shortest.
  std::vector<Upward> Climb(VertexId vertex, const std::vector<std::string>& along) const;

  // All that the proposition entails and that is a fact, itself first (if it is one), without repeats of a relation
  // with the same roles.
  std::vector<Form> FormsOf(EdgeId edge) const;

  // The relations (facts) of all forms of a relation's propositions.
  std::vector<const Relation*> RelationsEntailedBy(const Relation& relation) const;

  // Whether a containment is claimed with certainty, and nobody denies it with certainty.
  bool IsCertain(EdgeId containment) const;

 private:
  struct Parent {
    VertexId vertex;
    EdgeId edge;
    bool certain;
  };
  void AddSame(EdgeId edge);
  const std::vector<Parent>& ParentsOf(VertexId vertex, const std::string& relation) const;
  void AddImplied(const Form& form, int depth, std::vector<Form>* forms) const;

  const Context* context_;
  // By relation named in an `along`: vertex -> parents.
  absl::flat_hash_map<std::string, absl::flat_hash_map<uint32_t, std::vector<Parent>>> parents_;
  absl::flat_hash_map<uint32_t, std::vector<Parent>> same_;  // those that were judged one with it
};

}  // namespace dossier::contradiction

#endif  // DOSSIER_QUERY_ENTAILMENT_H_
