#include "store/verification.h"

namespace dossier {

std::string_view Name(QuoteState state) {
  switch (state) {
    case QuoteState::kFound:
      return "found";
    case QuoteState::kMoved:
      return "moved";
    case QuoteState::kMissing:
      return "missing";
    case QuoteState::kAmbiguous:
      return "ambiguous";
    case QuoteState::kUnreadable:
      return "unreadable";
  }
  return "";
}

std::string_view Name(DocumentState state) {
  switch (state) {
    case DocumentState::kMatches:
      return "matches";
    case DocumentState::kDiffers:
      return "differs";
    case DocumentState::kFileMissing:
      return "file missing";
    case DocumentState::kCitedOnly:
      return "cited only";
  }
  return "";
}

}  // namespace dossier
