// What lies on disk. Whoever reads this can read a store without the program.
//
// WARNING: stores outlive programs. A tag, a layout or the order of keys that was released never changes its meaning;
// what has to change gets a new tag, and where an old program would go wrong, a new kStoreFormatVersion.
//
// A store is a folder with one RocksDB of one column family, whose keys are ordered by their bytes. (The folder `image`
// in it holds what is derived from the records and may be deleted: store/image_file.h.) Integers in keys
// are big-endian, so that the order of bytes is the order of numbers; a text in a key stands last and is not ended.
//
//   entry    ::= %x00 "dossier"            -> "format " decimal LF     first of all keys, and readable by every version
//              | %x01                      -> Ontology                 the TOML text that the store was made with
//              | %x02                      -> Counts                   how many of each there are
//              | %x03                      -> Verification             of the quotes, the last one
//              | %x04                      -> IndexRuns                what the indexes of hashes are made of
//                                             %x05-%x0F are free        about the store as a whole
//              | %x10 entity-number        -> Entity
//              | %x11 document-number      -> Document
//              | %x14 load-number          -> Load
//              | %x15 proposition-number   -> block                    of propositions, this one the last of it
//              | %x16 claim-number         -> block                    of claims, this one the last of it
//                                             %x17-%x1F are free        records
//              | %x20 key                  -> entity-number
//              | %x21 key                  -> document-number
//              | %x24 run bucket-number    -> bucket                   claims by id
//              | %x25 run bucket-number    -> bucket                   propositions by content
//                                             %x26-%x2F are free        from names to numbers
//              | %x32 proposition-number claim-number -> (empty)       claims on it but for the first
//              | %x33 document-number claim-number    -> *rise         claims that rest on it
//                                             %x34-%x3F are free        from numbers to numbers
//                                             %x40-%xFF are free
//   entity-number, document-number, proposition-number, claim-number, run, bucket-number ::= 4OCTET
//   load-number ::= 8OCTET      key ::= *OCTET
//   rise ::= varint             by how much the next claim's number is greater than the one before
//
// Values after `->` that begin with a capital are the structs of schema/record.capnp, packed; numbers as in keys. A
// block is told in store/record_block.h, a bucket in store/hash_index.h, a varint in store/column.h. %x12, %x13, %x22,
// %x23, %x30 and %x31 stood for something in format 1, and stand for nothing now.
//
// Invariants, all of which `dossier verify` checks:
//   1. Numbers of a kind run from 0 (loads from 1) to one below what Counts says, without holes.
//   2. Each entity, document and claim stands in its index under its key or id, each proposition under its hash,
//      and each index entry leads to a record that bears what it stands under. Each run holds as many as IndexRuns
//      says.
//   3. Each claim is the first of its proposition or stands under it, and stands under its document, and nothing else
//      does. No proposition is without one.
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
  kIndexRuns = 0x04,

  kEntity = 0x10,
  kDocument = 0x11,
  kLoad = 0x14,
  kPropositions = 0x15,
  kClaims = 0x16,

  kEntityByKey = 0x20,
  kDocumentByKey = 0x21,
  kClaimsById = 0x24,
  kPropositionsByHash = 0x25,

  kFurtherClaims = 0x32,
  kClaimsOfDocument = 0x33,
};

// What follows Tag::kFormat in its key: no other program's database begins with it by accident.
inline constexpr char kFormatName[] = "dossier";

// An index of hashes has no more than two to this many buckets in a run.
inline constexpr uint32_t kMostBucketBits = 24;

// No record may be larger than this once unpacked; the writer refuses it and the reader does not follow it.
inline constexpr size_t kMaxRecordBytes = size_t{8} << 20;

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_FORMAT_H_
