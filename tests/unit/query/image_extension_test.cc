// A store that grew after its image was written answers as if its image had been built anew.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "query/session.h"
#include "store/image_loader.h"
#include "store/loader.h"
#include "store/store.h"
#include "tests/support/image_for_tests.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/query/image_questions.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// All that a store holds, to be committed bit by bit to another one.
struct World {
  std::vector<Claim> claims;
  absl::flat_hash_map<std::string, Entity> entities;
  absl::flat_hash_map<std::string, Document> documents;

  explicit World(const Snapshot& snapshot) {
    EXPECT_TRUE(snapshot
                    .ScanClaims([this](const StoredClaim& stored) {
                      claims.push_back(stored.claim);
                      return absl::OkStatus();
                    })
                    .ok());
    EXPECT_TRUE(snapshot
                    .ScanEntities([this](const StoredEntity& stored) {
                      entities[stored.entity.key] = stored.entity;
                      return absl::OkStatus();
                    })
                    .ok());
    EXPECT_TRUE(snapshot
                    .ScanDocuments([this](const StoredDocument& stored) {
                      documents[stored.document.key] = stored.document;
                      return absl::OkStatus();
                    })
                    .ok());
  }
};

// Commits claims together with the entities and documents that they are the first to need.
class Grower {
 public:
  Grower(const World* world, std::mt19937* random) : world_(*world), random_(*random) {}

  void Grow(Store* store, size_t claims) {
    Transaction transaction = store->Begin();
    for (; claims > 0 && next_ < world_.claims.size(); --claims) {
      const Claim& claim = world_.claims[next_++];
      AddWhatItNeeds(claim, &transaction);
      transaction.AddClaim(claim);
      committed_.push_back(claim);
      if (random_() % 4 == 0) transaction.AddClaim(AboutAnEarlierOne());
    }
    if (random_() % 2 == 0) transaction.AddEntity(AnEarlierOneRenamed());
    const auto report = transaction.Commit();
    ASSERT_TRUE(report.ok()) << report.status();
  }

 private:
  // Says an earlier claim's proposition once more: denied, retracted by the one who said it, or in its place.
  Claim AboutAnEarlierOne() {
    Claim claim = committed_[random_() % committed_.size()];
    const std::string old = claim.id;
    claim.id = StrCat("again-", ++again_);
    switch (random_() % 4) {
      case 0:
        claim.act = Act::kDenies;
        break;
      case 1:
        claim.act = Act::kRetracts;
        break;
      case 2:
        claim.supersedes = {old};
        break;
      default:
        claim.certainty = Certainty::kPossible;
    }
    return claim;
  }
  Entity AnEarlierOneRenamed() {
    Entity entity = world_.entities.at(*std::next(there_.begin(), static_cast<ptrdiff_t>(random_() % there_.size())));
    entity.name = StrCat("Renamed ", ++again_);
    entity.description = StrCat("as it was called ", again_);
    return entity;
  }

  void AddWhatItNeeds(const Claim& claim, Transaction* transaction) {
    Need(claim.proposition.subject, transaction);
    Need(claim.proposition.object, transaction);
    for (const auto* qualifiers : {&claim.qualifiers, &claim.proposition.identifying}) {
      for (const Qualifier& qualifier : *qualifiers) Need(qualifier.value, transaction);
    }
    for (const std::string& key : claim.asserters) NeedKey(key, transaction);
    for (const std::string& key : claim.cites.documents) NeedKey(key, transaction);
    NeedKey(claim.statement, transaction);
    NeedKey(claim.document, transaction);
  }
  void Need(const Term& term, Transaction* transaction) {
    if (term.kind == Term::Kind::kEntity) NeedKey(term.key, transaction);
  }
  void NeedKey(const std::string& key, Transaction* transaction) {
    if (key.empty()) return;
    if (const auto entity = world_.entities.find(key); entity != world_.entities.end()) {
      if (!there_.insert(key).second) return;
      for (const Alias& alias : entity->second.aliases) NeedKey(alias.document, transaction);
      transaction->AddEntity(entity->second);
      return;
    }
    const auto document = world_.documents.find(key);
    if (document == world_.documents.end() || !documents_.insert(key).second) return;
    NeedKey(document->second.publisher, transaction);
    NeedKey(document->second.part_of, transaction);
    transaction->AddDocument(document->second);
  }

  const World& world_;
  std::mt19937& random_;
  size_t next_ = 0;
  int again_ = 0;
  std::vector<Claim> committed_;
  std::set<std::string> there_, documents_;  // keys of entities, of documents
};

bool IsMapped(const std::string& path) {
  std::ifstream maps("/proc/self/maps");
  const std::string text(std::istreambuf_iterator<char>(maps), {});
  return text.find(path + "/image/") != std::string::npos;
}

std::string Asked(const std::string& path, bool use_image) {
  const auto store = Store::Open(path, {.read_only = true, .use_image = use_image});
  EXPECT_TRUE(store.ok());
  const auto session = Session::Open(**store);
  EXPECT_TRUE(session.ok());
  EXPECT_EQ(IsMapped(path), use_image);
  return Printed(**session);
}

// Where the file is damaged it may be of no use.
std::string AskedWithDamage(const std::string& path) {
  const auto store = Store::Open(path, {.read_only = true});
  const auto session = Session::Open(**store);
  EXPECT_TRUE(session.ok());
  return Printed(**session);
}

std::string ImagePath(const std::string& path) {
  for (const auto& entry : fs::directory_iterator(fs::path(path) / "image")) return entry.path().string();
  return "";
}

TEST(ImageExtensionTest, AnswersAsIfBuiltAnew) {
  const TempFolder folder;
  const auto source = OpenOrCreateForLoad(folder.path() + "all", {DOSSIER_DATA_DIR "/russia-2017"});
  ASSERT_TRUE(source.ok()) << source.status();
  ASSERT_TRUE(LoadFiles(source->get(), {DOSSIER_DATA_DIR "/russia-2017"}).ok());
  const World world(*(*source)->snapshot());
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(StrCat("seed ", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 4; ++round) {
    const std::string path = folder.path() + StrCat("db", round);
    Grower grower(&world, &random);
    const auto grow = [&](size_t claims) {
      const auto store = Store::Open(path);
      ASSERT_TRUE(store.ok()) << store.status();
      grower.Grow(store->get(), claims);
    };
    ASSERT_TRUE(Store::Create(path, (*source)->ontology()).ok());
    grow(200 + random() % 800);
    ASSERT_TRUE(WriteImage(**Store::Open(path, {.read_only = true})).ok());
    for (int load = 0; load < 3; ++load) {
      grow(1 + random() % 100);
      const std::string expected = Asked(path, /*use_image=*/false);
      EXPECT_EQ(Asked(path, /*use_image=*/true), expected);
      // Damage under what was added is no worse than damage elsewhere.
      const std::string image = ImagePath(path);
      fs::copy_file(image, path + "/whole", fs::copy_options::overwrite_existing);
      DamageImageFile(image);
      EXPECT_EQ(AskedWithDamage(path), expected);
      fs::copy_file(path + "/whole", image, fs::copy_options::overwrite_existing);
    }
  }
}

TEST(ImageExtensionTest, AnEmptyStoreGrows) {
  const TempFolder folder;
  const auto source = OpenOrCreateForLoad(folder.path() + "all", {DOSSIER_DATA_DIR "/russia-2017"});
  ASSERT_TRUE(LoadFiles(source->get(), {DOSSIER_DATA_DIR "/russia-2017"}).ok());
  const World world(*(*source)->snapshot());
  std::mt19937 random(7);
  Grower grower(&world, &random);
  const std::string path = folder.path() + "db";
  {
    const auto store = Store::Create(path, (*source)->ontology());
    ASSERT_TRUE(WriteImage(**store).ok());
    grower.Grow(store->get(), 40);
  }
  EXPECT_EQ(Asked(path, /*use_image=*/true), Asked(path, /*use_image=*/false));
}

}  // namespace
}  // namespace dossier
