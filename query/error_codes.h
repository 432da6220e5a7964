// The numbers of what may be wrong with the text of a query. Once released a number keeps its meaning; a new one
// goes at the end of its group. docs/errors.md explains each with an example.
#ifndef DOSSIER_QUERY_ERROR_CODES_H_
#define DOSSIER_QUERY_ERROR_CODES_H_

namespace dossier {

// 5000-5999: syntax.
inline constexpr int kUnexpectedToken = 5001;      // a word or sign that cannot stand here
inline constexpr int kUnexpectedEnd = 5002;        // the query ends too early
inline constexpr int kInvalidEncoding = 5003;      // the text is not UTF-8
inline constexpr int kUnexpectedCharacter = 5004;  // a character that means nothing in the language
inline constexpr int kUnterminatedText = 5005;     // a string, quoted name or comment is never closed
inline constexpr int kInvalidEscape = 5006;        // a backslash sequence that does not exist
inline constexpr int kInvalidNumber = 5007;        // a number that is not well formed
inline constexpr int kIntegerOverflow = 5008;      // an integer beyond 64 bits
inline constexpr int kFloatOverflow = 5009;        // a floating-point number beyond double
inline constexpr int kEmptyQuery = 5010;           // nothing was asked
inline constexpr int kReadOnlyLanguage = 5020;     // a clause that would write
inline constexpr int kUnsupportedSyntax = 5021;    // known elsewhere, left out here
inline constexpr int kClauseOrder = 5022;          // a clause where it may not stand, or no RETURN
inline constexpr int kMixedUnion = 5023;           // UNION and UNION ALL in one query
inline constexpr int kMissingAlias = 5024;         // an expression in WITH has no name
inline constexpr int kMisplacedPattern = 5030;     // a path pattern where a value is asked for
inline constexpr int kInvalidPattern = 5031;       // a path pattern that cannot be read as a path
inline constexpr int kInvalidQuantifier = 5032;    // a quantifier with bad bounds or on a node
inline constexpr int kParameterInPattern = 5033;   // a parameter in place of a property map
inline constexpr int kNestedTooDeep = 5040;        // more levels of nesting than the parser follows
inline constexpr int kExpressionTooLarge = 5041;   // an expression tree higher than later stages follow

// 6100-6199: what clauses and patterns mean.
inline constexpr int kUnknownLabel = 6101;         // a label that the ontology does not have
inline constexpr int kUnknownRelationName = 6102;  // a relation that the ontology does not have
inline constexpr int kVariableClash = 6103;        // one name for two kinds of thing
inline constexpr int kAlreadyBound = 6104;         // a name that is taken
inline constexpr int kUnboundedPath = 6105;        // a quantifier without end that nothing holds
inline constexpr int kNotSupportedYet = 6106;      // parsed, but not answered by this version
inline constexpr int kUnionColumns = 6107;         // the parts of a UNION give different columns
inline constexpr int kBadPage = 6108;              // SKIP or LIMIT that is no whole number from 0
inline constexpr int kDuplicateColumn = 6109;      // two columns of one name
inline constexpr int kUnknownViewTerm = 6110;      // USE with a word that is none of its own
inline constexpr int kBadViewArgument = 6111;      // a view term with the wrong arguments
inline constexpr int kUnknownEntity = 6112;        // a name that nobody, or more than one, bears
inline constexpr int kUnknownProcedure = 6113;     // CALL of what is not there
inline constexpr int kMisplacedAggregate = 6114;   // an aggregate beside what is neither grouped nor constant
inline constexpr int kNotAList = 6115;             // FOR over something that is no list

// 6200-6299: contradictions.
inline constexpr int kUnknownRule = 6201;           // a rule that there is none of
inline constexpr int kUnknownGrade = 6202;          // a grade that there is none of
inline constexpr int kUnknownParticipant = 6203;    // `about` or `between` with a name that nobody bears
inline constexpr int kAmbiguousParticipant = 6204;  // ... or more than one

// 7090-7099: limits.
inline constexpr int kCancelled = 7090;    // stopped from outside
inline constexpr int kOutOfTime = 7091;    // the limit of time
inline constexpr int kTooMuchHeld = 7092;  // the limit of values held at once
inline constexpr int kTooManyRows = 7093;  // the limit of rows
inline constexpr int kPathTooLong = 7094;  // the limit of path length

}  // namespace dossier

#endif  // DOSSIER_QUERY_ERROR_CODES_H_
