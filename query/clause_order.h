// In which order MATCH clauses that stand side by side are matched. Each binds what the next may begin at, so the order
// decides how much is looked at; the rows are the same in any. Found by dynamic programming over the sets of clauses
// that are matched already: Selinger et al., Access Path Selection in a Relational Database Management System, 1979.
#ifndef DOSSIER_QUERY_CLAUSE_ORDER_H_
#define DOSSIER_QUERY_CLAUSE_ORDER_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "graph/image.h"
#include "query/expression.h"
#include "query/pattern_binder.h"

namespace dossier {

struct BoundClause {
  BoundGraphPattern pattern;
  std::shared_ptr<const Expression> where;  // null: none
};

// The places of the clauses in the order in which to match them: as written, unless another is much cheaper and cannot
// be told apart by its rows or errors.
std::vector<size_t> OrderOfClauses(const std::vector<BoundClause>& clauses, const Image& image);

// Makes the clauses ready to be planned in that order: what an earlier one binds is bound for the later ones.
void BindInOrder(const std::vector<size_t>& order, std::vector<BoundClause>* clauses);

}  // namespace dossier

#endif  // DOSSIER_QUERY_CLAUSE_ORDER_H_
