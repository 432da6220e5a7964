// Where to begin matching: what a node's test offers as a way in, and how many vertices that leaves to try.
#ifndef DOSSIER_QUERY_START_CHOICE_H_
#define DOSSIER_QUERY_START_CHOICE_H_

#include <memory>

#include "graph/image.h"
#include "query/pattern.h"

namespace dossier {

struct StartChoice {
  enum class Kind : uint8_t {
    kBound,     // it is known already
    kKey,       // one vertex, by its key
    kProperty,  // those with a value of a property, by index
    kScan,      // all that have the labels
  };
  Kind kind = Kind::kScan;
  std::shared_ptr<const Expression> key;
  const PropertyTest* property = nullptr;
  double estimate = 0;
};

// How many vertices have the labels that the test asks for; `node` may be null: any entity.
double CountLabelled(const NodeTest* node, const Image& image);

// `node` may be null: any entity. `bound`: whether it is known before.
StartChoice ChooseStart(const NodeTest* node, bool bound, const Image& image);

}  // namespace dossier

#endif  // DOSSIER_QUERY_START_CHOICE_H_
