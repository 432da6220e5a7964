// The words that mean something to the parser, in any mix of upper and lower case.
//
// Few of them are reserved: only those that would make a query unreadable as names of variables, because an
// expression may stop in front of them or begin with them. `count`, `type`, `from`, `path` and `all` are names wherever
// a name is asked for. After a dot, a colon or in a map every word is a name.
#ifndef DOSSIER_QUERY_KEYWORD_H_
#define DOSSIER_QUERY_KEYWORD_H_

#include <cstdint>
#include <string_view>

namespace dossier {

// X(enumerator, TEXT)
#define DOSSIER_RESERVED_KEYWORDS(X) \
  X(kAnd, "AND")                     \
  X(kAs, "AS")                       \
  X(kAsc, "ASC")                     \
  X(kAscending, "ASCENDING")         \
  X(kBy, "BY")                       \
  X(kCall, "CALL")                   \
  X(kCase, "CASE")                   \
  X(kContains, "CONTAINS")           \
  X(kCreate, "CREATE")               \
  X(kDelete, "DELETE")               \
  X(kDesc, "DESC")                   \
  X(kDescending, "DESCENDING")       \
  X(kDetach, "DETACH")               \
  X(kDistinct, "DISTINCT")           \
  X(kElse, "ELSE")                   \
  X(kEnd, "END")                     \
  X(kEnds, "ENDS")                   \
  X(kFalse, "FALSE")                 \
  X(kForeach, "FOREACH")             \
  X(kIn, "IN")                       \
  X(kInsert, "INSERT")               \
  X(kIs, "IS")                       \
  X(kLimit, "LIMIT")                 \
  X(kMatch, "MATCH")                 \
  X(kMerge, "MERGE")                 \
  X(kNot, "NOT")                     \
  X(kNull, "NULL")                   \
  X(kOptional, "OPTIONAL")           \
  X(kOr, "OR")                       \
  X(kOrder, "ORDER")                 \
  X(kRemove, "REMOVE")               \
  X(kReturn, "RETURN")               \
  X(kSet, "SET")                     \
  X(kSkip, "SKIP")                   \
  X(kStarts, "STARTS")               \
  X(kThen, "THEN")                   \
  X(kTrue, "TRUE")                   \
  X(kUnion, "UNION")                 \
  X(kUnwind, "UNWIND")               \
  X(kWhen, "WHEN")                   \
  X(kWhere, "WHERE")                 \
  X(kWith, "WITH")                   \
  X(kXor, "XOR")                     \
  X(kYield, "YIELD")

#define DOSSIER_FREE_KEYWORDS(X)           \
  X(kAcyclic, "ACYCLIC")                   \
  X(kAll, "ALL")                           \
  X(kAllShortestPaths, "ALLSHORTESTPATHS") \
  X(kAny, "ANY")                           \
  X(kBinding, "BINDING")                   \
  X(kBindings, "BINDINGS")                 \
  X(kCollect, "COLLECT")                   \
  X(kCount, "COUNT")                       \
  X(kDate, "DATE")                         \
  X(kDateTime, "DATETIME")                 \
  X(kDifferent, "DIFFERENT")               \
  X(kDrop, "DROP")                         \
  X(kDuration, "DURATION")                 \
  X(kEdge, "EDGE")                         \
  X(kEdges, "EDGES")                       \
  X(kElement, "ELEMENT")                   \
  X(kElements, "ELEMENTS")                 \
  X(kExcept, "EXCEPT")                     \
  X(kExists, "EXISTS")                     \
  X(kExplain, "EXPLAIN")                   \
  X(kFilter, "FILTER")                     \
  X(kFinish, "FINISH")                     \
  X(kFirst, "FIRST")                       \
  X(kFor, "FOR")                           \
  X(kGroup, "GROUP")                       \
  X(kGroups, "GROUPS")                     \
  X(kIntersect, "INTERSECT")               \
  X(kKeep, "KEEP")                         \
  X(kLabeled, "LABELED")                   \
  X(kLast, "LAST")                         \
  X(kLet, "LET")                           \
  X(kLoad, "LOAD")                         \
  X(kNext, "NEXT")                         \
  X(kNodetach, "NODETACH")                 \
  X(kNone, "NONE")                         \
  X(kNulls, "NULLS")                       \
  X(kOffset, "OFFSET")                     \
  X(kOrdinality, "ORDINALITY")             \
  X(kOtherwise, "OTHERWISE")               \
  X(kPath, "PATH")                         \
  X(kPaths, "PATHS")                       \
  X(kProfile, "PROFILE")                   \
  X(kReduce, "REDUCE")                     \
  X(kRelationship, "RELATIONSHIP")         \
  X(kRelationships, "RELATIONSHIPS")       \
  X(kRepeatable, "REPEATABLE")             \
  X(kSelect, "SELECT")                     \
  X(kShortest, "SHORTEST")                 \
  X(kShortestPath, "SHORTESTPATH")         \
  X(kSimple, "SIMPLE")                     \
  X(kSingle, "SINGLE")                     \
  X(kTime, "TIME")                         \
  X(kTimestamp, "TIMESTAMP")               \
  X(kTrail, "TRAIL")                       \
  X(kUnknown, "UNKNOWN")                   \
  X(kUse, "USE")                           \
  X(kUsing, "USING")                       \
  X(kWalk, "WALK")

enum class Keyword : uint8_t {
  kNone_,  // no keyword
#define DOSSIER_ENUMERATOR(name, text) name,
  DOSSIER_RESERVED_KEYWORDS(DOSSIER_ENUMERATOR) kLastReserved_ = kYield,
  DOSSIER_FREE_KEYWORDS(DOSSIER_ENUMERATOR)
#undef DOSSIER_ENUMERATOR
};

inline bool IsReserved(Keyword keyword) { return keyword != Keyword::kNone_ && keyword <= Keyword::kLastReserved_; }

// The keyword that `word` spells, whatever its case, or kNone_.
Keyword FindKeyword(std::string_view word);

// In capitals; empty for kNone_.
std::string_view KeywordText(Keyword keyword);

}  // namespace dossier

#endif  // DOSSIER_QUERY_KEYWORD_H_
