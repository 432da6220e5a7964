#include "graph/base/run_all.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/cleanup/cleanup.h"

namespace dossier {
namespace {

constexpr unsigned kMostThreads = 4;  // each task takes memory of its own

}  // namespace

void RunAll(Tasks tasks) {
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < tasks.size(); i = next++) std::exchange(tasks[i], nullptr)();
  };
  std::vector<std::thread> helpers;
  const absl::Cleanup joined = [&] {
    for (std::thread& helper : helpers) helper.join();
  };
  const size_t threads = std::min<size_t>({std::thread::hardware_concurrency(), kMostThreads, tasks.size()});
  helpers.reserve(threads);
  try {
    while (helpers.size() + 1 < threads) helpers.emplace_back(work);
  } catch (const std::system_error&) {
    // The system gives no more threads. Those that there are do.
  }
  work();
}

}  // namespace dossier
