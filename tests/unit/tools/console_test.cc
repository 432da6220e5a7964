// Where output goes, what becomes of it when it cannot, and what the caller is told.
#include "tools/console.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "absl/status/status.h"
#include "graph/base/diagnostic.h"
#include "gtest/gtest.h"
#include "store/error_codes.h"
#include "tools/error_codes.h"
#include "tools/exit_code.h"
#include "tools/files.h"

namespace dossier {
namespace {

TEST(Console, OrdersOutputBeforeMessages) {
  FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  const int descriptor = fileno(file);
  {
    Console console(descriptor, descriptor);
    console.Out("one ");
    console.Err("two ");
    console.Out("three");
    console.Progress("no terminal, no progress");
    EXPECT_TRUE(console.Finish().ok());
    EXPECT_FALSE(console.closed());
  }
  char text[64] = {};
  EXPECT_EQ(pread(descriptor, text, sizeof(text), 0), 13);
  EXPECT_STREQ(text, "one two three");
  std::fclose(file);
}

TEST(Console, AReaderThatGoesAwayIsNoError) {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  Console console(ends[1], STDERR_FILENO);
  console.Out(std::string(size_t{1} << 17, 'x'));
  EXPECT_TRUE(console.closed());
  console.Out("more");
  EXPECT_TRUE(console.Finish().ok());
  close(ends[1]);
}

TEST(Console, AFullDiskIsOne) {
  const int full = open("/dev/full", O_WRONLY);
  if (full < 0) GTEST_SKIP() << "no /dev/full here";
  Console console(full, STDERR_FILENO);
  console.Out("text");
  const absl::Status status = console.Finish();
  EXPECT_EQ(ErrorNumber(status), kFileNotWritten);
  close(full);
}

TEST(Console, ColumnsWin) {
  setenv("COLUMNS", "33", 1);
  EXPECT_EQ(Console(STDOUT_FILENO, STDERR_FILENO).width(), 33U);
  setenv("COLUMNS", "3", 1);
  EXPECT_EQ(Console(STDOUT_FILENO, STDERR_FILENO).width(), 20U) << "narrower is of no use";
  setenv("COLUMNS", "wide", 1);
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_EQ(Console(ends[1], STDERR_FILENO).width(), Console::kUnlimited);
  unsetenv("COLUMNS");
}

TEST(ExitCode, TellsTheStoreFromTheQuestion) {
  const auto code = [](absl::StatusCode status, int number) {
    return ExitCodeOf(ToStatus(status, Diagnostic{.number = number, .cause = "x"}));
  };
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kDone);
  EXPECT_EQ(code(absl::StatusCode::kNotFound, kNoStore), ExitCode::kWrong);
  EXPECT_EQ(code(absl::StatusCode::kInvalidArgument, 5001), ExitCode::kWrong);
  EXPECT_EQ(code(absl::StatusCode::kUnavailable, kStoreBusy), ExitCode::kStore);
  EXPECT_EQ(code(absl::StatusCode::kDataLoss, kStoreDamaged), ExitCode::kStore);
  EXPECT_EQ(code(absl::StatusCode::kFailedPrecondition, kStoreFormat), ExitCode::kStore);
  EXPECT_EQ(code(absl::StatusCode::kResourceExhausted, kDiskFull), ExitCode::kStore);
  EXPECT_EQ(code(absl::StatusCode::kDeadlineExceeded, 7091), ExitCode::kWrong);
  EXPECT_EQ(code(absl::StatusCode::kCancelled, 7090), ExitCode::kInterrupted);
}

TEST(Files, AreReadAndReplacedWhole) {
  const std::string path = testing::TempDir() + "/dossier_files_test";
  ASSERT_TRUE(WriteWholeFile(path, "one").ok());
  ASSERT_TRUE(WriteWholeFile(path, "two").ok());
  EXPECT_EQ(*ReadWholeFile(path), "two");
  std::remove(path.c_str());
  EXPECT_EQ(ErrorNumber(ReadWholeFile(path).status()), kFileNotRead);
  EXPECT_EQ(ErrorNumber(ReadWholeFile(testing::TempDir()).status()), kFileNotRead);
  EXPECT_EQ(ErrorNumber(WriteWholeFile("/no/such/folder/x", "y")), kFileNotWritten);
}

}  // namespace
}  // namespace dossier
