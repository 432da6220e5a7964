@0xe8512e4fd287d82f;
# The layouts of the records that a store keeps on disk, but for propositions and claims, which are packed in blocks
# (store/record_block.h). Code is generated from here for store/ alone.
#
# A store that was written once has to be readable for ever:
#   - never change or reuse an ordinal (@N), a type or an enumerant's meaning; add new fields at the end;
#   - a new field's default (zero, empty) must mean what records without it mean;
#   - what a program that does not know a new field must not ignore needs a new format version (store/format.h).
#
# References between records are the dense numbers of store/numbers.h. Times are EDTF text as written, enumerations
# the numbers of graph/claim.h. Records are written packed, in one segment.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("dossier::store_internal::layout");

struct Document {
  key @0 :Text;
  title @1 :Text;
  publisher @2 :Text;
  authors @3 :List(Text);
  date @4 :Text;
  kind @5 :Text;
  language @6 :Text;
  url @7 :Text;
  file @8 :Text;
  sha256 @9 :Text;
  partOf @10 :Text;
  note @11 :Text;
}

struct Alias {
  text @0 :Text;
  language @1 :Text;
  document @2 :Text;
  valid @3 :Text;
}

struct Entity {
  key @0 :Text;
  types @1 :List(Text);
  name @2 :Text;
  aliases @3 :List(Alias);
  description @4 :Text;
}

struct Counts {
  entities @0 :UInt32;
  documents @1 :UInt32;
  propositions @2 :UInt32;
  claims @3 :UInt32;
  loads @4 :UInt64;
}

struct Load {
  number @0 :UInt64;
  recorded @1 :Int64;
  sources @2 :List(Text);
  before @3 :Counts;
  after @4 :Counts;
  updatedEntities @5 :List(UInt32);
  updatedDocuments @6 :List(UInt32);
}

struct Verification {
  when @0 :Int64;
  sequence @1 :UInt64;
  quotesFound @2 :UInt64;
  withoutQuote @3 :UInt64;
  claims @4 :List(UInt32);           # those not found, and in the same place of the next list how
  claimStates @5 :List(UInt8);
  documents @6 :List(UInt32);
  documentStates @7 :List(UInt8);
}

struct Ontology {
  toml @0 :Text;
}

struct IndexRun {
  number @0 :UInt32;
  bits @1 :UInt32;
  entries @2 :UInt32;
}

struct IndexRuns {
  claims @0 :List(IndexRun);
  propositions @1 :List(IndexRun);
}
