// Which names mean what at one place of a query. A scope is a chain: the innermost place is asked first.
#ifndef DOSSIER_QUERY_SCOPE_H_
#define DOSSIER_QUERY_SCOPE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/batch.h"
#include "query/expression.h"

namespace dossier {

// What a name stands for: a column of the row, or a local of the evaluation context.
struct VariableReference {
  enum class Kind : uint8_t { kSlot, kLocal };
  Kind kind = Kind::kSlot;
  uint32_t index = 0;
  StaticType type = StaticType::kAny;
};

// Why a name that is there in the query cannot be used at a place.
enum class Hidden : uint8_t {
  kNever,
  kUngrouped,   // beside an aggregate: rows of one group may differ in it
  kGrouped,     // behind the grouping: the same
  kDistinct,    // rows that DISTINCT makes one may differ in it
  kAggregated,  // it is made by the grouping, and not there before
  kPage,        // SKIP and LIMIT look at no row
  kOutside,     // it is bound outside of CALL { }, and not brought in
};

class Scope {
 public:
  struct Entry {
    std::string name;
    VariableReference reference;
  };

  Scope() = default;
  explicit Scope(const Scope* outer) : outer_(outer) {}

  // `name`, of this scope or one further out, cannot be used here.
  void Hide(std::string_view name, Hidden why) { hidden_.emplace_back(name, why); }
  std::optional<Hidden> WhyHidden(std::string_view name) const {
    for (const auto& [hidden, why] : hidden_) {
      if (hidden == name) return why;
    }
    return outer_ == nullptr ? std::nullopt : outer_->WhyHidden(name);
  }

  // Later declarations hide earlier ones of the same name.
  void Declare(std::string_view name, VariableReference reference) {
    entries_.push_back({std::string(name), reference});
  }
  std::optional<VariableReference> Find(std::string_view name) const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (entry->name == name) return entry->reference;
    }
    for (const auto& [hidden, why] : hidden_) {
      if (hidden == name) return std::nullopt;
    }
    const std::optional<VariableReference> found = outer_ == nullptr ? std::nullopt : outer_->Find(name);
    if (found.has_value() && found->kind == VariableReference::Kind::kLocal && reads_ != nullptr) {
      reads_->push_back(found->index);
    }
    return found;
  }
  // From now on, locals from further out that are found through this scope are noted in `reads`, which must outlive
  // it: so a pattern learns which of its elements a condition reads, in whatever subquery that happens.
  void NoteReads(std::vector<uint32_t>* reads) { reads_ = reads; }
  // Declared here, not further out; in order of declaration.
  const std::vector<Entry>& entries() const { return entries_; }
  const Scope* outer() const { return outer_; }
  // All names that can be seen from here, for "did you mean".
  std::vector<std::string> Names() const {
    std::vector<std::string> names = outer_ == nullptr ? std::vector<std::string>() : outer_->Names();
    for (const Entry& entry : entries_) names.push_back(entry.name);
    return names;
  }

 private:
  const Scope* outer_ = nullptr;
  std::vector<Entry> entries_;
  std::vector<uint32_t>* reads_ = nullptr;
  std::vector<std::pair<std::string, Hidden>> hidden_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_SCOPE_H_
