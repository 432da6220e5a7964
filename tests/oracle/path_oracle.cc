// The engine against the oracle on generated cases.
//
//   path_oracle                               as ctest runs it: 20,000 cases of one seed, fewer in slow builds
//   path_oracle --cases 1000000 --seed 7      a longer run, of other cases
//   path_oracle --everything yes              with the features that are switched off (generator.h)
//   path_oracle --seed 7 --only 1234          one case again, with its query and both answers
//
// A case that fails is made small and printed: seed, graph, query, what was expected and what came.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "tests/oracle/compare.h"
#include "tests/oracle/generator.h"
#include "tests/oracle/shrink.h"

namespace dossier::oracle {
namespace {

#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr uint64_t kDefaultCases = 20000;
#else
constexpr uint64_t kDefaultCases = 2000;
#endif

struct Flags {
  uint64_t cases = kDefaultCases;
  uint64_t seed = 1;
  std::optional<uint64_t> only;
  int failures = 5;  // to print before giving up
  Features features;
};
Flags flags;

// splitmix64: seeds that lie close together give generators that do not.
uint64_t Mix(uint64_t seed, uint64_t number) {
  uint64_t z = seed * 0x9E3779B97F4A7C15u + number + 0x632BE59BD9B4E019u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

constexpr uint64_t kCasesOfAGraph = 4;

Graph GraphOfCase(uint64_t number) { return GenerateGraph(Mix(flags.seed, 2 * (number / kCasesOfAGraph))); }

std::string_view KindText(Verdict::Kind kind) {
  switch (kind) {
    case Verdict::Kind::kAgree:
      return "agrees";
    case Verdict::Kind::kUndecided:
      return "too large for the oracle";
    case Verdict::Kind::kWrongRows:
      return "WRONG ROWS";
    case Verdict::Kind::kRefused:
      return "REFUSED, but it means something";
    case Verdict::Kind::kNotRefused:
      return "NOT REFUSED, but it should be";
  }
  return "";
}

std::string Report(uint64_t number, const QueryCase& query_case, const Verdict& verdict) {
  std::ostringstream out;
  out << "--seed " << flags.seed << " --only " << number << ": " << KindText(verdict.kind)
      << "\nquery:    " << QueryText(query_case) << "\ngraph:    " << ToJson(query_case.graph).dump() << "\nexpected:\n"
      << verdict.expected << "got:\n"
      << verdict.got;
  return out.str();
}

bool Fails(const Verdict& verdict) {
  return verdict.kind != Verdict::Kind::kAgree && verdict.kind != Verdict::Kind::kUndecided;
}

TEST(PathOracle, EngineAgreesOnGeneratedCases) {
  const auto started = std::chrono::steady_clock::now();
  std::map<Verdict::Kind, uint64_t> counts;
  uint64_t choices = 0, refusals = 0;
  int failures = 0;
  std::cout << "seed " << flags.seed << ", " << flags.cases << " cases" << std::endl;
  std::optional<Engine> engine;
  Graph graph;
  const uint64_t first = flags.only.value_or(0);
  const uint64_t end = flags.only.has_value() ? first + 1 : flags.cases;
  for (uint64_t number = first; number < end && failures < flags.failures; ++number) {
    if (!engine.has_value() || number % kCasesOfAGraph == 0) {
      graph = GraphOfCase(number);
      engine.emplace(graph);
    }
    const QueryCase query_case = GenerateCase(graph, Mix(flags.seed, 2 * number + 1), flags.features);
    const Verdict verdict = CompareCase(*engine, query_case, Bounds());
    ++counts[verdict.kind];
    choices += verdict.choice;
    refusals += verdict.kind == Verdict::Kind::kAgree && !Analyse(query_case.match).refusal.empty();
    if (flags.only.has_value()) std::cout << Report(number, query_case, verdict) << std::endl;
    if (!Fails(verdict)) continue;
    ++failures;
    const auto fails_alike = [&](const QueryCase& smaller) {
      const Verdict again = CompareCase(Engine(smaller.graph), smaller, Bounds());
      return again.kind == verdict.kind && again.error_number == verdict.error_number;
    };
    const QueryCase small = Shrink(query_case, fails_alike);
    ADD_FAILURE() << Report(number, small, CompareCase(Engine(small.graph), small, Bounds()))
                  << "before it was made small: " << QueryText(query_case);
  }
  for (const auto& [kind, count] : counts) std::cout << count << " " << KindText(kind) << "\n";
  std::cout << "of those that agree, " << choices << " left a choice and " << refusals << " were to be refused; "
            << std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count() << " s" << std::endl;
}

// --name N, or the environment's variable for ctest, which passes no flags.
void ReadFlags(int argc, char** argv) {
  const auto number = [](const char* text) { return std::strtoull(text, nullptr, 10); };
  if (const char* cases = std::getenv("DOSSIER_ORACLE_CASES")) flags.cases = number(cases);
  if (const char* seed = std::getenv("DOSSIER_ORACLE_SEED")) flags.seed = number(seed);
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--cases") flags.cases = number(argv[i + 1]);
    if (name == "--seed") flags.seed = number(argv[i + 1]);
    if (name == "--only") flags.only = number(argv[i + 1]);
    if (name == "--everything") flags.features = {.repeated_in_choices = true, .endless_beside_modes = true};
    if (name == "--failures") flags.failures = static_cast<int>(number(argv[i + 1]));
  }
}

}  // namespace
}  // namespace dossier::oracle

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  dossier::oracle::ReadFlags(argc, argv);
  return RUN_ALL_TESTS();
}
