#include "tools/question.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/error_codes.h"

namespace dossier {
namespace {

constexpr std::array<std::string_view, 6> kTypeNames = {"entity", "string", "integer", "number", "boolean", "time"};
// Options that `ask` has itself, so that no parameter can be called so.
constexpr std::array<std::string_view, 10> kReserved = {"help",         "format",       "questions",  "no-sources",
                                                        "why",          "alternatives", "limit-time", "limit-rows",
                                                        "limit-memory", "version"};

bool IsName(std::string_view text) {
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; });
}

class QuestionReader {
 public:
  QuestionReader(std::string_view text, std::string_view file) : text_(text) {
    question_.file = std::string(file);
    question_.query = std::string(text);
    std::string_view name = file.substr(file.rfind('/') + 1);
    if (name.ends_with(".gql")) name.remove_suffix(4);
    question_.name = std::string(name);
  }

  absl::StatusOr<Question> Read() {
    if (FindInvalidUtf8(text_) != std::string_view::npos) return Error("the file is not UTF-8", "");
    bool asks = false;
    for (const std::string_view raw : Split(text_, '\n')) {
      ++line_;
      std::string_view line = Trim(raw);
      if (!line.starts_with("//")) {
        asks = asks || !line.empty();
        if (asks) break;
        continue;
      }
      line = Trim(line.substr(2));
      RETURN_IF_ERROR(ReadLine(line));
    }
    if (question_.sentence.empty()) return Error("there is no sentence", "begin with: // question: Who ... what?");
    if (!asks) return Error("there is no query after the comments", "");
    return std::move(question_);
  }

 private:
  absl::Status Error(std::string_view cause, std::string_view hint) const {
    const SourcePosition at{.offset = 0, .line = std::max(line_, 1), .column = 1};
    return ToStatus(
        absl::StatusCode::kInvalidArgument,
        Diagnostic{.number = kBadQuestionFile,
                   .file = question_.file,
                   .place = {at, at},
                   .cause = std::string(cause),
                   .rule = "a question's file begins with its sentence and parameters, see docs/questions.md",
                   .hint = std::string(hint)});
  }

  absl::Status ReadLine(std::string_view line) {
    const auto take = [&line](std::string_view word) {
      if (!line.starts_with(word)) return false;
      line = Trim(line.substr(word.size()));
      return true;
    };
    if (take("question:")) {
      if (!question_.sentence.empty()) return Error("a second sentence", "one question a file");
      question_.sentence = std::string(line);
    } else if (take("example:")) {
      question_.examples.emplace_back(line);
    } else if (take("param ")) {
      return ReadParameter(line);
    }
    return absl::OkStatus();  // any other comment
  }

  // NAME: TYPE [(Label | Label)] [optional | default VALUE] [- description]
  absl::Status ReadParameter(std::string_view line) {
    constexpr std::string_view kForm = "// param NAME: TYPE [(Label)] [optional | default VALUE] - description";
    QuestionParameter parameter;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return Error("a parameter without a type", kForm);
    parameter.name = std::string(Trim(line.substr(0, colon)));
    if (!IsName(parameter.name)) {
      return Error(StrCat("'", parameter.name, "' cannot be a parameter's name"), "letters, digits and _");
    }
    if (std::find(kReserved.begin(), kReserved.end(), parameter.name) != kReserved.end()) {
      return Error(StrCat("`dossier ask` has an option --", parameter.name, " itself"), "choose another name");
    }
    for (const QuestionParameter& other : question_.parameters) {
      if (other.name == parameter.name) return Error(StrCat("a second parameter '", parameter.name, "'"), "");
    }
    std::string_view rest = Trim(line.substr(colon + 1));
    if (const size_t dash = rest.find("- "); dash != std::string_view::npos && (dash == 0 || rest[dash - 1] == ' ')) {
      parameter.description = std::string(Trim(rest.substr(dash + 2)));
      rest = Trim(rest.substr(0, dash));
    }
    const std::string_view type = rest.substr(0, rest.find_first_of(" ("));
    const auto known = std::find(kTypeNames.begin(), kTypeNames.end(), type);
    if (known == kTypeNames.end()) {
      return Error(StrCat("'", type, "' is no type of a parameter"),
                   "one of entity, string, integer, number, boolean, time");
    }
    parameter.type = static_cast<ParameterType>(known - kTypeNames.begin());
    rest = Trim(rest.substr(type.size()));
    if (rest.starts_with("(")) {
      const size_t close = rest.find(')');
      if (close == std::string_view::npos || parameter.type != ParameterType::kEntity) {
        return Error("only an entity has labels, in parentheses", kForm);
      }
      for (const std::string_view label : Split(rest.substr(1, close - 1), '|')) {
        parameter.labels.emplace_back(Trim(label));
      }
      rest = Trim(rest.substr(close + 1));
    }
    if (rest == "optional") {
      parameter.optional = true;
    } else if (rest.starts_with("default ")) {
      parameter.optional = true;
      parameter.default_value = std::string(Trim(rest.substr(8)));
    } else if (!rest.empty()) {
      return Error(StrCat("'", rest, "' after the type"), kForm);
    }
    question_.parameters.push_back(std::move(parameter));
    return absl::OkStatus();
  }

  std::string_view text_;
  int line_ = 0;
  Question question_;
};

}  // namespace

std::string_view Name(ParameterType type) { return kTypeNames[static_cast<size_t>(type)]; }

absl::StatusOr<Question> ReadQuestion(std::string_view text, std::string_view file) {
  return QuestionReader(text, file).Read();
}

}  // namespace dossier
