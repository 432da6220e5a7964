// What lies on disk. Whoever reads this can read a store without the program.
//
// WARNING: stores outlive programs. A tag, a layout or the order of keys that was released never changes its meaning;
// what has to change gets a new tag, and where an old program would go wrong, a new kStoreFormatVersion.
//
// A store is a folder with one RocksDB of one column family, whose keys are ordered by their bytes. Integers in keys
// are big-endian, so that the order of bytes is the order of numbers; a text in a key stands last and is not ended.
//
//   entry    ::= %x00 "dossier"            -> "format " decimal LF     first of all keys, and readable by every version
//              | %x01                      -> Ontology                 the TOML text that the store was made with
//              | %x02                      -> Counts                   how many of each there are
//              | %x03                      -> Verification             of the quotes, the last one
//                                             %x04-%x0F are free        about the store as a whole
//              | %x10 entity-number        -> Entity
//              | %x11 document-number      -> Document
//              | %x12 proposition-number   -> Proposition
//              | %x13 claim-number         -> Claim
//              | %x14 load-number          -> Load
//                                             %x15-%x1F are free        records
//              | %x20 key                  -> entity-number
//              | %x21 key                  -> document-number
//              | %x22 %x00 hash            -> claim-number             an id of 32 lower-case hexadecimal digits
//              | %x22 %x01 id              -> claim-number             any other id
//              | %x23 hash                 -> proposition-number       by content
//                                             %x24-%x2F are free        from names to numbers
//              | %x30 proposition-number claim-number -> (empty)
//              | %x31 document-number claim-number    -> (empty)
//                                             %x32-%x3F are free        from numbers to numbers
//                                             %x40-%xFF are free
//   entity-number, document-number, proposition-number, claim-number ::= 4OCTET
//   load-number ::= 8OCTET      hash ::= 16OCTET       key, id ::= *OCTET
//
// Values after `->` that begin with a capital are the structs of schema/record.capnp, packed; numbers as in keys.
//
// Invariants, all of which `dossier verify` checks:
//   1. Numbers of a kind run from 0 (loads from 1) to one below what Counts says, without holes.
//   2. Each entity, document and claim stands in its index under its key or id, each proposition under its hash,
//      and each index entry leads to a record that bears what it stands under.
//   3. Each claim stands under its proposition and its document, and nothing else does. No proposition is without one.
//   4. Each number that a record holds is that of a record. Keys in documents and aliases are those of records.
//   5. Load k begins with the counts that load k-1 ended with; the last one ends with Counts. Every claim's load is
//      the one in whose range its number lies.
// A commit is one atomic batch, so these hold at every sequence number of the engine.
#ifndef DOSSIER_STORE_FORMAT_H_
#define DOSSIER_STORE_FORMAT_H_

#include <cstddef>
#include <cstdint>

namespace dossier::store_internal {

enum class Tag : uint8_t {
  kFormat = 0x00,
  kOntology = 0x01,
  kCounts = 0x02,
  kVerification = 0x03,

  kEntity = 0x10,
  kDocument = 0x11,
  kProposition = 0x12,
  kClaim = 0x13,
  kLoad = 0x14,

  kEntityByKey = 0x20,
  kDocumentByKey = 0x21,
  kClaimById = 0x22,
  kPropositionByHash = 0x23,

  kClaimsOfProposition = 0x30,
  kClaimsOfDocument = 0x31,
};

// What follows Tag::kFormat in its key: no other program's database begins with it by accident.
inline constexpr char kFormatName[] = "dossier";

// No record may be larger than this once unpacked; the writer refuses it and the reader does not follow it.
inline constexpr size_t kMaxRecordBytes = size_t{8} << 20;

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_FORMAT_H_
