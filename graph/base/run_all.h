// Things to do that have nothing to do with each other, done on several cores.
#ifndef DOSSIER_GRAPH_BASE_RUN_ALL_H_
#define DOSSIER_GRAPH_BASE_RUN_ALL_H_

#include <functional>
#include <vector>

namespace dossier {

using Tasks = std::vector<std::function<void()>>;

// Calls each of `tasks` and comes back when all are done. They are begun in their order, so that the longest should
// come first; what one holds is given back as soon as it is done. Where the system gives no threads, they are done one
// after another.
void RunAll(Tasks tasks);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_RUN_ALL_H_
