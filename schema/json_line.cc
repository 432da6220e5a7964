#include "schema/json_line.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "graph/base/text.h"
#include "schema/claim_file_reader.h"

namespace dossier {
namespace {

// Takes the parser's events; false from any of them ends the parsing.
class Handler : public nlohmann::json_sax<nlohmann::json> {
 public:
  Handler(std::vector<JsonField>* fields, JsonProblem* problem) : fields_(fields), problem_(problem) {}

  bool null() override { return depth_ == 1 ? Drop() : Scalar(""); }
  bool boolean(bool value) override { return Scalar(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return Scalar(StrCat(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Scalar(StrCat(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Scalar(text); }
  bool string(string_t& value) override { return Scalar(value); }
  bool binary(binary_t&) override { return Shape("a binary value"); }

  bool start_object(std::size_t) override {
    if (depth_ != 0) return Shape("an object inside the object");
    depth_ = 1;
    return true;
  }
  bool key(string_t& name) override {
    if (std::any_of(fields_->begin(), fields_->end(), [&name](const JsonField& f) { return f.name == name; })) {
      problem_->twice = true;
      return Shape(StrCat("the field '", name, "' twice"));
    }
    fields_->push_back({std::move(name), ""});
    return true;
  }
  bool end_object() override {
    depth_ = 0;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ != 1) return Shape(depth_ == 0 ? "a list instead of an object" : "a list inside a list");
    depth_ = 2;
    first_ = true;
    return true;
  }
  bool end_array() override {
    depth_ = 1;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    problem_->offset = position == 0 ? 0 : position - 1;
    std::string_view what = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while ...": the place is ours
    // to tell.
    if (const size_t column = what.find("column "); column != std::string_view::npos) {
      const size_t colon = what.find(": ", column);
      if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
    }
    problem_->cause = StrCat("not JSON: ", what);
    return false;
  }

 private:
  bool Drop() {
    fields_->pop_back();
    return true;
  }
  bool Scalar(std::string_view text) {
    if (depth_ == 0) return Shape("a single value instead of an object");
    if (depth_ == 1) {
      fields_->back().text = text;
      return true;
    }
    std::string& cell = fields_->back().text;
    if (!first_) cell += "; ";
    first_ = false;
    cell += EscapeListValue(text);
    return true;
  }
  bool Shape(std::string cause) {
    problem_->cause = std::move(cause);
    problem_->hint =
        "write {\"record\": \"claim\", \"subject\": \"state/russia\", \"asserters\": [\"org/a\", \"org/b\"]}";
    return false;
  }

  std::vector<JsonField>* fields_;
  JsonProblem* problem_;
  int depth_ = 0;
  bool first_ = true;
};

}  // namespace

bool ParseJsonLine(std::string_view line, std::vector<JsonField>* fields, JsonProblem* problem) {
  fields->clear();
  *problem = {};
  Handler handler(fields, problem);
  // The handler turns the parser's errors into values; what is left is a number beyond a double's range, which
  // throws out_of_range from inside the parser.
  try {
    return nlohmann::json::sax_parse(line, &handler);
  } catch (const nlohmann::json::exception& error) {
    problem->cause = StrCat("not JSON: ", std::string_view(error.what()));
    return false;
  }
}

}  // namespace dossier
