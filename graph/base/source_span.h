// Where something stands in a text that a person wrote: a claim file, an ontology, a query.
//
// Lines and columns count from 1, columns in Unicode code points (what an editor shows); offsets count bytes
// from 0. A span is half-open: [begin, end).
#ifndef DOSSIER_GRAPH_BASE_SOURCE_SPAN_H_
#define DOSSIER_GRAPH_BASE_SOURCE_SPAN_H_

#include <cstddef>

namespace dossier {

struct SourcePosition {
  size_t offset = 0;  // bytes from the start of the text
  int line = 0;       // from 1; 0 = unknown
  int column = 0;     // from 1, in code points; 0 = unknown

  friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

struct SourceSpan {
  SourcePosition begin;
  SourcePosition end;

  bool known() const { return begin.line > 0; }
  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_SOURCE_SPAN_H_
