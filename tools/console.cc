#include "tools/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "graph/base/diagnostic.h"
#include "tools/error_codes.h"
#include "tools/render/display_text.h"

namespace dossier {
namespace {

constexpr size_t kBuffered = size_t{64} << 10;
constexpr size_t kNarrowest = 20;

size_t WidthOf(int descriptor) {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr) {
    size_t width = 0;
    const char* end = columns + std::strlen(columns);
    if (std::from_chars(columns, end, width).ptr == end && width > 0) return std::max(width, kNarrowest);
  }
  winsize size = {};
  if (isatty(descriptor) != 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::max<size_t>(size.ws_col, kNarrowest);
  }
  return Console::kUnlimited;
}

// 0, or the errno that stopped it.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console(int out, int err) : out_(out), err_(err), err_is_terminal_(isatty(err) != 0), width_(WidthOf(out)) {}

Console::~Console() { Flush(); }

void Console::Flush() {
  if (!pending_.empty() && !closed_) {
    if (const int error = WriteAll(out_, pending_); error != 0) {
      closed_ = true;
      if (error != EPIPE) error_ = error;
    }
  }
  pending_.clear();
}

void Console::Out(std::string_view text) {
  ClearProgress();
  if (closed_) return;
  pending_ += text;
  if (pending_.size() >= kBuffered) Flush();
}

void Console::Err(std::string_view text) {
  Flush();
  ClearProgress();
  // Where even this fails there is nobody left to tell.
  static_cast<void>(WriteAll(err_, text));
}

absl::Status Console::Finish() {
  Flush();
  ClearProgress();
  if (error_ == 0) return absl::OkStatus();
  return ToStatus(absl::StatusCode::kResourceExhausted,
                  Diagnostic{.number = kFileNotWritten,
                             .cause = std::string("the output cannot be written: ") + std::strerror(error_)});
}

int Console::error_width() const {
  const size_t width = WidthOf(err_);
  return width == kUnlimited ? 100 : static_cast<int>(std::min<size_t>(width, 200));
}

void Console::Progress(std::string_view line) {
  if (!err_is_terminal_) return;
  const size_t limit = static_cast<size_t>(error_width()) - 1;
  const std::string shown = CutToWidth(line, limit);
  const size_t columns = DisplayWidth(shown);
  std::string text = "\r" + shown;
  if (columns < progress_columns_) text.append(progress_columns_ - columns, ' ');
  progress_columns_ = columns;
  static_cast<void>(WriteAll(err_, text));
}

void Console::ClearProgress() {
  if (progress_columns_ == 0) return;
  static_cast<void>(WriteAll(err_, "\r" + std::string(progress_columns_, ' ') + "\r"));
  progress_columns_ = 0;
}

}  // namespace dossier
