#include "graph/base/diagnostic.h"

#include "gtest/gtest.h"

namespace dossier {
namespace {

Diagnostic UnknownRelation() {
  return {.number = 3004,
          .file = "claims.csv",
          .place = {{120, 12, 5}, {130, 12, 15}},
          .cause = "unknown relation 'TRANSFERED'",
          .rule = "a relation must be declared in the ontology",
          .hint = "did you mean 'TRANSFERRED'?"};
}

TEST(DiagnosticTest, ReadsAsOneLine) {
  EXPECT_EQ(UnknownRelation().ToString(),
            "claims.csv:12:5: E3004: unknown relation 'TRANSFERED' (a relation must be declared in the ontology); "
            "did you mean 'TRANSFERRED'?");
}

TEST(DiagnosticTest, SurvivesTheTripThroughAStatus) {
  const absl::Status status =
      ToStatus(absl::StatusCode::kInvalidArgument, std::vector<Diagnostic>{UnknownRelation(), {.number = 1, .cause = "x"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorNumber(status), 3004);
  const auto carried = DiagnosticsOf(status);
  ASSERT_EQ(carried.size(), 2u);
  EXPECT_EQ(carried[0].place, UnknownRelation().place);
  EXPECT_EQ(carried[0].hint, UnknownRelation().hint);
  EXPECT_EQ(carried[1].cause, "x");
  EXPECT_TRUE(DiagnosticsOf(absl::OkStatus()).empty());
  EXPECT_EQ(ErrorNumber(absl::InternalError("foreign")), 0);
}

TEST(DiagnosticTest, CaretsStandUnderThePlaceCountedInCodePoints) {
  const std::string text = "MATCH é (n\nRETURN n";
  const SourceSpan place{{9, 1, 9}, {11, 1, 11}};
  EXPECT_EQ(CaretExcerpt(text, place), "  MATCH é (n\n          ^^\n");
  EXPECT_EQ(CaretExcerpt(text, {}), "");
}

}  // namespace
}  // namespace dossier
