#include "schema/name_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void Add(NameIndex* index, std::string key, std::string name, const std::vector<std::string>& aliases = {}) {
  Entity entity;
  entity.key = std::move(key);
  entity.types = {"Thing"};
  entity.name = std::move(name);
  for (const std::string& alias : aliases) entity.aliases.push_back({alias, "", "", EdtfTime()});
  index->Add(entity);
}

NameIndex World() {
  NameIndex index;
  Add(&index, "state/cote-divoire", "Côte d’Ivoire", {"Ivory Coast"});
  Add(&index, "state/north-macedonia", "North Macedonia", {"FYR Macedonia"});
  Add(&index, "state/eswatini", "Eswatini", {"Swaziland"});
  Add(&index, "state/israel", "Israel");
  Add(&index, "treaty/ccm", "Convention on Cluster Munitions");
  Add(&index, "munition/rbk-500", "RBK-500");
  Add(&index, "munition/ptab-2.5", "PTAB-2.5");
  Add(&index, "munition/ptab-2.5m", "PTAB-2.5M");
  Add(&index, "person/lavrov", "Сергей Лавров");
  return index;
}

std::string First(std::string_view text) {
  const auto found = SearchNames(World(), text);
  return found.empty() ? "" : found.front().key;
}

TEST(NameSearch, FindsNamesInAnyScriptAndThroughAliases) {
  for (const auto& [text, key] : std::map<std::string, std::string>{{"РБК-500", "munition/rbk-500"},
                                                                    {"Cote d'Ivoire", "state/cote-divoire"},
                                                                    {"FYR Macedonia", "state/north-macedonia"},
                                                                    {"SWAZILAND", "state/eswatini"},
                                                                    {"Sergej Lavrov", "person/lavrov"},
                                                                    {"state/israel", "state/israel"}}) {
    const auto found = SearchNames(World(), text);
    ASSERT_FALSE(found.empty()) << text;
    EXPECT_EQ(found.front(), (FoundEntity{key, 1})) << text;
  }
}

TEST(NameSearch, ForgivesSlipsAndTheOrderOfWords) {
  EXPECT_EQ(First("Swazilnd"), "state/eswatini");
  EXPECT_EQ(First("Isreal"), "state/israel");
  EXPECT_EQ(First("cluster munitions convention"), "treaty/ccm");
  EXPECT_EQ(First("rbk500"), "munition/rbk-500");
  EXPECT_EQ(First("state/isreal"), "state/israel");
  EXPECT_EQ(First("Лавров Сергей"), "person/lavrov");
}

TEST(NameSearch, ScoresWhatIsMeantAboveWhatIsLikeIt) {
  const auto found = SearchNames(World(), "ptab-2.5");
  ASSERT_EQ(found.size(), 2);
  EXPECT_EQ(found[0], (FoundEntity{"munition/ptab-2.5", 1}));
  EXPECT_EQ(found[1].key, "munition/ptab-2.5m");
  EXPECT_LT(found[1].score, 1);
  EXPECT_GT(found[1].score, 0.8);
}

TEST(NameSearch, LooksWhereItIsTold) {
  NameSearchOptions options;
  options.is_meant = [](std::string_view key) { return key.substr(0, 9) == "munition/"; };
  options.limit = 1;
  const auto found = SearchNames(World(), "ptab", options);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].key, "munition/ptab-2.5");
  EXPECT_THAT(SearchNames(World(), "xyzzy"), IsEmpty());
  EXPECT_THAT(SearchNames(World(), ""), IsEmpty());
  EXPECT_THAT(SearchNames(World(), "--"), IsEmpty());
  EXPECT_THAT(SearchNames(NameIndex(), "x"), IsEmpty());
}

TEST(NameSimilarity, IsAsDocumented) {
  EXPECT_EQ(NameSimilarity("Rusia", "russia"), 1 - 1.0 / 6);
  EXPECT_EQ(NameSimilarity("a b", "b a"), 0.99);  // the same trigrams, another text
  EXPECT_EQ(NameSimilarity("РБК", "rbk"), 1);
  EXPECT_EQ(NameSimilarity("", ""), 0);
}

// --- Against the definitions, followed to the letter. ---

using Word = std::u32string;

std::set<Word> NaiveTrigrams(const std::string& folded) {
  std::set<Word> all;
  Word word = U"  ";
  const auto end = [&] {
    if (word.size() > 2) {
      word += U' ';
      for (size_t i = 0; i + 3 <= word.size(); ++i) all.insert(word.substr(i, 3));
    }
    word = U"  ";
  };
  for (const char c : folded) {
    if (c == ' ') {
      end();
    } else {
      word += static_cast<char32_t>(static_cast<unsigned char>(c));
    }
  }
  end();
  return all;
}

double NaiveDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return static_cast<double>(d[a.size()][b.size()]);
}

double NaiveSimilarity(const std::string& a, const std::string& b) {
  const std::string x = FoldName(a), y = FoldName(b);
  if (x.empty() || y.empty()) return 0;
  if (x == y) return 1;
  const std::set<Word> of_x = NaiveTrigrams(x), of_y = NaiveTrigrams(y);
  double shared = 0;
  for (const Word& trigram : of_x) shared += of_y.contains(trigram) ? 1 : 0;
  const double dice = 2 * shared / static_cast<double>(of_x.size() + of_y.size());
  const double edits = 1 - NaiveDistance(x, y) / static_cast<double>(std::max(x.size(), y.size()));
  return std::max(std::min(dice, 0.99), edits);
}

TEST(NameSearch, AgreesWithTheDefinitionsOnGeneratedNames) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const auto name = [&] {
      std::string text;
      const size_t length = 1 + random() % 12;
      for (size_t i = 0; i < length; ++i) text += "abcAB -2.'"[random() % 10];
      return text;
    };
    NameIndex index;
    std::map<std::string, std::vector<std::string>> names;
    for (int i = 0; i < 40; ++i) {
      const std::string key = "k/" + std::to_string(i);
      names[key] = {name(), name(), std::to_string(i)};
      Add(&index, key, names[key][0], {names[key][1]});
    }
    const std::string text = name();
    std::vector<FoundEntity> expected;
    for (const auto& [key, of_key] : names) {
      double best = 0;
      for (const std::string& one : of_key) best = std::max(best, NaiveSimilarity(text, one));
      if (best >= kLeastNameScore) expected.push_back({key, best});
    }
    std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    NameSearchOptions all;
    all.limit = names.size();
    const auto found = SearchNames(index, text, all);
    ASSERT_EQ(found.size(), expected.size()) << text;
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].key, expected[i].key) << text;
      EXPECT_DOUBLE_EQ(found[i].score, expected[i].score) << text << " " << found[i].key;
    }
  }
}

}  // namespace
}  // namespace dossier
