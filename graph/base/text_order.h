// The order of many texts.
#ifndef DOSSIER_GRAPH_BASE_TEXT_ORDER_H_
#define DOSSIER_GRAPH_BASE_TEXT_ORDER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dossier {

// The places of `texts`, of which there are less than 2^32, in the order of their bytes as unsigned numbers; equal ones
// in the order in which they stand. Eight bytes are compared at a time, beside the places and not in the texts, so that
// it does not matter much where those lie, nor that many begin alike ("entity/1", "entity/2").
std::vector<uint32_t> OrderOfTexts(std::span<const std::string_view> texts);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_TEXT_ORDER_H_
