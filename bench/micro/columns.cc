// Cells of columns: packed numbers, the codes and values of a column, and the codes of a value that is looked for.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "bench/generator/random.h"
#include "graph/base/text.h"
#include "graph/packed_array.h"
#include "graph/value_column.h"

namespace dossier::bench {
namespace {

constexpr uint32_t kCells = 500'000;

// Places in an order that no cache foresees.
std::vector<uint32_t> SomePlaces() {
  Random random(1);
  std::vector<uint32_t> places(4096);
  for (uint32_t& place : places) place = random.Below(kCells);
  return places;
}

int64_t Count(const std::vector<uint32_t>& places) { return static_cast<int64_t>(places.size()); }

// The argument of these two is how many bits a cell takes.
PackedArray Packed(int64_t bits) {
  Random random(2);
  std::vector<uint64_t> numbers(kCells);
  for (uint64_t& number : numbers) number = random.Below(uint64_t{1} << bits);
  numbers[0] = (uint64_t{1} << bits) - 1;  // so that no fewer do
  return PackedArray::Flat(numbers);
}

void PackedArrayInOrder(benchmark::State& state) {
  const PackedArray packed = Packed(state.range(0));
  for (auto _ : state) {
    uint64_t sum = 0;
    for (size_t i = 0; i < packed.size(); ++i) sum += packed[i];
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * kCells);
}
BENCHMARK(PackedArrayInOrder)->Arg(1)->Arg(6)->Arg(20);

void PackedArrayHereAndThere(benchmark::State& state) {
  const PackedArray packed = Packed(state.range(0));
  const std::vector<uint32_t> places = SomePlaces();
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const uint32_t place : places) sum += packed[place];
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * Count(places));
}
BENCHMARK(PackedArrayHereAndThere)->Arg(6)->Arg(20);

enum class Kind { kYears, kWords, kYearsOfSome };

Value Word(uint32_t number) { return Value::String(StrCat("word ", number)); }

ValueColumn MakeColumn(Kind kind) {
  Random random(3);
  ValueColumnBuilder builder;
  for (uint32_t item = 0; item < kCells; ++item) {
    if (kind == Kind::kYearsOfSome && item % 50 != 0) continue;  // so far apart that the items are listed
    builder.Add(item, kind == Kind::kWords ? Word(random.Below(1000)) : Value::Integer(1990 + random.Below(36)));
  }
  return std::move(builder).Build();
}

void ColumnCodeOf(benchmark::State& state, Kind kind) {
  const ValueColumn column = MakeColumn(kind);
  const std::vector<uint32_t> places = SomePlaces();
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const uint32_t place : places) sum += column.CodeOf(place);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * Count(places));
}
BENCHMARK_CAPTURE(ColumnCodeOf, years, Kind::kYears);
BENCHMARK_CAPTURE(ColumnCodeOf, words, Kind::kWords);
BENCHMARK_CAPTURE(ColumnCodeOf, years_of_some, Kind::kYearsOfSome);

void ColumnGet(benchmark::State& state, Kind kind) {
  const ValueColumn column = MakeColumn(kind);
  const std::vector<uint32_t> places = SomePlaces();
  for (auto _ : state) {
    for (const uint32_t place : places) benchmark::DoNotOptimize(column.Get(place));
  }
  state.SetItemsProcessed(state.iterations() * Count(places));
}
BENCHMARK_CAPTURE(ColumnGet, years, Kind::kYears);
BENCHMARK_CAPTURE(ColumnGet, words, Kind::kWords);
BENCHMARK_CAPTURE(ColumnGet, years_of_some, Kind::kYearsOfSome);

// Once a condition, not once a row.
void ColumnCodesOf(benchmark::State& state, Kind kind) {
  const ValueColumn column = MakeColumn(kind);
  const Value value = kind == Kind::kWords ? Word(500) : Value::Integer(2010);
  for (auto _ : state) benchmark::DoNotOptimize(column.CodesOf(value));
}
BENCHMARK_CAPTURE(ColumnCodesOf, years, Kind::kYears);
BENCHMARK_CAPTURE(ColumnCodesOf, words, Kind::kWords);

}  // namespace
}  // namespace dossier::bench
