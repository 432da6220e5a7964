#include "schema/group_expansion.h"

#include <set>
#include <string>
#include <utility>

#include "graph/base/text.h"
#include "schema/error_codes.h"

namespace dossier {
namespace {

struct Member {
  std::string key;
  std::string printed;  // empty where it is not given
};

class Expansion {
 public:
  Expansion(const RawRecord& record, const Ontology& ontology, KnownThings* known, RowParser* parser,
            FieldReporter* reporter)
      : record_(record),
        ontology_(ontology),
        known_(known),
        parser_(parser),
        reporter_(reporter),
        key_(record.Text(Column::kKey)) {}

  std::vector<GroupClaim> Expand() {
    parser_->ParseSource(record_, false, &source_, reporter_);
    context_.document = source_.document;
    heading_valid_ = parser_->ParseTime(record_.Text(Column::kHeadingValid), Column::kHeadingValid, 0, reporter_);
    if (!heading_valid_.is_undated()) context_.time = heading_valid_.throughout();
    AddCount();
    AddList();
    const std::vector<Member> members = Members(Column::kMembers);
    for (const Member& member : members) {
      Add(StrCat(key_, "#member/", member.key), kHasMember, Term::Entity(member.key), Column::kMembers,
          Printed(member));
    }
    for (const Member& part : Members(Column::kParts)) {
      Add(StrCat(key_, "#part/", part.key), kHasPart, Term::Entity(part.key), Column::kParts, nullptr);
    }
    AddSayings(members);
    return std::move(claims_);
  }

 private:
  void Clash(Column column, std::string cause, std::string_view rule, std::string hint, size_t begin = 0,
             size_t end = std::string_view::npos) {
    reporter_->Report(kGroupClash, column, std::move(cause), rule, std::move(hint), begin, end);
  }

  // A claim about the group, with the row's own quote, or that of a member.
  void Add(std::string id, std::string_view relation, Term object, Column column, const std::string* quote) {
    GroupClaim group_claim;
    Claim& claim = group_claim.claim;
    claim = source_;
    claim.id = std::move(id);
    claim.proposition.subject = Term::Entity(key_);
    claim.proposition.relation = relation;
    claim.proposition.object = std::move(object);
    UseQuote(quote, &claim);
    group_claim.relation = group_claim.object = column;
    claims_.push_back(std::move(group_claim));
  }
  static void UseQuote(const std::string* quote, Claim* claim) {
    if (quote == nullptr) return;
    claim->quote = *quote;
    claim->quote_before.clear();
    claim->quote_after.clear();
  }

  void AddCount() {
    const std::string_view count = record_.Text(Column::kCount), unit = record_.Text(Column::kUnit);
    if (count.empty()) {
      if (!unit.empty()) {
        reporter_->Report(kUnitWithoutQuantity, Column::kUnit, "'unit' without a count",
                          "the unit says what the count is of", "fill in 'count', or leave the unit empty");
      }
      return;
    }
    auto quantity = parser_->ParseQuantityCell(count, unit, "", true, Column::kCount, reporter_);
    if (!quantity.has_value()) return;
    Add(StrCat(key_, "#count"), kStatedCount, Term::Literal(Value::OfQuantity(*std::move(quantity))), Column::kCount,
        nullptr);
  }

  void AddList() {
    const std::string_view list = record_.Text(Column::kList);
    if (list.empty()) return;
    if (list != "open" && list != "closed") {
      reporter_->Report(kUnknownWord, Column::kList, StrCat(Quote(list), " is no list"),
                        "'list' is open, closed or empty", DidYouMean(list, {"open", "closed"}, "choose one of them"));
      return;
    }
    Add(StrCat(key_, "#list"), kListRelation, Term::Literal(Value::String(list)), Column::kList, nullptr);
  }

  std::vector<Member> Members(Column column) {
    std::vector<Member> members;
    if (record_.Text(column).empty()) return members;
    std::set<std::string> seen;
    for (const ListValue& value : SplitList(record_.Text(column))) {
      const size_t equals = column == Column::kMembers ? value.text.find('=') : std::string::npos;
      Member member;
      member.key = parser_->ParseEntityName(Trim(std::string_view(value.text).substr(0, equals)), column, value.begin,
                                            value.end, context_, reporter_);
      if (equals != std::string::npos) member.printed = Trim(std::string_view(value.text).substr(equals + 1));
      if (member.key.empty()) continue;
      if (member.key == key_) {
        Clash(column, "a group in itself", "a group is another thing than what it holds", "name the members",
              value.begin, value.end);
      } else if (!seen.insert(member.key).second) {
        Clash(column, StrCat(Quote(member.key), " is named twice"), "a list names each member once",
              "if the source prints it twice, say so in the note", value.begin, value.end);
      } else {
        members.push_back(std::move(member));
      }
    }
    return members;
  }

  // The member's name as the source prints it. Lives until the next call.
  const std::string* Printed(const Member& member) {
    printed_ = member.printed.empty() ? known_->NameOf(member.key) : member.printed;
    return &printed_;
  }

  void AddSayings(const std::vector<Member>& members) {
    const std::string_view says = record_.Text(Column::kSays), object = record_.Text(Column::kSaysObject);
    if (says.empty()) {
      for (const Column column : {Column::kSaysObject, Column::kSaysQualifiers, Column::kHeadingValid}) {
        if (record_.Text(column).empty()) continue;
        Clash(column, StrCat("'", Name(column), "' without 'says'"), "says names what the heading says of each member",
              "fill in 'says', or leave this empty");
      }
      return;
    }
    if (object.empty()) {
      Clash(Column::kSays, "'says' without 'says_object'", "a heading is a relation and an object", "fill it in");
    }
    if (record_.Text(Column::kMembers).empty()) {
      Clash(Column::kSays, "'says' without members", "the heading says something of each member",
            "name the members, or leave it empty: a group is not distributed");
    }
    bool inverse = false;
    const Relation* relation = parser_->ParseRelation(says, Column::kSays, &inverse, reporter_);
    if (object.empty() || (relation == nullptr && !ontology_.is_open())) return;
    const Term term = parser_->ParseObject(relation, says, object, Column::kSaysObject, "", "", context_, reporter_);
    const std::vector<Qualifier> qualifiers = parser_->ParseQualifiers(relation, record_[Column::kSaysQualifiers],
                                                                       Column::kSaysQualifiers, context_, reporter_);
    for (const Member& member : members) {
      Add(StrCat(key_, "#says/", member.key), relation != nullptr ? relation->name : says, term, Column::kSaysObject,
          Printed(member));
      GroupClaim& saying = claims_.back();
      saying.subject = Column::kMembers;
      saying.relation = Column::kSays;
      saying.qualifiers = Column::kSaysQualifiers;
      saying.claim.proposition.subject = Term::Entity(member.key);
      saying.claim.qualifiers = qualifiers;
      saying.claim.valid = heading_valid_;
      if (!inverse) continue;
      std::swap(saying.claim.proposition.subject, saying.claim.proposition.object);
      std::swap(saying.subject, saying.object);
    }
  }

  const RawRecord& record_;
  const Ontology& ontology_;
  KnownThings* known_;
  RowParser* parser_;
  FieldReporter* reporter_;
  std::string key_;
  Claim source_;
  NameContext context_;
  EdtfTime heading_valid_;
  std::string printed_;
  std::vector<GroupClaim> claims_;
};

}  // namespace

std::vector<GroupClaim> ExpandGroup(const RawRecord& record, const Ontology& ontology, KnownThings* known,
                                    RowParser* parser, FieldReporter* reporter) {
  return Expansion(record, ontology, known, parser, reporter).Expand();
}

}  // namespace dossier
