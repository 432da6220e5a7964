// How answers look: width and wrapping, tables and CSV, values as text and as JSON.
#include <string>

#include "gmock/gmock.h"
#include "graph/image_builder.h"
#include "graph/view.h"
#include "gtest/gtest.h"
#include "tools/render/answer.h"
#include "tools/render/display_text.h"
#include "tools/render/table.h"
#include "tools/render/value_printer.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;

constexpr size_t kWide = 1000;

TEST(DisplayText, WidthCountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("Cote"), 4U);
  EXPECT_EQ(DisplayWidth("Côte"), 4U);
  EXPECT_EQ(DisplayWidth("Co\xCC\x82te"), 4U) << "a combining mark takes no column";
  EXPECT_EQ(DisplayWidth("РБК"), 3U);
  EXPECT_EQ(DisplayWidth("中国"), 4U);
  EXPECT_EQ(DisplayWidth("سوريا"), 5U);
  EXPECT_EQ(DisplayWidth("\xFF"), 1U) << "what is no UTF-8 shows as one mark";
}

TEST(DisplayText, WrapsAtSpacesAndCutsOnlyLongWords) {
  EXPECT_THAT(Wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrap("  one  two ", 80), ElementsAre("one two"));
  EXPECT_THAT(Wrap("", 10), ElementsAre(""));
  EXPECT_THAT(Wrap("abcdefgh ij", 3), ElementsAre("abc", "def", "gh", "ij"));
  EXPECT_THAT(Wrap("中国中国", 5), ElementsAre("中国", "中国"));
  EXPECT_THAT(Wrap("a long line", Console::kUnlimited), ElementsAre("a long line"));
}

TEST(DisplayText, CutsWithDots) {
  EXPECT_EQ(CutToWidth("abcdef", 6), "abcdef");
  EXPECT_EQ(CutToWidth("abcdefg", 6), "abc...");
  EXPECT_EQ(CutToWidth("ab", 1), ".");
}

TEST(DisplayText, NoQuoteCanPaintOverTheAnswer) {
  EXPECT_EQ(Harmless("a\x1B[2Jb"), "a\xEF\xBF\xBD[2Jb");
  EXPECT_EQ(Harmless("a\nb\tc"), "a b c");
  EXPECT_EQ(Harmless("a\xE2\x80\xAE"
                     "b"),
            "a\xEF\xBF\xBD"
            "b")
      << "turns the direction of writing";
  EXPECT_EQ(Harmless("Côte d’Ivoire سوريا"), "Côte d’Ivoire سوريا");
  EXPECT_EQ(Harmless("a\xFF"
                     "b"),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(DisplayText, ParagraphsHang) {
  EXPECT_EQ(Paragraph("[1] ", "some words that wrap around", 4, 20), "[1] some words that\n    wrap around\n");
}

TEST(Table, AlignsAndRules) {
  const Table table{
      .columns = {"who", "how many"}, .rows = {{"India", "28"}, {"Kuwait", "7"}}, .right_aligned = {false, true}};
  EXPECT_EQ(ToText(table, kWide),
            "who     how many\n"
            "------  --------\n"
            "India         28\n"
            "Kuwait         7\n");
}

TEST(Table, NarrowsTheWidestColumnFirst) {
  const Table table{.columns = {"a", "b"}, .rows = {{"short", "a cell with many words in it"}}};
  EXPECT_EQ(ToText(table, 22),
            "a      b\n"
            "-----  ---------------\n"
            "short  a cell with\n"
            "       many words in\n"
            "       it\n");
}

TEST(Table, StandsAsBlocksWhereNothingFits) {
  const Table table{.columns = {"alpha", "beta", "gamma"}, .rows = {{"1234567890", "1234567890", ""}, {"x", "y", "z"}}};
  EXPECT_EQ(ToText(table, 20),
            "alpha: 1234567890\n"
            "beta: 1234567890\n"
            "\n"
            "alpha: x\n"
            "beta: y\n"
            "gamma: z\n");
}

TEST(Table, NoLineIsWiderThanTheTerminal) {
  Table table{.columns = {"one", "two", "three"}, .rows = {}};
  for (int i = 0; i < 20; ++i) {
    table.rows.push_back(
        {std::string(static_cast<size_t>(i) * 3, 'x'), "some words 中国 here", "Côte d’Ivoire and others"});
  }
  for (size_t width = 20; width < 90; ++width) {
    const std::string text = ToText(table, width);
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = text.find('\n', begin);
      EXPECT_LE(DisplayWidth(text.substr(begin, end - begin)), width) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(CsvRecord({"plain", "a,b", "say \"x\"", "two\nlines", ""}),
            "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\r\n");
  EXPECT_EQ(CsvRecord({""}), "\"\"\r\n") << "an empty line would be no record";
}

TEST(NoteNumbers, RunsAreRangesAndDisputesAreStarred) {
  std::vector<Note> notes;
  for (uint32_t i = 1; i <= 9; ++i) notes.push_back({i, ClaimId(i), i == 9});
  EXPECT_EQ(NoteNumbers({}, notes), "");
  EXPECT_EQ(NoteNumbers({1, 2}, notes), "[1][2]");
  EXPECT_EQ(NoteNumbers({1, 3, 4, 5, 6}, notes), "[1][3-6]");
  EXPECT_EQ(NoteNumbers({8, 9}, notes), "[8][9]*");
}

// a -[E]-> b, with a name for a alone.
class ValuePrinting : public ::testing::Test {
 protected:
  ValuePrinting() {
    ImageBuilder builder(/*sourced=*/false);
    const VertexId a = builder.AddEntity("a", {builder.Label("N")});
    builder.SetVertexProperty(a, builder.Property("name"), Value::String("Alpha"));
    const VertexId b = builder.AddEntity("b", {});
    const EdgeId edge = builder.AddEdge(a, builder.Relation("E"), b);
    builder.AddEdgeProperty(edge, builder.Property("weight"), Value::Integer(7));
    view_ = std::make_unique<View>(builder.Build(), ClaimFilter());
    printer_ = std::make_unique<ValuePrinter>(view_.get(), &edge_ids_);
    a_ = a, b_ = b, edge_ = edge;
  }

  std::vector<std::string> edge_ids_ = {"e1"};
  std::unique_ptr<View> view_;
  std::unique_ptr<ValuePrinter> printer_;
  VertexId a_, b_;
  EdgeId edge_;
};

TEST_F(ValuePrinting, Text) {
  EXPECT_EQ(printer_->Text(Value::Null()), "");
  EXPECT_EQ(printer_->Text(Value::Vertex(a_)), "Alpha");
  EXPECT_EQ(printer_->Text(Value::Vertex(b_)), "b");
  EXPECT_EQ(printer_->Text(Value::Edge(edge_)), "Alpha -[E]-> b");
  EXPECT_EQ(printer_->Text(Value::OfPath({{b_, a_}, {edge_}})), "b <-[E]- Alpha");
  EXPECT_EQ(printer_->Text(Value::OfList(
                {Value::String("x"), Value::Null(), Value::OfList({Value::Integer(1), Value::Integer(2)})})),
            "x; null; [1, 2]");
  EXPECT_EQ(printer_->Text(Value::OfMap({{"k", Value::Vertex(a_)}})), "{k: Alpha}");
  EXPECT_EQ(printer_->Text(Value::OfQuantity(*ParseQuantity("at least 238", "attack"))), "at least 238 attacks");
}

TEST_F(ValuePrinting, Json) {
  EXPECT_EQ(ToText(printer_->ToJson(Value::Vertex(a_))),
            R"({"id":"a","key":"a","labels":["N"],"name":"Alpha","properties":{"name":"Alpha"}})");
  EXPECT_EQ(ToText(printer_->ToJson(Value::Edge(edge_))),
            R"({"id":"e1","type":"E","from":"a","to":"b","properties":{"weight":7}})");
  const Json path = printer_->ToJson(Value::OfPath({{a_, b_}, {edge_}}));
  EXPECT_EQ(path["nodes"].size(), 2U);
  EXPECT_EQ(path["edges"][0]["id"], "e1");
  EXPECT_EQ(ToText(printer_->ToJson(
                Value::OfList({Value::Integer(1), Value::Float(1.5), Value::Boolean(true), Value::Null()}))),
            "[1,1.5,true,null]");
  EXPECT_EQ(ToText(printer_->ToJson(Value::Float(std::numeric_limits<double>::quiet_NaN()))), "null");
}

TEST_F(ValuePrinting, QuantitiesKeepTheirBounds) {
  const Json open = QuantityJson(*ParseQuantity("more than 40", "state"));
  EXPECT_EQ(open["text"], "more than 40");
  EXPECT_EQ(open["low"], 41);
  EXPECT_TRUE(open["high"].is_null());
  EXPECT_EQ(open["unit"], "state");
  EXPECT_EQ(QuantityJson(*ParseQuantity("about 20"))["approximate"], true);
  EXPECT_EQ(QuantityJson(*ParseQuantity("unknown"))["unknown"], true);
}

}  // namespace
}  // namespace dossier
