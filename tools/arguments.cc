#include "tools/arguments.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/edtf.h"
#include "schema/names.h"
#include "schema/ontology.h"
#include "tools/error_codes.h"
#include "tools/json_value.h"

namespace dossier {
namespace {

absl::Status Error(int number, std::string cause, std::string hint = "", std::string rule = "") {
  return ToStatus(
      absl::StatusCode::kInvalidArgument,
      Diagnostic{.number = number, .cause = std::move(cause), .rule = std::move(rule), .hint = std::move(hint)});
}

// "Smerch (launcher/smerch, DeliverySystem)"
std::string Describe(const Session& session, const std::string& key) {
  std::string text = StrCat(session.names()->NameOf(key), " (", key);
  const VertexId vertex = session.image().FindKey(key);
  if (vertex.valid()) {
    for (const LabelId label : session.image().labels(vertex)) {
      text += StrCat(", ", session.image().label_name(label));
    }
  }
  return text + ")";
}

bool HasLabel(const Session& session, const std::string& key, const std::vector<std::string>& labels) {
  if (labels.empty()) return true;
  const VertexId vertex = session.image().FindKey(key);
  if (!vertex.valid()) return false;
  for (const LabelId label : session.image().labels(vertex)) {
    for (const std::string& wanted : labels) {
      const std::string& name = session.image().label_name(label);
      if (name == wanted) return true;
      if (session.ontology() != nullptr && session.ontology()->IsSubtype(name, wanted)) return true;
    }
  }
  return false;
}

std::string ListEntities(const Session& session, const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += StrCat(text.empty() ? "" : "; ", Describe(session, key));
  return text;
}

template <typename Number>
bool ReadNumber(std::string_view text, Number* number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), *number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

absl::StatusOr<Value> ReadArgument(const QuestionParameter& parameter, const std::string& text,
                                   const Session& session) {
  const std::string option = StrCat("--", parameter.name);
  switch (parameter.type) {
    case ParameterType::kEntity: {
      ASSIGN_OR_RETURN(const std::string key, ResolveEntity(session, text, parameter.labels, option));
      return Value::String(key);
    }
    case ParameterType::kString:
      return Value::String(text);
    case ParameterType::kInteger: {
      int64_t number = 0;
      if (!ReadNumber(text, &number)) return Error(kBadArgument, StrCat(option, ": '", text, "' is no whole number"));
      return Value::Integer(number);
    }
    case ParameterType::kNumber: {
      double number = 0;
      if (!ReadNumber(text, &number)) return Error(kBadArgument, StrCat(option, ": '", text, "' is no number"));
      return Value::Float(number);
    }
    case ParameterType::kBoolean:
      if (text == "true" || text == "yes") return Value::Boolean(true);
      if (text == "false" || text == "no") return Value::Boolean(false);
      return Error(kBadArgument, StrCat(option, ": '", text, "' is neither true nor false"));
    case ParameterType::kTime: {
      absl::StatusOr<EdtfTime> time = EdtfTime::Parse(text);
      if (time.ok()) return Value::Time(*std::move(time));
      const std::vector<Diagnostic> reasons = DiagnosticsOf(time.status());
      return Error(kBadArgument, StrCat(option, ": '", text, "' is no time"), reasons.empty() ? "" : reasons[0].hint,
                   "times are EDTF: 2015, 2015-09, 2014/2015");
    }
  }
  return Value::Null();
}

}  // namespace

absl::StatusOr<Parameters> ReadParameters(const std::vector<std::string>& given) {
  Parameters parameters;
  for (const std::string& text : given) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error(kBadArgument, StrCat("--param '", text, "' has no name"), "write --param name=value");
    }
    const std::string value = text.substr(equals + 1);
    const auto json = nlohmann::ordered_json::parse(value, nullptr, /*allow_exceptions=*/false);
    Value parsed = Value::String(value);
    if (!json.is_discarded() && !json.is_object()) {
      const absl::StatusOr<Value> converted = ValueOfJson(json);
      if (!converted.ok()) {
        return Error(kBadArgument,
                     StrCat("--param ", text.substr(0, equals), ": ", ToStd(converted.status().message())));
      }
      parsed = *converted;
    } else if (FindInvalidUtf8(value) != std::string_view::npos) {
      return Error(kBadArgument, StrCat("--param ", text.substr(0, equals), ": not UTF-8"));
    }
    parameters[text[0] == '$' ? text.substr(1, equals - 1) : text.substr(0, equals)] = parsed;
  }
  return parameters;
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> SplitOptions(const std::vector<std::string>& words) {
  std::vector<std::pair<std::string, std::string>> options;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--") || word.size() < 3) {
      return Error(kNoSuchParameter, StrCat("'", word, "' is no option"),
                   "parameters are given as --name value; put quotes around a value with spaces");
    }
    if (const size_t equals = word.find('='); equals != std::string::npos) {
      options.emplace_back(word.substr(2, equals - 2), word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      options.emplace_back(word.substr(2), words[i + 1]);
      ++i;
    } else {
      return Error(kParameterNotGiven, StrCat(word, " has no value"), StrCat("write ", word, " VALUE"));
    }
  }
  return options;
}

absl::StatusOr<std::string> ResolveEntity(const Session& session, std::string_view name,
                                          const std::vector<std::string>& labels, std::string_view what) {
  if (FindInvalidUtf8(name) != std::string_view::npos) return Error(kBadArgument, StrCat(what, ": not UTF-8"));
  std::vector<std::string> all;
  std::vector<std::string> fitting;
  for (const NameMatch& match : session.names()->Resolve(name)) {
    all.push_back(match.key);
    if (HasLabel(session, match.key, labels)) fitting.push_back(match.key);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) {
    return Error(kAmbiguousArgument, StrCat(what, ": '", name, "' may be ", ListEntities(session, fitting)),
                 StrCat("name one by its key, such as ", fitting.front()), "a name has to mean one thing");
  }
  if (!all.empty()) {
    return Error(kBadArgument,
                 StrCat(what, ": '", name, "' is ", ListEntities(session, all), ", and not ", Join(labels, " or ")));
  }
  std::vector<std::string> similar;
  for (const std::string& key : session.names()->Suggest(name, 20)) {
    if (HasLabel(session, key, labels) && similar.size() < 5) similar.push_back(key);
  }
  return Error(kUnknownArgument, StrCat(what, ": nothing is called '", name, "'"),
               similar.empty() ? "" : StrCat("spelt most like it: ", ListEntities(session, similar)),
               "a key, a name or an alias of an entity of this store");
}

absl::StatusOr<Parameters> BindQuestion(const Question& question,
                                        const std::vector<std::pair<std::string, std::string>>& options,
                                        const Session& session) {
  std::vector<std::string> names;
  for (const QuestionParameter& parameter : question.parameters) names.push_back(parameter.name);
  for (const auto& [name, value] : options) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string closest = ClosestName(name, names);
    return Error(kNoSuchParameter, StrCat("the question '", question.name, "' has no parameter --", name),
                 !closest.empty() ? StrCat("did you mean --", closest, "?")
                 : names.empty()  ? "it has none"
                                  : StrCat("it has --", Join(names, ", --")));
  }
  Parameters parameters;
  for (const QuestionParameter& parameter : question.parameters) {
    std::string text = parameter.default_value;
    bool given = !text.empty();
    for (const auto& [name, value] : options) {
      if (name != parameter.name) continue;
      text = value;
      given = true;
    }
    if (given) {
      ASSIGN_OR_RETURN(parameters[parameter.name], ReadArgument(parameter, text, session));
    } else if (parameter.optional) {
      parameters[parameter.name] = Value::Null();
    } else {
      return Error(kParameterNotGiven, StrCat("the question '", question.name, "' needs --", parameter.name),
                   question.examples.empty() ? "" : StrCat("for example: ", question.examples.front()),
                   parameter.description);
    }
  }
  return parameters;
}

}  // namespace dossier
