#!/usr/bin/env python3
"""Runs a suite of scenarios and holds its score against the committed one, so that a change shows what it won or lost.

    score.py RUNNER SUITE.jsonl SCORE.txt           exit code 1 and a diff where the score is another one
    score.py RUNNER SUITE.jsonl SCORE.txt --write   make it the committed one

Where the suite is not there, says so and ends with 77: skipped.
"""

import collections
import difflib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77


def kind_of(scenario):
    if scenario["expect"]["kind"] == "error":
        return "errors"
    return "temporal results" if "temporal" in scenario["category"] else "results"


def shorten(text, width=200):
    return text if len(text) <= width else text[: width - 3] + "..."


def score(runner, suite):
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run([runner, suite, "--report", file.name], stdout=subprocess.DEVNULL, check=False)
        report = json.loads(Path(file.name).read_text(encoding="utf-8"))
    passed = set(report["passed"])
    scenarios = [json.loads(line) for line in Path(suite).read_text(encoding="utf-8").splitlines() if line.strip()]
    counts = collections.defaultdict(lambda: [0, 0])
    for scenario in scenarios:
        for group in [("", kind_of(scenario)), (scenario["category"], kind_of(scenario))]:
            counts[group][0] += scenario["id"] in passed
            counts[group][1] += 1
    lines = [f"# {Path(suite).parent.name}/{Path(suite).name}: passed of all, skips counted as failed", ""]
    for (category, kind), (good, total) in sorted(counts.items()):
        share = "" if good == total else f"  {100 * good / total:.1f} %"
        lines.append(f"{category or 'all':40} {kind:17} {good:5} of {total:5}{share}")
    for outcome in ["failed", "skipped"]:
        lines += ["", f"# {outcome}"]
        for entry in sorted(report[outcome], key=lambda entry: entry["id"]):
            lines += [entry["id"], "    " + shorten(entry["why"])]
    return lines


def main():
    runner, suite, committed = sys.argv[1:4]
    if not Path(suite).exists():
        print(f"SKIPPED: {suite} is not here")
        return SKIPPED
    lines = score(runner, suite)
    if "--write" in sys.argv[4:]:
        Path(committed).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    before = Path(committed).read_text(encoding="utf-8").splitlines()
    if lines == before:
        return 0
    print("\n".join(difflib.unified_diff(before, lines, "committed", "now", lineterm="", n=0)))
    print(f"\nthe score has changed; if that is right: {' '.join(sys.argv)} --write")
    return 1


if __name__ == "__main__":
    sys.exit(main())
