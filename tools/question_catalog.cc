#include "tools/question_catalog.h"

#include <filesystem>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/error_codes.h"
#include "tools/files.h"
#include "tools/query_folder.h"

namespace dossier {
absl::StatusOr<std::string> FindQuestionFolder(const std::string& given, const Snapshot& snapshot) {
  ASSIGN_OR_RETURN(std::vector<std::string> looked, PlacesOfFolder("questions", given, "DOSSIER_QUESTIONS", snapshot));
  for (const std::string& folder : looked) {
    if (IsFolder(folder)) return folder;
  }
  if (looked.size() > 4) looked.resize(4);
  return ToStatus(absl::StatusCode::kNotFound,
                  Diagnostic{.number = kNoQuestionFolder,
                             .cause = looked.empty() ? "nothing was loaded that could have brought questions"
                                                     : StrCat("no folder of questions; looked in ", Join(looked, ", ")),
                             .rule = "questions are *.gql files in the folder `questions` beside the claim files",
                             .hint = "name the folder with --questions DIR, or in DOSSIER_QUESTIONS"});
}

absl::StatusOr<std::vector<Question>> ReadQuestions(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, QueryFiles(folder));
  std::vector<Question> questions;
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(file));
    ASSIGN_OR_RETURN(Question question, ReadQuestion(text, file));
    questions.push_back(std::move(question));
  }
  return questions;
}

absl::StatusOr<Question> FindQuestion(const std::string& folder, std::string_view name) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, QueryFiles(folder));
  std::vector<std::string> names;
  for (const std::string& file : files) {
    names.push_back(std::filesystem::path(file).stem().string());
    if (names.back() != name) continue;
    ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(file));
    return ReadQuestion(text, file);
  }
  const std::string closest = ClosestName(name, names);
  return ToStatus(
      absl::StatusCode::kNotFound,
      Diagnostic{.number = kNoSuchQuestion,
                 .cause = StrCat("there is no question '", name, "' in ", folder),
                 .hint = closest.empty() ? "`dossier ask DB` lists them" : StrCat("did you mean '", closest, "'?")});
}

}  // namespace dossier
