// The shipped data set is right by its own ontology, and complete enough to be worth a look.
#include <gtest/gtest.h>

#include <vector>

#include "schema/ontology_reader.h"
#include "schema/validator.h"
#include "tests/unit/schema/data_files.h"

namespace dossier {
namespace {

TEST(DataSet, Russia2017IsValid) {
  const auto ontology = ReadOntology(ReadWholeFile(DataFolder() / "ontology.toml"), "ontology.toml");
  ASSERT_TRUE(ontology.ok()) << ontology.status();
  const EmptyCatalog empty;
  const auto result = Validator(&*ontology, &empty).ValidateFiles(ReadDataFiles());
  ASSERT_TRUE(result.ok()) << result.status();
  for (const Diagnostic& violation : result->violations) ADD_FAILURE() << violation.ToString();
  EXPECT_TRUE(result->rejected.empty());
  EXPECT_GT(result->load.documents.size(), 10u);
  EXPECT_GT(result->load.entities.size(), 100u);
  EXPECT_GT(result->load.claims.size(), 500u);
}

}  // namespace
}  // namespace dossier
