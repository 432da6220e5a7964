#include "query/aggregate.h"

#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/error_codes.h"
#include "query/expression_nodes.h"
#include "tests/unit/query/expression_fixture.h"

namespace dossier {
namespace {

Value Int(int64_t value) { return Value::Integer(value); }

// Runs `text`, an aggregate of x (and of part), over the values as x.
std::string Aggregated(std::string_view text, const std::vector<Value>& values, const Value& part = Value()) {
  ImageBuilder builder(/*sourced=*/false);
  const auto image = builder.Build();
  const View view(image, {});
  const Parameters parameters{{"part", part}};
  EvaluationContext context(&view, nullptr, &parameters);

  const auto expression = ParseExpression(text);
  Scope scope;
  scope.Declare("x", {VariableReference::Kind::kSlot, 0});
  std::vector<AggregateCall> calls;
  Slot next_slot = 1;
  uint32_t next_local = 0;
  NoSubqueries subqueries;
  ExpressionBinder binder(nullptr, image.get(), &subqueries, &next_local);
  const auto bound = binder.Bind(**expression, scope, {.aggregates = &calls, .next_slot = &next_slot});
  if (!bound.ok()) return StrCat("E", ErrorNumber(bound.status()));

  Batch rows(1);
  for (const Value& value : values) rows.Set(0, rows.AddRow(), value);
  Batch results(next_slot);
  results.AddRow();
  for (const AggregateCall& call : calls) {
    const auto accumulator = call.aggregate.MakeAccumulator();
    for (uint32_t row = 0; row < rows.rows(); ++row) {
      context.SetRow(&rows, row);
      std::vector<Value> arguments;
      for (const BoundExpression& argument : call.aggregate.arguments) arguments.push_back(argument->Evaluate(context));
      accumulator->Add(arguments, context);
    }
    results.Set(call.result, 0, accumulator->Finish(context));
  }
  context.SetRow(&results, 0);
  const Value value = (*bound)->Evaluate(context);
  return context.failed() ? StrCat("E", ErrorNumber(context.status())) : ToString(value);
}

Value Pieces(double count, std::string_view unit) { return Value::OfQuantity(Quantity::Exactly(count, unit)); }
Value Read(std::string_view text, std::string_view unit) { return Value::OfQuantity(*ParseQuantity(text, unit)); }

TEST(Aggregate, Counts) {
  const std::vector<Value> values = {Int(1), Value(), Int(1), Value::Float(1.0), Int(2)};
  EXPECT_EQ(Aggregated("count(*)", values), "5");
  EXPECT_EQ(Aggregated("count(x)", values), "4");
  EXPECT_EQ(Aggregated("count(DISTINCT x)", values), "2");
  EXPECT_EQ(Aggregated("collect(DISTINCT x)", values), "[1, 2]");
  EXPECT_EQ(Aggregated("collect(x)", {}), "[]");
  EXPECT_EQ(Aggregated("count(*) + count(*) * 2", values), "15");
}

TEST(Aggregate, NumbersOfNumbers) {
  const std::vector<Value> values = {Int(1), Int(2), Value(), Int(6)};
  EXPECT_EQ(Aggregated("sum(x)", values), "9");
  EXPECT_EQ(Aggregated("sum(x)", {}), "0");
  EXPECT_EQ(Aggregated("sum(x)", {Int(1), Value::Float(0.5)}), "1.5");
  EXPECT_EQ(Aggregated("sum(x)", {Int(INT64_MAX), Int(1)}), "E7003");
  EXPECT_EQ(Aggregated("sum(x)", {Value::String("a")}), "E7001");
  EXPECT_EQ(Aggregated("avg(x)", values), "3.0");
  EXPECT_EQ(Aggregated("avg(x)", {}), "null");
  EXPECT_EQ(Aggregated("min(x)", values), "1");
  EXPECT_EQ(Aggregated("max(x)", values), "6");
  EXPECT_EQ(Aggregated("max(x)", {Int(1), Value::String("a")}), "1");
  EXPECT_EQ(Aggregated("min(x)", {Int(1), Value::String("a")}), "a");
  EXPECT_EQ(Aggregated("max(x)", {}), "null");
  EXPECT_EQ(Aggregated("stDev(x)", {Int(2), Int(4)}), "1.4142135623730951");
  EXPECT_EQ(Aggregated("stDevP(x)", {Int(2), Int(4)}), "1.0");
  EXPECT_EQ(Aggregated("stDev(x)", {}), "0.0");
}

TEST(Aggregate, Percentiles) {
  const std::vector<Value> values = {Int(30), Int(10), Int(20)};
  EXPECT_EQ(Aggregated("percentileCont(x, $part)", values, Value::Float(0.5)), "20.0");
  EXPECT_EQ(Aggregated("percentileCont(x, $part)", values, Value::Float(0.25)), "15.0");
  EXPECT_EQ(Aggregated("percentileDisc(x, $part)", values, Value::Float(0.0)), "10");
  EXPECT_EQ(Aggregated("percentileDisc(x, $part)", values, Value::Float(0.5)), "20");
  EXPECT_EQ(Aggregated("percentileDisc(x, $part)", values, Int(1)), "30");
  EXPECT_EQ(Aggregated("percentileDisc(x, $part)", {}, Int(1)), "null");
  EXPECT_EQ(Aggregated("percentileDisc(x, $part)", values, Value::Float(1.1)), "E7005");
  EXPECT_EQ(Aggregated("percentileCont(x)", values), "E6003");
}

TEST(Aggregate, Quantities) {
  EXPECT_EQ(Aggregated("sum(x)", {Pieces(28, "launch unit"), Value(), Pieces(27, "launch unit")}),
            "55 launch units (derived)");
  EXPECT_EQ(Aggregated("sum(x)", {Pieces(28, "launch unit"), Read("at least 2", "launch unit")}),
            "at least 30 launch units (derived)");
  EXPECT_EQ(Aggregated("sum(x)", {Pieces(28, "munition"), Pieces(1, "submunition")}), "E7007");
  EXPECT_EQ(Aggregated("sum(x)", {Read("5%", ""), Read("6%", "")}), "E7007");
  EXPECT_EQ(Aggregated("sum(x)", {Pieces(28, "munition"), Int(1)}), "E7007");
  EXPECT_EQ(Aggregated("avg(x)", {Pieces(1, "munition"), Pieces(2, "munition")}), "1.5 munition (derived)");
}

TEST(Aggregate, CalendarValues) {
  const auto days = [](int64_t count) { return Value::OfDuration({.days = count}); };
  EXPECT_EQ(Aggregated("sum(x)", {days(1), Value(), days(2)}), "P3D");
  EXPECT_EQ(Aggregated("avg(x)", {days(1), days(2)}), "P1DT12H");
  EXPECT_EQ(Aggregated("max(x)", {days(1), days(2)}), "P2D");
  EXPECT_EQ(Aggregated("min(x)", {Value::OfTemporal(Date{1}), Value::OfTemporal(Date{0})}), "1970-01-01");
  for (const char* aggregate : {"sum(x)", "avg(x)"}) {
    EXPECT_EQ(Aggregated(aggregate, {days(1), Int(1)}), "E7001") << aggregate;
    EXPECT_EQ(Aggregated(aggregate, {Int(1), days(1)}), "E7001") << aggregate;
  }
}

TEST(Aggregate, WrongPlaces) {
  EXPECT_EQ(Aggregated("count(count(*))", {}), "E6021");
  EXPECT_EQ(Aggregated("sum(x + sum(x))", {}), "E6021");
  EXPECT_EQ(Aggregated("count(rand())", {}), "E6022");
  EXPECT_EQ(Aggregated("[y IN [1] | count(y)]", {}), "E6020");
  EXPECT_EQ(Aggregated("[y IN collect(x) | y + 1]", {Int(1)}), "[2]");
  EXPECT_EQ(Aggregated("sum(*)", {}), "E6003");
}

TEST(Aggregate, FoundInAnyPlace) {
  for (const char* text : {"1 + count(*)", "[count(x)]", "{a: sum(x)}", "CASE WHEN true THEN max(x) END", "x[count(*)]",
                           "NOT count(x) > 1", "size(collect(x))", "[y IN collect(x) | y]", "count(*) IS NULL"}) {
    EXPECT_TRUE(ContainsAggregate(**ParseExpression(text))) << text;
  }
  EXPECT_FALSE(ContainsAggregate(**ParseExpression("size([x]) + x.count")));
}

}  // namespace
}  // namespace dossier
