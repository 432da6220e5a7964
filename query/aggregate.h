// Aggregate functions: count, sum, avg, min, max, collect, stDev, stDevP, percentileCont, percentileDisc.
#ifndef DOSSIER_QUERY_AGGREGATE_H_
#define DOSSIER_QUERY_AGGREGATE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/expression.h"

namespace dossier {

// The running value of one aggregate in one group.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  // Takes the arguments of one row in and says about how many bytes more it holds since; failures go to the context.
  virtual size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) = 0;
  // The same for many rows whose one argument is a vertex, or null where its number is invalid. False, and nothing is
  // taken in, where the accumulator wants values.
  virtual bool AddVertices(std::span<const uint32_t> /*vertices*/, size_t* /*bytes*/) { return false; }
  virtual Value Finish(EvaluationContext& context) = 0;
};

// One aggregate call as bound.
struct Aggregate {
  std::string name;  // lower case: "count", "sum", ...
  bool distinct = false;
  bool star = false;  // count(*)
  // A count of rows, the argument (a column of numbers) saying how many each row stands for. No accumulator does that.
  bool weighted = false;
  std::vector<BoundExpression> arguments;  // computed on the rows before grouping
  SourceSpan span;

  // A fresh accumulator; DISTINCT is taken care of inside.
  std::unique_ptr<Accumulator> MakeAccumulator() const;
  std::string ToString() const;
};

// A number of rows, which may be more than an integer holds: then a float, as so many are no reason to fail.
Value CountOf(long double rows);

bool IsAggregateFunction(std::string_view name);  // letter case ignored
// As documented, GQL's spellings (collect_list, stddev_samp, ...) included.
const std::vector<std::string_view>& AggregateNames();

// Makes one call of an aggregate; `name` as written. E6003 for a wrong number of arguments, E6010 for types that can
// never do, E6022 for arguments that change from call to call.
absl::StatusOr<Aggregate> MakeAggregate(std::string_view name, bool distinct, bool star,
                                        std::vector<BoundExpression> arguments, const SourceSpan& span);
// What it gives, as far as known before the query runs.
StaticType TypeOf(const Aggregate& aggregate);

}  // namespace dossier

#endif  // DOSSIER_QUERY_AGGREGATE_H_
