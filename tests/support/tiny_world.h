// Records built in code, as small as the validator lets them be.
#ifndef DOSSIER_TESTS_SUPPORT_TINY_WORLD_H_
#define DOSSIER_TESTS_SUPPORT_TINY_WORLD_H_

#include <string>
#include <string_view>

#include "graph/base/text.h"
#include "graph/claim.h"
#include "store/store.h"

namespace dossier {

inline Entity MakeEntity(std::string_view key, std::string_view name, std::string_view type = "State") {
  Entity entity;
  entity.key = key;
  entity.types = {std::string(type)};
  entity.name = name;
  return entity;
}

inline Document MakeDocument(std::string_view key, std::string_view publisher = "") {
  Document document;
  document.key = key;
  document.title = StrCat("Title of ", key);
  document.publisher = publisher;
  return document;
}

inline Claim MakeClaim(std::string_view id, std::string_view subject, std::string_view relation,
                       std::string_view object, std::string_view document = "doc/one") {
  Claim claim;
  claim.id = id;
  claim.proposition.subject = Term::Entity(subject);
  claim.proposition.relation = relation;
  claim.proposition.object = Term::Entity(object);
  claim.asserters = {"org/monitor"};
  claim.document = document;
  claim.locator.section = "Policy";
  claim.locator.paragraph = "1";
  return claim;
}

// Three entities and two documents: what the claims of a test can be about.
inline void AddTinyWorld(Transaction* transaction) {
  transaction->AddEntity(MakeEntity("org/monitor", "Monitor", "Organisation"));
  transaction->AddEntity(MakeEntity("state/a", "Aland"));
  transaction->AddEntity(MakeEntity("state/b", "Beland"));
  transaction->AddDocument(MakeDocument("doc/one", "org/monitor"));
  transaction->AddDocument(MakeDocument("doc/two", "org/monitor"));
}

}  // namespace dossier

#endif  // DOSSIER_TESTS_SUPPORT_TINY_WORLD_H_
