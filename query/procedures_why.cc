// Why a row is in an answer: a query about the answer to a query.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/procedure.h"
#include "query/query_run.h"

namespace dossier {
namespace {

using Type = Value::Type;

constexpr int64_t kMostAlternatives = 1000;

struct WhyOptions {
  std::string query;
  std::optional<size_t> row;  // from 0; all, unless set
  QueryOptions run;
};

absl::StatusOr<int64_t> NumberFromOne(const ProcedureCall& call, std::string_view name, const Value& value) {
  if (value.type() == Type::kInteger && value.integer() >= 1) return value.integer();
  return call.Error(kWrongValueType, StrCat("`", name, "` takes a whole number from 1"));
}

absl::StatusOr<WhyOptions> ReadWhyOptions(const ProcedureCall& call, const Map& map) {
  const std::vector<std::string> known = {"query", "row", "parameters", "alternatives"};
  WhyOptions options;
  for (const auto& [name, value] : map) {
    if (value.is_null()) continue;
    if (name == "query") {
      if (value.type() != Type::kString) return call.Error(kWrongValueType, "`query` takes a text");
      options.query = value.string();
    } else if (name == "row") {
      ASSIGN_OR_RETURN(const int64_t row, NumberFromOne(call, name, value));
      options.row = static_cast<size_t>(row - 1);
    } else if (name == "parameters") {
      if (value.type() != Type::kMap) return call.Error(kWrongValueType, "`parameters` takes a map");
      for (const auto& [parameter, given] : value.map()) options.run.parameters[parameter] = given;
    } else if (name == "alternatives") {
      ASSIGN_OR_RETURN(const int64_t most, NumberFromOne(call, name, value));
      options.run.reason_limits.alternatives = static_cast<uint32_t>(std::min<int64_t>(most, kMostAlternatives));
    } else {
      const std::string closest = ClosestName(name, known);
      return call.Error(
          kWrongValueType, StrCat("there is no option '", name, "'"),
          closest.empty() ? StrCat("it has ", Join(known, ", ")) : StrCat("did you mean '", closest, "'?"));
    }
  }
  if (options.query.empty()) {
    return call.Error(kWrongValueType, "`query` is missing", "why({query: 'MATCH ... RETURN ...', row: 1})");
  }
  return options;
}

// The answer of the query that is asked about, with reasons. It is asked through the view of the query that asks, and
// within what is left of its limits.
absl::StatusOr<Answer> RunAsked(const ProcedureCall& call, WhyOptions* options) {
  ExecutionState& state = *call.context.state();
  const QuerySurroundings surroundings = SurroundingsOf(call.context);
  options->run.limits = state.LimitsLeft();
  options->run.cancelled = state.cancelled();
  options->run.procedures = &call.catalog;
  options->run.why = true;
  ASSIGN_OR_RETURN(const PreparedText text, PrepareText(options->query, surroundings, options->run));
  return RunText(text, surroundings, options->run, AskedWhy{options->row});
}

// An error in the text that is asked about, told at the call; one of limits as it is.
absl::Status ToldAtCall(const ProcedureCall& call, const absl::Status& status) {
  const std::vector<Diagnostic> told = DiagnosticsOf(status);
  if (told.empty() || told[0].number >= kCancelled) return status;
  return call.Error(told[0].number, StrCat("in the query that is asked about: ", told[0].cause), told[0].hint);
}

absl::Status AddRow(const ProcedureCall& call, const Answer& answer, size_t number) {
  const Image& image = call.context.image();
  const RowReasons& why = *answer.rows[number].why;
  for (size_t alternative = 0; alternative < why.alternatives.size(); ++alternative) {
    for (const WitnessMember& member : why.alternatives[alternative]) {
      List claims;
      std::vector<SourceItem> sources;
      EdgeId edge;
      for (const uint32_t note : member.notes) {
        const ClaimId claim = answer.notes[note - 1].claim;
        edge = image.claim(claim).proposition();
        claims.push_back(Value::Vertex(image.claim(claim).vertex()));
        sources.push_back(SourceItem::Of(claim));
      }
      RETURN_IF_ERROR(call.rows->Add(
          {Value::Integer(static_cast<int64_t>(number) + 1), Value::Integer(static_cast<int64_t>(alternative) + 1),
           edge.valid() ? Value::Edge(edge) : Value(), Value::OfList(std::move(claims)), Value::Boolean(why.complete),
           Value()},
          std::move(sources)));
    }
  }
  // What has to be absent, whichever alternative holds.
  for (const std::string& pattern : why.nothing_recorded) {
    RETURN_IF_ERROR(call.rows->Add({Value::Integer(static_cast<int64_t>(number) + 1), Value(), Value(),
                                    Value::OfList({}), Value::Boolean(why.complete), Value::String(pattern)},
                                   {}));
  }
  return absl::OkStatus();
}

absl::Status Why(const ProcedureCall& call, std::span<const Value> arguments) {
  if (call.context.state()->asked_why()) {
    return call.Error(kNestedWhy, "it is called by a query that is itself asked about",
                      "call it from the outermost query");
  }
  if (!call.context.image().sourced()) return absl::OkStatus();  // a scratch graph has no claims
  ASSIGN_OR_RETURN(WhyOptions options, ReadWhyOptions(call, arguments[0].map()));
  const absl::StatusOr<Answer> answer = RunAsked(call, &options);
  if (!answer.ok()) return ToldAtCall(call, answer.status());
  if (options.row.has_value() && *options.row >= answer->rows.size()) {
    return call.Error(kNumberOutOfRange, StrCat("`row` is ", *options.row + 1, ", and the answer has ",
                                                answer->rows.size(), answer->rows.size() == 1 ? " row" : " rows"));
  }
  for (size_t number = 0; number < answer->rows.size(); ++number) {
    if (answer->rows[number].why.has_value()) RETURN_IF_ERROR(AddRow(call, *answer, number));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Procedure> WhyProcedures() {
  return {
      {"why",
       "Why rows are in the answer of a query: a row for each thing that has to hold, by alternative; any one of its "
       "claims is enough. A row for each pattern for which nothing may be recorded. Options: query, row, parameters, "
       "alternatives (16).",
       {{.name = "options", .types = kMapMask}},
       {{"row", StaticType::kInteger},
        {"alternative", StaticType::kInteger},
        {"edge", StaticType::kEdge},
        {"claims", StaticType::kVertexList},
        {"complete", StaticType::kBoolean},
        {"nothing_recorded", StaticType::kString}},
       Why},
  };
}

}  // namespace dossier
