#include "tools/question_catalog.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/error_codes.h"
#include "tools/files.h"

namespace dossier {
namespace {

bool IsFolder(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

absl::StatusOr<std::vector<std::string>> QuestionFiles(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".gql") files.push_back(at->path().string());
  }
  if (error) {
    return ToStatus(absl::StatusCode::kNotFound,
                    Diagnostic{.number = kNoQuestionFolder,
                               .file = folder,
                               .cause = StrCat("the folder cannot be read: ", error.message())});
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

absl::StatusOr<std::string> FindQuestionFolder(const std::string& given, const Snapshot& snapshot) {
  std::vector<std::string> looked;
  const char* variable = std::getenv("DOSSIER_QUESTIONS");
  if (!given.empty()) {
    looked.push_back(given);
  } else if (variable != nullptr && *variable != '\0') {
    looked.emplace_back(variable);
  } else {
    std::vector<std::string> sources;
    RETURN_IF_ERROR(snapshot.ScanLoads([&sources](const LoadRecord& load) {
      sources.insert(sources.end(), load.sources.begin(), load.sources.end());
      return absl::OkStatus();
    }));
    for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
      const std::filesystem::path path(*source);
      const std::string folder = ((IsFolder(*source) ? path : path.parent_path()) / "questions").string();
      if (std::find(looked.begin(), looked.end(), folder) == looked.end()) looked.push_back(folder);
    }
  }
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
  ASSIGN_OR_RETURN(const std::vector<std::string> files, QuestionFiles(folder));
  std::vector<Question> questions;
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(file));
    ASSIGN_OR_RETURN(Question question, ReadQuestion(text, file));
    questions.push_back(std::move(question));
  }
  return questions;
}

absl::StatusOr<Question> FindQuestion(const std::string& folder, std::string_view name) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, QuestionFiles(folder));
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
