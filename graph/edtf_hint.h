// What somebody probably meant who wrote a time in a form that is not EDTF. Not for use outside graph/.
#ifndef DOSSIER_GRAPH_EDTF_HINT_H_
#define DOSSIER_GRAPH_EDTF_HINT_H_

#include <string>
#include <string_view>

namespace dossier {

// A line such as "write 2015-09-30" or "write 199X"; a general one where the form is not a common slip.
std::string EdtfHint(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_EDTF_HINT_H_
