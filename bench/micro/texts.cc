// Reading what claims say of times and quantities: once or twice a row of a load.
#include <benchmark/benchmark.h>

#include <string>

#include "graph/edtf.h"
#include "graph/quantity.h"

namespace dossier::bench {
namespace {

void EdtfParse(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(EdtfTime::Parse(text));
}
BENCHMARK_CAPTURE(EdtfParse, year, "2015");
BENCHMARK_CAPTURE(EdtfParse, day, "2015-09-30");
BENCHMARK_CAPTURE(EdtfParse, interval, "2014/2015");
BENCHMARK_CAPTURE(EdtfParse, open_end, "2015-09-30/..");
BENCHMARK_CAPTURE(EdtfParse, approximate, "1996~");
BENCHMARK_CAPTURE(EdtfParse, one_of, "[2014..2015]");
BENCHMARK_CAPTURE(EdtfParse, refused, "30/09/2015");

void QuantityParse(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(ParseQuantity(text));
}
BENCHMARK_CAPTURE(QuantityParse, number, "42");
BENCHMARK_CAPTURE(QuantityParse, at_least, "at least 238");
BENCHMARK_CAPTURE(QuantityParse, rounded, "5.5 million");
BENCHMARK_CAPTURE(QuantityParse, range, "between 10 and 20");
BENCHMARK_CAPTURE(QuantityParse, words, "forty-two");
BENCHMARK_CAPTURE(QuantityParse, refused, "a handful or so");

}  // namespace
}  // namespace dossier::bench
