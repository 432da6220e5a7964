#include "tests/unit/query/view_claims.h"

#include <algorithm>
#include <utility>

namespace dossier::view_claims {
namespace {

using Random = std::mt19937;

uint32_t Below(Random& random, uint32_t n) { return static_cast<uint32_t>(random() % n); }
bool OneIn(Random& random, uint32_t n) { return Below(random, n) == 0; }
template <typename T>
const T& OneOf(Random& random, const std::vector<T>& all) {
  return all[Below(random, static_cast<uint32_t>(all.size()))];
}

Years SomeYears(Random& random) {
  Years years;
  years.first = years.last = 2001 + static_cast<int>(Below(random, 6));
  if (!OneIn(random, 2)) return years;
  years.is_interval = true;
  years.last = OneIn(random, 3) ? kForEver : years.first + static_cast<int>(Below(random, 4));
  return years;
}

// Time as a few moments a year, enough to begin and to end in one year and to leave some out.
constexpr int kMoments = 3, kFirstYear = 1999, kLastYear = 2012;

// All that `years` may mean, each a first and a last moment. A claim's lone year means all of it, and one that is asked
// for means some time in it.
std::vector<std::pair<int, int>> Meanings(const Years& years, bool lone_means_all) {
  const int begin = (years.first - kFirstYear) * kMoments, end = (years.last - kFirstYear) * kMoments;
  if (!years.is_interval && lone_means_all) return {{begin, begin + kMoments - 1}};
  std::vector<std::pair<int, int>> meanings;
  for (int first = begin; first < begin + kMoments; ++first) {
    if (years.last == kForEver) {
      meanings.emplace_back(first, (kLastYear - kFirstYear) * kMoments);
      continue;
    }
    for (int last = std::max(first, end); last < end + kMoments; ++last) meanings.emplace_back(first, last);
  }
  return meanings;
}

bool Held(const Years& valid, const Years& asked, bool certainly) {
  bool some = false, all = true;
  for (const auto& [first, last] : Meanings(valid, /*lone_means_all=*/true)) {
    for (const auto& [from, to] : Meanings(asked, /*lone_means_all=*/false)) {
      const bool meet = first <= to && from <= last;
      some = some || meet;
      all = all && meet;
    }
  }
  return certainly ? all : some;
}

}  // namespace

std::string Years::Text() const {
  if (!is_interval) return std::to_string(first);
  return std::to_string(first) + "/" + (last == kForEver ? ".." : std::to_string(last));
}

std::string Terms::Text(const std::vector<std::string>& times_of_commits) const {
  std::vector<std::string> terms;
  static const char* const kCertainties[] = {"certain", "probable", "possible"};
  if (claims) terms.push_back("claims()");
  if (certainty.has_value()) terms.push_back(std::string("certainty('") + kCertainties[*certainty] + "')");
  if (valid_at.has_value()) {
    terms.push_back("valid_at('" + valid_at->Text() + (certainly ? "', 'certainly')" : "')"));
  }
  if (known_at.has_value()) terms.push_back("known_at('" + times_of_commits[*known_at] + "')");
  if (!according_to.empty()) terms.push_back("according_to('" + according_to + "')");
  for (const std::string& asserter : without_asserters) terms.push_back("without_asserter('" + asserter + "')");
  for (const std::string& document : without_documents) terms.push_back("without_document('" + document + "')");
  std::string text;
  for (const std::string& term : terms) text += (text.empty() ? "USE " : ", ") + term;
  return text.empty() ? "" : text + " ";
}

Terms World::GenerateTerms(Random& random) {
  Terms terms;
  terms.claims = OneIn(random, 5);
  if (OneIn(random, 3)) terms.certainty = Below(random, 3);
  if (OneIn(random, 3)) {
    terms.valid_at = SomeYears(random);
    terms.certainly = OneIn(random, 2);
  }
  if (OneIn(random, 3)) terms.known_at = Below(random, kCommits);
  if (OneIn(random, 4)) terms.according_to = OneOf(random, OneIn(random, 3) ? kOrgans : kStates);
  while (OneIn(random, 5)) terms.without_asserters.push_back(OneOf(random, OneIn(random, 2) ? kOrgans : kStates));
  while (OneIn(random, 4)) terms.without_documents.push_back(OneOf(random, kDocuments));
  return terms;
}

World World::Generate(uint32_t seed) {
  Random random(seed);
  World world;
  std::vector<Edge> edges;
  for (uint32_t i = 0; i < 12; ++i) {
    edges.emplace_back(OneOf(random, kStates), OneIn(random, 3) ? "S" : "R", OneOf(random, kStates),
                       OneIn(random, 2) ? OneOf(random, kPlaces) : "");
  }
  for (const std::string& state : kStates) {
    for (uint32_t values = Below(random, 4); values > 0; --values) {
      edges.emplace_back(state, "size", std::to_string(1 + Below(random, 4)), "");
    }
  }
  // Who is an organ of whom is disputed as well; and a member is no organ.
  for (const std::string& organ : kOrgans) {
    edges.emplace_back(organ, "ORGAN_OF", OneIn(random, 3) ? OneOf(random, kOrgans) : OneOf(random, kStates), "");
  }
  edges.emplace_back(kStates[0], "MEMBER_OF", kStates[1], "");
  for (uint32_t i = 0; i < 90; ++i) {
    Said said;
    said.id = "claim-" + std::to_string(i);
    said.commit = i * kCommits / 90;
    // Each edge at least once; what was said last comes again and again, so that corrections have something to correct.
    said.edge = i < edges.size() ? edges[i] : OneOf(random, edges);
    if (OneIn(random, 5)) said.act = "denies";
    if (OneIn(random, 8)) said.act = "reports";
    if (OneIn(random, 12)) said.act = "no_comment";
    if (OneIn(random, 3)) said.certainty = Below(random, 3);
    if (OneIn(random, 4)) said.rank = Below(random, 3);
    if (OneIn(random, 2)) said.valid = SomeYears(random);
    if (OneIn(random, 3)) said.said = 2001 + static_cast<int>(Below(random, 6));
    if (std::get<1>(said.edge) != "size") {
      if (OneIn(random, 2)) said.quantity = 1 + static_cast<int>(Below(random, 3));
      if (OneIn(random, 2)) said.grade = 1 + static_cast<int>(Below(random, 3));
    }
    said.asserters.push_back(OneOf(random, OneIn(random, 2) ? kOrgans : kStates));
    if (const std::string& other = OneOf(random, kStates); OneIn(random, 3) && other != said.asserters.front()) {
      said.asserters.push_back(other);
    }
    said.document = OneOf(random, kDocuments);
    if (i > 0 && OneIn(random, 6)) {
      const uint32_t old = Below(random, i);
      if (OneIn(random, 2)) {
        said.supersedes = {old};
      } else {  // takes back what somebody said, word for word
        said.act = "retracts";
        said.edge = world.claims_[old].edge;
        said.asserters = world.claims_[old].asserters;
        if (std::get<1>(said.edge) == "size") said.quantity = said.grade = 0;
      }
    }
    world.claims_.push_back(std::move(said));
  }
  return world;
}

// The commit from which on a claim no longer counts: where another supersedes it, or who made it takes it back.
std::optional<uint32_t> World::ClosedAt(uint32_t claim) const {
  std::optional<uint32_t> closed;
  const Said& old = claims_[claim];
  for (const Said& other : claims_) {
    const bool supersedes = std::count(other.supersedes.begin(), other.supersedes.end(), claim) > 0;
    const bool retracts = other.act == "retracts" && old.act != "retracts" && other.edge == old.edge &&
                          other.asserters.front() == old.asserters.front() && other.commit >= old.commit;
    if ((supersedes || retracts) && (!closed.has_value() || other.commit < *closed)) closed = other.commit;
  }
  return closed;
}

// Organs of organs too, as the store stood when it is asked for, of what is affirmed as at least probable.
bool World::IsOrganOf(const std::string& inner, const std::string& outer, const Terms& terms) const {
  Terms then;
  then.known_at = terms.known_at;
  std::set<std::string> found = {outer};
  for (bool grows = true; grows;) {
    grows = false;
    for (uint32_t i = 0; i < claims_.size(); ++i) {
      const auto& [subject, relation, object, place] = claims_[i].edge;
      if (relation != "ORGAN_OF" || found.count(object) == 0 || !Supports(i, then)) continue;
      grows = found.insert(subject).second || grows;
    }
  }
  return found.count(inner) > 0;
}

bool World::Admits(uint32_t claim, const Terms& terms) const {
  const Said& said = claims_[claim];
  const std::optional<uint32_t> closed = ClosedAt(claim);
  if (terms.known_at.has_value() && said.commit > *terms.known_at) return false;
  if (!terms.claims) {
    if (closed.has_value() && (!terms.known_at.has_value() || *closed <= *terms.known_at)) return false;
    if (said.rank == 2) return false;
  }
  if (said.certainty > terms.certainty.value_or(terms.claims ? 3 : 1)) return false;
  if (terms.valid_at.has_value()) {
    if (!said.valid.has_value() ? terms.certainly : !Held(*said.valid, *terms.valid_at, terms.certainly)) return false;
  }
  if (!terms.according_to.empty() && !IsOrganOf(said.asserters.front(), terms.according_to, terms)) return false;
  for (const std::string& asserter : terms.without_asserters) {
    if (std::count(said.asserters.begin(), said.asserters.end(), asserter) > 0) return false;
  }
  return std::count(terms.without_documents.begin(), terms.without_documents.end(), said.document) == 0;
}

bool World::Supports(uint32_t claim, const Terms& terms) const {
  return (terms.claims || claims_[claim].affirms()) && Admits(claim, terms);
}

}  // namespace dossier::view_claims
