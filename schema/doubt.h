// A reporter for whoever wants to know whether anything is wrong, and not what. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_DOUBT_H_
#define DOSSIER_SCHEMA_DOUBT_H_

#include <string>
#include <string_view>

#include "schema/record_checks.h"

namespace dossier {

class Doubt : public FieldReporter {
 public:
  void Report(int, Column, std::string, std::string_view, std::string, size_t, size_t) override { clean_ = false; }
  void DependsOn(ViolationId) override { clean_ = false; }
  bool clean() const override { return clean_; }
  bool wants_hints() const override { return false; }

 private:
  bool clean_ = true;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_DOUBT_H_
