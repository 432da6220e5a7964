// An answer with its notes, in each format.
#ifndef DOSSIER_TOOLS_RENDER_ANSWER_H_
#define DOSSIER_TOOLS_RENDER_ANSWER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "query/session.h"
#include "tools/console.h"
#include "tools/render/format.h"

namespace dossier {

struct AnswerStyle {
  Format format = Format::kTable;
  bool sources = true;  // whether notes were asked for: an answer without rows is then "nothing recorded"
  const std::vector<std::string>* edge_ids = nullptr;  // of a scratch graph
};

// Prints it. Errors: those of reading claims (a damaged store).
absl::Status PrintAnswer(const Session& session, const Answer& answer, const AnswerStyle& style, Console* console);

// "[1][3-6]*": a run of three or more as a range; the star where one of them is disputed.
std::string NoteNumbers(const std::vector<uint32_t>& numbers, const std::vector<Note>& notes);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_ANSWER_H_
