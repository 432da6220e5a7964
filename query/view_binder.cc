#include "query/view_binder.h"

#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/sameness.h"
#include "schema/judgement_names.h"

namespace dossier {
namespace {

absl::Status ViewError(int number, const SourceSpan& place, std::string cause, std::string hint) {
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = number,
                                                       .place = place,
                                                       .cause = std::move(cause),
                                                       .rule = "USE names what one claim must be like to count",
                                                       .hint = std::move(hint)});
}

class ViewBinder {
 public:
  ViewBinder(const View& base, const Ontology* ontology, const std::function<const NameIndex*()>& names,
             const Parameters& parameters)
      : base_(base), ontology_(ontology), names_(names), parameters_(parameters) {}

  absl::Status Bind(const ast::Expression& term) {
    const auto* call = term.As<ast::FunctionCall>();
    if (call == nullptr) {
      return ViewError(kUnknownViewTerm, term.span, "a view is made of calls", "write certainty('possible')");
    }
    const std::string name = AsciiLower(call->FullName());
    std::vector<std::string> arguments;
    for (const ast::ExpressionPtr& argument : call->arguments) {
      ASSIGN_OR_RETURN(std::string text, Text(*argument));
      arguments.push_back(std::move(text));
    }
    const auto wants = [&](size_t least, size_t most, std::string_view form) -> absl::Status {
      if (arguments.size() >= least && arguments.size() <= most) return absl::OkStatus();
      return ViewError(kBadViewArgument, term.span, StrCat(name, " has ", arguments.size(), " arguments"),
                       StrCat("write ", form));
    };
    if (name == "claims") {
      RETURN_IF_ERROR(wants(0, 0, "claims()"));
      filter_.any_claim = true;
      return absl::OkStatus();
    }
    if (name == "certainty") {
      RETURN_IF_ERROR(wants(1, 1, "certainty('possible')"));
      const std::optional<Certainty> weakest = ParseCertainty(arguments[0]);
      if (!weakest.has_value()) {
        return ViewError(kBadViewArgument, term.span, StrCat("'", arguments[0], "' is no certainty"),
                         "one of certain, probable, possible, uncommitted");
      }
      weakest_ = *weakest;
      return absl::OkStatus();
    }
    if (name == "valid_at") {
      RETURN_IF_ERROR(wants(1, 2, "valid_at('2015-12') or valid_at('2015-12', 'certainly')"));
      ASSIGN_OR_RETURN(const EdtfTime time, Time(arguments[0], term.span));
      filter_.valid_at = time.bounds();
      if (arguments.size() == 2 && arguments[1] != "certainly" && arguments[1] != "possibly") {
        return ViewError(kBadViewArgument, term.span, StrCat("'", arguments[1], "' is neither certainly nor possibly"),
                         "write valid_at('2015-12', 'certainly')");
      }
      filter_.valid_certainly = arguments.size() == 2 && arguments[1] == "certainly";
      return absl::OkStatus();
    }
    if (name == "known_at") {
      RETURN_IF_ERROR(wants(1, 1, "known_at('2026-01-01')"));
      ASSIGN_OR_RETURN(const EdtfTime time, Time(arguments[0], term.span));
      const int64_t end = time.bounds().latest_end;  // all of that day counts
      filter_.known_at = end >= kMaxTime / 1'000'000 ? kMaxTime : end * 1'000'000 - 1;
      return absl::OkStatus();
    }
    if (name == "according_to") {
      RETURN_IF_ERROR(wants(1, 1, "according_to('Russia')"));
      ASSIGN_OR_RETURN(according_to_, Entity(arguments[0], term.span));
      return absl::OkStatus();
    }
    if (name == "without_asserter") {
      RETURN_IF_ERROR(wants(1, 1, "without_asserter('Interfax')"));
      ASSIGN_OR_RETURN(const VertexId actor, Entity(arguments[0], term.span));
      filter_.without_asserters.insert(actor);
      return absl::OkStatus();
    }
    if (name == "without_document") {
      RETURN_IF_ERROR(wants(1, 1, "without_document('doc/key')"));
      const VertexId document = base_.image().FindKey(arguments[0]);
      if (!document.valid() || base_.image().kind(document) != VertexKind::kDocument) {
        return ViewError(kUnknownEntity, term.span, StrCat("there is no document '", arguments[0], "'"),
                         "give its key; MATCH (d:Document) RETURN d.key, d.title lists them");
      }
      filter_.without_documents.insert(document);
      return absl::OkStatus();
    }
    const std::string closest = ClosestName(
        name, {"claims", "certainty", "valid_at", "known_at", "according_to", "without_asserter", "without_document"});
    return ViewError(kUnknownViewTerm, term.span, StrCat("'", name, "' is no part of a view"),
                     closest.empty() ? "one of claims, certainty, valid_at, known_at, according_to, without_asserter, "
                                       "without_document"
                                     : StrCat("did you mean '", closest, "'?"));
  }

  // What one term says depends on others, in whatever order they are written.
  ClaimFilter Take() {
    if (weakest_.has_value()) {
      filter_.weakest = *weakest_;
    } else if (filter_.any_claim) {
      filter_.weakest = Certainty::kUncommitted;
    }
    if (according_to_.valid()) filter_.according_to = Organs();
    return std::move(filter_);
  }

 private:
  absl::StatusOr<std::string> Text(const ast::Expression& argument) {
    if (const auto* literal = argument.As<ast::Literal>()) {
      if (const auto* text = std::get_if<std::string>(&literal->value)) return *text;
      if (const auto* number = std::get_if<int64_t>(&literal->value)) return StrCat(*number);
    }
    if (const auto* parameter = argument.As<ast::Parameter>()) {
      const auto at = parameters_.find(parameter->name);
      if (at != parameters_.end() && at->second.type() == Value::Type::kString) return at->second.string();
      return ViewError(kBadViewArgument, argument.span,
                       StrCat("the parameter $", parameter->name, " is not given, or is no string"), "");
    }
    return ViewError(kBadViewArgument, argument.span, "an argument of a view is a text or a parameter",
                     "write certainty('possible')");
  }

  absl::StatusOr<EdtfTime> Time(const std::string& text, const SourceSpan& place) {
    absl::StatusOr<EdtfTime> time = EdtfTime::Parse(text);
    if (time.ok()) return time;
    const std::vector<Diagnostic> why = DiagnosticsOf(time.status());
    return ViewError(kBadViewArgument, place, StrCat("'", text, "' is no time"),
                     why.empty() ? "" : StrCat(why.front().cause, "; ", why.front().hint));
  }

  absl::StatusOr<VertexId> Entity(const std::string& name, const SourceSpan& place) {
    const NameIndex* const index = names_();
    const std::vector<NameMatch> matches = index == nullptr ? std::vector<NameMatch>() : index->Resolve(name);
    if (matches.size() == 1) return base_.image().FindKey(matches.front().key);
    if (matches.empty()) {
      std::vector<std::string> like = index == nullptr ? std::vector<std::string>() : index->Suggest(name);
      return ViewError(kUnknownEntity, place, StrCat("nobody is named '", name, "'"),
                       like.empty() ? "" : StrCat("did you mean ", Join(like, ", "), "?"));
    }
    std::vector<std::string> candidates;
    for (const NameMatch& match : matches) candidates.push_back(match.key);
    return ViewError(kUnknownEntity, place, StrCat("'", name, "' may be ", Join(candidates, ", ")), "give the key");
  }

  // Who was an organ of the actor, as the store stood when it is asked for.
  absl::flat_hash_set<VertexId> Organs() const {
    if (!filter_.known_at.has_value()) return WithOrgans(according_to_, base_, ontology_);
    ClaimFilter then;
    then.known_at = filter_.known_at;
    const std::shared_ptr<const Image> unowned(std::shared_ptr<const Image>(), &base_.image());
    return WithOrgans(according_to_, View(unowned, then), ontology_);
  }

  const View& base_;
  const Ontology* ontology_;
  const std::function<const NameIndex*()>& names_;
  const Parameters& parameters_;
  ClaimFilter filter_;
  std::optional<Certainty> weakest_;
  VertexId according_to_;
};

}  // namespace

absl::flat_hash_set<VertexId> WithOrgans(VertexId actor, const View& view, const Ontology* ontology) {
  absl::flat_hash_set<VertexId> found = {actor};
  if (ontology == nullptr) return found;
  std::vector<VertexId> queue = {actor};
  while (!queue.empty()) {
    const VertexId here = queue.back();
    queue.pop_back();
    const auto take = [&](const Neighbor& step) {
      if (view.Walks(step.edge) && found.insert(step.vertex).second) queue.push_back(step.vertex);
    };
    ForEachSame(view.image(), view.image().FindRelation(kSameAs), here, take);
    for (const Relation& relation : ontology->relations()) {
      if (relation.containment != Containment::kOrganOf) continue;
      const RelationId id = view.image().FindRelation(relation.name);
      if (!id.valid()) continue;
      for (const Neighbor& organ : view.image().In(here, id)) take(organ);
    }
  }
  return found;
}

absl::StatusOr<ClaimFilter> BindView(const ast::View& view, const View& base, const Ontology* ontology,
                                     const std::function<const NameIndex*()>& names, const Parameters& parameters) {
  ViewBinder binder(base, ontology, names, parameters);
  for (const ast::ExpressionPtr& term : view.terms) RETURN_IF_ERROR(binder.Bind(*term));
  return binder.Take();
}

}  // namespace dossier
