// A row of a groups file as the claims that it stands for. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_GROUP_EXPANSION_H_
#define DOSSIER_SCHEMA_GROUP_EXPANSION_H_

#include <vector>

#include "schema/claim_file_reader.h"
#include "schema/claim_validator.h"
#include "schema/row_parser.h"

namespace dossier {

struct GroupClaim {
  Claim claim;
  // The columns in which its parts stand in the row.
  Column subject = Column::kKey;
  Column relation = Column::kKey;
  Column object = Column::kKey;
  Column qualifiers = Column::kKey;
};

// The claims KEY#count, KEY#list, KEY#member/ENTITY, KEY#part/GROUP and KEY#says/ENTITY, in this order; what cannot be
// read is reported and left out. The group itself is RowParser::ParseEntity of the row.
std::vector<GroupClaim> ExpandGroup(const RawRecord& record, const Ontology& ontology, KnownThings* known,
                                    RowParser* parser, FieldReporter* reporter);

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_GROUP_EXPANSION_H_
