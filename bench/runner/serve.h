// What the runners in C++ have in common: reading commands, timing, answering. README.md says what a runner is asked
// and answers.
#ifndef DOSSIER_BENCH_RUNNER_SERVE_H_
#define DOSSIER_BENCH_RUNNER_SERVE_H_

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

namespace dossier::bench {

using Json = nlohmann::json;

class Engine {
 public:
  virtual ~Engine() = default;

  // Only Run is timed. Each gives an empty text, or what went wrong.
  virtual std::string Prepare(const std::string& workload, const std::string& text) = 0;
  virtual std::string Bind(const Json& parameters) = 0;
  virtual std::string Run(double limit_ms) = 0;
  // What the last run found: rows, each a list of numbers and texts.
  virtual Json Answer() = 0;
  // How many footnotes the last run gathered.
  virtual size_t Footnotes() const { return 0; }
};

// Runs one command, and gives its response.
Json RunCommand(Engine* engine, const Json& command);

// Answers the commands on standard input until it ends.
void Serve(Engine* engine);

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_RUNNER_SERVE_H_
