// A CSV file that is written row by row. Cells are not quoted: nothing that the generator makes needs it.
#ifndef DOSSIER_BENCH_GENERATOR_CSV_WRITER_H_
#define DOSSIER_BENCH_GENERATOR_CSV_WRITER_H_

#include <concepts>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace dossier::bench {

class CsvWriter {
 public:
  CsvWriter(const std::string& path, std::string_view header) : path_(path), file_(path, std::ios::binary) {
    Row(header);
  }
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;

  ~CsvWriter() {
    Flush();
    file_.close();
    if (file_.good()) return;
    std::cerr << "cannot write " << path_ << '\n';
    std::exit(1);
  }

  // The parts stand side by side; commas are among them.
  template <typename... Parts>
  void Row(const Parts&... parts) {
    (Append(parts), ...);
    buffer_ += '\n';
    if (buffer_.size() > size_t{1} << 20) Flush();
  }

 private:
  void Append(std::string_view text) { buffer_ += text; }
  void Append(std::unsigned_integral auto number) { buffer_ += std::to_string(number); }

  void Flush() {
    file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

  std::string path_;
  std::ofstream file_;
  std::string buffer_;
};

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_GENERATOR_CSV_WRITER_H_
