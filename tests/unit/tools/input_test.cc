// What people hand to the command: scratch graphs, question files, parameters.
#include <string>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "gtest/gtest.h"
#include "tools/arguments.h"
#include "tools/error_codes.h"
#include "tools/question.h"
#include "tools/scratch_graph.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string Message(const absl::Status& status) { return std::string(status.message()); }

TEST(ScratchGraph, IsRead) {
  const auto graph = ReadScratchGraph(
      R"({"name": "passed over", "nodes": [{"id": "a", "labels": ["N", "M"], "props": {"x": 1, "l": [1, "two", null], "none": null}},
          {"id": 7}], "rels": [{"id": "e", "type": "E", "src": "a", "dst": 7, "props": {"w": 0.5}},
          {"type": "E", "src": "a", "dst": "a"}]})",
      "g.json");
  ASSERT_TRUE(graph.ok()) << graph.status();
  const Image& image = *graph->image;
  EXPECT_EQ(image.vertex_count(), 2U);
  EXPECT_EQ(image.edge_count(), 2U);
  EXPECT_FALSE(image.sourced());
  const VertexId a = image.FindKey("a");
  EXPECT_EQ(image.labels(a).size(), 2U);
  EXPECT_EQ(image.VertexProperty(a, image.FindProperty("x")).integer(), 1);
  EXPECT_EQ(image.VertexProperty(a, image.FindProperty("l")).list().size(), 3U);
  EXPECT_FALSE(image.FindProperty("none").valid()) << "null is no property";
  EXPECT_TRUE(image.FindKey("7").valid());
  EXPECT_THAT(graph->edge_ids, ElementsAre("e", "#1"));
}

TEST(ScratchGraph, SaysWhatIsWrong) {
  const struct {
    const char* text;
    const char* says;
  } cases[] = {
      {"", "not JSON"},
      {"{\"nodes\": [}", "g.json:1:12"},
      {"[]", "no graph"},
      {"{\"rels\": []}", "no graph"},
      {R"({"nodes": {}})", "nodes: is no list"},
      {R"({"nodes": [1]})", "nodes[0]: is no object"},
      {R"({"nodes": [{}]})", "\"id\" is to be"},
      {R"({"nodes": [{"id": ""}]})", "an id is not empty"},
      {R"({"nodes": [{"id": "a"}, {"id": "a"}]})", "nodes[1]: a second node"},
      {R"({"nodes": [{"id": "a", "labels": "N"}]})", "\"labels\" is no list"},
      {R"({"nodes": [{"id": "a", "labels": [1]}]})", "a label is a string"},
      {R"({"nodes": [{"id": "a", "props": []}]})", "\"props\" is no object"},
      {R"({"nodes": [{"id": "a", "props": {"x": 18446744073709551615}}]})", "64 bits"},
      {R"({"nodes": [], "rels": [{"type": "E", "src": "a", "dst": "b"}]})", "there is no node 'a'"},
      {R"({"nodes": [{"id": "a"}], "rels": [{"src": "a", "dst": "a"}]})", "\"type\" is to be"},
      {R"({"nodes": [{"id": "a"}], "rels": [{"id": "e", "type": "E", "src": "a", "dst": "a"},
                                            {"id": "e", "type": "E", "src": "a", "dst": "a"}]})",
       "a second edge"},
  };
  for (const auto& [text, says] : cases) {
    const auto graph = ReadScratchGraph(text, "g.json");
    ASSERT_FALSE(graph.ok()) << text;
    EXPECT_EQ(ErrorNumber(graph.status()), kBadGraphFile) << text;
    EXPECT_THAT(Message(graph.status()), HasSubstr(says)) << text;
  }
  const std::string deep =
      R"({"nodes": [{"id": "a", "props": {"x": )" + std::string(100000, '[') + std::string(100000, ']') + "}}]}";
  EXPECT_THAT(Message(ReadScratchGraph(deep, "g.json").status()), HasSubstr("nested too deep"));
}

constexpr char kQuestion[] =
    "// question: Who bought it?\n"
    "// param munition: entity (Thing | State) - the munition - or launcher\n"
    "// param year: time optional - when\n"
    "// param least: integer default 3\n"
    "// example: --munition Smerch\n"
    "// Any other remark.\n"
    "\n"
    "MATCH (n) RETURN n // not a header\n";

TEST(Question, IsRead) {
  const auto question = ReadQuestion(kQuestion, "some/folder/buyers-of.gql");
  ASSERT_TRUE(question.ok()) << question.status();
  EXPECT_EQ(question->name, "buyers-of");
  EXPECT_EQ(question->sentence, "Who bought it?");
  ASSERT_EQ(question->parameters.size(), 3U);
  const QuestionParameter& munition = question->parameters[0];
  EXPECT_EQ(munition.type, ParameterType::kEntity);
  EXPECT_THAT(munition.labels, ElementsAre("Thing", "State"));
  EXPECT_FALSE(munition.optional);
  EXPECT_EQ(munition.description, "the munition - or launcher");
  EXPECT_EQ(question->parameters[1].type, ParameterType::kTime);
  EXPECT_TRUE(question->parameters[1].optional);
  EXPECT_EQ(question->parameters[2].default_value, "3");
  EXPECT_THAT(question->examples, ElementsAre("--munition Smerch"));
  EXPECT_EQ(question->query, kQuestion) << "the whole, so that places in errors are those of the file";
}

TEST(Question, SaysWhatIsWrong) {
  const struct {
    const char* text;
    const char* says;
  } cases[] = {
      {"", "no sentence"},
      {"MATCH (n) RETURN n", "no sentence"},
      {"// question: Q?\n", "no query"},
      {"// question: Q?\n// question: R?\nRETURN 1", "q.gql:2:1: E9002: a second sentence"},
      {"// question: Q?\n// param x\nRETURN 1", "without a type"},
      {"// question: Q?\n// param x: place\nRETURN 1", "'place' is no type"},
      {"// question: Q?\n// param 1x: string\nRETURN 1", "cannot be a parameter's name"},
      {"// question: Q?\n// param format: string\nRETURN 1", "--format itself"},
      {"// question: Q?\n// param x: string\n// param x: string\nRETURN 1", "a second parameter 'x'"},
      {"// question: Q?\n// param x: string (State)\nRETURN 1", "only an entity has labels"},
      {"// question: Q?\n// param x: entity (State\nRETURN 1", "in parentheses"},
      {"// question: Q?\n// param x: string often\nRETURN 1", "'often' after the type"},
      {"// question: \xFF\nRETURN 1", "not UTF-8"},
  };
  for (const auto& [text, says] : cases) {
    const auto question = ReadQuestion(text, "q.gql");
    ASSERT_FALSE(question.ok()) << text;
    EXPECT_EQ(ErrorNumber(question.status()), kBadQuestionFile) << text;
    EXPECT_THAT(Message(question.status()), HasSubstr(says)) << text;
  }
}

TEST(Parameters, TakeTheirTypeFromHowTheyAreWritten) {
  const auto parameters = ReadParameters({"i=42", "f=1.5", "t=true", "n=null", "s=Smerch", "q=\"42\"", "l=[1, \"a\"]",
                                          "e=", "eq=a=b", "$d=1", "date=2015-09"});
  ASSERT_TRUE(parameters.ok()) << parameters.status();
  EXPECT_EQ(parameters->at("i").integer(), 42);
  EXPECT_EQ(parameters->at("f").floating(), 1.5);
  EXPECT_TRUE(parameters->at("t").is_true());
  EXPECT_TRUE(parameters->at("n").is_null());
  EXPECT_EQ(parameters->at("s").string(), "Smerch");
  EXPECT_EQ(parameters->at("q").string(), "42");
  EXPECT_EQ(parameters->at("l").list().size(), 2U);
  EXPECT_EQ(parameters->at("e").string(), "");
  EXPECT_EQ(parameters->at("eq").string(), "a=b");
  EXPECT_EQ(parameters->at("d").integer(), 1);
  EXPECT_EQ(parameters->at("date").string(), "2015-09");

  for (const char* bad : {"novalue", "=x", "x=18446744073709551615", "x=\xFF"}) {
    EXPECT_EQ(ErrorNumber(ReadParameters({bad}).status()), kBadArgument) << bad;
  }
}

TEST(Options, ComeInPairs) {
  const auto options = SplitOptions({"--munition", "Buk M1", "--year=2015", "--x", "-5"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_THAT(*options, ElementsAre(Pair("munition", "Buk M1"), Pair("year", "2015"), Pair("x", "-5")));
  EXPECT_EQ(ErrorNumber(SplitOptions({"Smerch"}).status()), kNoSuchParameter);
  EXPECT_EQ(ErrorNumber(SplitOptions({"--munition"}).status()), kParameterNotGiven);
}

}  // namespace
}  // namespace dossier
