#include "tools/render/why.h"

#include "graph/base/text.h"

namespace dossier {
namespace {

std::string MemberText(const WitnessMember& member, const NoteText& note) {
  std::string text = "[";
  for (const uint32_t number : member.notes) text += StrCat(text.size() > 1 ? "|" : "", note(number));
  return text + "]";
}

std::string WitnessText(const Witness& witness, const NoteText& note) {
  std::string text;
  for (const WitnessMember& member : witness) text += MemberText(member, note);
  return text.empty() ? "nothing that was said" : text;
}

}  // namespace

std::string WhyText(const RowReasons& why, const NoteText& note) {
  std::string text;
  for (const Witness& witness : why.alternatives) {
    text += StrCat(text.empty() ? "" : ", or ", WitnessText(witness, note));
  }
  if (!why.complete) text += ", or others: these are not all";
  if (why.aggregated && !why.alternatives.front().empty()) text += "; all of it, for an aggregate";
  for (const std::string& pattern : why.nothing_recorded) text += StrCat("; nothing is recorded for ", pattern);
  return text;
}

Json WhyJson(const RowReasons& why) {
  Json alternatives = Json::array();
  for (const Witness& witness : why.alternatives) {
    Json members = Json::array();
    for (const WitnessMember& member : witness) members.push_back(Json(member.notes));
    alternatives.push_back(std::move(members));
  }
  Json json = {{"alternatives", std::move(alternatives)}, {"complete", why.complete}};
  if (why.aggregated) json["aggregated"] = true;
  if (!why.nothing_recorded.empty()) json["nothing_recorded"] = why.nothing_recorded;
  return json;
}

}  // namespace dossier
