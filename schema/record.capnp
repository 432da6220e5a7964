@0xe8512e4fd287d82f;
# The layouts of the records that a store keeps on disk. Code is generated from here for store/ alone.
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

struct Quantity {
  low @0 :Float64;
  high @1 :Float64;         # meaningless where `unbounded`
  unbounded @2 :Bool;       # high is infinite: spares eight bytes in the most common case of all
  lowOpen @3 :Bool;
  highOpen @4 :Bool;
  measured @5 :Bool;        # not countable
  approximate @6 :Bool;
  vague @7 :Bool;
  unknown @8 :Bool;
  derived @9 :Bool;
  unit @10 :Text;
  basis @11 :Text;
  text @12 :Text;
}

struct Term {
  union {
    entity @0 :UInt32;
    document @1 :UInt32;
    claim @2 :UInt32;
    string @3 :Text;
    integer @4 :Int64;
    float @5 :Float64;
    boolean @6 :Bool;
    time @7 :Text;
    quantity @8 :Quantity;
  }
}

struct Qualifier {
  name @0 :Text;
  value @1 :Term;
}

struct Proposition {
  subject @0 :Term;
  relation @1 :Text;
  object @2 :Term;
  identifying @3 :List(Qualifier);
}

struct Locator {
  section @0 :Text;
  paragraph @1 :Text;
  page @2 :Text;
  note @3 :Text;
  table @4 :Text;
  row @5 :Text;
  column @6 :Text;
  line @7 :Text;
  characters @8 :Text;
  timecode @9 :Text;
}

struct Citation {
  note @0 :Text;
  documents @1 :List(UInt32);
  state @2 :UInt8;
}

struct Claim {
  proposition @0 :UInt32;
  document @1 :UInt32;
  load @2 :UInt64;
  recorded @3 :Int64;
  act @4 :UInt8;
  certainty @5 :UInt8;
  rank @6 :UInt8;
  hasStatement @7 :Bool;
  statement @8 :UInt32;        # an entity, where hasStatement
  idText @9 :Text;             # the id, where it is not 32 digits of hex
  idHash @10 :Data;            # else its 16 bytes
  qualifiers @11 :List(Qualifier);
  valid @12 :Text;
  said @13 :Text;
  quantity @14 :Quantity;      # null if not given
  hedge @15 :Text;
  asserters @16 :List(UInt32);
  locator @17 :Locator;
  quote @18 :Text;
  quoteBefore @19 :Text;
  quoteAfter @20 :Text;
  cites @21 :Citation;
  supersedes @22 :List(UInt32);
  note @23 :Text;
}

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
