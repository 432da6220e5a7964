// A small world of claims for tests of reasons: which of its claims are there can be chosen anew, so that a test sees
// what becomes of an answer when some are not.
#ifndef DOSSIER_TESTS_UNIT_QUERY_WHY_WORLD_H_
#define DOSSIER_TESTS_UNIT_QUERY_WHY_WORLD_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/query_run.h"
#include "schema/ontology_reader.h"

namespace dossier {

inline constexpr std::string_view kWhyOntology = R"([ontology]
name = "test"
version = "1"
[types.State]
[types.Place]
[relations.R]
[relations.R.qualifiers.place]
range = ["Place"]
[relations.S]
[relations.LOCATED_IN]
containment = "located-in"
[relations.size]
value = "integer"
)";

// `object` is a key, or a number for `size`.
struct WhyClaim {
  std::string subject, relation, object;
  std::string place = "";  // an identifying qualifier
  double quantity = 0;     // 0: not given
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
};

class WhyWorld {
 public:
  void Entity(const std::string& key, const std::string& type) { entities_.emplace_back(key, type); }
  void Say(WhyClaim claim) { claims_.push_back(std::move(claim)); }
  const std::vector<WhyClaim>& claims() const { return claims_; }

  // An answer, and which claim of the world each of its notes is.
  struct Told {
    absl::Status status;
    Answer answer;
    std::shared_ptr<const Image> image;
    std::vector<size_t> claims;  // by claim number of the image
    size_t ClaimOf(uint32_t note) const { return claims[answer.notes[note - 1].claim.value]; }
    std::string RowText(size_t row) const {
      std::string text;
      for (const Value& value : answer.rows[row].values) text += StrCat(text.empty() ? "" : " ", ToString(value));
      return text;
    }
  };

  // Asks of a world in which there are these claims alone; no list: all of them.
  Told Ask(std::string_view query, const QueryOptions& options, const std::vector<bool>& there = {}) const {
    Told told;
    QuerySurroundings of;
    told.image = of.image = Build(there, &told.claims);
    of.view = std::make_shared<const View>(of.image, ClaimFilter());
    of.ontology = &Ontology();
    of.names = [] { return nullptr; };
    absl::StatusOr<PreparedText> text = PrepareText(query, of, options);
    absl::StatusOr<Answer> answer = text.ok() ? RunText(*text, of, options) : absl::StatusOr<Answer>(text.status());
    told.status = answer.status();
    if (answer.ok()) told.answer = *std::move(answer);
    return told;
  }

 private:
  static const dossier::Ontology& Ontology() {
    static const auto* const kOntology = new dossier::Ontology(*ReadOntology(kWhyOntology, "ontology.toml"));
    return *kOntology;
  }

  std::shared_ptr<const Image> Build(const std::vector<bool>& there, std::vector<size_t>* numbers) const {
    ImageBuilder builder(/*sourced=*/true);
    for (const char* property : {"name", "place", "quantity", "size"}) builder.Property(property);
    for (const auto& [key, type] : entities_) {
      const VertexId vertex = builder.AddEntity(key, {builder.Label(type)});
      builder.SetVertexProperty(vertex, builder.Property("name"), Value::String(key));
    }
    for (const char* relation : {"R", "S", "LOCATED_IN", "size"}) builder.Relation(relation);
    const VertexId document = builder.AddDocument("report");
    std::map<std::string, EdgeId> edges;
    for (size_t i = 0; i < claims_.size(); ++i) {
      if (!there.empty() && !there[i]) continue;
      const WhyClaim& said = claims_[i];
      const auto [at, is_new] =
          edges.try_emplace(StrCat(said.subject, "|", said.relation, "|", said.object, "|", said.place));
      if (is_new) {
        const RelationId relation = builder.Relation(said.relation);
        const VertexId subject = builder.FindKey(said.subject);
        at->second = said.relation == "size"
                         ? builder.AddLiteral(subject, relation, Value::Integer(std::stoll(said.object)))
                         : builder.AddEdge(subject, relation, builder.FindKey(said.object));
        if (!said.place.empty()) {
          builder.AddEdgeProperty(at->second, builder.Property("place"), Value::Vertex(builder.FindKey(said.place)));
        }
      }
      ClaimColumns claim;
      claim.proposition = at->second;
      claim.document = document;
      claim.act = said.act;
      claim.certainty = said.certainty;
      claim.asserters = {builder.FindKey(entities_.front().first)};
      if (said.quantity > 0) claim.quantity = Quantity::Exactly(said.quantity, "piece");
      builder.NameClaim(StrCat("claim-", i));
      builder.AddClaim(claim);
      numbers->push_back(i);
    }
    return builder.Build();
  }

  std::vector<std::pair<std::string, std::string>> entities_;
  std::vector<WhyClaim> claims_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_WHY_WORLD_H_
