// What a plan looks for, in the words of the query: for saying that nothing of the kind is recorded.
#ifndef DOSSIER_QUERY_PATTERN_TEXT_H_
#define DOSSIER_QUERY_PATTERN_TEXT_H_

#include <string>

#include "query/logical_plan.h"

namespace dossier {

// The path patterns that the plan matches, in the order in which it does; "a row" where it matches none.
std::string PatternText(const LogicalNode& plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATTERN_TEXT_H_
