#!/usr/bin/env python3
"""Reads every #include of the house and prints those that break its rules, as file:line: what is wrong.

    check_includes.py ROOT [PUBLIC_HEADERS_FILE]

  1. Folders: includes point left only in  graph <- schema <- store <- query <- tools.
  2. Paths: our headers are named from the project's root, so that rule 1 can see where they point.
  3. Engine: RocksDB, Cap'n Proto, kj and generated code are seen in store/ alone, and in no public header.
  4. Boost.Graph: in graph/*.cc and in the adaptor, graph/**/*_bgl.h, which other headers do not include.
  5. Public headers include only public headers, and tools/ includes only those of the other folders.
     PUBLIC_HEADERS_FILE lists them a line each; without it this rule is not checked.
"""

import re
import sys
from pathlib import Path

FOLDERS = ["graph", "schema", "store", "query", "tools"]
SUFFIXES = {".h", ".cc", ".hpp", ".cpp", ".inc"}
INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')
ENGINE = re.compile(r"(rocksdb|capnp|kj)/|.*\.capnp\.h$")


def is_header(path):
    return not path.endswith((".cc", ".cpp"))


def problems_of_include(root, public, file, quote, target):
    """The rules that `file` (a path from `root`) breaks by including `target`."""
    folder = file.split("/")[0]
    target_folder = target.split("/")[0] if "/" in target else ""
    ours = target_folder in FOLDERS

    if ours and FOLDERS.index(target_folder) > FOLDERS.index(folder):
        yield f"{folder}/ may not include {target_folder}/: includes point left in {' <- '.join(FOLDERS)}"
    beside = (root / file).parent / target
    if quote == '"' and (".." in target.split("/") or (not ours and beside.exists())):
        yield "name our headers from the project's root"

    if ENGINE.match(target):
        if folder != "store":
            yield "RocksDB, Cap'n Proto, kj and generated code are for store/ alone"
        elif file in public:
            yield "RocksDB, Cap'n Proto, kj and generated code stay out of public headers"

    bgl = "Boost.Graph is for graph/*.cc and the adaptor, graph/**/*_bgl.h"
    if target.startswith("boost/graph/"):
        if folder != "graph" or (is_header(file) and not file.endswith("_bgl.h")):
            yield bgl
        elif file in public:
            yield "Boost.Graph stays out of public headers"
    elif target.endswith("_bgl.h") and is_header(file) and not file.endswith("_bgl.h"):
        yield bgl + "; include that in a .cc"

    if ours and public and target not in public and not target.endswith(".capnp.h"):
        if file in public:
            yield f"a public header may not include {target}, which is none; list it in PUBLIC_HEADERS, or do without"
        elif folder == "tools" and target_folder != "tools":
            yield f"tools/ sees public headers only; list {target} in PUBLIC_HEADERS, or do without"


def problems(root, public):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in SUFFIXES:
                continue
            file = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if include := INCLUDE.match(line):
                    for problem in problems_of_include(root, public, file, *include.groups()):
                        yield f"{file}:{number}: {line.strip()}: {problem}"


def main():
    root = Path(sys.argv[1])
    public = set(Path(sys.argv[2]).read_text(encoding="utf-8").split()) if len(sys.argv) > 2 else set()
    found = list(problems(root, public))
    print("\n".join(found) if found else "every include keeps the house's rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
