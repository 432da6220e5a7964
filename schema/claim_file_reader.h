// Claim files (docs/claim-files.md) as raw records: cells of text with their places, nothing understood yet.
//
// One reader for the four kinds of record and the two ways to write them, CSV and JSON Lines. It reads over a text
// in memory and keeps nothing but the record at hand, so a file of millions of claims costs no more than its bytes.
#ifndef DOSSIER_SCHEMA_CLAIM_FILE_READER_H_
#define DOSSIER_SCHEMA_CLAIM_FILE_READER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "graph/base/diagnostic.h"
#include "graph/base/source_span.h"

namespace dossier {

enum class RecordKind : uint8_t { kDocument, kEntity, kClaim, kGroup };

// Every column of the four kinds; which kind has which is in the .cc.
enum class Column : uint8_t {
  kAct,
  kAliases,
  kAsserters,
  kAuthor,
  kCertainty,
  kCitesDocument,
  kCitesNote,
  kCitesState,
  kCount,
  kCounting,
  kDate,
  kDescription,
  kDocument,
  kFile,
  kHeadingValid,
  kHedge,
  kId,
  kKey,
  kKind,
  kLanguage,
  kList,
  kLocator,
  kMembers,
  kName,
  kNote,
  kObject,
  kPartOf,
  kParts,
  kPublisher,
  kQualifiers,
  kQuantity,
  kQuote,
  kQuoteAfter,
  kQuoteBefore,
  kRank,
  kRelation,
  kSaid,
  kSays,
  kSaysObject,
  kSaysQualifiers,
  kSha256,
  kStatement,
  kSubject,
  kSupersedes,
  kTitle,
  kType,
  kUnit,
  kUrl,
  kValid,
};
inline constexpr size_t kColumnCount = static_cast<size_t>(Column::kValid) + 1;

std::string_view Name(RecordKind kind);  // "document"
std::string_view Name(Column column);    // "quote_before"

// Where the text of a file lies that is not in memory. May be asked by many threads.
class TextSource {
 public:
  virtual ~TextSource() = default;
  virtual size_t size() const = 0;
  // The bytes [begin, end) of it. An error where they cannot be read, or are no longer there.
  virtual absl::Status Read(size_t begin, size_t end, std::string* text) const = 0;
  // An error if it is not as it was when it was opened: then what was read of it at different times does not belong
  // together.
  virtual absl::Status CheckUnchanged() const = 0;
};

// A file to be read. `name` is what errors call it; its last part tells the kind ("claims-policy.csv"). Where there is
// a source, the text is what that has: of a large file, only the rows at hand are then kept in memory.
struct ClaimFile {
  std::string name;
  std::string text;
  std::shared_ptr<const TextSource> source = nullptr;

  size_t size() const { return source != nullptr ? source->size() : text.size(); }
};

// The kind by the start of the name, for CSV; nothing if the name says none. JSON Lines say it in each record.
std::optional<RecordKind> KindOfFile(std::string_view file_name);
bool IsJsonLines(std::string_view file_name);  // ends in .jsonl or .ndjson

// A cell as written: quotes and escapes of the file format undone, white space around it dropped. Empty if not given.
struct RawCell {
  std::string_view text;
  size_t begin = 0;  // where it stands in the file, as bytes; of JSON Lines, the record's line
  size_t end = 0;
};

// One row. The texts live until the reader's next call of Next(); where they are as written, as long as what is read.
struct RawRecord {
  RecordKind kind = RecordKind::kClaim;
  SourcePosition begin;  // of the row
  size_t end = 0;        // its last byte + 1, without the line break
  bool as_written = false;
  std::array<RawCell, kColumnCount> cells;
  uint64_t filled_by = 0;  // the reader's business: which one has emptied the cells that its file does not have

  const RawCell& operator[](Column column) const { return cells[static_cast<size_t>(column)]; }
  std::string_view Text(Column column) const { return (*this)[column].text; }
};

class ClaimFileReader {
 public:
  struct Limits {
    size_t max_cell_bytes = size_t{1} << 20;
  };

  // `file` must outlive the reader. Errors go to `violations`, which must outlive it as well: E3001 and up.
  ClaimFileReader(const ClaimFile& file, const Limits& limits, std::vector<Diagnostic>* violations);
  ~ClaimFileReader();
  ClaimFileReader(const ClaimFileReader&) = delete;
  ClaimFileReader& operator=(const ClaimFileReader&) = delete;

  // The next record that could be read; false at the end. Rows that cannot be read (broken quoting, not UTF-8,
  // a cell too long, too many cells) are reported and passed over, each once; a file with a bad header gives none.
  bool Next(RawRecord* record);

  // Goes on with these rows of a CSV file, which are whole rows from line `line` on. Offsets are those within `rows`,
  // which have to live as long as they are read.
  void ReadPart(std::string_view rows, int line);

  // Where the next row begins, or what lies before it; and going on from there, up to the rows that begin at or after
  // `end`. Together they let several readers share the rows of a file.
  struct Place {
    size_t offset = 0;
    int line = 0;
  };
  Place place() const;
  void Resume(const Place& begin, size_t end);

  // Of a CSV file: whether its header was good, and names `column`. Of any: whether all of it is UTF-8 without zeros.
  bool has_header() const;
  bool has_column(Column column) const;
  bool is_text() const;

  // How many rows have been passed over as unreadable.
  size_t unreadable_rows() const;
  // How far it has read, in bytes: for a progress bar.
  size_t offset() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Line and column of a cell of `record`, or of the bytes [begin, end) of its text where they are given.
SourceSpan PlaceOf(const ClaimFile& file, const RawRecord& record, Column column, size_t begin = 0,
                   size_t end = std::string_view::npos);

// The values of a list cell: cut at `;`, white space around each dropped, empty ones left out, `\;` made `;` and `\\`
// made `\`. `begin` is where the value starts in `cell`.
struct ListValue {
  std::string text;
  size_t begin = 0;
  size_t end = 0;
};
std::vector<ListValue> SplitList(std::string_view cell);
// The other way round: what SplitList reads as one value `text`.
std::string EscapeListValue(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_CLAIM_FILE_READER_H_
