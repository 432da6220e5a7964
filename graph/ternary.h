// The answer to a question about things that are known only within bounds: yes, no, or "it depends on which of
// the possible cases is the true one". Comparisons of times and of quantities answer with it.
//
// kTrue: in every case that the bounds allow.  kFalse: in none.  kOpen: in some, and not in others.
#ifndef DOSSIER_GRAPH_TERNARY_H_
#define DOSSIER_GRAPH_TERNARY_H_

#include <algorithm>
#include <cstdint>

namespace dossier {

// The order matters: And is the minimum, Or the maximum (Kleene's strong logic, as NULL in ISO GQL).
enum class Ternary : uint8_t { kFalse = 0, kOpen = 1, kTrue = 2 };

constexpr bool Certainly(Ternary t) { return t == Ternary::kTrue; }
constexpr bool Possibly(Ternary t) { return t != Ternary::kFalse; }

constexpr Ternary ToTernary(bool certainly, bool possibly) {
  return certainly ? Ternary::kTrue : possibly ? Ternary::kOpen : Ternary::kFalse;
}
constexpr Ternary Not(Ternary t) { return static_cast<Ternary>(2 - static_cast<uint8_t>(t)); }
constexpr Ternary And(Ternary a, Ternary b) { return std::min(a, b); }
constexpr Ternary Or(Ternary a, Ternary b) { return std::max(a, b); }

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TERNARY_H_
