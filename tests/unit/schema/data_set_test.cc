// The shipped data set is right by its own ontology, and complete enough to be worth a look.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "schema/claim_file_reader.h"
#include "schema/ontology_reader.h"
#include "schema/validator.h"

namespace dossier {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(DataSet, Russia2017IsValid) {
  const std::filesystem::path folder = DOSSIER_DATA_DIR "/russia-2017";
  const auto ontology = ReadOntology(ReadFile(folder / "ontology.toml"), "ontology.toml");
  ASSERT_TRUE(ontology.ok()) << ontology.status();

  std::vector<ClaimFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".csv" || IsJsonLines(name)) files.push_back({name, ReadFile(entry.path())});
  }
  std::sort(files.begin(), files.end(), [](const ClaimFile& a, const ClaimFile& b) { return a.name < b.name; });

  const EmptyCatalog empty;
  const auto result = Validator(&*ontology, &empty).ValidateFiles(files);
  ASSERT_TRUE(result.ok()) << result.status();
  for (const Diagnostic& violation : result->violations) ADD_FAILURE() << violation.ToString();
  EXPECT_TRUE(result->rejected.empty());
  EXPECT_GT(result->load.documents.size(), 10u);
  EXPECT_GT(result->load.entities.size(), 100u);
  EXPECT_GT(result->load.claims.size(), 500u);
  RecordProperty("claims", static_cast<int>(result->load.claims.size()));
}

}  // namespace
}  // namespace dossier
