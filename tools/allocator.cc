// The allocator of the programs: jemalloc, on large pages. A load makes millions of small things and grows tables of
// gigabytes, and half of what that costs is the system's handing out pages of four kilobytes; see
// docs/decisions/0018-allocator.md. Whoever embeds the libraries keeps an allocator of their own.
//
// What is given back is kept for half a minute, whatever its size: one phase of a load takes what the one before it
// gave back, which the system would have to clear once more.

// What jemalloc looks for when it begins (jemalloc(3), TUNING).
extern "C" const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:always,oversize_threshold:0,dirty_decay_ms:30000";
