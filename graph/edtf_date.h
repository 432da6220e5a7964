// One date of EDTF, with or without a time of day: what stands alone, at the end of an interval or in a set.
// Not for use outside graph/; see graph/edtf.h for what the forms mean.
#ifndef DOSSIER_GRAPH_EDTF_DATE_H_
#define DOSSIER_GRAPH_EDTF_DATE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

struct EdtfDate {
  int64_t begin = 0;  // the first second that it may be, the marks (~ ? %) already taken into account
  int64_t end = 0;    // the first second after the last that it may be; begin < end
  bool has_time_of_day = false;
  bool approximate = false;
  bool uncertain = false;
  bool unspecified = false;

  // All of [begin, end) is meant, as far as the text goes.
  bool IsPlain() const { return !approximate && !uncertain && !unspecified; }
};

// Reads the bytes [begin, end) of `text` as one date. Errors (E1001, E1002, E1004) have their place in `text`.
absl::StatusOr<EdtfDate> ParseEdtfDate(std::string_view text, size_t begin, size_t end);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_EDTF_DATE_H_
