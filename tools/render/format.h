// How an answer is printed.
#ifndef DOSSIER_TOOLS_RENDER_FORMAT_H_
#define DOSSIER_TOOLS_RENDER_FORMAT_H_

#include <cstdint>
#include <map>
#include <string>

namespace dossier {

enum class Format : uint8_t {
  kTable,  // for people
  kJson,   // one object
  kJsonl,  // one object a row
  kCsv     // RFC 4180, for spreadsheets
};

// As --format names them.
inline const std::map<std::string, Format> kFormats = {
    {"table", Format::kTable}, {"json", Format::kJson}, {"jsonl", Format::kJsonl}, {"csv", Format::kCsv}};

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_FORMAT_H_
