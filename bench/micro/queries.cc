// A query before its first row: parsed; prepared anew; found among those that were prepared before. Over the world that
// comes with the project (data/russia-2017), because preparing looks at an ontology and at what there is.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include "bench/micro/or_die.h"
#include "query/parser.h"
#include "query/procedure.h"
#include "query/session.h"
#include "store/loader.h"
#include "store/store.h"

namespace dossier::bench {
namespace {

const std::string kWorld = DOSSIER_SOURCE_FOLDER "/data/russia-2017";

// A store in a folder that is gone when the program ends.
class World {
 public:
  World() : folder_(std::filesystem::temp_directory_path() / ("dossier-micro-" + std::to_string(getpid()))) {
    store_ = OrDie(OpenOrCreateForLoad(folder_.string(), {kWorld}));
    OrDie(LoadFiles(store_.get(), {kWorld}));
    session_ = OrDie(Session::Open(*store_));
  }
  ~World() {
    session_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const Session& session() const { return *session_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Session> session_;
};

const Session& TheSession() {
  static const World kTheWorld;
  return kTheWorld.session();
}

std::string Question(const std::string& name) {
  std::ifstream file(kWorld + "/questions/" + name + ".gql");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!text.empty()) return text;
  std::cerr << "cannot read the question " << name << '\n';
  std::exit(1);
}

// From a line to some forty.
const std::string kLookUp = "MATCH (s:State {key: $key}) RETURN s.name";
const std::string kPath = "MATCH ANY SHORTEST (m {key: $from})-[:KIND_OF]->+(class {key: $to}) RETURN class.name";
const std::string kJoin = Question("holders-who-condemned");
const std::string kLong = Question("export-chain");

void Parse(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(ParseQuery(text));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK_CAPTURE(Parse, look_up, kLookUp);
BENCHMARK_CAPTURE(Parse, path, kPath);
BENCHMARK_CAPTURE(Parse, join, kJoin);
BENCHMARK_CAPTURE(Parse, long, kLong);

void Prepare(benchmark::State& state, const std::string& text, bool anew) {
  const Session& session = TheSession();
  const ProcedureCatalog procedures = ProcedureCatalog::BuiltIn();
  QueryOptions options;
  if (anew) options.procedures = &procedures;  // a catalogue of a program's own: such plans are not remembered
  OrDie(session.Prepare(text, options));
  for (auto _ : state) benchmark::DoNotOptimize(session.Prepare(text, options));
}
BENCHMARK_CAPTURE(Prepare, look_up, kLookUp, true);
BENCHMARK_CAPTURE(Prepare, path, kPath, true);
BENCHMARK_CAPTURE(Prepare, join, kJoin, true);
BENCHMARK_CAPTURE(Prepare, long, kLong, true);
BENCHMARK_CAPTURE(Prepare, look_up_again, kLookUp, false);
BENCHMARK_CAPTURE(Prepare, long_again, kLong, false);

}  // namespace
}  // namespace dossier::bench
