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

// 6000-6029: expressions: names, types, meaning.
inline constexpr int kUnknownVariable = 6001;      // no variable of this name can be seen here
inline constexpr int kUnknownFunction = 6002;      // there is no function of this name
inline constexpr int kWrongArgumentCount = 6003;   // a function with too many or too few arguments
inline constexpr int kUnknownProperty = 6004;      // neither the ontology nor the data know this property
inline constexpr int kRepeatedKey = 6006;          // one name twice in a map
inline constexpr int kWrongType = 6010;            // a value of a type that this place can never take
inline constexpr int kInvalidConstant = 6011;      // a constant whose text means nothing: a pattern, a time, a quantity
inline constexpr int kAggregateNotAllowed = 6020;  // an aggregate where rows are not grouped
inline constexpr int kNestedAggregate = 6021;      // an aggregate in the argument of another
inline constexpr int kUnsteadyAggregate = 6022;    // a random number in the argument of an aggregate
inline constexpr int kUngroupedVariable = 6023;    // beside an aggregate, what rows are not grouped by

// 7000-7029: expressions: what goes wrong with the values of a row.
inline constexpr int kWrongValueType = 7001;      // a value of a type that the operator or function does not take
inline constexpr int kMissingParameter = 7002;    // the query names a parameter that was not given
inline constexpr int kArithmeticOverflow = 7003;  // a result beyond 64-bit integers
inline constexpr int kDivisionByZero = 7004;      // an integer divided by zero
inline constexpr int kNumberOutOfRange = 7005;    // a number that the function does not take
inline constexpr int kUnreadableText = 7006;      // a text that is no pattern, time or quantity
inline constexpr int kMixedQuantities = 7007;     // quantities that do not go together
inline constexpr int kListTooLong = 7008;         // a list or text longer than an expression may make
inline constexpr int kBadPageValue = 7009;        // SKIP or LIMIT that turns out to be no whole number from 0
inline constexpr int kBadTemporalFields = 7010;   // fields, or a unit, of which no date, time or duration can be made
inline constexpr int kTemporalOverflow = 7011;    // a date or duration beyond those there are
inline constexpr int kNestedWhy = 7012;           // CALL why(...) in the query that another one asks about

// 6100-6199: what clauses and patterns mean.
inline constexpr int kUnknownLabel = 6101;         // a label that the ontology does not have
inline constexpr int kUnknownRelationName = 6102;  // a relation that the ontology does not have
inline constexpr int kVariableClash = 6103;        // one name for two kinds of thing
inline constexpr int kAlreadyBound = 6104;         // a name that is taken
inline constexpr int kUnboundedPath = 6105;        // a quantifier without end that nothing holds
inline constexpr int kNotSupportedYet = 6106;      // parsed, but not answered by this version
inline constexpr int kUnionColumns = 6107;         // the parts of a UNION give different columns
inline constexpr int kBadPage = 6108;              // SKIP or LIMIT that can be no whole number from 0
inline constexpr int kDuplicateColumn = 6109;      // two columns of one name
inline constexpr int kUnknownViewTerm = 6110;      // USE with a word that is none of its own
inline constexpr int kBadViewArgument = 6111;      // a view term with the wrong arguments
inline constexpr int kUnknownEntity = 6112;        // a name that nobody, or more than one, bears
inline constexpr int kUnknownProcedure = 6113;     // CALL of what is not there
inline constexpr int kNotAList = 6115;             // FOR over something that is no list
inline constexpr int kSelectorAmongPaths = 6116;   // a selector where paths share their edges out
inline constexpr int kReadTooEarly = 6117;         // a condition in a pattern that reads what is not there yet
inline constexpr int kUnknownColumn = 6118;        // YIELD of a column that the procedure does not have

// 6200-6299: contradictions.
inline constexpr int kUnknownRule = 6201;           // a rule that there is none of
inline constexpr int kUnknownGrade = 6202;          // a grade that there is none of
inline constexpr int kUnknownParticipant = 6203;    // `about` or `between` with a name that nobody bears
inline constexpr int kAmbiguousParticipant = 6204;  // ... or more than one
inline constexpr int kUnknownVerdict = 6205;        // a verdict on a finding that there is none of
inline constexpr int kBadRule = 6206;               // a field's rule whose query gives no findings

// 7090-7099: limits.
inline constexpr int kCancelled = 7090;    // stopped from outside
inline constexpr int kOutOfTime = 7091;    // the limit of time
inline constexpr int kTooMuchHeld = 7092;  // the limit of memory
inline constexpr int kTooManyRows = 7093;  // the limit of rows
inline constexpr int kPathTooLong = 7094;  // the limit of path length

}  // namespace dossier

#endif  // DOSSIER_QUERY_ERROR_CODES_H_
