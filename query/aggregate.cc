#include "query/aggregate.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "query/arithmetic.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"
#include "query/stable_sort.h"

namespace dossier {
namespace {

using Type = Value::Type;

class CountRows : public Accumulator {
 public:
  size_t Add(const std::vector<Value>&, EvaluationContext&) override {
    ++count_;
    return 0;
  }
  Value Finish(EvaluationContext&) override { return Value::Integer(count_); }

 private:
  int64_t count_ = 0;
};

class CountValues : public Accumulator {
 public:
  size_t Add(const std::vector<Value>& arguments, EvaluationContext&) override {
    count_ += !arguments[0].is_null();
    return 0;
  }
  Value Finish(EvaluationContext&) override { return Value::Integer(count_); }

 private:
  int64_t count_ = 0;
};

// Sums of integers, of numbers, of durations, or of quantities of one kind; never a mixture of these.
class SumValues : public Accumulator {
 public:
  SumValues(std::string_view name, const SourceSpan& place) : name_(name), place_(place) {}

  size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) override {
    const Value& value = arguments[0];
    if (value.is_null()) return 0;
    if (value.type() == Type::kQuantity) {
      AddQuantity(value.quantity(), context);
    } else if (value.is_number() || value.type() == Type::kDuration) {
      AddBare(value, context);
    } else {
      FailType(context, place_, name_, kNumberMask | kDurationMask | kQuantityMask, value);
    }
    return 0;
  }

  Value Finish(EvaluationContext& context) override {
    if (!sum_.has_value()) return total_;
    if (sum_->IsRate() && count_ > 1) return Value();  // said when it was added
    return context.failed() ? Value() : Value::OfQuantity(*sum_);
  }

  int64_t count() const { return count_; }

 private:
  void AddBare(const Value& value, EvaluationContext& context) {
    if (sum_.has_value()) return Mixed(ToString(value), FormatQuantity(*sum_), context);
    total_ = count_ == 0 ? value : Calculate(ast::BinaryOperator::kAdd, total_, value, place_, context);
    ++count_;
  }

  void AddQuantity(const Quantity& quantity, EvaluationContext& context) {
    if (!sum_.has_value()) {
      if (count_ > 0) return Mixed(FormatQuantity(quantity), ToString(total_), context);
      sum_ = quantity;
      ++count_;
      return;
    }
    absl::Status status;
    if (count_ == 1) {
      absl::StatusOr<Quantity> sum = Sum({*sum_, quantity});
      status = sum.status();
      if (sum.ok()) sum_ = *std::move(sum);
    } else {
      status = AddTo(quantity, &*sum_);
    }
    ++count_;
    if (status.ok()) return;
    const std::vector<Diagnostic> told = DiagnosticsOf(status);
    context.Fail(QueryError(kMixedQuantities, place_, told.empty() ? std::string(status.message()) : told[0].cause,
                            "quantities add within one unit and kind, and rates do not add up",
                            "sum each kind by itself: RETURN q.unit, q.basis, sum(q)"));
  }

  void Mixed(std::string_view a, std::string_view b, EvaluationContext& context) {
    Fail(context, kMixedQuantities, place_, StrCat(name_, " met a bare number and a quantity: ", a, " and ", b),
         "a bare number has no unit to add with");
  }

  std::string name_;
  SourceSpan place_;
  Value total_ = Value::Integer(0);
  std::optional<Quantity> sum_;
  int64_t count_ = 0;
};

// Of numbers by a running mean, which does not overflow; of durations and quantities by their sum.
class Average : public Accumulator {
 public:
  explicit Average(const SourceSpan& place) : sum_("avg(value)", place), place_(place) {}
  size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) override {
    const Value& value = arguments[0];
    if (value.is_null()) return 0;
    if (value.is_number() && sum_.count() == 0) {
      ++count_;
      const double number = value.AsDouble();
      mean_ = std::isfinite(mean_) && std::isfinite(number) ? mean_ + (number - mean_) / static_cast<double>(count_)
                                                            : mean_ + number;
      return 0;
    }
    if (count_ > 0 && value.type() == Type::kQuantity) {
      Fail(context, kMixedQuantities, place_, "avg met bare numbers and quantities",
           "a bare number has no unit to add with");
      return 0;
    }
    if (count_ > 0 && value.type() == Type::kDuration) {
      FailType(context, place_, "avg of numbers", kNumberMask, value);
      return 0;
    }
    sum_.Add(arguments, context);
    return 0;
  }
  Value Finish(EvaluationContext& context) override {
    if (count_ > 0) return Value::Float(mean_);
    if (sum_.count() == 0) return Value();
    return Calculate(ast::BinaryOperator::kDivide, sum_.Finish(context), Value::Integer(sum_.count()), place_, context);
  }

 private:
  SumValues sum_;
  SourceSpan place_;
  double mean_ = 0;
  int64_t count_ = 0;
};

class Extreme : public Accumulator {
 public:
  explicit Extreme(bool largest) : largest_(largest) {}
  size_t Add(const std::vector<Value>& arguments, EvaluationContext&) override {
    const Value& value = arguments[0];
    if (value.is_null()) return 0;
    if (best_.is_null() || (largest_ ? Order(value, best_) > 0 : Order(value, best_) < 0)) best_ = value;
    return 0;
  }
  Value Finish(EvaluationContext&) override { return best_; }

 private:
  bool largest_;
  Value best_;
};

class Collect : public Accumulator {
 public:
  explicit Collect(const SourceSpan& place) : place_(place) {}
  size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) override {
    if (arguments[0].is_null()) return 0;
    if (list_.size() >= kMaxListLength) {
      Fail(context, kListTooLong, place_, "collect would make a list of over 10 million elements");
      return 0;
    }
    list_.push_back(arguments[0]);
    return sizeof(Value) + arguments[0].SharedBytes();
  }
  Value Finish(EvaluationContext&) override { return Value::OfList(std::move(list_)); }

 private:
  SourceSpan place_;
  List list_;
};

// Welford's running variance.
class StandardDeviation : public Accumulator {
 public:
  StandardDeviation(bool population, std::string_view name, const SourceSpan& place)
      : population_(population), name_(name), place_(place) {}
  size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) override {
    const Value& value = arguments[0];
    if (value.is_null()) return 0;
    if (!value.is_number()) {
      FailType(context, place_, name_, kNumberMask, value);
      return 0;
    }
    const double number = value.AsDouble();
    ++count_;
    const double delta = number - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (number - mean_);
    return 0;
  }
  Value Finish(EvaluationContext&) override {
    const int64_t freedom = population_ ? count_ : count_ - 1;
    return Value::Float(freedom <= 0 ? 0.0 : std::sqrt(squares_ / static_cast<double>(freedom)));
  }

 private:
  bool population_;
  std::string name_;
  SourceSpan place_;
  int64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

// The second argument is the part, 0 to 1; that of the first row counts.
class Percentile : public Accumulator {
 public:
  Percentile(bool continuous, std::string_view name, const SourceSpan& place)
      : continuous_(continuous), name_(name), place_(place) {}
  size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) override {
    if (!part_.has_value() && !SetPart(arguments[1], context)) return 0;
    const Value& value = arguments[0];
    if (value.is_null()) return 0;
    if (value.is_number()) {
      values_.push_back(value);
      return sizeof(Value);
    }
    FailType(context, place_, name_, kNumberMask, value);
    return 0;
  }
  Value Finish(EvaluationContext& context) override {
    if (values_.empty() || !part_.has_value()) return Value();
    const auto less = [](const Value& a, const Value& b) { return Order(a, b) < 0; };
    if (!StableSort(&values_, less, [&](uint64_t steps) { return context.Spend(steps); })) return Value();
    const auto count = static_cast<double>(values_.size());
    if (!continuous_) {
      const double rank = std::ceil(*part_ * count);
      return values_[rank < 1 ? 0 : static_cast<size_t>(rank) - 1];
    }
    const double place = *part_ * (count - 1);
    const auto below = static_cast<size_t>(std::floor(place));
    const size_t above = std::min(below + 1, values_.size() - 1);
    const double low = values_[below].AsDouble();
    const double share = place - std::floor(place);
    return Value::Float(share == 0 ? low : low + share * (values_[above].AsDouble() - low));
  }

 private:
  bool SetPart(const Value& part, EvaluationContext& context) {
    if (!part.is_number()) {
      FailType(context, place_, StrCat("the second argument of ", name_), kNumberMask, part);
      return false;
    }
    if (!(part.AsDouble() >= 0 && part.AsDouble() <= 1)) {
      Fail(context, kNumberOutOfRange, place_, StrCat(name_, ": the part is ", ToString(part)),
           "the part lies between 0 and 1");
      return false;
    }
    part_ = part.AsDouble();
    return true;
  }

  bool continuous_;
  std::string name_;
  SourceSpan place_;
  std::optional<double> part_;
  std::vector<Value> values_;
};

// Numbers, hashed while they lie far apart and as bits once they lie close together.
class NumberSet {
 public:
  // False where it was there already.
  bool Insert(uint32_t number) {
    if (number / 64 < bits_.size()) {
      const uint64_t bit = uint64_t{1} << (number % 64);
      const bool is_new = (bits_[number / 64] & bit) == 0;
      bits_[number / 64] |= bit;
      count_ += is_new ? 1 : 0;
      return is_new;
    }
    if (!hashed_.insert(number).second) return false;
    ++count_;
    largest_ = std::max(largest_, number);
    if (hashed_.size() >= kFew && largest_ / kBitsPerNumber <= count_) {
      bits_.resize(largest_ / 64 + 1);
      for (const uint32_t other : hashed_) bits_[other / 64] |= uint64_t{1} << (other % 64);
      hashed_.clear();
    }
    return true;
  }
  size_t bytes() const { return hashed_.size() * 2 * sizeof(uint32_t) + bits_.size() * sizeof(uint64_t); }

 private:
  static constexpr size_t kFew = 64;
  static constexpr size_t kBitsPerNumber = 64;  // what a hashed number costs
  absl::flat_hash_set<uint32_t> hashed_;
  std::vector<uint64_t> bits_;
  size_t count_ = 0;
  uint32_t largest_ = 0;
};

class ValueSet {
 public:
  // False where one like it was there already; `bytes` rises by about as much as the set takes more.
  bool Insert(const Value& value, size_t* bytes) {
    if (value.type() == Type::kVertex) return InsertVertex(value.vertex(), bytes);
    if (!values_.insert(value).second) return false;
    *bytes += 2 * sizeof(Value) + value.SharedBytes();
    return true;
  }
  bool InsertVertex(VertexId vertex, size_t* bytes) {
    NumberSet& set = KindOf(vertex) == VertexKind::kEntity ? entities_ : others_;
    const size_t before = set.bytes();
    const bool is_new = set.Insert(KindOf(vertex) == VertexKind::kEntity ? NumberOf(vertex) : vertex.value);
    *bytes += set.bytes() - before;
    return is_new;
  }

 private:
  NumberSet entities_, others_;
  absl::flat_hash_set<Value, ValueHash, ValueEquivalent> values_;
};

// Lets each first argument through once.
class Distinct : public Accumulator {
 public:
  explicit Distinct(std::unique_ptr<Accumulator> inner) : inner_(std::move(inner)) {}
  size_t Add(const std::vector<Value>& arguments, EvaluationContext& context) override {
    size_t bytes = 0;
    if (seen_.Insert(arguments[0], &bytes)) bytes += inner_->Add(arguments, context);
    return bytes;
  }
  Value Finish(EvaluationContext& context) override { return inner_->Finish(context); }

 private:
  ValueSet seen_;
  std::unique_ptr<Accumulator> inner_;
};

class CountDistinct : public Accumulator {
 public:
  size_t Add(const std::vector<Value>& arguments, EvaluationContext&) override {
    size_t bytes = 0;
    if (!arguments[0].is_null() && seen_.Insert(arguments[0], &bytes)) ++count_;
    return bytes;
  }
  bool AddVertices(std::span<const uint32_t> vertices, size_t* bytes) override {
    for (const uint32_t vertex : vertices) {
      if (vertex != VertexId::kInvalid && seen_.InsertVertex(VertexId(vertex), bytes)) ++count_;
    }
    return true;
  }
  Value Finish(EvaluationContext&) override { return Value::Integer(count_); }

 private:
  ValueSet seen_;
  int64_t count_ = 0;
};

struct Kind {
  std::string_view name;       // as documented
  std::string_view canonical;  // lower case
  std::string_view signature;
  size_t arguments;
  TypeMask accepted;
  StaticType result;
  std::unique_ptr<Accumulator> (*make)(const Aggregate& aggregate);
};

// The name as documented, for messages: an aggregate keeps only the lower case one.
std::string_view DocumentedName(std::string_view name);

template <typename T, bool kFlag>
std::unique_ptr<Accumulator> MakeFlagged(const Aggregate& aggregate) {
  return std::make_unique<T>(kFlag, DocumentedName(aggregate.name), aggregate.span);
}

std::unique_ptr<Accumulator> MakeCount(const Aggregate& aggregate) {
  if (aggregate.star) return std::make_unique<CountRows>();
  return std::make_unique<CountValues>();
}
std::unique_ptr<Accumulator> MakeSum(const Aggregate& aggregate) {
  return std::make_unique<SumValues>("sum(value)", aggregate.span);
}
std::unique_ptr<Accumulator> MakeAverage(const Aggregate& aggregate) {
  return std::make_unique<Average>(aggregate.span);
}
std::unique_ptr<Accumulator> MakeCollect(const Aggregate& aggregate) {
  return std::make_unique<Collect>(aggregate.span);
}
template <bool kLargest>
std::unique_ptr<Accumulator> MakeExtreme(const Aggregate&) {
  return std::make_unique<Extreme>(kLargest);
}

constexpr auto MakeSample = MakeFlagged<StandardDeviation, false>;
constexpr auto MakePopulation = MakeFlagged<StandardDeviation, true>;
constexpr auto MakeContinuous = MakeFlagged<Percentile, true>;
constexpr auto MakeDiscrete = MakeFlagged<Percentile, false>;

constexpr Kind kKinds[] = {
    {"count", "count", "count(value)", 1, kAnyMask, StaticType::kInteger, MakeCount},
    {"sum", "sum", "sum(value)", 1, kNumberMask | kDurationMask | kQuantityMask, StaticType::kAny, MakeSum},
    {"avg", "avg", "avg(value)", 1, kNumberMask | kDurationMask | kQuantityMask, StaticType::kAny, MakeAverage},
    {"min", "min", "min(value)", 1, kAnyMask, StaticType::kAny, MakeExtreme<false>},
    {"max", "max", "max(value)", 1, kAnyMask, StaticType::kAny, MakeExtreme<true>},
    {"collect", "collect", "collect(value)", 1, kAnyMask, StaticType::kList, MakeCollect},
    {"collect_list", "collect", "collect_list(value)", 1, kAnyMask, StaticType::kList, MakeCollect},
    {"stDev", "stdev", "stDev(number)", 1, kNumberMask, StaticType::kFloat, MakeSample},
    {"stddev_samp", "stdev", "stddev_samp(number)", 1, kNumberMask, StaticType::kFloat, MakeSample},
    {"stDevP", "stdevp", "stDevP(number)", 1, kNumberMask, StaticType::kFloat, MakePopulation},
    {"stddev_pop", "stdevp", "stddev_pop(number)", 1, kNumberMask, StaticType::kFloat, MakePopulation},
    {"percentileCont", "percentilecont", "percentileCont(number, part)", 2, kNumberMask, StaticType::kFloat,
     MakeContinuous},
    {"percentile_cont", "percentilecont", "percentile_cont(number, part)", 2, kNumberMask, StaticType::kFloat,
     MakeContinuous},
    {"percentileDisc", "percentiledisc", "percentileDisc(number, part)", 2, kNumberMask, StaticType::kNumber,
     MakeDiscrete},
    {"percentile_disc", "percentiledisc", "percentile_disc(number, part)", 2, kNumberMask, StaticType::kNumber,
     MakeDiscrete},
};

const Kind* FindKind(std::string_view name) {
  for (const Kind& kind : kKinds) {
    if (EqualsIgnoringAsciiCase(kind.name, name)) return &kind;
  }
  return nullptr;
}

std::string_view DocumentedName(std::string_view name) { return FindKind(name)->name; }

}  // namespace

std::unique_ptr<Accumulator> Aggregate::MakeAccumulator() const {
  if (distinct && name == "count") return std::make_unique<CountDistinct>();
  std::unique_ptr<Accumulator> accumulator = FindKind(name)->make(*this);
  if (!distinct) return accumulator;
  return std::make_unique<Distinct>(std::move(accumulator));
}

std::string Aggregate::ToString() const {
  std::string out = StrCat(name, "(", distinct ? "DISTINCT " : "", star ? "*" : "");
  for (size_t i = 0; i < arguments.size(); ++i) out += StrCat(i > 0 ? ", " : "", arguments[i]->ToString());
  return out + ")";
}

Value CountOf(long double rows) {
  return rows < 9223372036854775808.0L ? Value::Integer(static_cast<int64_t>(rows))
                                       : Value::Float(static_cast<double>(rows));
}

bool IsAggregateFunction(std::string_view name) { return FindKind(name) != nullptr; }

const std::vector<std::string_view>& AggregateNames() {
  static const auto* const kNames = [] {
    auto* names = new std::vector<std::string_view>;
    for (const Kind& kind : kKinds) names->push_back(kind.name);
    return names;
  }();
  return *kNames;
}

absl::StatusOr<Aggregate> MakeAggregate(std::string_view name, bool distinct, bool star,
                                        std::vector<BoundExpression> arguments, const SourceSpan& span) {
  const Kind& kind = *FindKind(name);
  if (star ? kind.canonical != "count" || distinct : arguments.size() != kind.arguments) {
    return QueryError(kWrongArgumentCount, span,
                      star ? StrCat("* does not go with ", distinct ? "DISTINCT" : kind.name)
                           : StrCat(kind.name, " takes ", kind.arguments,
                                    kind.arguments == 1 ? " argument, not " : " arguments, not ", arguments.size()),
                      "", StrCat("write ", kind.signature));
  }
  for (const BoundExpression& argument : arguments) {
    const TypeMask accepted = &argument == &arguments[0] ? kind.accepted : kNumberMask;
    if (!MayBe(argument->type(), accepted)) {
      return QueryError(
          kWrongType, argument->span(),
          StrCat(kind.signature, " takes ", WithArticles(accepted), ", not ", WithArticle(argument->type())));
    }
    if (IsUnsteady(*argument)) {
      return QueryError(kUnsteadyAggregate, argument->span(), StrCat("a random number in the argument of ", kind.name),
                        "what an aggregate looks at must stay the same", "bind it to a name first: WITH rand() AS r");
    }
  }
  return Aggregate{std::string(kind.canonical), distinct, star, false, std::move(arguments), span};
}

StaticType TypeOf(const Aggregate& aggregate) {
  const Kind& kind = *FindKind(aggregate.name);
  if (kind.result != StaticType::kAny || aggregate.arguments.empty()) return kind.result;
  const StaticType argument = aggregate.arguments[0]->type();
  if (aggregate.name == "min" || aggregate.name == "max") return argument;
  if (argument == StaticType::kInteger && aggregate.name == "sum") return StaticType::kInteger;
  return MaskOf(argument) != 0 && (MaskOf(argument) & ~kNumberMask) == 0 ? StaticType::kNumber : StaticType::kAny;
}

}  // namespace dossier
