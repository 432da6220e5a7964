// Generated claims, and what a view of them has to show, told by the definitions: each claim is held against each term
// of USE, and the graph is what is left. Nothing here comes from the engine: times are pairs of years, and what may be
// so is found by trying all that a source may have meant.
#ifndef DOSSIER_TESTS_UNIT_QUERY_VIEW_CLAIMS_H_
#define DOSSIER_TESTS_UNIT_QUERY_VIEW_CLAIMS_H_

#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace dossier::view_claims {

// When something was so: by its year ("2003": all of it), or from a start in `first` to an end in `last` ("2003/2005";
// "2003/.." goes on for ever).
struct Years {
  int first = 0, last = 0;
  bool is_interval = false;
  std::string Text() const;
  friend bool operator==(const Years&, const Years&) = default;
};
inline constexpr int kForEver = 9999;

// A proposition: the same said twice is one edge. `size` has a number for its object.
using Edge = std::tuple<std::string, std::string, std::string, std::string>;  // subject, relation, object, place

struct Said {
  std::string id;
  uint32_t commit = 0;  // which commit brought it
  Edge edge;
  std::string act = "asserts";  // asserts, reports, denies, no_comment, retracts
  uint32_t certainty = 0;       // 0 certain, 1 probable, 2 possible
  uint32_t rank = 1;            // 0 preferred, 1 normal, 2 deprecated
  std::optional<Years> valid;
  int said = 0;                        // a year; 0: not given
  int quantity = 0, grade = 0;         // of the claim alone; 0: not given
  std::vector<std::string> asserters;  // innermost first
  std::string document;
  std::vector<uint32_t> supersedes;  // claims before it, by number

  bool affirms() const { return act == "asserts" || act == "reports"; }
};

// The terms of USE; what is not given asks nothing.
struct Terms {
  bool claims = false;
  std::optional<uint32_t> certainty;
  std::optional<Years> valid_at;
  bool certainly = false;
  std::optional<uint32_t> known_at;  // as the store stood after this commit
  std::string according_to;
  std::vector<std::string> without_asserters, without_documents;
  std::string Text(const std::vector<std::string>& times_of_commits) const;  // "" or "USE ... "
};

class World {
 public:
  static World Generate(uint32_t seed);
  static Terms GenerateTerms(std::mt19937& random);

  const std::vector<Said>& claims() const { return claims_; }

  // Of a view: which claims it admits, whatever they say, and which of those an edge rests on.
  bool Admits(uint32_t claim, const Terms& terms) const;
  bool Supports(uint32_t claim, const Terms& terms) const;

 private:
  bool IsOrganOf(const std::string& inner, const std::string& outer, const Terms& terms) const;
  std::optional<uint32_t> ClosedAt(uint32_t claim) const;
  std::vector<Said> claims_;
};

inline constexpr uint32_t kCommits = 3;
inline const std::vector<std::string> kStates = {"e0", "e1", "e2", "e3", "e4"};
inline const std::vector<std::string> kOrgans = {"o0", "o1", "o2"};
inline const std::vector<std::string> kPlaces = {"p0", "p1"};
inline const std::vector<std::string> kDocuments = {"doc/a", "doc/b", "doc/c"};

}  // namespace dossier::view_claims

#endif  // DOSSIER_TESTS_UNIT_QUERY_VIEW_CLAIMS_H_
