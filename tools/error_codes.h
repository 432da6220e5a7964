// The numbers of what may go wrong in the command. Once released a number keeps its meaning; docs/errors.md explains
// each.
#ifndef DOSSIER_TOOLS_ERROR_CODES_H_
#define DOSSIER_TOOLS_ERROR_CODES_H_

namespace dossier {

// Named questions.
inline constexpr int kNoSuchQuestion = 9001;     // no question has this name
inline constexpr int kBadQuestionFile = 9002;    // a question's file breaks the rules of docs/questions.md
inline constexpr int kNoQuestionFolder = 9003;   // no folder of questions, or of rules, was found
inline constexpr int kNoSuchParameter = 9004;    // the question has no parameter of this name
inline constexpr int kParameterNotGiven = 9005;  // a parameter that the question needs was not given
inline constexpr int kAmbiguousArgument = 9006;  // a name that several entities bear
inline constexpr int kUnknownArgument = 9007;    // a name that no entity bears
inline constexpr int kBadArgument = 9008;        // a parameter's value is not of its type
inline constexpr int kBadRuleFile = 9009;        // a rule's file breaks the rules of docs/contradictions.md

// Judgements of findings.
inline constexpr int kNoSuchFinding = 9020;     // no finding has this id
inline constexpr int kAmbiguousFinding = 9021;  // the first digits of several findings, or too few

// Files and output.
inline constexpr int kBadGraphFile = 9010;    // a scratch graph's file is not in its format
inline constexpr int kFileNotRead = 9011;     // a file that was named cannot be read
inline constexpr int kFileNotWritten = 9012;  // output, or a file of it, cannot be written

}  // namespace dossier

#endif  // DOSSIER_TOOLS_ERROR_CODES_H_
