// Who is in a MATCH: the variables of its paths, found before anything that is said of them is bound, so that
// conditions may speak of elements to their right.
#ifndef DOSSIER_QUERY_PATTERN_VARIABLES_H_
#define DOSSIER_QUERY_PATTERN_VARIABLES_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "query/ast.h"
#include "query/pattern.h"
#include "query/scope.h"

namespace dossier {

// Whether the factor may match more than once: `?` may not.
bool Repeats(const ast::PathFactor& factor);
// The variables that a factor names, each once, and what each is in one round of it.
std::vector<std::pair<std::string, StaticType>> NamesIn(const ast::PathFactor& factor);

class PatternVariables {
 public:
  // Which term of which alternation something stands in, outermost first; one term alone is no alternation.
  using Branch = std::vector<std::pair<const ast::PathAlternatives*, const ast::PathTerm*>>;
  struct Declared {
    PatternVariable variable;
    StaticType element = StaticType::kAny;        // of one round
    const ast::PathFactor* quantified = nullptr;  // the innermost quantifier that it stands in
    std::vector<Branch> branches;                 // one for each time that it is written
  };

  PatternVariables() = default;
  // `outer`: what is bound before. New variables are given locals and slots from `*next_local` and `*next_slot`.
  PatternVariables(const Scope* outer, bool different_edges, uint32_t* next_local, Slot* next_slot)
      : outer_(outer), different_edges_(different_edges), next_local_(next_local), next_slot_(next_slot) {}

  // Those of another path of the clause. Errors: E6103, E6104, E6001 for a name that an earlier clause has hidden.
  absl::Status Declare(const ast::PathPattern& path);

  const std::map<std::string, Declared>& all() const { return declared_; }
  const Declared& at(const std::string& name) const { return declared_.at(name); }

 private:
  // Where in the pattern something stands: within how many quantifiers, and which is the innermost.
  struct Place {
    int depth = 0;
    const ast::PathFactor* quantified = nullptr;
    Branch branch;
  };

  absl::Status Declare(const ast::Name& name, StaticType element, const Place& place);
  absl::Status DeclareIn(const ast::PathAlternatives& path, const Place& place);
  absl::Status CheckRepeated(const ast::Name& name, StaticType element, StaticType type, const Place& place,
                             Declared* declared) const;

  const Scope* outer_ = nullptr;
  bool different_edges_ = false;
  uint32_t* next_local_ = nullptr;
  Slot* next_slot_ = nullptr;
  std::map<std::string, Declared> declared_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATTERN_VARIABLES_H_
