// Ten kinds of bad row, drawn by mutation from the good files of the shipped data set: each is named with its file,
// its line and its number, nothing else is, and the reasons say what would be right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "graph/base/text.h"
#include "schema/csv_reader.h"
#include "schema/error_codes.h"
#include "schema/ontology_reader.h"
#include "schema/validator.h"
#include "tests/unit/schema/data_files.h"

namespace dossier {
namespace {

constexpr uint32_t kSeed = 20170804;
constexpr int kRounds = 8;

struct Place {
  std::string file;
  int line;
  int number;
  friend auto operator<=>(const Place&, const Place&) = default;
};
std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.file << ":" << place.line << " E" << place.number;
}

std::string Quoted(std::string_view cell) {
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// A CSV file taken apart into rows of cells, each on one line of its own when put together again.
class Table {
 public:
  explicit Table(const ClaimFile& file) : name_(file.name) {
    CsvReader reader(file.text, size_t{1} << 20);
    CsvRow row;
    CsvProblem problem;
    while (reader.Next(&row, &problem) == CsvReader::Result::kRow) {
      std::vector<std::string> cells;
      for (const CsvCell& cell : row.cells) {
        cells.emplace_back(cell.text);
        std::replace(cells.back().begin(), cells.back().end(), '\n', ' ');
      }
      if (header_.empty()) {
        header_ = std::move(cells);
      } else {
        rows_.push_back(std::move(cells));
      }
    }
  }
  const std::string& name() const { return name_; }
  size_t size() const { return rows_.size(); }
  bool Has(std::string_view column) const { return std::find(header_.begin(), header_.end(), column) != header_.end(); }
  std::string& Cell(size_t row, std::string_view column) {
    return rows_[row][static_cast<size_t>(std::find(header_.begin(), header_.end(), column) - header_.begin())];
  }
  void Append(const std::map<std::string, std::string>& cells) {
    std::vector<std::string> row;
    for (const std::string& column : header_) row.push_back(cells.contains(column) ? cells.at(column) : "");
    rows_.push_back(std::move(row));
  }
  // What is written into this row instead of its cells.
  void Break(size_t row, std::string line) { broken_[row] = std::move(line); }
  std::string Line(size_t row) const {
    std::string line;
    for (const std::string& cell : rows_[row]) line += StrCat(line.empty() ? "" : ",", Quoted(cell));
    return line;
  }
  ClaimFile File() const {
    std::string text = Join(header_, ",") + "\n";
    for (size_t row = 0; row < rows_.size(); ++row) {
      const auto broken = broken_.find(row);
      text += (broken != broken_.end() ? broken->second : Line(row)) + "\n";
    }
    return {name_, text};
  }
  static int LineOf(size_t row) { return static_cast<int>(row) + 2; }

 private:
  std::string name_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::map<size_t, std::string> broken_;
};

class Mutator {
 public:
  Mutator(uint32_t seed, const Ontology& ontology) : random_(seed), ontology_(ontology) {
    for (const ClaimFile& file : ReadDataFiles()) {
      tables_.emplace_back(file);
      for (size_t at = file.text.find("claim:"); at != std::string::npos; at = file.text.find("claim:", at + 1)) {
        const size_t begin = at + 6;
        referred_to_.insert(file.text.substr(begin, file.text.find_first_of(",;\"\n", begin) - begin));
      }
    }
  }

  void MutateAll() {
    Table& entities = First("entities");
    entities.Append({{"key", "test/one"}, {"type", "Topic"}, {"name", "One"}, {"aliases", "Zubrowka"}});
    entities.Append({{"key", "test/two"}, {"type", "Topic"}, {"name", "Two"}, {"aliases", "Zubrowka"}});

    MutateClaim(kUnknownRelation, "relation", [](Table& t, size_t row) { t.Cell(row, "relation") += "S_NOT"; });
    // An entity of which the ontology says that it cannot be there; not where a relation takes anything.
    MutateClaim(
        kWrongType, "subject", [](Table& t, size_t row) { t.Cell(row, "subject") = "test/one"; },
        [this](Table& t, size_t row) {
          const Relation* relation = ontology_.FindRelation(t.Cell(row, "relation"));
          return relation != nullptr && !relation->subject.empty() && !ontology_.Admits(relation->subject, {"Topic"});
        });
    MutateClaim(kNoSource, "document", [](Table& t, size_t row) { t.Cell(row, "document").clear(); });
    MutateClaim(kBadDate, "valid", [](Table& t, size_t row) { t.Cell(row, "valid") = "30/09/2015"; });
    MutateClaim(kAmbiguousName, "subject", [](Table& t, size_t row) { t.Cell(row, "subject") = "zubrowka"; });
    MutateClaim(kBadQuantity, "quantity", [](Table& t, size_t row) { t.Cell(row, "quantity") = "fourty"; });
    MutateClaim(kBrokenQuoting, "quote", [](Table& t, size_t row) {
      std::string line = t.Line(row);
      line.erase(line.size() - 1);
      t.Break(row, line);
    });
    MutateClaim(kNotUtf8, "quote", [](Table& t, size_t row) { t.Cell(row, "quote") += "caf\xE9"; });
    MutateClaim(kCellTooLong, "note",
                [](Table& t, size_t row) { t.Cell(row, "note") = std::string((1 << 20) + 1, 'x'); });
    const size_t row = Pick(entities.size());
    std::string key = entities.Cell(row, "key"), name = entities.Cell(row, "name");
    entities.Append(
        {{"key", key}, {"type", entities.Cell(row, "type") == "Topic" ? "Event" : "Topic"}, {"name", name}});
    expected_.insert({entities.name(), Table::LineOf(entities.size() - 1), kKeyWithOtherType});
  }

  std::vector<ClaimFile> Files() const {
    std::vector<ClaimFile> files;
    for (const Table& table : tables_) files.push_back(table.File());
    return files;
  }
  const std::set<Place>& expected() const { return expected_; }

 private:
  // Numbers by which the validator reports them; a bad quantity is said by another number than the one of graph/.
  static constexpr int kBadQuantity = kBadQuantityCell;

  size_t Pick(size_t size) { return std::uniform_int_distribution<size_t>(0, size - 1)(random_); }
  Table& First(std::string_view kind) {
    return *std::find_if(tables_.begin(), tables_.end(), [kind](const Table& t) { return t.name().starts_with(kind); });
  }
  template <typename Change>
  void MutateClaim(int number, std::string_view column, Change change) {
    MutateClaim(number, column, change, [](Table&, size_t) { return true; });
  }
  template <typename Change, typename Suits>
  void MutateClaim(int number, std::string_view column, Change change, Suits suits) {
    for (;;) {
      Table& table = tables_[Pick(tables_.size())];
      if (!table.name().starts_with("claims") || !table.Has(column)) continue;
      const size_t row = Pick(table.size());
      // What refers to a bad row is bad as well, and would be reported too.
      if (table.Has("id") && referred_to_.contains(table.Cell(row, "id"))) continue;
      if (!suits(table, row) || !touched_.insert({table.name(), row}).second) continue;
      change(table, row);
      expected_.insert({table.name(), Table::LineOf(row), number});
      return;
    }
  }

  std::mt19937 random_;
  const Ontology& ontology_;
  std::vector<Table> tables_;
  std::set<std::string> referred_to_;  // ids of claims
  std::set<std::pair<std::string, size_t>> touched_;
  std::set<Place> expected_;
};

TEST(BadRows, AllTenKindsAreNamedWithPlaceAndFix) {
  const auto ontology = ReadOntology(ReadWholeFile(DataFolder() / "ontology.toml"));
  ASSERT_TRUE(ontology.ok()) << ontology.status();
  const EmptyCatalog empty;
  for (int round = 0; round < kRounds; ++round) {
    const uint32_t seed = kSeed + static_cast<uint32_t>(round);
    SCOPED_TRACE(StrCat("seed ", seed));
    Mutator mutator(seed, *ontology);
    mutator.MutateAll();
    const auto result = Validator(&*ontology, &empty).ValidateFiles(mutator.Files());
    ASSERT_TRUE(result.ok()) << result.status();
    std::set<Place> found;
    for (const Diagnostic& violation : result->violations) {
      found.insert({violation.file, violation.place.begin.line, violation.number});
      EXPECT_GT(violation.place.begin.column, 0) << violation.ToString();
      EXPECT_FALSE(violation.rule.empty()) << violation.ToString();
      EXPECT_FALSE(violation.hint.empty()) << violation.ToString();
    }
    EXPECT_EQ(mutator.expected().size(), 10u);
    EXPECT_THAT(found, ::testing::ContainerEq(mutator.expected()));
    EXPECT_FALSE(result->status().ok());
  }
}

// All that a validation says: what is wrong, what was left out and why, and what is good, in their order.
std::vector<std::string> Outcome(const LoadResult& result) {
  std::vector<std::string> lines;
  for (const Diagnostic& violation : result.violations) lines.push_back(violation.ToString());
  for (const RejectedRow& row : result.rejected) {
    lines.push_back(StrCat(row.file, ":", row.place.begin.line, ":", row.place.end.column, ": ", row.text));
    for (const size_t reason : row.reasons) lines.push_back(StrCat("because of ", reason));
  }
  for (const ValidatedClaim& claim : result.load.claims) {
    lines.push_back(StrCat(claim.claim().id, " ", ContentIdOf(claim.claim())));
    EXPECT_EQ(claim.id_by_content(), claim.claim().id == ContentIdOf(claim.claim()));
    EXPECT_EQ(claim.proposition_hash(), claim.claim().proposition.Hash());
  }
  lines.push_back(StrCat(result.load.documents.size(), " ", result.load.entities.size(), " ", result.load.unchanged));
  return lines;
}

TEST(BadRows, AnyNumberOfThreadsSaysTheSame) {
  const auto ontology = ReadOntology(ReadWholeFile(DataFolder() / "ontology.toml"));
  ASSERT_TRUE(ontology.ok()) << ontology.status();
  const EmptyCatalog empty;
  for (int round = 0; round < kRounds; ++round) {
    Mutator mutator(kSeed + static_cast<uint32_t>(round), *ontology);
    mutator.MutateAll();
    const std::vector<ClaimFile> files = round == 0 ? ReadDataFiles() : mutator.Files();
    const auto outcome = [&](unsigned threads, size_t rows) {
      Validator::Options options;
      options.threads = threads;
      options.rows_at_once = rows;
      const auto result = Validator(&*ontology, &empty, options).ValidateFiles(files);
      EXPECT_TRUE(result.ok()) << result.status();
      return Outcome(*result);
    };
    const std::vector<std::string> alone = outcome(1, size_t{1} << 40);
    EXPECT_GT(alone.size(), 1000u);
    for (const auto& [threads, rows] : {std::pair(1u, size_t{1}), {2u, size_t{7}}, {3u, size_t{50}}, {8u, size_t{3}}}) {
      EXPECT_EQ(outcome(threads, rows), alone) << threads << " threads, " << rows << " rows";
    }
  }
}

}  // namespace
}  // namespace dossier
