// Who may be who: pairs of entities that may be one, and what was judged of them.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/procedure.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"
#include "schema/name_search.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using Type = Value::Type;
using VertexPair = std::pair<VertexId, VertexId>;  // the smaller number first

struct PairOptions {
  std::string label;
  double least = 0.8;
  int64_t limit = 100;
  bool judged = false;
};

absl::StatusOr<PairOptions> ReadPairOptions(const ProcedureCall& call, const Map& map) {
  PairOptions options;
  for (const auto& [name, value] : map) {
    if (value.is_null()) continue;
    if (name == "label" && value.type() == Type::kString) {
      options.label = value.string();
    } else if (name == "least" && value.is_number()) {
      options.least = value.AsDouble();
    } else if (name == "limit" && value.type() == Type::kInteger && value.integer() >= 1) {
      options.limit = value.integer();
    } else if (name == "judged" && value.type() == Type::kBoolean) {
      options.judged = value.boolean();
    } else {
      return call.Error(
          kWrongValueType, StrCat("'", name, "' is no option, or takes another value"),
          "it has label (a text), least (a number), limit (a whole number from 1), judged (true or false)");
    }
  }
  return options;
}

struct Likeness {
  bool asked = false;  // some claim asks whether they are one, or answers
  double score = 0;    // how alike they are called
};

class PairFinder {
 public:
  PairFinder(const ProcedureCall& call, const PairOptions& options)
      : context_(call.context), image_(call.context.image()), options_(options) {}

  // Those that some claim joins, whatever they are called, and those of one label at least that are called alike.
  absl::StatusOr<std::map<VertexPair, Likeness>> Find() {
    name_ = image_.FindProperty("name");
    for (const std::string_view relation : {kPossibleSameAs, kSameAs}) {
      for (const auto& [a, b] : PairsJoinedBy(image_, relation)) {
        if (IsMeant(a) && IsMeant(b)) pairs_[{a, b}] = {true, NameSimilarity(NameOf(a), NameOf(b))};
      }
    }
    NameSearchOptions search{.limit = kMostAlike, .least = options_.least, .is_meant = nullptr};
    for (uint32_t i = 0; i < image_.entity_count(); ++i) {
      const VertexId vertex(i);
      if (!IsMeant(vertex)) continue;
      if (!context_.Spend()) return context_.status();
      RETURN_IF_ERROR(context_.state()->Check());
      search.is_meant = [&](std::string_view key) {
        const VertexId other = image_.FindKey(key);
        return other.valid() && other != vertex && ShareLabel(vertex, other);
      };
      for (const FoundEntity& found : SearchNames(*context_.names(), NameOf(vertex), search)) {
        const VertexPair pair = std::minmax(vertex, image_.FindKey(found.key));
        double& score = pairs_[pair].score;
        score = std::max(score, found.score);
      }
    }
    return std::move(pairs_);
  }

 private:
  static constexpr size_t kMostAlike = 10;  // of one entity

  std::string NameOf(VertexId vertex) const {
    const Value name = image_.VertexProperty(vertex, name_);
    return name.type() == Type::kString ? std::string(name.string()) : image_.key(vertex);
  }
  bool IsMeant(VertexId vertex) const {
    if (options_.label.empty()) return true;
    const auto labels = image_.labels(vertex);
    return std::any_of(labels.begin(), labels.end(), [&](LabelId own) {
      const std::string& name = image_.label_name(own);
      return name == options_.label ||
             (context_.ontology() != nullptr && context_.ontology()->IsSubtype(name, options_.label));
    });
  }
  bool ShareLabel(VertexId a, VertexId b) const {
    const auto of_a = image_.labels(a), of_b = image_.labels(b);
    return std::any_of(of_a.begin(), of_a.end(),
                       [&](LabelId label) { return std::find(of_b.begin(), of_b.end(), label) != of_b.end(); });
  }

  EvaluationContext& context_;
  const Image& image_;
  const PairOptions& options_;
  PropertyId name_;
  std::map<VertexPair, Likeness> pairs_;
};

absl::Status PossibleSameAs(const ProcedureCall& call, std::span<const Value> arguments) {
  if (call.context.names() == nullptr) return absl::OkStatus();  // a scratch graph
  PairOptions options;
  if (!arguments[0].is_null()) {
    ASSIGN_OR_RETURN(options, ReadPairOptions(call, arguments[0].map()));
  }
  PairFinder finder(call, options);
  ASSIGN_OR_RETURN(const auto pairs, finder.Find());
  std::vector<std::pair<VertexPair, Likeness>> best(pairs.begin(), pairs.end());
  std::stable_sort(best.begin(), best.end(), [](const auto& x, const auto& y) {
    return x.second.asked != y.second.asked ? x.second.asked : x.second.score > y.second.score;
  });
  const Image& image = call.context.image();
  int64_t given = 0;
  for (const auto& [pair, likeness] : best) {
    const std::optional<Sameness> judged = SamenessOf(image, pair.first, pair.second);
    if (judged.has_value() && !options.judged) continue;
    if (given++ == options.limit) break;
    std::vector<SourceItem> sources;
    if (judged.has_value()) sources.push_back(SourceItem::Of(judged->claim));
    RETURN_IF_ERROR(call.rows->Add({Value::Vertex(pair.first), Value::Vertex(pair.second), Value::Float(likeness.score),
                                    Value::Boolean(likeness.asked),
                                    judged.has_value() ? Value::String(judged->same ? "same" : "different") : Value()},
                                   std::move(sources)));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Procedure> SamenessProcedures() {
  return {
      {"possible_same_as",
       "Pairs of entities that may be one: those that some claim asks about, and then those that share a label and are "
       "called alike. What was judged is left out. Options: label, least (0.8), limit (100), judged.",
       {{.name = "options", .types = kMapMask, .optional = true, .nullable = true}},
       {{"a", StaticType::kVertex},
        {"b", StaticType::kVertex},
        {"score", StaticType::kFloat},
        {"asked", StaticType::kBoolean},
        {"verdict", StaticType::kString}},
       PossibleSameAs},
  };
}

}  // namespace dossier
