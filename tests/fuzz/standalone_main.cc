// Runs a fuzz target without libFuzzer: the empty input, every file of a corpus folder, then mutations of those.
//   NAME CORPUS_FOLDER [MUTATIONS [SEED]]
//   NAME FILE                               just that input, as when looking at a crash
// The mutations depend on the seed and the corpus alone, so a failure in CI is the same failure at home. The input
// that was being run when the program died is left in ./NAME.crash.
#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
// Sanitizers end the program without a signal, but offer this instead; null in builds without one.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the sanitizers'
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr int kDefaultMutations = 3000;
constexpr uint32_t kDefaultSeed = 20260101;
constexpr size_t kLongestMutant = 1 << 16;

std::string crash_file;
std::string current_name;
std::string current_input;

// Not everything here is allowed in a signal handler; the program is lost already, and mostly it works.
void SaveCurrentInput() {
  std::ofstream(crash_file, std::ios::binary) << current_input;
  std::fprintf(stderr, "\ndied on %s; the input is in %s\n", current_name.c_str(), crash_file.c_str());
}

void OnSignal(int signal) {
  std::signal(signal, SIG_DFL);
  SaveCurrentInput();
  std::raise(signal);
}

void Run(std::string name, std::string input) {
  current_name = std::move(name);
  current_input = std::move(input);
  // A copy of exactly this size, so that the address sanitizer sees one byte too far.
  const std::vector<uint8_t> bytes(current_input.begin(), current_input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, uint32_t seed) : corpus_(corpus), random_(seed) {}

  // One of the corpus with one to six small damages.
  std::string Next() {
    std::string text = corpus_[Below(corpus_.size())];
    for (size_t damages = 1 + Below(6); damages > 0; --damages) Damage(&text);
    if (text.size() > kLongestMutant) text.resize(kLongestMutant);
    return text;
  }

 private:
  // Not std::uniform_int_distribution: its results differ between standard libraries.
  size_t Below(size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  void Damage(std::string* text) {
    static constexpr char kTelling[] = "\0\xFF\x80\"'`\\()[]{}<>-:;,.|*+?/#=%$ \n\t09azAZ";
    const size_t at = Below(text->size() + 1);
    const size_t length = 1 + Below(std::min<size_t>(text->size() - at, 40));
    switch (Below(7)) {
      case 0:
        if (at < text->size()) (*text)[at] = static_cast<char>((*text)[at] ^ (1 << Below(8)));
        break;
      case 1:
        if (at < text->size()) (*text)[at] = kTelling[Below(sizeof(kTelling) - 1)];
        break;
      case 2:
        text->insert(at, 1, kTelling[Below(sizeof(kTelling) - 1)]);
        break;
      case 3:
        text->erase(at, length);
        break;
      case 4: {  // a piece of it again, many times: depth and length are what parsers trip over
        const std::string piece = text->substr(at, length);
        for (size_t times = 1 + Below(50); times > 0; --times) text->insert(at, piece);
        break;
      }
      case 5: {  // a piece of another one
        const std::string& other = corpus_[Below(corpus_.size())];
        text->insert(at, other, Below(other.size()), 1 + Below(60));
        break;
      }
      default:
        text->resize(at);
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937 random_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER [MUTATIONS [SEED]] | FILE\n", argv[0]);
    return 2;
  }
  crash_file = std::filesystem::path(argv[0]).filename().string() + ".crash";
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, OnSignal);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(SaveCurrentInput);

  const std::filesystem::path source = argv[1];
  if (std::filesystem::is_regular_file(source)) {
    Run(source.string(), ReadFile(source));
    return 0;
  }
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(source, error)) files.push_back(entry.path());
  if (files.empty()) {
    std::fprintf(stderr, "no corpus in %s: commit at least one input there\n", source.c_str());
    return 2;
  }
  std::sort(files.begin(), files.end());

  Run("the empty input", "");
  std::vector<std::string> corpus;
  for (const auto& file : files) {
    corpus.push_back(ReadFile(file));
    Run(file.string(), corpus.back());
  }
  const int mutations = argc > 2 ? std::atoi(argv[2]) : kDefaultMutations;
  const auto seed = argc > 3 ? static_cast<uint32_t>(std::strtoul(argv[3], nullptr, 10)) : kDefaultSeed;
  std::printf("%zu inputs, then %d mutations with seed %u\n", corpus.size(), mutations, seed);
  std::fflush(stdout);
  Mutator mutator(corpus, seed);
  for (int i = 0; i < mutations; ++i) Run("mutation " + std::to_string(i) + " of seed " + std::to_string(seed), mutator.Next());
  return 0;
}
