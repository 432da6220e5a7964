#include "query/procedure.h"

#include "graph/base/text.h"
#include "query/expression_error.h"

namespace dossier {

absl::Status ProcedureRows::Add(std::vector<Value> values, std::vector<SourceItem> sources) {
  uint64_t bytes = sizeof(Row) + values.capacity() * sizeof(Value) + sources.capacity() * sizeof(SourceItem);
  for (const Value& value : values) bytes += value.SharedBytes();
  rows_.push_back({std::move(values), std::move(sources)});
  return memory_.Add(bytes);
}

void ProcedureRows::Clear() {
  rows_.clear();
  memory_.Clear();
}

absl::Status ProcedureCall::Error(int number, std::string_view cause, std::string_view hint) const {
  return QueryError(number, place, StrCat(procedure.name, ": ", cause), "", hint);
}

std::string Procedure::Signature() const {
  std::string out = StrCat(name, "(");
  std::string closing = ")";
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].optional) {
      out += "[";
      closing.insert(0, "]");
    }
    out += StrCat(i > 0 ? ", " : "", parameters[i].name);
  }
  out += closing;
  for (size_t i = 0; i < columns.size(); ++i) out += StrCat(i > 0 ? ", " : " YIELD ", columns[i].name);
  return out;
}

const ProcedureCatalog& ProcedureCatalog::BuiltIn() {
  static const auto* const kCatalog = [] {
    auto* catalog = new ProcedureCatalog;
    for (auto family : {CatalogProcedures, ClaimProcedures, WhyProcedures, NameProcedures, SamenessProcedures,
                        GraphProcedures, RouteProcedures}) {
      for (Procedure& procedure : family()) catalog->Add(std::move(procedure));
    }
    return catalog;
  }();
  return *kCatalog;
}

void ProcedureCatalog::Add(Procedure procedure) {
  std::string key = AsciiLower(procedure.name);
  by_name_[std::move(key)] = std::make_shared<const Procedure>(std::move(procedure));
}

std::shared_ptr<const Procedure> ProcedureCatalog::Find(std::string_view name) const {
  const auto at = by_name_.find(AsciiLower(name));
  return at == by_name_.end() ? nullptr : at->second;
}

std::vector<std::shared_ptr<const Procedure>> ProcedureCatalog::All() const {
  std::vector<std::shared_ptr<const Procedure>> all;
  for (const auto& [name, procedure] : by_name_) all.push_back(procedure);
  return all;
}

}  // namespace dossier
