@0xd3a1c7f0b2946e85;
# What stands in an image file beside its sections: see store/image_file.h.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("dossier::image");

struct Section {
  offset @0 :UInt64;    # in the file, in bytes
  size @1 :UInt64;      # in bytes
}

struct Directory {
  stamp @0 :UInt64;            # of the store's state that the image stands for
  numbers @1 :List(UInt64);    # in the order of the archive, as all lists here
  texts @2 :List(Text);
  sections @3 :List(Section);
  blockSize @4 :UInt64;        # of what each checksum is for, in bytes; a power of two
  checksums @5 :Section;       # where they are
  checksum @6 :UInt64;         # of them all
}
