#include "store/store.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "store/error_codes.h"
#include "store/key_codec.h"
#include "store/memory_engine.h"
#include "store/rocks_engine.h"
#include "store/store_impl.h"
#include "store/verify.h"
#include "tests/support/fault_engine.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_world.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Text(const absl::Status& status) { return std::string(ToStd(status.message())); }

class StoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> Create() {
    auto store = Store::Create(db(), Ontology::Open());
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }
  std::unique_ptr<Store> Open(const StoreOptions& options = {}) {
    auto store = Store::Open(db(), options);
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }
  std::string db() const { return folder_.path("db"); }
  static CommitReport Commit(Transaction transaction) {
    auto report = transaction.Commit();
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : CommitReport{};
  }
  static CommitReport AddWorld(Store* store) {
    Transaction transaction = store->Begin();
    AddTinyWorld(&transaction);
    transaction.AddClaim(MakeClaim("c1", "state/a", "ARMED", "state/b"));
    transaction.AddClaim(MakeClaim("c2", "state/a", "ARMED", "state/b", "doc/two"));
    transaction.AddClaim(MakeClaim("", "state/b", "ARMED", "state/a"));
    transaction.AddSource("code");
    return Commit(std::move(transaction));
  }
  static void ExpectSound(Store* store) {
    const VerifyReport report = Verify(store).value();
    EXPECT_THAT(report.problems, ElementsAre());
  }

  const TempFolder folder_;
};

TEST_F(StoreTest, WhatWasCommittedIsThereAfterReopening) {
  {
    const auto store = Create();
    const CommitReport report = AddWorld(store.get());
    EXPECT_EQ(report.load, 1u);
    EXPECT_EQ(report.entities_added, 3u);
    EXPECT_EQ(report.documents_added, 2u);
    EXPECT_EQ(report.propositions_added, 2u);
    EXPECT_EQ(report.claims_added, 3u);
  }
  for (const bool read_only : {true, false}) {
    const auto store = Open({.read_only = read_only});
    EXPECT_TRUE(store->ontology().is_open());
    const Snapshot now = store->snapshot().value();
    EXPECT_EQ(now.sequence(), 1u);
    EXPECT_EQ(now.counts(), (StoreCounts{3, 2, 2, 3, 1}));

    const StoredClaim claim = now.FindClaim("c2").value().value();
    EXPECT_EQ(claim.claim.proposition, MakeClaim("", "state/a", "ARMED", "state/b").proposition);
    EXPECT_THAT(claim.claim.asserters, ElementsAre("org/monitor"));
    EXPECT_EQ(claim.claim.document, "doc/two");
    EXPECT_EQ(claim.claim.locator.section, "Policy");
    EXPECT_EQ(claim.claim.load, 1u);
    EXPECT_GT(claim.claim.recorded, 0);
    EXPECT_EQ(now.FindEntity("state/b").value()->entity.name, "Beland");
    EXPECT_EQ(now.FindDocument("doc/one").value()->document.publisher, "org/monitor");
    EXPECT_EQ(now.FindProposition(claim.claim.proposition).value()->number, claim.proposition);
    EXPECT_FALSE(now.FindEntity("state/c").value().has_value());
    EXPECT_FALSE(now.FindClaim("c9").value().has_value());

    EXPECT_EQ(now.ClaimsOfProposition(claim.proposition).value().size(), 2u);
    EXPECT_THAT(now.ClaimsOfDocument(claim.document).value(), ElementsAre(claim.number));
    EXPECT_EQ(now.GetClaim(claim.number).value().claim.id, "c2");
    EXPECT_EQ(ErrorNumber(now.GetClaim(ClaimId(99)).status()), kNoSuchNumber);
    ExpectSound(store.get());
  }
}

TEST_F(StoreTest, ScansComeInTheOrderOfNumbers) {
  const auto store = Create();
  AddWorld(store.get());
  const Snapshot now = store->snapshot().value();
  std::vector<std::string> seen;
  const auto note = [&](uint32_t number, const std::string& name) {
    seen.push_back(StrCat(number, " ", name));
    return absl::OkStatus();
  };
  EXPECT_TRUE(now.ScanEntities([&](const StoredEntity& e) { return note(e.number.value, e.entity.key); }).ok());
  EXPECT_TRUE(now.ScanDocuments([&](const StoredDocument& d) { return note(d.number.value, d.document.key); }).ok());
  EXPECT_EQ(seen.size(), 5u);
  seen.clear();
  EXPECT_TRUE(now.ScanClaims([&](const StoredClaim& c) { return note(c.number.value, c.claim.id); }).ok());
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].substr(0, 2), "0 ");
  EXPECT_EQ(seen[2].substr(0, 2), "2 ");
  std::vector<LoadRecord> loads;
  EXPECT_TRUE(now.ScanLoads([&](const LoadRecord& load) {
                   loads.push_back(load);
                   return absl::OkStatus();
                 })
                  .ok());
  ASSERT_EQ(loads.size(), 1u);
  EXPECT_THAT(loads[0].sources, ElementsAre("code"));
  EXPECT_EQ(loads[0].after, now.counts());
  const auto stopped = now.ScanClaims([](const StoredClaim&) { return absl::CancelledError("enough"); });
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
}

TEST_F(StoreTest, TheSameAgainAddsNothing) {
  const auto store = Create();
  AddWorld(store.get());
  const CommitReport again = AddWorld(store.get());
  EXPECT_TRUE(again.nothing_new());
  EXPECT_EQ(again.claims_added + again.entities_added + again.entities_updated + again.documents_updated, 0u);
  EXPECT_GE(again.unchanged, 3u);
  EXPECT_EQ(store->snapshot().value().sequence(), 1u);
}

TEST_F(StoreTest, AnotherContentUnderTheSameIdIsRefused) {
  const auto store = Create();
  AddWorld(store.get());
  Transaction transaction = store->Begin();
  Claim claim = MakeClaim("c1", "state/a", "ARMED", "state/b");
  claim.act = Act::kDenies;
  transaction.AddClaim(claim);
  transaction.AddClaim(MakeClaim("c7", "state/a", "ARMED", "state/b"));
  const auto refused = transaction.Commit();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Text(refused.status()), HasSubstr("supersedes"));
  EXPECT_EQ(store->snapshot().value().counts().claims, 3u);

  claim.id = "c1b";
  claim.supersedes = {"c1"};
  transaction.AddClaim(claim);
  EXPECT_EQ(Commit(std::move(transaction)).claims_added, 1u);
  EXPECT_THAT(store->snapshot().value().FindClaim("c1b").value()->claim.supersedes, ElementsAre("c1"));
  ExpectSound(store.get());
}

TEST_F(StoreTest, EntitiesGrowAliasesAndKeepTheirTypes) {
  const auto store = Create();
  AddWorld(store.get());
  Transaction transaction = store->Begin();
  Entity entity = MakeEntity("state/a", "Republic of Aland");
  entity.aliases = {{.text = "Ålandia", .language = "sv"}};
  transaction.AddEntity(entity);
  const CommitReport report = Commit(std::move(transaction));
  EXPECT_EQ(report.entities_updated, 1u);
  EXPECT_EQ(report.load, 2u);
  const Entity there = store->snapshot().value().FindEntity("state/a").value()->entity;
  EXPECT_EQ(there.name, "Republic of Aland");
  std::vector<std::string> names;
  for (const Alias& alias : there.aliases) names.push_back(alias.text);
  EXPECT_THAT(names, testing::UnorderedElementsAre("Aland", "Ålandia"));

  Transaction other = store->Begin();
  other.AddEntity(MakeEntity("state/a", "Aland", "Munition"));
  EXPECT_EQ(other.Commit().status().code(), absl::StatusCode::kInvalidArgument);
  ExpectSound(store.get());
}

TEST_F(StoreTest, ClaimsMayBeAboutClaimsThatComeLater) {
  const auto store = Create();
  Transaction transaction = store->Begin();
  Claim about = MakeClaim("c-about", "state/a", "REJECTS", "state/b");
  about.proposition.object = Term::Claim("c-later");
  transaction.AddClaim(about);
  transaction.AddClaim(MakeClaim("c-later", "state/b", "ARMED", "state/a"));
  AddTinyWorld(&transaction);
  Commit(std::move(transaction));
  EXPECT_EQ(store->snapshot().value().FindClaim("c-about").value()->claim.proposition.object, Term::Claim("c-later"));
  ExpectSound(store.get());
}

TEST_F(StoreTest, ReferencesToNothingAreRefused) {
  const auto store = Create();
  Transaction transaction = store->Begin();
  AddTinyWorld(&transaction);
  transaction.AddClaim(MakeClaim("c1", "state/nowhere", "ARMED", "state/b"));
  EXPECT_EQ(transaction.Commit().status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(store->snapshot().value().counts(), StoreCounts{});
}

TEST_F(StoreTest, SnapshotsStayAsTheyWere) {
  auto store = Create();
  AddWorld(store.get());
  const Snapshot before = store->snapshot().value();
  Transaction transaction = store->Begin();
  transaction.AddClaim(MakeClaim("c8", "state/b", "ARMED", "state/a", "doc/two"));
  Commit(std::move(transaction));
  store.reset();
  EXPECT_EQ(before.counts().claims, 3u);
  EXPECT_FALSE(before.FindClaim("c8").value().has_value());
  EXPECT_TRUE(before.FindClaim("c1").value().has_value());
}

// --- Opening what is not there, not ours, or in use. ---

TEST_F(StoreTest, OpeningSaysWhatIsWrong) {
  EXPECT_EQ(ErrorNumber(Store::Open(db()).status()), kNoStore);
  EXPECT_EQ(Store::Open(db()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ErrorNumber(Store::Open(folder_.Write("file", "x")).status()), kNotAStore);
  folder_.Write("things/a.txt", "x");
  EXPECT_EQ(ErrorNumber(Store::Open(folder_.path("things")).status()), kNotAStore);
  EXPECT_EQ(ErrorNumber(Store::Create(folder_.path("things"), Ontology::Open()).status()), kNotAStore);
  EXPECT_EQ(ErrorNumber(Store::Create(folder_.path("file"), Ontology::Open()).status()), kNotAStore);
  EXPECT_EQ(ErrorNumber(Store::Create(folder_.path("no/such/db"), Ontology::Open()).status()), kNoSuchPath);
  Create();
  EXPECT_EQ(ErrorNumber(Store::Create(db(), Ontology::Open()).status()), kStoreExists);
}

TEST_F(StoreTest, AnotherProgramsDatabaseIsLeftAlone) {
  {
    const auto engine = store_internal::OpenRocksEngine(db(), true, {}).value();
    store_internal::Batch batch;
    batch.Put("theirs", "1");
    ASSERT_TRUE(engine->Write(batch, true).ok());
  }
  EXPECT_EQ(ErrorNumber(Store::Open(db()).status()), kNotAStore);
  EXPECT_EQ(ErrorNumber(Store::Create(db(), Ontology::Open()).status()), kNotAStore);
}

TEST_F(StoreTest, AnInterruptedCreateCanBeRepeated) {
  store_internal::OpenRocksEngine(db(), true, {}).value().reset();
  EXPECT_EQ(ErrorNumber(Store::Open(db()).status()), kNotAStore);
  AddWorld(Create().get());
  EXPECT_EQ(Open()->snapshot().value().counts().claims, 3u);
}

TEST_F(StoreTest, OtherFormatsAreRefusedByName) {
  Create();
  for (const std::string version : {"0", "1", "4000000000"}) {
    {
      const auto engine = store_internal::OpenRocksEngine(db(), false, {}).value();
      store_internal::Batch batch;
      batch.Put(store_internal::FormatKey(), StrCat("format ", version, "\n"));
      ASSERT_TRUE(engine->Write(batch, true).ok());
    }
    const auto store = Store::Open(db());
    EXPECT_EQ(store.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ErrorNumber(store.status()), kStoreFormat);
    EXPECT_THAT(Text(store.status()), HasSubstr(StrCat("format ", version)));
    EXPECT_THAT(Text(store.status()), HasSubstr(StrCat("format ", kStoreFormatVersion)));
  }
}

TEST_F(StoreTest, OneWriterAndManyReaders) {
  const auto writer = Create();
  AddWorld(writer.get());
  const auto second = Store::Open(db());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorNumber(second.status()), kStoreBusy);
  const auto reader = Open({.read_only = true});
  EXPECT_EQ(reader->snapshot().value().counts().claims, 3u);
  Transaction transaction = reader->Begin();
  transaction.AddEntity(MakeEntity("state/z", "Z"));
  const auto refused = transaction.Commit();
  EXPECT_EQ(ErrorNumber(refused.status()), kStoreReadOnly);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
}

// Every reader sees whole loads: twelve records each, in every combination of counts.
TEST_F(StoreTest, ReadersBesideAWriterSeeWholeLoads) {
  const auto writer = Create();
  AddWorld(writer.get());
  std::atomic<bool> done{false};
  std::atomic<int> looks{0};
  const auto look = [&](const Snapshot& now) {
    const StoreCounts& counts = now.counts();
    EXPECT_EQ((counts.claims - 3) % 5, 0u);
    EXPECT_EQ((counts.entities - 3) * 5, counts.claims - 3);
    uint32_t claims = 0;
    EXPECT_TRUE(now.ScanClaims([&](const StoredClaim&) { return ++claims, absl::OkStatus(); }).ok());
    EXPECT_EQ(claims, counts.claims);
    ++looks;
  };
  std::vector<std::thread> readers;
  readers.emplace_back([&] {
    while (!done) look(writer->snapshot().value());
  });
  readers.emplace_back([&] {
    while (!done) {
      const auto store = Store::Open(db(), {.read_only = true});
      ASSERT_TRUE(store.ok()) << store.status();
      look((*store)->snapshot().value());
    }
  });
  for (int load = 0; load < 20; ++load) {
    Transaction transaction = writer->Begin();
    const std::string key = StrCat("state/x", load);
    transaction.AddEntity(MakeEntity(key, StrCat("X", load)));
    for (int i = 0; i < 5; ++i) transaction.AddClaim(MakeClaim(StrCat("x", load, "-", i), key, "ARMED", "state/b"));
    Commit(std::move(transaction));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(looks, 0);
  EXPECT_EQ(writer->snapshot().value().counts().claims, 103u);
  ExpectSound(writer.get());
}

// --- Things that fail below. ---

TEST(StoreFaultTest, AFailedWriteLeavesTheStoreAsItWas) {
  for (const int number : {kDiskFull, kStoreIo, kStoreNotPermitted}) {
    auto faults = std::make_shared<store_internal::Faults>();
    faults->number = number;
    const auto store =
        store_internal::MakeStore(
            std::make_unique<store_internal::FaultEngine>(store_internal::MakeMemoryEngine(), faults), Ontology::Open())
            .value();
    faults->writes_left = 0;
    Transaction transaction = store->Begin();
    AddTinyWorld(&transaction);
    const auto failed = transaction.Commit();
    EXPECT_EQ(ErrorNumber(failed.status()), number);
    EXPECT_EQ(failed.status().code(), store_internal::CodeOf(number));
    EXPECT_EQ(store->snapshot().value().counts(), StoreCounts{});
    faults->writes_left = 1;
    AddTinyWorld(&transaction);
    EXPECT_TRUE(transaction.Commit().ok());
  }
}

// Each read that a commit and a scan make fails once; none is taken for "not there".
TEST(StoreFaultTest, AFailedReadIsNeverTakenForAnAnswer) {
  auto faults = std::make_shared<store_internal::Faults>();
  faults->number = kStoreIo;
  const auto store =
      store_internal::MakeStore(
          std::make_unique<store_internal::FaultEngine>(store_internal::MakeMemoryEngine(), faults), Ontology::Open())
          .value();
  const auto work = [&]() -> absl::Status {
    Transaction transaction = store->Begin();
    AddTinyWorld(&transaction);
    transaction.AddClaim(MakeClaim("c1", "state/a", "ARMED", "state/b"));
    if (const auto report = transaction.Commit(); !report.ok()) return report.status();
    const auto now = store->snapshot();
    if (!now.ok()) return now.status();
    return now->ScanClaims([](const StoredClaim&) { return absl::OkStatus(); });
  };
  ASSERT_TRUE(work().ok());
  faults->reads = 0;
  ASSERT_TRUE(work().ok());
  const int64_t reads = faults->reads;
  ASSERT_GT(reads, 5);
  for (int64_t nth = 0; nth < reads; ++nth) {
    faults->reads_left = nth;
    EXPECT_EQ(ErrorNumber(work()), kStoreIo) << "read " << nth << " of " << reads;
  }
  faults->reads_left = INT64_MAX;
  EXPECT_TRUE(work().ok());
  EXPECT_EQ(store->snapshot().value().sequence(), 1u);
}

// --- Damage. ---

TEST_F(StoreTest, ABrokenByteIsFoundByItsChecksumAndTheFileNamed) {
  {
    const auto store = Create();
    Transaction transaction = store->Begin();
    AddTinyWorld(&transaction);
    for (int i = 0; i < 3000; ++i) {  // enough to leave the log
      Claim claim = MakeClaim(StrCat("c", i), "state/a", "ARMED", "state/b");
      claim.quote = StrCat("quote number ", i * 7919, std::string(100, static_cast<char>('a' + i % 26)));
      transaction.AddClaim(claim);
    }
    Commit(std::move(transaction));
  }
  std::string sst;
  for (const auto& file : std::filesystem::directory_iterator(db())) {
    if (file.path().extension() == ".sst") sst = file.path().string();
  }
  ASSERT_NE(sst, "");
  const std::string whole = TempFolder::Read(sst);
  int found = 0;
  for (size_t at = 100; at < whole.size(); at += whole.size() / 12) {
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0x40);
    folder_.Write(std::filesystem::relative(sst, folder_.path()).string(), broken);
    const auto store = Store::Open(db(), {.read_only = true});
    if (!store.ok()) {
      EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss) << store.status();
      ++found;
      continue;
    }
    const VerifyReport report = Verify(store->get()).value();
    EXPECT_FALSE(report.sound()) << at;
    EXPECT_THAT(report.problems, testing::Contains(HasSubstr(".sst")));
    found += report.sound() ? 0 : 1;
  }
  EXPECT_GE(found, 12);
}

TEST_F(StoreTest, ABrokenLogIsRefusedAndNotCutShort) {
  {
    const auto store = Create();
    AddWorld(store.get());
    for (int i = 0; i < 5; ++i) {
      Transaction transaction = store->Begin();
      transaction.AddClaim(MakeClaim(StrCat("later", i), "state/a", "ARMED", "state/b"));
      Commit(std::move(transaction));
    }
  }
  std::string log;
  for (const auto& file : std::filesystem::directory_iterator(db())) {
    if (file.path().extension() == ".log" && file.file_size() > 0) log = file.path().string();
  }
  ASSERT_NE(log, "");
  std::string bytes = TempFolder::Read(log);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x40);
  folder_.Write(std::filesystem::relative(log, folder_.path()).string(), bytes);
  EXPECT_EQ(Store::Open(db()).status().code(), absl::StatusCode::kDataLoss) << Store::Open(db()).status();
}

// Whatever single entry is lost or changed, verify sees it.
TEST(StoreVerifyTest, EveryLostEntryIsNoticed) {
  using store_internal::Tag;
  auto engine = store_internal::MakeMemoryEngine();
  store_internal::KeyValueEngine* keys = engine.get();
  const auto store = store_internal::MakeStore(std::move(engine), Ontology::Open()).value();
  Transaction transaction = store->Begin();
  AddTinyWorld(&transaction);
  transaction.AddClaim(MakeClaim("c1", "state/a", "ARMED", "state/b"));
  transaction.AddClaim(MakeClaim("c2", "state/b", "ARMED", "state/a"));
  ASSERT_TRUE(transaction.Commit().ok());
  Transaction second = store->Begin();
  second.AddClaim(MakeClaim("c3", "state/b", "ARMED", "state/a"));
  second.AddClaim(MakeClaim("", "state/b", "ALLIED", "state/a"));
  ASSERT_TRUE(second.Commit().ok());
  ASSERT_TRUE(Verify(store.get()).value().sound());

  const auto view = keys->View().value();
  std::set<Tag> tags;
  for (const auto cursor = view->Scan("", false); cursor->Valid(); cursor->Next()) {
    const std::string key(cursor->key()), value(cursor->value());
    const auto tag = static_cast<Tag>(key[0]);
    if (tag == Tag::kFormat || tag == Tag::kOntology || tag == Tag::kCounts) continue;
    tags.insert(tag);
    store_internal::Batch remove, restore;
    remove.Delete(key);
    restore.Put(key, value);
    ASSERT_TRUE(keys->Write(remove, false).ok());
    EXPECT_FALSE(Verify(store.get()).value().sound()) << "tag " << static_cast<int>(tag);
    store_internal::Batch change;
    change.Put(key, value + "x");
    ASSERT_TRUE(keys->Write(change, false).ok());
    EXPECT_FALSE(Verify(store.get()).value().sound()) << "tag " << static_cast<int>(tag);
    ASSERT_TRUE(keys->Write(restore, false).ok());
  }
  EXPECT_EQ(tags.size(), 12u);  // every kind of entry but those passed over and the outcome of a verification
  store_internal::Batch stray;
  stray.Put("\x7F", "");
  ASSERT_TRUE(keys->Write(stray, false).ok());
  EXPECT_FALSE(Verify(store.get()).value().sound());
}

}  // namespace
}  // namespace dossier
