// Small worlds for tests of contradictions: an ontology, entities and claims in a few words each.
#ifndef DOSSIER_TESTS_UNIT_QUERY_CONTRADICTION_WORLD_H_
#define DOSSIER_TESTS_UNIT_QUERY_CONTRADICTION_WORLD_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "query/contradictions.h"
#include "schema/ontology_reader.h"

namespace dossier {

// A claim as a test writes it. `object` is a key, or a literal in quotes ("'party'"), a number, or a time after '@'.
struct Said {
  std::string id, subject, relation, object;
  std::map<std::string, std::string> qualifiers = {};  // values as in `object`
  std::string valid = "", quantity = "", unit = "";
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  std::string by = "org/monitor", said = "";
  std::string hedge = "", quote = "", note = "";
  NoteState note_state = NoteState::kNone;
  Rank rank = Rank::kNormal;
  bool closed = false;
};

class World : public ClaimReader {
 public:
  explicit World(std::string_view ontology_text) : ontology_(*ReadOntology(ontology_text)) {
    Entity("org/monitor", "Actor", "Monitor");
    Entity("doc/page", "Document", "Page");
  }

  void Entity(const std::string& key, const std::string& type, std::string name = "") {
    if (types_.emplace(key, type).second) keys_.push_back(key);
    dossier::Entity entity;
    entity.key = key;
    entity.types = {type};
    entity.name = name.empty() ? key.substr(key.find('/') + 1) : name;
    names_.Add(entity);
  }
  // "state: a b c" makes three entities of the type.
  void Entities(const std::string& type, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) Entity(key, type);
  }
  void Say(Said said) {
    if (said.id.empty()) said.id = StrCat("c", said_.size());
    said_.push_back(std::move(said));
  }
  void Clear() { said_.clear(); }
  const std::vector<Said>& said() const { return said_; }
  const Ontology& ontology() const { return ontology_; }
  const Image& image() const { return *image_; }
  const std::map<std::string, std::string>& types() const { return types_; }

  void Build() {
    ImageBuilder builder(/*sourced=*/true);
    for (const std::string& key : keys_) {
      if (types_[key] == "Document") {
        builder.AddDocument(key);
      } else {
        builder.AddEntity(key, {builder.Label(types_[key])});
      }
    }
    for (const Said& said : said_) builder.NameClaim(said.id);
    std::map<std::string, EdgeId> edges;
    for (const Said& said : said_) {
      const Relation* relation = ontology_.FindRelation(said.relation);
      ASSERT_NE(relation, nullptr) << said.relation;
      std::string subject = said.subject, object = said.object;
      if (relation->symmetric && object < subject) std::swap(subject, object);
      std::string identity = StrCat(subject, "|", said.relation, "|", object);
      for (const auto& [name, value] : said.qualifiers) {
        const QualifierRule* rule = relation->FindQualifier(name);
        ASSERT_NE(rule, nullptr) << said.relation << "." << name;
        if (rule->identifies) identity += StrCat("|", name, "=", value);
      }
      auto at = edges.find(identity);
      if (at == edges.end()) {
        const VertexId source = builder.FindKey(subject);
        ASSERT_TRUE(source.valid()) << subject;
        const Value value = Parse(builder, object);
        const RelationId id = builder.Relation(said.relation);
        const EdgeId edge = value.type() == Value::Type::kVertex ? builder.AddEdge(source, id, value.vertex())
                                                                 : builder.AddLiteral(source, id, value);
        at = edges.emplace(identity, edge).first;
        for (const auto& [name, text] : said.qualifiers) {
          if (relation->FindQualifier(name)->identifies) {
            builder.AddEdgeProperty(edge, builder.Property(name), Parse(builder, text));
          }
        }
      }
      ClaimColumns claim;
      claim.proposition = at->second;
      claim.document = builder.FindKey("doc/page");
      claim.act = said.act;
      claim.certainty = said.certainty;
      claim.rank = said.rank;
      claim.note = said.note_state;
      if (!said.by.empty()) claim.asserters = {builder.FindKey(said.by)};
      if (!said.valid.empty()) claim.valid = *EdtfTime::Parse(said.valid);
      if (!said.said.empty()) claim.said = *EdtfTime::Parse(said.said);
      if (!said.quantity.empty()) claim.quantity = *ParseQuantity(said.quantity, said.unit);
      for (const auto& [name, text] : said.qualifiers) {
        if (!relation->FindQualifier(name)->identifies) {
          claim.qualifiers.emplace_back(builder.Property(name), Parse(builder, text));
        }
      }
      const ClaimId number = builder.AddClaim(std::move(claim));
      if (said.closed) builder.CloseClaim(number, 1);
    }
    image_ = builder.Build();
  }

  std::vector<Finding> Find(const ContradictionOptions& options = {}, const Verification* verification = nullptr) {
    Build();
    auto findings = FindContradictions(*image_, ontology_, names_, *this, verification, options);
    EXPECT_TRUE(findings.ok()) << findings.status();
    return findings.ok() ? *std::move(findings) : std::vector<Finding>();
  }

  // "R1 hard d | a b" a finding, in order.
  std::vector<std::string> Summary(const ContradictionOptions& options = {},
                                   const Verification* verification = nullptr) {
    std::vector<std::string> lines;
    for (const Finding& finding : Find(options, verification)) {
      std::string line = StrCat(Name(finding.rule), " ", Name(finding.grade));
      for (const auto& side : finding.sides) {
        line += &side == &finding.sides[0] ? "" : " |";
        std::set<std::string> ids;
        for (const ClaimId claim : side) ids.insert(said_[claim.value].id);
        for (const std::string& id : ids) line += StrCat(" ", id);
      }
      lines.push_back(line);
    }
    return lines;
  }

  absl::StatusOr<Claim> ReadClaim(ClaimId number) const override {
    const Said& said = said_[number.value];
    Claim claim;
    claim.id = said.id;
    claim.hedge = said.hedge;
    claim.quote = said.quote;
    claim.cites.note = said.note;
    claim.cites.state = said.note_state;
    return claim;
  }
  absl::StatusOr<Document> ReadDocument(VertexId) const override { return Document(); }
  const NameIndex& names() const { return names_; }

 private:
  static Value Parse(const ImageBuilder& builder, const std::string& text) {
    if (text.front() == '\'') return Value::String(text.substr(1, text.size() - 2));
    if (text.front() == '@') return Value::Time(*EdtfTime::Parse(text.substr(1)));
    if (text.front() == '#') return Value::OfQuantity(*ParseQuantity(text.substr(1), "state"));
    if (text.front() >= '0' && text.front() <= '9') return Value::Integer(std::stoll(text));
    const VertexId vertex = builder.FindKey(text);
    EXPECT_TRUE(vertex.valid()) << text;
    return Value::Vertex(vertex);
  }

  Ontology ontology_;
  NameIndex names_;
  std::vector<std::string> keys_;
  std::map<std::string, std::string> types_;
  std::vector<Said> said_;
  std::shared_ptr<const Image> image_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_CONTRADICTION_WORLD_H_
