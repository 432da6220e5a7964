// Values of an answer as text and as JSON: nodes by name, edges and paths as arrows, times and quantities as written.
#ifndef DOSSIER_TOOLS_RENDER_VALUE_PRINTER_H_
#define DOSSIER_TOOLS_RENDER_VALUE_PRINTER_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "graph/image.h"
#include "graph/value.h"
#include "graph/view.h"

namespace dossier {

using Json = nlohmann::ordered_json;

class ValuePrinter {
 public:
  // `view` is the one that the answer was asked through. `edge_ids` are those of a scratch graph, by edge number; null
  // over a store. Both must outlive the printer.
  explicit ValuePrinter(const View* view, const std::vector<std::string>* edge_ids = nullptr);

  // One line, for a cell. Null is empty, a list its members with "; " between them, as claim files write it.
  std::string Text(const Value& value) const;

  // A node is {"key", "labels", "name", "properties"}, an edge {"type", "from", "to", "properties"}, a path {"nodes",
  // "edges"}, a quantity {"text", "low", "high", "unit", ...} with null for an open end, a time its EDTF text. Nodes
  // and edges of a scratch graph have their "id" as well. NaN and infinities, which JSON cannot say, are null.
  Json ToJson(const Value& value) const;

  // The name of a node where it has one, else its key.
  std::string NameOf(VertexId vertex) const;

 private:
  std::string Nested(const Value& value) const;
  std::string EdgeText(EdgeId edge) const;
  std::string PathText(const Path& path) const;
  Json NodeJson(VertexId vertex) const;
  Json EdgeJson(EdgeId edge) const;

  const View* view_;
  const std::vector<std::string>* edge_ids_;
  PropertyId name_;
};

// Without a graph, so for literals alone.
Json QuantityJson(const Quantity& quantity);

// JSON as text that is always UTF-8: what was not is replaced, never thrown at.
std::string ToText(const Json& json, int indent = -1);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_VALUE_PRINTER_H_
