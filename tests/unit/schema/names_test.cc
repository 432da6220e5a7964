#include "schema/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Entity Named(std::string key, std::string name, std::vector<Alias> aliases = {}) {
  Entity entity;
  entity.key = std::move(key);
  entity.types = {"Thing"};
  entity.name = std::move(name);
  entity.aliases = std::move(aliases);
  return entity;
}

EdtfTime Time(std::string_view text) { return *EdtfTime::Parse(text); }

std::vector<std::string> Keys(const NameIndex& index, std::string_view text, const NameContext& context = {}) {
  std::vector<std::string> keys;
  for (const NameMatch& match : index.Resolve(text, context)) keys.push_back(match.key);
  return keys;
}

TEST(FoldName, MakesOneOfWhatReadersTakeForOne) {
  EXPECT_EQ(FoldName("Côte d’Ivoire"), "cote d'ivoire");
  EXPECT_EQ(FoldName("  Cote\td'Ivoire "), "cote d'ivoire");
  EXPECT_EQ(FoldName("RBK–500"), FoldName("rbk-500"));
  EXPECT_EQ(FoldName("RBK 500"), FoldName("RBK-500"));
  EXPECT_EQ(FoldName("U.S."), "us");
  EXPECT_EQ(FoldName("Macedonia, FYR"), FoldName("Macedonia FYR"));
  EXPECT_EQ(FoldName("Korea (North)"), FoldName("“Korea” North"));
  EXPECT_EQ(FoldName("ﬁnd"), "find");
  EXPECT_EQ(FoldName("STRASSE"), FoldName("Straße"));
  EXPECT_EQ(FoldName("РБК-500"), "рбк 500");
  EXPECT_EQ(FoldName(""), "");
  EXPECT_EQ(FoldName("--"), "");
}

TEST(FoldName, KeepsApartWhatDiffers) {
  EXPECT_NE(FoldName("PTAB-2.5"), FoldName("PTAB-2.5M"));
  EXPECT_NE(FoldName("PTAB-2.5"), FoldName("PTAB-25"));
  EXPECT_NE(FoldName("9M55K"), FoldName("9M55K1"));
  EXPECT_NE(FoldName("AO-2.5RT"), FoldName("AO-2.5RTM"));
}

TEST(FoldName, AsciiAndUnicodeAgree) {
  // The second text goes the slow way, because of a mark that folding drops.
  for (const std::string text : {"A-B c.D (e) 2.5. 'x' \"y\" _z_", "U.S.A.", "1.", ".1", "a . b"}) {
    EXPECT_EQ(FoldName(text), FoldName(text + "\u0301")) << text;
  }
}

TEST(NameIndex, FindsByKeyThenByName) {
  NameIndex index;
  index.Add(Named("state/russia", "Russia", {{"Russian Federation", "en", "", {}}}));
  index.Add(Named("ship/x", "state/russia"));
  EXPECT_THAT(index.Resolve("state/russia"), ElementsAre(NameMatch{"state/russia", NameReading::kKey}));
  EXPECT_THAT(index.Resolve("RUSSIAN  federation"), ElementsAre(NameMatch{"state/russia", NameReading::kFolded}));
  EXPECT_THAT(Keys(index, "Russ"), IsEmpty());
  EXPECT_THAT(Keys(index, ""), IsEmpty());
  EXPECT_EQ(index.NameOf("state/russia"), "Russia");
  EXPECT_EQ(index.NameOf("state/other"), "state/other");
}

TEST(NameIndex, ListsAllThatANameMayMean) {
  NameIndex index;
  index.Add(Named("state/south-korea", "Republic of Korea", {{"Korea", "", "", {}}}));
  index.Add(Named("state/north-korea", "DPRK", {{"Korea", "", "", {}}, {"KOREA", "", "", {}}}));
  EXPECT_THAT(Keys(index, "korea"), ElementsAre("state/north-korea", "state/south-korea"));
}

TEST(NameIndex, ReadsAcrossScripts) {
  NameIndex index;
  index.Add(Named("munition/rbk-500", "RBK-500"));
  index.Add(Named("munition/ptab-2.5", "ПТАБ-2.5"));
  index.Add(Named("munition/ptab-2.5m", "ПТАБ-2.5М"));
  EXPECT_THAT(index.Resolve("РБК-500"), ElementsAre(NameMatch{"munition/rbk-500", NameReading::kTransliterated}));
  EXPECT_THAT(Keys(index, "PTAB-2.5"), ElementsAre("munition/ptab-2.5"));
  EXPECT_THAT(Keys(index, "ptab 2.5m"), ElementsAre("munition/ptab-2.5m"));
  EXPECT_THAT(Keys(index, "ПТАБ-2.5М"), ElementsAre("munition/ptab-2.5m"));
}

TEST(NameIndex, AliasesOfADocumentCountInItAlone) {
  NameIndex index;
  index.Add(Named("treaty/ccm", "Convention on Cluster Munitions", {{"the Convention", "", "doc/a", {}}}));
  index.Add(Named("treaty/ccw", "Convention on Conventional Weapons", {{"the Convention", "", "doc/b", {}}}));
  index.Add(Named("treaty/any", "The Convention"));
  EXPECT_THAT(Keys(index, "the Convention", {"doc/a", {}}), ElementsAre("treaty/ccm"));
  EXPECT_THAT(Keys(index, "the Convention", {"doc/b", {}}), ElementsAre("treaty/ccw"));
  EXPECT_THAT(Keys(index, "the Convention", {"doc/c", {}}), ElementsAre("treaty/any"));
  EXPECT_THAT(Keys(index, "the Convention"), ElementsAre("treaty/any", "treaty/ccm", "treaty/ccw"));
}

TEST(NameIndex, AliasesOfATimeCountInItAlone) {
  NameIndex index;
  index.Add(Named("state/eswatini", "Eswatini", {{"Swaziland", "", "", Time("../2018-04-19")}}));
  EXPECT_THAT(Keys(index, "Swaziland", {"", Time("2015").throughout()}), ElementsAre("state/eswatini"));
  EXPECT_THAT(Keys(index, "Swaziland", {"", Time("2019").throughout()}), IsEmpty());
  EXPECT_THAT(Keys(index, "Swaziland"), ElementsAre("state/eswatini"));
}

TEST(NameIndex, SuggestsWhatIsSpeltAlmostAlike) {
  NameIndex index;
  index.Add(Named("state/russia", "Russia"));
  index.Add(Named("state/rwanda", "Rwanda"));
  index.Add(Named("state/peru", "Peru", {{"Перу", "", "", {}}}));
  EXPECT_THAT(index.Suggest("state/rusia", 1), ElementsAre("state/russia"));
  EXPECT_THAT(index.Suggest("Rusia"), ElementsAre("state/russia"));
  EXPECT_THAT(index.Suggest("Xyzzy"), IsEmpty());
}

}  // namespace
}  // namespace dossier
