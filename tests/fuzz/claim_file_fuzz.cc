// Claim files, from bytes to validated claims: no input crashes the readers or the validator; what is refused has a
// number and a place, and what passes passes again as it came out.
//
// The input holds several files, each after a line "=== NAME".
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "schema/ontology_reader.h"
#include "schema/validator.h"

namespace dossier {
namespace {

constexpr char kOntology[] = R"(
[ontology]
name = "fuzz"
version = "1"
[types.Actor]
[types.State]
extends = ["Actor"]
[types.Thing]
[relations.USED]
subject = ["Actor"]
object = ["Thing"]
inverse = "USED_BY"
[relations.USED.qualifiers.place]
range = ["State"]
[relations.VOTED.qualifiers.vote]
value = "string"
values = ["yes", "no"]
single_valued = true
[relations.ALLIED]
symmetric = true
[relations.DOUBTS]
object = ["Claim"]
[relations.count]
value = "quantity"
[relations.founded]
value = "time"
)";

void Expect(bool holds) {
  if (!holds) std::abort();
}

std::vector<ClaimFile> SplitFiles(std::string_view input) {
  constexpr std::string_view kMark = "=== ";
  std::vector<ClaimFile> files;
  while (!input.empty() && files.size() < 8) {
    const size_t next = input.find("\n=== ");
    std::string_view part = input.substr(0, next);
    input = next == std::string_view::npos ? "" : input.substr(next + 1);
    ClaimFile file;
    file.name = "claims.csv";
    if (part.starts_with(kMark)) {
      const size_t end = part.find('\n');
      file.name = part.substr(kMark.size(), end == std::string_view::npos ? end : end - kMark.size());
      part = end == std::string_view::npos ? "" : part.substr(end + 1);
    }
    file.text = part;
    files.push_back(std::move(file));
  }
  return files;
}

void Check(const Ontology& ontology, const std::vector<ClaimFile>& files) {
  Validator::Options options;
  options.limits.max_cell_bytes = 2000;
  const EmptyCatalog empty;
  const Validator validator(&ontology, &empty, options);
  auto result = validator.ValidateFiles(files);
  Expect(result.ok());
  for (const Diagnostic& violation : result->violations) {
    Expect(violation.number >= 3001 && violation.number <= 3999 && !violation.cause.empty());
    Expect(violation.place.known() && violation.place.begin.offset <= violation.place.end.offset);
  }
  Expect(result->violations.empty() == result->rejected.empty());
  for (const RejectedRow& row : result->rejected) {
    Expect(!row.reasons.empty());
    for (const size_t reason : row.reasons) Expect(reason < result->violations.size());
  }

  // The second road: the same records, built in code.
  std::vector<Claim> claims;
  for (ValidatedClaim& claim : result->load.claims) claims.push_back(std::move(claim).claim());
  const std::vector<Claim> before = claims;
  const auto again = validator.ValidateRecords(result->load.documents, result->load.entities, std::move(claims));
  Expect(again.ok() && again->violations.empty());
  Expect(again->load.claims.size() == before.size());
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const dossier::Ontology ontology = *dossier::ReadOntology(dossier::kOntology);
  static const dossier::Ontology open = dossier::Ontology::Open();
  const auto files = dossier::SplitFiles({reinterpret_cast<const char*>(data), size});
  dossier::Check(ontology, files);
  dossier::Check(open, files);
  return 0;
}
