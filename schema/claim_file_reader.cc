#include "schema/claim_file_reader.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "graph/base/text.h"
#include "schema/csv_reader.h"
#include "schema/error_codes.h"
#include "schema/json_line.h"

namespace dossier {
namespace {

constexpr std::string_view kClaimFileRule = "claim files are written as docs/claim-files.md says";

constexpr std::array<std::string_view, kColumnCount> kColumnNames = {
    "act",
    "aliases",
    "asserters",
    "author",
    "certainty",
    "cites_document",
    "cites_note",
    "cites_state",
    "count",
    "counting",
    "date",
    "description",
    "document",
    "file",
    "heading_valid",
    "hedge",
    "id",
    "key",
    "kind",
    "language",
    "list",
    "locator",
    "members",
    "name",
    "note",
    "object",
    "part_of",
    "parts",
    "publisher",
    "qualifiers",
    "quantity",
    "quote",
    "quote_after",
    "quote_before",
    "rank",
    "relation",
    "said",
    "says",
    "says_object",
    "says_qualifiers",
    "sha256",
    "statement",
    "subject",
    "supersedes",
    "title",
    "type",
    "unit",
    "url",
    "valid",
};

struct KindColumns {
  std::vector<Column> required, optional;
};

const KindColumns& ColumnsOf(RecordKind kind) {
  using enum Column;
  static const std::array<KindColumns, 4> kColumns = {{
      {{kKey, kTitle}, {kPublisher, kAuthor, kDate, kKind, kLanguage, kUrl, kFile, kSha256, kPartOf, kNote}},
      {{kKey, kType, kName}, {kAliases, kDescription}},
      {{kSubject, kRelation, kObject, kAct, kDocument, kLocator},
       {kId,        kQualifiers,    kValid,      kQuantity,  kUnit,       kCounting,    kCertainty,
        kHedge,     kAsserters,     kSaid,       kStatement, kQuote,      kQuoteBefore, kQuoteAfter,
        kCitesNote, kCitesDocument, kCitesState, kRank,      kSupersedes, kNote}},
      {{kKey, kName, kDocument, kLocator},
       {kCount,        kUnit,       kList,      kMembers,       kParts,      kSays, kSaysObject, kSaysQualifiers,
        kHeadingValid, kAct,        kCertainty, kHedge,         kAsserters,  kSaid, kStatement,  kQuote,
        kQuoteBefore,  kQuoteAfter, kCitesNote, kCitesDocument, kCitesState, kRank, kNote}},
  }};
  return kColumns[static_cast<size_t>(kind)];
}

std::optional<Column> FindColumn(RecordKind kind, std::string_view name) {
  const KindColumns& columns = ColumnsOf(kind);
  for (const auto* list : {&columns.required, &columns.optional}) {
    for (const Column column : *list) {
      if (Name(column) == name) return column;
    }
  }
  return std::nullopt;
}

// What would be right instead of the unknown column `name`.
std::string ColumnHint(RecordKind kind, std::string_view name) {
  std::vector<std::string> names;
  const KindColumns& columns = ColumnsOf(kind);
  for (const auto* list : {&columns.required, &columns.optional}) {
    for (const Column column : *list) names.emplace_back(Name(column));
  }
  const std::string closest = ClosestName(name, names);
  return closest.empty() ? StrCat("columns of a ", Name(kind), " are ", Join(names, ", "))
                         : StrCat("did you mean '", closest, "'?");
}

std::string_view FileName(std::string_view path) {
  const size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Trim(), which most cells need not be asked for.
std::string_view Trimmed(std::string_view text) {
  const auto is_no_space = [](char c) { return static_cast<unsigned char>(c) > ' '; };
  return text.empty() || (is_no_space(text.front()) && is_no_space(text.back())) ? text : Trim(text);
}

uint64_t NextSerial() {
  static std::atomic<uint64_t> next{0};
  return ++next;
}

// The bytes of `line` that the value of the JSON field `name` fills; the whole line where it is not found.
std::pair<size_t, size_t> JsonValue(std::string_view line, std::string_view name) {
  const std::string quoted = StrCat("\"", name, "\"");
  for (size_t at = line.find(quoted); at != std::string_view::npos; at = line.find(quoted, at + 1)) {
    size_t value = line.find_first_not_of(" \t", at + quoted.size());
    if (value == std::string_view::npos || line[value] != ':') continue;  // a value, not a field's name
    value = std::min(line.find_first_not_of(" \t", value + 1), line.size());
    size_t end = value;
    if (end < line.size() && line[end] == '"') {
      for (++end; end < line.size() && line[end] != '"'; ++end) end += line[end] == '\\' ? 1 : 0;
      return {value, std::min(end + 1, line.size())};
    }
    return {value, std::min(line.find_first_of(line.substr(value, 1) == "[" ? "]" : ",}", value), line.size())};
  }
  return {0, line.size()};
}

// Where the byte `at` of a cell's text stands in the file: doubled quotes count twice there.
size_t CsvOffset(std::string_view file, const RawCell& cell, size_t at) {
  size_t offset = cell.begin;
  const bool quoted = offset < cell.end && file[offset] == '"';
  if (quoted) ++offset;
  while (offset < cell.end && (file[offset] == ' ' || (file[offset] >= '\t' && file[offset] <= '\r'))) ++offset;
  for (; at > 0 && offset < cell.end; --at) offset += quoted && file[offset] == '"' ? 2 : 1;
  return std::min(offset, cell.end);
}

}  // namespace

std::string_view Name(RecordKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"document", "entity", "claim", "group"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view Name(Column column) { return kColumnNames[static_cast<size_t>(column)]; }

std::optional<RecordKind> KindOfFile(std::string_view file_name) {
  const std::string_view name = FileName(file_name);
  if (name.starts_with("documents")) return RecordKind::kDocument;
  if (name.starts_with("entities")) return RecordKind::kEntity;
  if (name.starts_with("claims")) return RecordKind::kClaim;
  if (name.starts_with("groups")) return RecordKind::kGroup;
  return std::nullopt;
}

bool IsJsonLines(std::string_view file_name) { return file_name.ends_with(".jsonl") || file_name.ends_with(".ndjson"); }

class ClaimFileReader::Impl {
 public:
  Impl(const ClaimFile& file, const Limits& limits, std::vector<Diagnostic>* violations)
      : file_(file),
        text_(file.text),
        violations_(violations),
        is_json_(IsJsonLines(file.name)),
        csv_(file.text, limits.max_cell_bytes),
        json_end_(file.text.size()),
        max_cell_bytes_(limits.max_cell_bytes) {
    const std::string_view text = file.text;
    is_clean_ = IsText(text);
    if (is_json_) {
      line_ = {text.starts_with("\xEF\xBB\xBF") ? size_t{3} : size_t{0}, 0, 1};
      return;
    }
    const std::optional<RecordKind> kind = KindOfFile(file.name);
    if (kind.has_value()) {
      kind_ = *kind;
      ReadHeader();
      return;
    }
    done_ = true;
    Report(kUnknownFileKind, {0, 1, 1}, 0, 0, StrCat("'", FileName(file.name), "' tells no kind of record"),
           "a CSV file's kind is the start of its name",
           "name it documents*.csv, entities*.csv, claims*.csv or groups*.csv");
  }

  bool Next(RawRecord* record) {
    if (done_) return false;
    return is_json_ ? NextJson(record) : NextCsv(record);
  }
  size_t unreadable_rows() const { return unreadable_rows_; }
  size_t offset() const { return is_json_ ? line_.offset : csv_.offset(); }
  Place place() const { return is_json_ ? Place{line_.offset, line_.line} : Place{csv_.offset(), csv_.line()}; }
  bool has_header() const { return !is_json_ && !done_; }
  bool has_column(Column column) const { return std::find(columns_.begin(), columns_.end(), column) != columns_.end(); }
  bool is_text() const { return is_clean_; }
  void ReadPart(std::string_view rows, int line) {
    text_ = rows;
    is_clean_ = IsText(rows);
    csv_ = CsvReader(rows, max_cell_bytes_);
    csv_.Resume(0, line, rows.size());
  }
  void Resume(const Place& begin, size_t end) {
    if (is_json_) {
      line_ = {begin.offset, begin.line, 1};
      json_end_ = std::min(end, file_.text.size());
    } else {
      csv_.Resume(begin.offset, begin.line, end);
    }
  }

 private:
  static bool IsText(std::string_view text) {
    return FindInvalidUtf8(text) == std::string_view::npos && text.find('\0') == std::string_view::npos;
  }
  void Report(int number, const SourcePosition& row, size_t begin, size_t end, std::string cause, std::string_view rule,
              std::string hint) {
    violations_->push_back(
        {number, file_.name, SpanFrom(text_, row, begin, end), std::move(cause), std::string(rule), std::move(hint)});
  }

  // Reports a row that is no text; true if it is one.
  bool CheckText(const SourcePosition& begin, size_t end) {
    if (is_clean_) return true;
    const std::string_view row = text_.substr(begin.offset, end - begin.offset);
    const size_t bad = std::min(FindInvalidUtf8(row), row.find('\0'));
    if (bad == std::string_view::npos) return true;
    const bool zero = row[bad] == '\0';
    const bool utf16 = file_.text.starts_with("\xFF\xFE") || file_.text.starts_with("\xFE\xFF") || zero;
    Report(kNotUtf8, begin, begin.offset + bad, begin.offset + bad + 1,
           zero ? "a zero byte" : StrCat("byte 0x", Hex(row[bad]), " is no UTF-8"), "claim files are UTF-8",
           utf16 ? "this may be UTF-16: save the file as UTF-8"
                 : "save the file as UTF-8, not as Latin-1 or Windows-1252");
    return false;
  }
  static std::string Hex(char c) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {kDigits[byte >> 4], kDigits[byte & 15]};
  }

  // The next row of text, or false at the end.
  bool NextRow() {
    CsvProblem problem;
    for (;;) {
      switch (csv_.Next(&row_, &problem)) {
        case CsvReader::Result::kEnd:
          return false;
        case CsvReader::Result::kProblem:
          ++unreadable_rows_;
          if (CheckText(row_.begin, row_.end)) {
            Report(problem.number, row_.begin, problem.begin, problem.end, std::move(problem.cause), problem.rule,
                   std::move(problem.hint));
          }
          continue;
        case CsvReader::Result::kRow:
          if (CheckText(row_.begin, row_.end)) return true;
          ++unreadable_rows_;
      }
    }
  }

  void ReadHeader() {
    done_ = true;  // until the header turns out to be good
    const size_t problems_before = violations_->size();
    if (!NextRow()) {
      if (violations_->size() == problems_before) {
        Report(kMissingColumn, {0, 1, 1}, 0, 0, "the file is empty", kClaimFileRule,
               "begin with a line that names the columns");
      }
      return;
    }
    bool good = violations_->size() == problems_before;
    std::vector<bool> seen(kColumnCount, false);
    for (const CsvCell& cell : row_.cells) {
      const std::string_view name = Trim(cell.text);
      const std::optional<Column> column = FindColumn(kind_, name);
      if (!column.has_value()) {
        good = false;
        Report(kUnknownColumn, row_.begin, cell.begin, cell.end,
               name.empty() ? "a column without a name" : StrCat("unknown column '", name, "'"),
               StrCat("a file of ", kind_ == RecordKind::kEntity ? "entitie" : Name(kind_),
                      "s has the columns of docs/claim-files.md"),
               ColumnHint(kind_, name));
        continue;
      }
      if (seen[static_cast<size_t>(*column)]) {
        good = false;
        Report(kColumnTwice, row_.begin, cell.begin, cell.end, StrCat("column '", name, "' twice"), kClaimFileRule,
               "take one of the two away");
      }
      seen[static_cast<size_t>(*column)] = true;
      columns_.push_back(*column);
    }
    for (const Column column : ColumnsOf(kind_).required) {
      if (seen[static_cast<size_t>(column)]) continue;
      good = false;
      Report(kMissingColumn, row_.begin, row_.begin.offset, row_.end, StrCat("there is no column '", Name(column), "'"),
             StrCat("each ", Name(kind_), " has a ", Name(column)), "add the column");
    }
    done_ = !good;
  }

  bool NextCsv(RawRecord* record) {
    for (;;) {
      if (!NextRow()) return false;
      const bool is_blank = std::all_of(row_.cells.begin(), row_.cells.end(),
                                        [](const CsvCell& cell) { return Trimmed(cell.text).empty(); });
      // A comment may be quoted, as a spreadsheet does it.
      if (is_blank || row_.cells.front().text.starts_with('#')) continue;
      if (row_.cells.size() == columns_.size()) break;
      ++unreadable_rows_;
      const bool more = row_.cells.size() > columns_.size();
      Report(kWrongCellCount, row_.begin, more ? row_.cells[columns_.size()].begin : row_.end, row_.end,
             StrCat(row_.cells.size(), " cells where the header has ", columns_.size()),
             "every row has as many cells as the header",
             more ? "put a cell with a comma in it between quotation marks" : "keep the commas of empty cells");
    }
    record->kind = kind_;
    record->begin = row_.begin;
    record->end = row_.end;
    record->as_written = row_.as_written;
    if (record->filled_by != serial_) {
      record->cells.fill({});
      record->filled_by = serial_;
    }
    for (size_t i = 0; i < columns_.size(); ++i) {
      const CsvCell& cell = row_.cells[i];
      record->cells[static_cast<size_t>(columns_[i])] = {Trimmed(cell.text), cell.begin, cell.end};
    }
    return true;
  }

  bool NextJson(RawRecord* record) {
    const std::string_view text = file_.text;
    while (line_.offset < json_end_) {
      ++line_.line;
      record->begin = line_;
      const size_t newline = std::min(text.find('\n', line_.offset), text.size());
      size_t end = newline;
      if (end > line_.offset && text[end - 1] == '\r') --end;
      record->end = end;
      const std::string_view line = text.substr(line_.offset, end - line_.offset);
      line_.offset = std::min(newline + 1, text.size());
      if (Trim(line).empty()) continue;
      if (CheckText(record->begin, end) && ReadJsonLine(line, record)) return true;
      ++unreadable_rows_;
    }
    return false;
  }

  bool ReadJsonLine(std::string_view line, RawRecord* record) {
    const size_t start = record->begin.offset;
    JsonProblem problem;
    if (!ParseJsonLine(line, &fields_, &problem)) {
      Report(problem.twice ? kColumnTwice : kBadJson, record->begin, start + problem.offset, start + problem.offset + 1,
             std::move(problem.cause), "a line of JSON Lines is one object of texts, or of lists of texts",
             std::move(problem.hint));
      return false;
    }
    const auto kind_field =
        std::find_if(fields_.begin(), fields_.end(), [](const auto& f) { return f.name == "record"; });
    std::optional<RecordKind> kind;
    for (const RecordKind candidate :
         {RecordKind::kDocument, RecordKind::kEntity, RecordKind::kClaim, RecordKind::kGroup}) {
      if (kind_field != fields_.end() && kind_field->text == Name(candidate)) kind = candidate;
    }
    if (!kind.has_value()) {
      Report(kUnknownFileKind, record->begin, start, record->end,
             kind_field == fields_.end() ? std::string("there is no field 'record'")
                                         : StrCat("'", kind_field->text, "' is no kind of record"),
             kClaimFileRule, "give each line \"record\": \"document\", \"entity\", \"claim\" or \"group\"");
      return false;
    }
    record->kind = *kind;
    record->as_written = false;
    record->filled_by = 0;
    record->cells.fill({});
    for (const JsonField& field : fields_) {
      if (field.name == "record") continue;
      const auto [begin, end] = std::pair{start, record->end};
      const std::optional<Column> column = FindColumn(*kind, field.name);
      if (!column.has_value()) {
        const auto [from, to] = JsonValue(line, field.name);
        Report(kUnknownColumn, record->begin, start + from, start + to, StrCat("unknown field '", field.name, "'"),
               kClaimFileRule, ColumnHint(*kind, field.name));
        return false;
      }
      if (field.text.size() > max_cell_bytes_) {
        const auto [from, to] = JsonValue(line, field.name);
        Report(kCellTooLong, record->begin, start + from, start + to, StrCat("a text of ", field.text.size(), " bytes"),
               StrCat("a cell holds at most ", max_cell_bytes_, " bytes"), "keep long texts in the document's file");
        return false;
      }
      record->cells[static_cast<size_t>(*column)] = {Trim(field.text), begin, end};
    }
    return true;
  }

  const ClaimFile& file_;
  const uint64_t serial_ = NextSerial();
  std::string_view text_;  // that is read
  std::vector<Diagnostic>* violations_;
  bool is_json_;
  bool is_clean_ = true;
  bool done_ = false;
  size_t unreadable_rows_ = 0;
  RecordKind kind_ = RecordKind::kClaim;
  CsvReader csv_;
  CsvRow row_;
  std::vector<Column> columns_;
  size_t json_end_;
  SourcePosition line_;
  std::vector<JsonField> fields_;
  size_t max_cell_bytes_;
};

ClaimFileReader::ClaimFileReader(const ClaimFile& file, const Limits& limits, std::vector<Diagnostic>* violations)
    : impl_(std::make_unique<Impl>(file, limits, violations)) {}
ClaimFileReader::~ClaimFileReader() = default;

bool ClaimFileReader::Next(RawRecord* record) { return impl_->Next(record); }
size_t ClaimFileReader::unreadable_rows() const { return impl_->unreadable_rows(); }
size_t ClaimFileReader::offset() const { return impl_->offset(); }
bool ClaimFileReader::has_header() const { return impl_->has_header(); }
bool ClaimFileReader::has_column(Column column) const { return impl_->has_column(column); }
bool ClaimFileReader::is_text() const { return impl_->is_text(); }
ClaimFileReader::Place ClaimFileReader::place() const { return impl_->place(); }
void ClaimFileReader::ReadPart(std::string_view rows, int line) { impl_->ReadPart(rows, line); }
void ClaimFileReader::Resume(const Place& begin, size_t end) { impl_->Resume(begin, end); }

SourceSpan PlaceOf(const ClaimFile& file, const RawRecord& record, Column column, size_t begin, size_t end) {
  const std::string_view text = file.text;
  const RawCell& cell = record[column];
  if (IsJsonLines(file.name)) {
    const size_t start = record.begin.offset;
    auto [from, to] = JsonValue(text.substr(start, record.end - start), Name(column));
    if (end != std::string_view::npos && from < to && text[start + from] == '"') {
      const size_t value = from + 1;
      from = std::min(value + begin, to - 1);
      to = std::min(value + end, to - 1);
    }
    return SpanFrom(text, record.begin, start + from, start + to);
  }
  if (cell.end == 0) return SpanFrom(text, record.begin, record.begin.offset, record.end);  // the column is not there
  if (end == std::string_view::npos && begin == 0) return SpanFrom(text, record.begin, cell.begin, cell.end);
  return SpanFrom(text, record.begin, CsvOffset(text, cell, begin), CsvOffset(text, cell, end));
}

std::vector<ListValue> SplitList(std::string_view cell) {
  std::vector<ListValue> values;
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (cell.find('\\') == std::string_view::npos) {  // as nearly always: each value is a piece of the cell
    for (size_t at = 0; at <= cell.size();) {
      const size_t stop = std::min(cell.find(';', at), cell.size());
      size_t begin = at, end = stop;
      while (begin < end && is_space(cell[begin])) ++begin;
      while (end > begin && is_space(cell[end - 1])) --end;
      if (begin < end) values.push_back({std::string(cell.substr(begin, end - begin)), begin, end});
      at = stop + 1;
    }
    return values;
  }
  size_t at = 0;
  while (at <= cell.size()) {
    ListValue value;
    size_t kept = 0;  // the text's length without white space at its end, unless that is escaped
    while (at < cell.size() && is_space(cell[at])) ++at;
    value.begin = value.end = at;
    for (; at < cell.size() && cell[at] != ';'; ++at) {
      const bool escape = cell[at] == '\\' && at + 1 < cell.size() && (cell[at + 1] == ';' || cell[at + 1] == '\\');
      if (escape) ++at;
      value.text += cell[at];
      if (escape || !is_space(cell[at])) {
        kept = value.text.size();
        value.end = at + 1;
      }
    }
    value.text.resize(kept);
    if (kept > 0) values.push_back(std::move(value));
    ++at;
  }
  return values;
}

std::string EscapeListValue(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == ';' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace dossier
