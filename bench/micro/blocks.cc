// Blocks of claims: what it costs to cite one, and to read all of them at open.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "bench/generator/random.h"
#include "bench/micro/or_die.h"
#include "graph/base/text.h"
#include "store/record_block.h"

namespace dossier::bench {
namespace {

using store_internal::BlockReader;
using store_internal::BlockWriter;
using store_internal::ClaimRecord;
using store_internal::TermRecord;

// Like the transfers of the benchmark's graph; with `words`, like what a person codes: a quote, and a note that is
// cited.
ClaimRecord Transfer(uint32_t number, bool words, Random* random) {
  ClaimRecord claim;
  claim.proposition = PropositionNumber(number);
  claim.document = DocumentNumber(random->Below(5000));
  claim.asserters = {random->Below(500)};
  claim.id_by_content = true;
  claim.rest.recorded = 1'700'000'000'000'000;
  claim.rest.load = 1;
  claim.rest.locator.row = StrCat(number);
  claim.rest.quantity = Quantity::Exactly(random->Below(10'000));
  claim.rest.valid = EdtfTime::Parse(StrCat(1990 + random->Below(36))).value();
  claim.qualifiers = {{"year", {TermRecord::Kind::kLiteral, 0, Value::Integer(1990 + random->Below(36))}}};
  if (words) {
    claim.rest.quote = StrCat("delivered ", random->Below(100), " launchers to the ", random->Below(60), "th brigade");
    claim.rest.hedge = random->Below(3) == 0 ? "appears to" : "";
  }
  return claim;
}

std::string Block(bool words) {
  Random random(1);
  BlockWriter<ClaimRecord> writer;
  for (uint32_t i = 0; i < store_internal::kRecordsInBlock && !writer.full(); ++i) {
    OrDie(writer.Add(Transfer(i, words, &random), "a claim"));
  }
  return writer.Take();
}

void ClaimBlockAll(benchmark::State& state, bool words) {
  const std::string block = Block(words);
  int64_t claims = 0;
  for (auto _ : state) {
    const auto reader = OrDie(BlockReader<ClaimRecord>::Open(block, "a block"));
    for (uint32_t i = 0; i < reader.count(); ++i) benchmark::DoNotOptimize(reader.At(i));
    claims += reader.count();
  }
  state.SetItemsProcessed(claims);
}
BENCHMARK_CAPTURE(ClaimBlockAll, rows, false);
BENCHMARK_CAPTURE(ClaimBlockAll, with_words, true);

// From the bytes to one claim in the middle of them.
void ClaimBlockOne(benchmark::State& state, bool words) {
  const std::string block = Block(words);
  for (auto _ : state) {
    const auto reader = OrDie(BlockReader<ClaimRecord>::Open(block, "a block"));
    benchmark::DoNotOptimize(reader.At(reader.count() / 2));
  }
}
BENCHMARK_CAPTURE(ClaimBlockOne, rows, false);
BENCHMARK_CAPTURE(ClaimBlockOne, with_words, true);

}  // namespace
}  // namespace dossier::bench
