// Values as bytes, for the dictionaries of mapped images: any value that stands in a store's claims (literals,
// qualifiers, names), not paths, edges, maps, calendar values and durations, which only queries make.
//
//   value ::= "n" | "b" OCTET | "i" 8OCTET | "f" 8OCTET | "s" text | "v" 4OCTET | "t" text | "q" quantity
//           | "l" *(4OCTET value)       a list: before each element how many bytes it takes
//
// Numbers have their lowest byte first. A time is its EDTF text.
#ifndef DOSSIER_GRAPH_VALUE_BYTES_H_
#define DOSSIER_GRAPH_VALUE_BYTES_H_

#include <string>
#include <string_view>

#include "graph/value.h"

namespace dossier {

// Null for a value that cannot be written.
std::string ValueToBytes(const Value& value);
// Null for bytes that mean nothing.
Value ValueFromBytes(std::string_view bytes);
// The text of a string's bytes without making it a value; the first byte must be kStringTag.
inline constexpr char kStringTag = 's';
inline std::string_view TextOfStringBytes(std::string_view bytes) { return bytes.substr(1); }

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VALUE_BYTES_H_
