// Which named questions there are for a store: the *.gql files of one folder.
#ifndef DOSSIER_TOOLS_QUESTION_CATALOG_H_
#define DOSSIER_TOOLS_QUESTION_CATALOG_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "store/snapshot.h"
#include "tools/question.h"

namespace dossier {

// Where to look: `given` (--questions) where it is not empty, else $DOSSIER_QUESTIONS, else the folder `questions`
// beside what was loaded last, by the store's own log of loads. E9003 if there is no such folder; it says where it
// looked.
absl::StatusOr<std::string> FindQuestionFolder(const std::string& given, const Snapshot& snapshot);

// All of a folder, by name. The first file that is wrong ends it with E9002.
absl::StatusOr<std::vector<Question>> ReadQuestions(const std::string& folder);

// One of them. E9001, with what is spelt most alike, if there is none.
absl::StatusOr<Question> FindQuestion(const std::string& folder, std::string_view name);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_QUESTION_CATALOG_H_
