#include "schema/names.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "graph/base/text.h"

namespace dossier {
namespace {

bool IsAscii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
}

bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }

// What a code point that is case-folded and without accents becomes: itself, or one that stands for its kind. 0 drops
// it, a space stands for white space, dashes, brackets, quotation marks and commas, all of which only separate.
char32_t Plain(char32_t c) {
  switch (c) {
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x02B9:
    case 0x02BB:
    case 0x02BC:
    case 0x02BD:
    case 0x02C8:
    case '`':
    case 0xB4:
    case 0x55A:
    case 0x5F3:
    case 0xA78C:
      return '\'';
    case ' ':
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case '-':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '"':
    case ',':
    case '_':
    case 0x2212:
      return ' ';
    default:
      break;
  }
  if (c < 0x80) return c;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return ' ';
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      return c;
  }
}

// Puts code points together: one space between words, none at the ends, full stops only inside numbers ("2.5" stays,
// "U.S." becomes "us").
class Folder {
 public:
  void Add(char32_t c) {
    c = Plain(c);
    if (c == 0) return;
    if (pending_stop_) {
      pending_stop_ = false;
      if (IsDigit(c)) out_ += '.';
    }
    if (c == '.') {
      pending_stop_ = IsDigit(last_);
      last_ = c;
      return;
    }
    last_ = c;
    if (c == ' ') {
      pending_space_ = !out_.empty();
      return;
    }
    if (pending_space_) out_ += ' ';
    pending_space_ = false;
    Append(c);
  }
  std::string Take() { return std::move(out_); }
  void Reserve(size_t size) { out_.reserve(size); }

 private:
  void Append(char32_t c) {
    if (c < 0x80) {
      out_ += static_cast<char>(c);
    } else if (c < 0x800) {
      out_ += static_cast<char>(0xC0 | (c >> 6));
      out_ += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out_ += static_cast<char>(0xE0 | (c >> 12));
      out_ += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out_ += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out_ += static_cast<char>(0xF0 | (c >> 18));
      out_ += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      out_ += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out_ += static_cast<char>(0x80 | (c & 0x3F));
    }
  }

  std::string out_;
  bool pending_space_ = false;
  bool pending_stop_ = false;
  char32_t last_ = 0;
};

std::string FoldUnicode(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(error);
  icu::UnicodeString folded = text;
  if (U_SUCCESS(error)) folded = decompose->normalize(casefold->normalize(text, error), error);
  if (U_FAILURE(error)) folded = text;  // ICU without its data: names are then compared as written
  Folder folder;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    folder.Add(static_cast<char32_t>(folded.char32At(i)));
  }
  return folder.Take();
}

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

// Opening a transliterator takes milliseconds, and using one from two threads at once is not allowed.
class Latinizer {
 public:
  Latinizer() {
    UErrorCode error = U_ZERO_ERROR;
    UParseError place;
    transliterator_.reset(icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, place, error));
    if (U_FAILURE(error)) transliterator_.reset();
  }
  void Apply(icu::UnicodeString* text) const {
    if (transliterator_ != nullptr) transliterator_->transliterate(*text);
  }

 private:
  std::unique_ptr<icu::Transliterator> transliterator_;
};

}  // namespace

std::string FoldName(std::string_view text) {
  if (!IsAscii(text)) return FoldUnicode(FromUtf8(text));
  Folder folder;
  folder.Reserve(text.size());
  for (const char c : text) {
    folder.Add(static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  }
  return folder.Take();
}

std::string TransliterateName(std::string_view text) {
  if (IsAscii(text)) return FoldName(text);
  thread_local const Latinizer latinizer;
  icu::UnicodeString latin = FromUtf8(text);
  latinizer.Apply(&latin);
  return FoldUnicode(latin);
}

void NameIndex::Add(const Entity& entity) {
  const auto [known, is_new] = by_key_.try_emplace(entity.key, static_cast<uint32_t>(entities_.size()));
  if (is_new) entities_.push_back({entity.key, entity.name});
  const uint32_t number = known->second;
  AddName(number, entity.name, 0);
  for (const Alias& alias : entity.aliases) {
    uint32_t scope = 0;
    if (!alias.document.empty() || !alias.valid.is_undated()) {
      scopes_.push_back({alias.document, alias.valid});
      scope = static_cast<uint32_t>(scopes_.size());
    }
    AddName(number, alias.text, scope);
  }
}

void NameIndex::AddName(uint32_t entity, std::string_view name, uint32_t scope) {
  std::string folded = FoldName(name);
  if (folded.empty()) return;
  const auto add = [entity, scope](Uses* uses) {
    for (const Use& use : *uses) {
      if (use.entity == entity && use.scope == scope) return;
    }
    uses->push_back({entity, scope});
  };
  if (!IsAscii(folded)) {
    std::string latin = TransliterateName(name);
    if (!latin.empty() && latin != folded) add(&latin_[std::move(latin)]);
  }
  add(&folded_[std::move(folded)]);
}

void NameIndex::Collect(const Table& table, std::string_view folded, const NameContext& context, bool* scoped,
                        std::vector<uint32_t>* found) const {
  const auto uses = table.find(ToAbsl(folded));
  if (uses == table.end()) return;
  for (const Use& use : uses->second) {
    bool is_scoped = false;
    if (use.scope != 0) {
      const Scope& scope = scopes_[use.scope - 1];
      if (context.time.has_value() && !scope.valid.is_undated() &&
          !PossiblyOverlaps(scope.valid.throughout(), *context.time)) {
        continue;
      }
      if (!scope.document.empty() && !context.document.empty()) {
        if (scope.document != context.document) continue;
        is_scoped = true;
      }
    }
    if (*scoped && !is_scoped) continue;
    if (is_scoped && !*scoped) found->clear();
    *scoped |= is_scoped;
    found->push_back(use.entity);
  }
}

std::vector<NameMatch> NameIndex::Resolve(std::string_view text, const NameContext& context) const {
  if (const auto known = by_key_.find(ToAbsl(text)); known != by_key_.end()) {
    return {{entities_[known->second].key, NameReading::kKey, false}};
  }
  std::vector<uint32_t> found;
  NameReading reading = NameReading::kFolded;
  bool scoped = false;
  const std::string folded = FoldName(text);
  Collect(folded_, folded, context, &scoped, &found);
  if (found.empty()) {
    reading = NameReading::kTransliterated;
    const std::string latin = IsAscii(folded) ? folded : TransliterateName(text);
    Collect(latin_, latin, context, &scoped, &found);
    if (latin != folded) Collect(folded_, latin, context, &scoped, &found);
  }
  std::vector<NameMatch> matches;
  for (const uint32_t entity : found) matches.push_back({entities_[entity].key, reading, scoped});
  std::sort(matches.begin(), matches.end(), [](const NameMatch& a, const NameMatch& b) { return a.key < b.key; });
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
  return matches;
}

std::vector<std::string> NameIndex::Suggest(std::string_view text, size_t limit) const {
  const std::string folded = FoldName(text);
  const std::string latin = TransliterateName(text);
  const size_t bound = std::max<size_t>(1, folded.size() / 3);
  std::vector<std::pair<size_t, std::string>> close;
  const auto consider = [&](std::string_view wanted, std::string_view name, uint32_t entity) {
    const size_t distance = EditDistance(wanted, name, bound);
    if (distance <= bound) close.emplace_back(distance, entities_[entity].key);
  };
  for (uint32_t i = 0; i < entities_.size(); ++i) consider(text, entities_[i].key, i);
  for (const auto& [name, uses] : folded_) {
    for (const Use& use : uses) consider(folded, name, use.entity);
  }
  for (const auto& [name, uses] : latin_) {
    for (const Use& use : uses) consider(latin, name, use.entity);
  }
  std::sort(close.begin(), close.end());
  std::vector<std::string> keys;
  for (const auto& [distance, key] : close) {
    if (keys.size() == limit) break;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

void NameIndex::VisitKeys(const std::function<void(std::string_view key)>& visit) const {
  for (const Known& known : entities_) visit(known.key);
}

void NameIndex::VisitNames(
    const std::function<void(std::string_view name, const std::vector<std::string_view>& keys)>& visit) const {
  std::vector<std::string_view> keys;
  for (const Table* table : {&folded_, &latin_}) {
    for (const auto& [name, uses] : *table) {
      keys.clear();
      for (const Use& use : uses) keys.push_back(entities_[use.entity].key);
      visit(name, keys);
    }
  }
}

bool NameIndex::HasKey(std::string_view key) const { return by_key_.contains(ToAbsl(key)); }

std::string NameIndex::NameOf(std::string_view key) const {
  const auto known = by_key_.find(ToAbsl(key));
  if (known == by_key_.end() || entities_[known->second].name.empty()) return std::string(key);
  return entities_[known->second].name;
}

}  // namespace dossier
