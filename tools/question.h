// Named questions: a query with parameters and a sentence about what it answers, kept in a file NAME.gql that begins
// with comments (docs/questions.md):
//
//   // question: Who has bought or received this munition, when, and how many?
//   // param munition: entity (Thing) - the munition or launcher; its models count too
//   // param year: time optional - only what possibly happened then
//   // example: --munition Smerch
//   MATCH (buyer)-[a:ACQUIRED]->(m) WHERE within(m, $munition) ...
#ifndef DOSSIER_TOOLS_QUESTION_H_
#define DOSSIER_TOOLS_QUESTION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

enum class ParameterType : uint8_t { kEntity, kString, kInteger, kNumber, kBoolean, kTime };
std::string_view Name(ParameterType type);  // "entity", "string", ...

struct QuestionParameter {
  std::string name;
  ParameterType type = ParameterType::kString;
  std::vector<std::string> labels;  // of an entity: it must be one of these; empty = any
  bool optional = false;            // left out, it is null in the query
  std::string default_value;        // as a user would write it; empty = none. Makes it optional
  std::string description;
};

struct Question {
  std::string name;  // of the file, without .gql
  std::string file;
  std::string sentence;  // what it answers
  std::vector<QuestionParameter> parameters;
  std::vector<std::string> examples;  // each the options of a call: "--munition Smerch"
  std::string query;                  // the whole file, so that places in errors are those of the file
};

// `file` is its path. E9002 with the place of what is wrong.
absl::StatusOr<Question> ReadQuestion(std::string_view text, std::string_view file);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_QUESTION_H_
