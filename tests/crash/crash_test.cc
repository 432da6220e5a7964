// Kills a process that writes, opens the store again and compares it with what was acknowledged: everything that
// was, at most one commit more, and nothing by halves.
//
// The victim is this program again, started with DOSSIER_CRASH_STORE set. It commits loads of growing number and
// acknowledges each in a file, fsynced, once Commit has come back.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "store/store.h"
#include "store/verify.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_world.h"

namespace dossier {
namespace {

constexpr int kClaimsALoad = 40;
constexpr char kStoreVariable[] = "DOSSIER_CRASH_STORE";

void AddLoad(uint64_t number, Transaction* transaction) {
  if (number == 1) AddTinyWorld(transaction);
  transaction->AddEntity(MakeEntity(StrCat("state/x", number), StrCat("X", number)));
  for (int i = 0; i < kClaimsALoad; ++i) {
    Claim claim = MakeClaim(StrCat("x", number, "-", i), StrCat("state/x", number), "ARMED", "state/b");
    // Long enough that some loads leave the write-ahead log, so that flushes are killed as well.
    claim.quote = std::string(number % 5 == 0 ? 8000 : 80, static_cast<char>('a' + i % 26));
    transaction->AddClaim(claim);
  }
}

int RunVictim(const std::string& folder) {
  const std::string db = folder + "/db";
  const int acknowledged = open((folder + "/acknowledged").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  // So small a buffer that the longer loads do not go through it, but become files that the database takes over.
  const StoreOptions options = {.write_buffer_bytes = size_t{1} << 20};
  auto store = std::filesystem::exists(db + "/CURRENT") ? Store::Open(db, options)
                                                        : Store::Create(db, Ontology::Open(), options);
  if (!store.ok()) store = Store::Create(db, Ontology::Open(), options);  // one that was killed while it was being made
  if (!store.ok()) return 3;
  for (int loads = 0; loads < 30; ++loads) {
    Transaction transaction = (*store)->Begin();
    AddLoad((*store)->snapshot()->sequence() + 1, &transaction);
    const auto report = transaction.Commit();
    if (!report.ok()) return 4;
    if (write(acknowledged, "x", 1) != 1 || fsync(acknowledged) != 0) return 5;
  }
  return 0;
}

// How the victim ended: its exit code, or minus the signal. Killed after `patience` unless it ends first.
int StartVictim(const std::string& folder, const std::string& fail_at, std::chrono::microseconds patience) {
  const pid_t child = fork();
  if (child == 0) {
    setenv(kStoreVariable, folder.c_str(), 1);
    setenv("DOSSIER_FAIL_AT", fail_at.c_str(), 1);
    execl("/proc/self/exe", "crash_test", nullptr);
    _exit(127);
  }
  if (patience.count() > 0) {
    std::this_thread::sleep_for(patience);
    kill(child, SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

uint64_t Acknowledged(const TempFolder& folder) { return TempFolder::Read(folder.path("acknowledged")).size(); }

void ExpectWhatWasAcknowledged(const TempFolder& folder) {
  const uint64_t acknowledged = Acknowledged(folder);
  if (acknowledged == 0 && !Store::Open(folder.path("db")).ok()) return;  // never came to be
  const auto store = Store::Open(folder.path("db"));
  ASSERT_TRUE(store.ok()) << store.status();
  const Snapshot now = (*store)->snapshot().value();
  EXPECT_GE(now.sequence(), acknowledged);
  EXPECT_LE(now.sequence(), acknowledged + 1);
  EXPECT_EQ(now.counts().claims, now.sequence() * kClaimsALoad);
  EXPECT_THAT(Verify(store->get()).value().problems, testing::IsEmpty());
  for (uint64_t load = 1; load <= now.sequence(); ++load) {
    EXPECT_TRUE(now.FindClaim(StrCat("x", load, "-", kClaimsALoad - 1)).value().has_value());
  }
}

TEST(CrashTest, KilledAtNamedPlaces) {
#ifndef DOSSIER_FAIL_POINTS
  GTEST_SKIP() << "built without fail points";
#endif
  for (const std::string at :
       {"create.opened", "create.before_write", "commit.before_write", "commit.before_write:3", "commit.written",
        "commit.written:6", "ingest.written", "ingest.written:3", "ingest.taken", "ingest.taken:4"}) {
    SCOPED_TRACE(at);
    const TempFolder folder;
    EXPECT_EQ(StartVictim(folder.path(), at, std::chrono::microseconds(0)), -SIGKILL);
    ExpectWhatWasAcknowledged(folder);
    const uint64_t before = Acknowledged(folder);
    EXPECT_EQ(StartVictim(folder.path(), "", std::chrono::microseconds(0)), 0);  // and it goes on from there
    // A commit that was killed after its write is there without having been acknowledged.
    const auto store = Store::Open(folder.path("db"), {.read_only = true});
    EXPECT_GE((*store)->snapshot()->sequence(), before + 30);
  }
}

TEST(CrashTest, KilledAtAnyTime) {
  const TempFolder folder;
  uint64_t unacknowledged = 0;
  // On a machine that is busy with other things the victim may not have got far by then: a few more rounds, each with
  // twice the patience.
  constexpr int kRounds = 12;
  for (int round = 0; round < kRounds || (Acknowledged(folder) == 0 && round < 2 * kRounds); ++round) {
    const int patience = round < kRounds ? 5 + 23 * round : 300 << (round - kRounds);
    StartVictim(folder.path(), "", std::chrono::milliseconds(patience));
    const auto store = Store::Open(folder.path("db"));
    if (!store.ok()) {
      EXPECT_EQ(Acknowledged(folder), 0u) << store.status();
      continue;
    }
    const Snapshot now = (*store)->snapshot().value();
    // Each round may leave one commit that was written and not acknowledged any more.
    EXPECT_GE(now.sequence(), Acknowledged(folder) + unacknowledged);
    EXPECT_LE(now.sequence(), Acknowledged(folder) + unacknowledged + 1);
    unacknowledged = now.sequence() - Acknowledged(folder);
    EXPECT_EQ(now.counts().claims, now.sequence() * kClaimsALoad);
    EXPECT_THAT(Verify(store->get()).value().problems, testing::IsEmpty());
  }
  EXPECT_GT(Acknowledged(folder), 0u);
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  if (const char* folder = std::getenv(dossier::kStoreVariable)) return dossier::RunVictim(folder);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
