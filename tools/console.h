// The command's way to talk: answers to standard output, all else to standard error.
//
// Output is gathered and written in large pieces. A reader that goes away (`dossier ... | head`) is no error: what
// follows is dropped, closed() tells a long job that nobody listens any more. A disk that is full is one, and is told
// by Finish().
#ifndef DOSSIER_TOOLS_CONSOLE_H_
#define DOSSIER_TOOLS_CONSOLE_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace dossier {

class Console {
 public:
  static constexpr size_t kUnlimited = std::numeric_limits<size_t>::max();

  // The two file descriptors stay the caller's.
  Console(int out, int err);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void Out(std::string_view text);
  // Writes at once, and what was given to Out() before it first, so that the two appear in order on a terminal.
  void Err(std::string_view text);

  bool closed() const { return closed_; }
  // Writes what is left. E9012 if anything could not be written, other than for want of a reader.
  absl::Status Finish();

  // Columns that output should fit in: COLUMNS where set, the terminal's, or kUnlimited for files and pipes.
  size_t width() const { return width_; }
  // Of messages on standard error, in the same way; at least a caret must find room.
  int error_width() const;

  // A line on standard error that is overwritten by the next one; nothing where that is no terminal.
  void Progress(std::string_view line);
  void ClearProgress();

 private:
  void Flush();

  int out_;
  int err_;
  bool err_is_terminal_;
  size_t width_;
  bool closed_ = false;
  int error_ = 0;  // errno of the first failed write
  std::string pending_;
  size_t progress_columns_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_TOOLS_CONSOLE_H_
