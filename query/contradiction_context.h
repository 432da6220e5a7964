// What the rules on contradictions share: which claims count and how, what time a claim speaks of, what two claims
// need to be assumed for to clash, and drafts of findings. Not for use outside query/.
#ifndef DOSSIER_QUERY_CONTRADICTION_CONTEXT_H_
#define DOSSIER_QUERY_CONTRADICTION_CONTEXT_H_

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/image.h"
#include "query/contradictions.h"
#include "schema/ontology.h"

namespace dossier::contradiction {

class Entailment;

using Qualifiers = std::vector<std::pair<PropertyId, Value>>;

enum class Stance : uint8_t { kNone, kAffirms, kDenies };

// The time that a claim speaks of.
struct When {
  TimeBounds bounds;  // Undated() if not dated
  bool dated = false;
  VertexId event;  // whose time it is, where the claim gives none itself
};
// A lone date: once in it (something that happened), or all of it (a state, a denial).
enum class Reading : uint8_t { kOnce, kThroughout };

// Something without which two claims do not clash. Each makes a finding soft.
struct Assumption {
  enum class Kind : uint8_t {
    kCertainty,    // that `claim`, made as probable or possible, holds
    kUndated,      // that `claim`, which gives no time, is about the time of the other
    kOverlap,      // that two times that may overlap do
    kPersistence,  // that what `claim` denies went on until the time of `other`
    kContainment,  // that `edge`, on which the entailment rests, holds (then)
    kImplication,  // `text`
    kEvidence,     // that what `claim` says was seen is what it is evidence for
    kOther,        // `text`
  };
  Kind kind = Kind::kOther;
  ClaimId claim, other;
  EdgeId edge;
  std::string text;
};

// Two claims that clash, as far as time and certainty go.
struct Clash {
  std::vector<Assumption> assumptions;
  When first, second;
  // One mind at two times, the one certainly after the other: which of the two came first. Neither: no change.
  enum class Change : uint8_t { kNone, kFirstCameFirst, kSecondCameFirst };
  Change change = Change::kNone;
};

// How two claims have to meet in time.
struct Meeting {
  Reading first = Reading::kThroughout;
  Reading second = Reading::kThroughout;
  bool timeless = false;    // time plays no part
  bool same_event = false;  // both are about one event
  bool persists = false;    // the first is a denial, which may persist
  bool position = false;    // both are positions of one holder, who may change his mind
};

struct ChainStep {
  EdgeId edge;       // a proposition ...
  std::string text;  // ... or what the ontology says
  friend bool operator==(const ChainStep&, const ChainStep&) = default;
};

// A finding without its words, which are made only for those that are asked for.
struct Draft {
  Rule rule = Rule::kPolarity;
  Grade grade = Grade::kHard;
  std::array<std::vector<ClaimId>, 2> sides;
  std::vector<ChainStep> chain;
  std::vector<Assumption> assumptions;
  std::optional<std::pair<When, When>> times;
  std::string resolution;
  std::string detail;  // what the explanation turns on, as the rule needs it (a property's name, a sum)
};

class Context {
 public:
  // All must outlive it.
  Context(const Image& image, const Ontology& ontology, const ContradictionOptions& options);
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const Image& image() const { return image_; }
  const Ontology& ontology() const { return ontology_; }
  const ContradictionOptions& options() const { return options_; }

  // What the ontology says of it; a fact of which nothing follows for one that it does not know.
  const Relation& relation(RelationId id) const { return *relations_[id.value]; }
  const Relation& relation_of(EdgeId edge) const { return relation(image_.relation(edge)); }
  // Hidden edges and edges without claims take no part.
  bool hidden(EdgeId edge) const { return image_.hidden(image_.relation(edge)); }

  // Current, in the view, committed and not deprecated: how it stands to its proposition.
  Stance stance(ClaimId claim) const { return stances_[claim.value]; }
  std::vector<ClaimId> Affirming(EdgeId edge) const;
  std::vector<ClaimId> Denying(EdgeId edge) const;
  bool IsAffirmed(EdgeId edge) const;

  VertexId asserter(ClaimId claim) const;
  bool IsEvent(VertexId vertex) const { return event_signatures_[image_.signature(vertex)]; }
  bool HasType(VertexId vertex, std::string_view type) const;

  // The qualifiers that identify a proposition, by name; one that occurs twice stands twice.
  Qualifiers IdentifyingQualifiers(EdgeId edge) const;
  // The value of one qualifier of a claim, identifying or not; null if not given.
  Value QualifierOf(ClaimId claim, PropertyId qualifier) const;

  When TimeOf(ClaimId claim, Reading reading) const;
  // The time of an event, as its own attributes give it.
  When TimeOfEvent(VertexId event) const;

  // Nothing if the two cannot meet, as their times do not; else what has to be assumed.
  std::optional<Clash> Meet(ClaimId first, ClaimId second, const Meeting& meeting) const;

  // Whether qualifiers that both give have values that may be one: equal, or the one above the other.
  bool SameScope(ClaimId a, ClaimId b, PropertyId except = PropertyId()) const;

 private:
  // Each gives false where the two cannot meet.
  bool MeetInTime(ClaimId first, ClaimId second, const Meeting& meeting, Clash* clash) const;
  void MeetAsPositions(ClaimId first, ClaimId second, Clash* clash) const;

  const Image& image_;
  const Ontology& ontology_;
  const ContradictionOptions& options_;
  std::deque<Relation> unknown_relations_;
  std::vector<const Relation*> relations_;           // by relation number
  std::vector<std::vector<PropertyId>> qualifiers_;  // declared, by relation number
  std::vector<bool> event_signatures_;
  std::vector<PropertyId> event_times_;  // attributes that date events
  std::vector<Stance> stances_;
  mutable absl::flat_hash_map<uint32_t, When> event_time_cache_;
};

// Adds the assumptions of `clash` that `all` has not yet.
void AddAssumptions(const std::vector<Assumption>& more, std::vector<Assumption>* all);
void SortClaims(std::vector<ClaimId>* claims);

// Groups the clashes between claims for one thing and claims for another into at most one hard, one soft and one
// "changed" draft. Feed it every clash, then take the drafts.
class ClashGroup {
 public:
  explicit ClashGroup(Rule rule, bool positions = false) : rule_(rule), positions_(positions) {}
  void Add(ClaimId first, ClaimId second, const Clash& clash, const std::vector<ChainStep>& chain = {});
  // Claims that clash hard are not repeated softly.
  std::vector<Draft> TakeDrafts(const std::string& resolution, const std::string& detail = "");

 private:
  struct Part {
    std::array<std::vector<ClaimId>, 2> sides;
    std::vector<Assumption> assumptions;
    std::vector<ChainStep> chain;
    std::optional<std::pair<When, When>> times;
    size_t fewest = SIZE_MAX;  // assumptions of the pair that gave chain, assumptions and times
  };
  Rule rule_;
  bool positions_;
  Part hard_, soft_, changed_;
  bool first_came_first_ = false, second_came_first_ = false;
};

// One function a rule, each in the file contradiction_<rule>.cc. They append to `drafts`.
// R6 has none: it is what R1, R2 and R3 find where one mind speaks at two times (Context::Meet, ClashGroup).
void FindPolarity(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts);
void FindFunctional(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts);
void FindQuantity(const Context& context, std::vector<Draft>* drafts);
void FindOrder(const Context& context, const Entailment& entailment, std::vector<Draft>* drafts);
void FindRate(const Context& context, std::vector<Draft>* drafts);
void FindCount(const Context& context, std::vector<Draft>* drafts);
absl::Status FindDocument(const Context& context, const ClaimReader& reader, const Verification* verification,
                          std::vector<Draft>* drafts);

}  // namespace dossier::contradiction

#endif  // DOSSIER_QUERY_CONTRADICTION_CONTEXT_H_
