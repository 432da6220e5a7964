#!/usr/bin/env python3
"""Compares every <folder>/error_codes.h with docs/errors.md and prints what does not fit, as file:line: what is wrong.

    check_error_codes.py ROOT

A code is a line like  inline constexpr int kUnknownRelation = 3004;  // one-line meaning
Each number is given once in all folders, lies in its folder's ranges, says what it means, and has a heading
"### E3004" in docs/errors.md; no heading is left without its code.
"""

import re
import sys
from pathlib import Path

RANGES = {  # as in graph/base/diagnostic.h
    "graph": [(1000, 1999)],
    "schema": [(2000, 3999)],
    "store": [(4000, 4999)],
    "query": [(5000, 7999)],
    "tools": [(9000, 9999)],
}
CODE = re.compile(r"\s*inline constexpr int (k\w+) = (\d+);(\s*//\s*\S.*)?$")
NUMBER = re.compile(r"=\s*\d+")
HEADING = re.compile(r"### E(\d+)\b")


def lines_of(path):
    return enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if path.exists() else []


def problems(root):
    explained = {}
    for number, line in lines_of(root / "docs/errors.md"):
        if heading := HEADING.match(line):
            code = int(heading[1])
            if code in explained:
                yield f"docs/errors.md:{number}: E{code} is explained at line {explained[code]} already"
            explained[code] = number

    given = {}
    for folder, ranges in RANGES.items():
        for number, line in lines_of(root / folder / "error_codes.h"):
            place = f"{folder}/error_codes.h:{number}"
            match = CODE.match(line)
            if not match:
                if NUMBER.search(line.split("//")[0]):
                    yield f"{place}: write codes as  inline constexpr int kName = 1234;  // meaning"
                continue
            name, code, meaning = match[1], int(match[2]), match[3]
            if not meaning:
                yield f"{place}: {name} does not say in a comment what it means"
            if code in given:
                yield f"{place}: {code} is taken: {given[code]}"
            given.setdefault(code, f"{name} at {place}")
            if not any(low <= code <= high for low, high in ranges):
                yield f"{place}: {code} is not in {folder}'s ranges {ranges} (graph/base/diagnostic.h)"
            if code not in explained:
                yield f'{place}: docs/errors.md has no heading "### E{code}" for {name}'

    for code, number in explained.items():
        if code not in given:
            yield f"docs/errors.md:{number}: no error_codes.h gives E{code}"


def main():
    found = list(problems(Path(sys.argv[1])))
    print("\n".join(found) if found else "every error code is unique and explained")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
