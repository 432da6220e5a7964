// Questions that between them read every part of an image, and the answers as text.
#ifndef DOSSIER_TESTS_UNIT_QUERY_IMAGE_QUESTIONS_H_
#define DOSSIER_TESTS_UNIT_QUERY_IMAGE_QUESTIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "query/session.h"

namespace dossier {

// Each looks at another part of the image.
inline constexpr const char* kImageQueries[] = {
    "MATCH (a)-[e]->(b) RETURN a.key, e, b.key ORDER BY a.key, b.key LIMIT 200",
    "MATCH (a) RETURN a.key, a.name, a.aliases, labels(a) ORDER BY a.key",
    "MATCH (a {key: 'state/russia'}) RETURN properties(a)",
    "MATCH (a {name: 'Russia'})-[e]->(b) RETURN type(e), b.name, properties(e) ORDER BY type(e), b.name",
    "USE claims() MATCH (a)-[e]->(b) RETURN a.key, type(e), b.key, disputed(e) ORDER BY a.key, type(e), b.key",
    "USE according_to('Russia') MATCH (a)-[e]->(b) RETURN a.key, type(e), b.key ORDER BY a.key, type(e), b.key",
    "USE valid_at('2015-12') MATCH (a)-[e]->(b) RETURN count(*)",
    "MATCH (c:Claim)-[:FROM_DOCUMENT]->(d:Document) RETURN d.key, d.title, count(*) ORDER BY d.key",
    "MATCH (c:Claim)-[:ASSERTED_BY]->(a) RETURN a.key, count(*) ORDER BY a.key",
    "MATCH (c:Claim) RETURN c.id, c.act, c.quote, c.valid, c.said, c.quantity ORDER BY c.id LIMIT 500",
    "MATCH (s)-[:SAYS]->(c:Claim) RETURN s.key, c.id ORDER BY s.key, c.id",
    "MATCH (c:Claim)-[:CITES]->(d) RETURN c.id, d.key ORDER BY c.id, d.key",
    "MATCH ANY SHORTEST (a {name: 'Russia'})-[e]-+(b) RETURN b.key, size(e) ORDER BY b.key",
    "CALL contradictions({}) YIELD rule, grade, explanation RETURN rule, grade, explanation ORDER BY explanation",
};

inline std::string Printed(const Session& session) {
  std::string out;
  for (const char* query : kImageQueries) {
    const absl::StatusOr<Answer> answer = session.Run(query, {});
    if (!answer.ok()) {
      out += StrCat(query, ": ", DiagnosticsOf(answer.status()).front().ToString(), "\n");
      continue;
    }
    for (const AnswerRow& row : answer->rows) {
      for (const Value& value : row.values) out += StrCat(ToString(value), " | ");
      for (const uint32_t note : row.notes) out += StrCat(" ", answer->notes[note - 1].claim.value);
      out += "\n";
    }
  }
  return out;
}

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_IMAGE_QUESTIONS_H_
