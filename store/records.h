// What a store gives back: the values of graph/claim.h together with the numbers that the store knows them by.
#ifndef DOSSIER_STORE_RECORDS_H_
#define DOSSIER_STORE_RECORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "graph/claim.h"
#include "graph/id.h"
#include "store/numbers.h"

namespace dossier {

struct StoreCounts {
  uint32_t entities = 0;
  uint32_t documents = 0;
  uint32_t propositions = 0;
  uint32_t claims = 0;
  uint64_t loads = 0;  // also the number of the last load: they count from 1
  friend bool operator==(const StoreCounts&, const StoreCounts&) = default;
};

struct StoredEntity {
  EntityNumber number;
  Entity entity;
};

struct StoredDocument {
  DocumentNumber number;
  Document document;
};

struct StoredProposition {
  PropositionNumber number;
  Proposition proposition;
};

struct StoredClaim {
  ClaimId number;
  PropositionNumber proposition;  // the same for all claims that say the same thing
  DocumentNumber document;
  Claim claim;  // complete; `recorded` and `load` are set
};

// One commit: when, from where, and what it added. As numbers are given in order, what was added is four ranges:
// entities [before.entities, after.entities), and so on.
struct LoadRecord {
  uint64_t number = 0;               // from 1
  int64_t recorded = 0;              // microseconds since 1970-01-01 UTC; never less than that of the load before
  std::vector<std::string> sources;  // files, by absolute path; of claims built in code, what AddSource was given
  StoreCounts before, after;
  std::vector<EntityNumber> updated_entities;  // there already, given new aliases or another name or description
  std::vector<DocumentNumber> updated_documents;
  friend bool operator==(const LoadRecord&, const LoadRecord&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_STORE_RECORDS_H_
