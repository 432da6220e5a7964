#include "tools/commands/command.h"

#include <utility>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "tools/render/display_text.h"

namespace dossier {
namespace {

class UsageFormatter : public CLI::Formatter {
 public:
  explicit UsageFormatter(std::string usage) : usage_(std::move(usage)) {}
  std::string make_usage(const CLI::App*, std::string) const override { return usage_ + "\n"; }

 private:
  std::string usage_;
};

}  // namespace

void Report(const absl::Status& status, Console* console, std::string_view text, std::string_view file) {
  const std::vector<Diagnostic> diagnostics = DiagnosticsOf(status);
  if (diagnostics.empty()) {
    console->Err(StrCat("dossier: ", Harmless(ToStd(status.message())), "\n"));
    return;
  }
  for (Diagnostic diagnostic : diagnostics) {
    const bool in_text = !text.empty() && (diagnostic.file.empty() || diagnostic.file == file);
    if (in_text && diagnostic.place.known()) diagnostic.file = std::string(file);
    console->Err(Harmless(diagnostic.ToString()) + "\n");
    if (in_text) console->Err(CaretExcerpt(text, diagnostic.place, console->error_width()));
  }
}

ExitCode Fail(const absl::Status& status, Console* console, std::string_view text, std::string_view file) {
  Report(status, console, text, file);
  return ExitCodeOf(status);
}

absl::StatusOr<std::unique_ptr<Store>> OpenForReading(const std::string& path) {
  return Store::Open(path, {.read_only = true});
}

void AddFormatOption(CLI::App* app, Format* format) {
  app->add_option("--format", *format, "How the answer is printed: table (for people), json, jsonl or csv")
      ->transform(CLI::CheckedTransformer(kFormats, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
}

void SetUsage(CLI::App* app, std::string usage) {
  auto formatter = std::make_shared<UsageFormatter>(std::move(usage));
  formatter->column_width(32);
  app->formatter(std::move(formatter));
}

std::string WithCommas(uint64_t number) {
  std::string digits = StrCat(number);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string Count(uint64_t number, std::string_view one, std::string_view plural) {
  if (number == 1) return StrCat("1 ", one);
  return plural.empty() ? StrCat(WithCommas(number), " ", one, "s") : StrCat(WithCommas(number), " ", plural);
}

}  // namespace dossier
