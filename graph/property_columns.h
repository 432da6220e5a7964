// Where the values of one property lie, found once for many reads: in a column of what is undisputed or identifies, or
// in one of literal propositions or of claims.
#ifndef DOSSIER_GRAPH_PROPERTY_COLUMNS_H_
#define DOSSIER_GRAPH_PROPERTY_COLUMNS_H_

#include <cstdint>

#include "graph/view.h"

namespace dossier {

class PropertyColumns {
 public:
  enum class Kind : uint8_t { kVertices, kEdges };
  // Both must outlive it.
  PropertyColumns(const View& view, PropertyId property, Kind kind);

  // Of an entity: its own property and literal propositions. Of an edge: identifying qualifiers and claims.
  const ValueColumn& first() const { return *first_; }
  const ValueColumn& second() const { return *second_; }

  // Where the value that View::VertexProperty or EdgeProperty gives lies.
  struct Cell {
    enum class Where : uint8_t {
      kNowhere,    // it is null
      kFirst,      // under `code` in first()
      kSecond,     // or in second()
      kElsewhere,  // several claims have a say, or it is no entity, or the key: ask the view
    };
    Where where = Where::kNowhere;
    uint64_t code = 0;
  };
  // Whether the value of every edge that is not hidden lies in second() under the edge's own number.
  bool second_by_edge() const {
    return kind_ == Kind::kEdges && !has_first_ && view_.image().claims_are_edges() && view_.WalksAll();
  }
  Cell Of(uint32_t number) const { return kind_ == Kind::kVertices ? OfVertex(number) : OfEdge(number); }
  Value Read(uint32_t number) const {
    const Cell cell = Of(number);
    switch (cell.where) {
      case Cell::Where::kNowhere:
        return Value();
      case Cell::Where::kFirst:
        return first_->Decode(cell.code);
      case Cell::Where::kSecond:
        return second_->Decode(cell.code);
      case Cell::Where::kElsewhere:
        break;
    }
    return kind_ == Kind::kVertices ? view_.VertexProperty(VertexId(number), property_)
                                    : view_.EdgeProperty(EdgeId(number), property_);
  }

 private:
  Cell OfVertex(uint32_t number) const {
    const VertexId vertex(number);
    if (!vertex.valid()) return {};
    if (elsewhere_ || KindOf(vertex) != VertexKind::kEntity) return {Cell::Where::kElsewhere};
    if (has_first_) {
      const uint64_t code = first_->CodeOf(number);
      if (code != ValueColumn::kNoCode) return {Cell::Where::kFirst, code};
    }
    if (!has_second_) return {};
    const PackedList<EdgeId> literals = view_.image().Literals(vertex, property_);
    if (literals.empty()) return {};
    if (literals.size() > 1) return {Cell::Where::kElsewhere};
    return view_.Walks(literals.front()) ? InSecond(literals.front().value) : Cell();
  }
  Cell OfEdge(uint32_t number) const {
    const EdgeId edge(number);
    if (!edge.valid()) return {};
    if (Image::is_hidden(edge)) return {Cell::Where::kElsewhere};
    if (has_first_) {
      const uint64_t code = first_->CodeOf(number);
      if (code != ValueColumn::kNoCode) return {Cell::Where::kFirst, code};
    }
    if (!has_second_) return {};
    const PackedList<ClaimId> claims = view_.image().ClaimsOf(edge);
    if (claims.empty()) return {};
    if (claims.size() > 1) return {Cell::Where::kElsewhere};
    return view_.Walks(edge) ? InSecond(claims.front().value) : Cell();
  }
  Cell InSecond(uint32_t number) const {
    const uint64_t code = second_->CodeOf(number);
    return code == ValueColumn::kNoCode ? Cell() : Cell{Cell::Where::kSecond, code};
  }

  const View& view_;
  const PropertyId property_;
  const Kind kind_;
  const ValueColumn* first_;
  const ValueColumn* second_;
  bool has_first_, has_second_, elsewhere_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_PROPERTY_COLUMNS_H_
