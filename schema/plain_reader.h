// Reads and checks the rows of claims in which nothing is out of the ordinary, without making a Claim of them.
//
// What it lets through is what RowParser and ClaimValidator let through, to the same claim; tests compare the two. It
// never says what is wrong: for a row about which it has any doubt it says so, and those two do it. Not for use outside
// schema/.
#ifndef DOSSIER_SCHEMA_PLAIN_READER_H_
#define DOSSIER_SCHEMA_PLAIN_READER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/canonical_text.h"
#include "schema/claim_file_reader.h"
#include "schema/known_things.h"
#include "schema/ontology.h"
#include "schema/plain_claims.h"
#include "schema/thing_table.h"

namespace dossier {

// What all readers of a load share: the things that the load gives, with the numbers that the sink gave them.
class PlainThings {
 public:
  // The sink's error, if it has one.
  static absl::StatusOr<PlainThings> Make(KnownThings* known, const PlainSink* sink);

  const ThingTable<KnownSource>& documents() const { return documents_; }
  const ThingTable<KnownThing>& entities() const { return entities_; }
  const std::vector<std::vector<std::string>>& types() const { return types_; }
  KnownThings* known() const { return known_; }
  const PlainSink& sink() const { return *sink_; }

 private:
  PlainThings(KnownThings* known, const PlainSink* sink) : known_(known), sink_(sink) {}
  KnownThings* known_;
  const PlainSink* sink_;
  ThingTable<KnownThing> entities_;
  ThingTable<KnownSource> documents_;
  std::vector<std::vector<std::string>> types_;  // KnownThing::types is a place in it
};

// For one thread.
class PlainReader {
 public:
  // All must outlive it. `max_field_bytes` as the claim validator has it.
  PlainReader(const Ontology* ontology, const PlainThings* things, size_t max_field_bytes);

  // Where what a row refers to is known. Looking that up is mostly waiting for memory, which is fetched meanwhile, so
  // who knows a row soon enough asks for it while another one is read.
  struct Ahead {
    ThingTable<KnownThing>::Place subject, object;
    ThingTable<KnownSource>::Place source;
  };
  Ahead LookAhead(const RawRecord& record);

  // Adds the claim of `record`, which is `row`, to `claims`; false, and nothing added, where there is any doubt about
  // it. Those of one PlainClaims are to be of one file. `text`: what the record was read from, which has to live as
  // long as the claims.
  bool Read(const RawRecord& record, const Ahead& ahead, const RowId& row, std::string_view text, PlainClaims* claims);
  // Once all rows of a PlainClaims are read: some may lack their hashes until then.
  void Finish();

 private:
  using ThingPlace = ThingTable<KnownThing>::Place;
  using SourcePlace = ThingTable<KnownSource>::Place;
  // Which lists of types may stand somewhere, as far as found out: 0 unknown, 1 yes, 2 no.
  using Admitted = std::vector<uint8_t>;
  struct RelationPlan {
    const Relation* relation = nullptr;
    Admitted subject, object;
    std::vector<Admitted> ranges;  // of its qualifiers
    uint64_t required = 0;         // a bit for each of them
    std::vector<ThingTable<KnownThing>::LastWord> words;
    // Its name and theirs, as the texts of that serial have them.
    uint64_t serial = 0;
    PlainText name;
    std::vector<PlainText> names;
  };
  // A literal or an entity as read: what the store gets, and what stands in the canonical text.
  struct ReadTerm {
    PlainTerm value;
    char type = 0;          // of a literal; 0: an entity
    std::string_view text;  // of a literal, or the key
  };
  struct ReadQualifier {
    size_t rule = 0;  // its place among those of the relation
    ReadTerm term;
  };

  bool ReadRow(const RawRecord& record, const Ahead& ahead);
  bool ReadProposition(const RawRecord& record, const Ahead& ahead);
  bool ReadSource(const RawRecord& record, const Ahead& ahead);
  bool ReadId(std::string_view id, const RowId& row);
  bool IsKnownByContent(std::string_view id) const { return id.empty() && !has_given_ids_; }
  bool ReadEntity(std::string_view text, const ThingPlace& place, const std::vector<std::string>& allowed,
                  Admitted* admitted, ReadTerm* term);
  bool ReadLiteral(ValueType type, std::string_view text, std::string_view unit, std::string_view counting,
                   bool countable, ReadTerm* term);
  bool ReadQualifiers(std::string_view cell);
  bool ReadLocator(std::string_view cell);
  bool ReadTime(std::string_view text, std::string_view* time);
  bool ReadQuantity(std::string_view text, std::string_view unit, std::string_view counting, bool countable,
                    uint32_t* place);
  void AddHashed(const RowId& row);
  void AddWaiting(const RowId& row);
  void WriteCanonical();
  void WriteQualifiers(bool identifying, CanonicalText* text, PlainClaim::Part* part);

  PlainRest& Rest();
  RelationPlan* PlanOf(std::string_view relation);
  std::optional<KnownThing> FindThing(std::string_view key, const ThingPlace& place);
  std::optional<KnownThing> FindThing(std::string_view key) { return FindThing(key, things_.entities().PlaceOf(key)); }
  std::optional<KnownSource> FindSource(std::string_view key, const SourcePlace& place);
  std::optional<KnownSource> FindSource(std::string_view key) {
    return FindSource(key, things_.documents().PlaceOf(key));
  }
  KnownSource SourceOf(uint32_t number, std::string_view publisher);
  uint32_t TypesOf(const std::vector<std::string>& types);
  bool Admits(const std::vector<std::string>& allowed, Admitted* known, uint32_t types);
  PlainText Text(std::string_view text) { return claims_->texts_.Add(text, file_text_); }

  const Ontology& ontology_;
  const PlainThings& things_;
  const size_t max_row_bytes_;
  const bool has_given_ids_;
  std::vector<RelationPlan> plans_;  // by the relation's place in the ontology; made when first met
  std::string last_relation_;        // neighbours mostly have one relation
  RelationPlan* plan_ = nullptr;     // its plan, or null
  std::string last_document_;        // the same of documents
  std::optional<KnownSource> source_;
  ThingTable<KnownThing>::LastWord subject_word_, object_word_;
  ThingTable<KnownSource>::LastWord source_word_;
  Admitted statements_;
  const std::vector<std::string> statement_types_;
  std::vector<std::vector<std::string>> types_;
  // Of the store, as far as looked up.
  absl::node_hash_map<std::string, std::optional<KnownThing>> store_things_;
  absl::node_hash_map<std::string, std::optional<KnownSource>> store_sources_;
  absl::node_hash_map<std::string, std::string> times_;  // as written -> as EdtfTime has it

  // The row at hand.
  PlainClaims* claims_ = nullptr;
  std::string_view file_text_;
  PlainClaim claim_;
  CanonicalFields fields_;
  ReadTerm subject_, object_;
  std::vector<ReadQualifier> qualifiers_;
  std::vector<std::string_view> asserters_, cites_;
  std::deque<std::string> made_;  // texts that do not stand in the row as they are
  std::string quantity_;          // the last that was read, as canonical texts have it

  // What claims are known by is hashed for two rows at once: the texts of the row at hand, and those of the claim that
  // waits for it, which is the last of claims_.
  struct Texts {
    CanonicalText proposition, claim;
  };
  Texts texts_, waiting_texts_;
  bool is_waiting_ = false;
  PlainHashes hashes_;  // of the row at hand, where it is one that does not wait
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_PLAIN_READER_H_
