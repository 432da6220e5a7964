// One line of JSON Lines as fields of text. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_JSON_LINE_H_
#define DOSSIER_SCHEMA_JSON_LINE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct JsonField {
  std::string name;
  std::string text;  // a list as a cell has it: its values with `;` between them
};

struct JsonProblem {
  size_t offset = 0;   // in the line
  bool twice = false;  // a field is given twice; else it is no JSON, or not of the shape that is read
  std::string cause, hint;
};

// Fills `fields` with those of the object that `line` holds, null ones left out; numbers and booleans become their
// text. False, with `problem` filled, for anything but an object of scalars and of lists of scalars. Never throws.
bool ParseJsonLine(std::string_view line, std::vector<JsonField>* fields, JsonProblem* problem);

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_JSON_LINE_H_
