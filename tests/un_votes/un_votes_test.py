#!/usr/bin/env python3
"""The votes on which two releases disagree: what dossier finds is what a plain comparison of the raw files finds.

    un_votes_test.py DOSSIER DATA_SET SOURCE [--roll-calls N | --whole] [--changes N] [--seed N]

Two rounds: the files as they are, then copies with planted changes (a vote turned into another, a vote turned into an
absence, a row taken out), so that there is something to find. Each round makes claim files, loads them and compares
`dossier contradictions` with Comparison below, which shares nothing with it but the table of countries.
By default a few roll calls, in seconds; --whole takes all, prints the times and takes minutes.
Where SOURCE is not there, says so and ends with 77: skipped.
"""
import argparse
import collections
import csv
import gzip
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

VOTES = {"1": "yes", "2": "abstain", "3": "no", "8": "absent"}
FILES = ["votes.csv", "roll_calls.csv", "release2016_votes_raw.csv", "release2016_roll_calls.csv"]


def read(folder, name):
    path = folder / name
    text = path.read_text("utf-8") if path.exists() else gzip.open(folder / (name + ".gz"), "rt", encoding="utf-8").read()
    return list(csv.DictReader(io.StringIO(text, newline="")))


class Source:
    """The four files as lists of rows."""

    def __init__(self, folder, roll_calls):
        self.files = {name: read(folder, name) for name in FILES}
        if roll_calls is None:
            return
        numbers = sorted({row["rcid"] for row in self.files["release2016_roll_calls.csv"]}, key=int)
        chosen = {numbers[i * len(numbers) // roll_calls] for i in range(roll_calls)}
        self.files = {name: [row for row in rows if row["rcid"] in chosen] for name, rows in self.files.items()}

    def plant(self, changes, random_numbers):
        """Changes votes of either release; what follows from it is for Comparison to say."""
        old, new = self.files["release2016_votes_raw.csv"], self.files["votes.csv"]
        for row in random_numbers.sample(old, changes):
            row["vote_code"] = random_numbers.choice([code for code in VOTES if code != row["vote_code"]])
        for row in random_numbers.sample(new, changes):
            row["vote"] = random_numbers.choice([vote for vote in ["yes", "abstain", "no"] if vote != row["vote"]])
        for rows in [old, new]:
            for number in sorted(random_numbers.sample(range(len(rows)), changes), reverse=True):
                rows[number], rows[-1] = rows[-1], rows[number]
                rows.pop()

    def write(self, folder):
        for name, rows in self.files.items():
            with open(folder / name, "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def compare(source, countries):
    """What differs between the releases: {(state, roll call): {vote, vote}}, cast votes, and absence against a vote."""
    by_code, by_name = {}, {}
    for row in countries:
        by_code.update((code, row["key"]) for code in row["cow_code"].split(";"))
        by_name.update((name.strip(), row["key"]) for name in [row["name"], *row["other_names"].split(";")])
    old = {(by_code[row["cow_ccode"]], row["rcid"]): VOTES[row["vote_code"]]
           for row in source.files["release2016_votes_raw.csv"]}
    cast, absent = {}, {}
    for row in source.files["votes.csv"]:
        place = by_name[row["country"]], row["rcid"]
        before = old.get(place)
        if before is None or before == row["vote"]:
            continue
        (absent if before == "absent" else cast)[place] = frozenset([before, row["vote"]])
    return cast, absent


def run(arguments):
    start = time.monotonic()
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout, time.monotonic() - start


def found(dossier, store):
    """The same as compare() gives, from the command's findings; and the seconds it took."""
    out, seconds = run([dossier, "contradictions", store, "--format", "jsonl"])
    by_grade = collections.defaultdict(dict)
    wrong = []
    for line in out.splitlines():
        finding = json.loads(line)
        claims = [claim for side in finding["sides"] for claim in side]
        places = {(claim["subject"], claim["object"].removeprefix("roll-call/")) for claim in claims}
        documents = {claim["document_key"] for claim in claims}
        if finding["rule"] != "R2" or len(places) != 1 or len(claims) != 2 or len(documents) != 2:
            wrong.append(line)
            continue
        by_grade[finding["grade"]][places.pop()] = frozenset(claim["qualifiers"]["vote"] for claim in claims)
    return by_grade, wrong, seconds


def check(what, expected, actual):
    missing, surplus = expected.items() - actual.items(), actual.items() - expected.items()
    print(f"  {what}: {len(expected)} expected, {len(actual)} found")
    for name, items in [("missing", missing), ("surplus", surplus)]:
        for place, votes in sorted(items, key=str)[:5]:
            print(f"    {name}: {place} {sorted(votes)}")
    return not missing and not surplus


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossier", type=pathlib.Path)
    parser.add_argument("data_set", type=pathlib.Path)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--roll-calls", type=int, default=40)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--changes", type=int)
    parser.add_argument("--seed", type=int, default=20261126)
    options = parser.parse_args()
    if not options.source.is_dir():
        print(f"skipped: there is no {options.source}")
        return 77
    print(f"seed {options.seed}")
    countries = read(options.data_set, "countries.csv")
    source = Source(options.source, None if options.whole else options.roll_calls)
    changes = options.changes or (2000 if options.whole else 200)
    good = True
    for planted in [False, True]:
        if planted:
            source.plant(changes, random.Random(options.seed))
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            raw, claims, store = folder / "raw", folder / "claims", folder / "votes.db"
            raw.mkdir()
            source.write(raw)
            told, made = run([sys.executable, "-B", options.data_set / "make_claims.py", raw, claims])
            loaded_text, loaded = run([options.dossier, "load", store, claims])
            run([options.dossier, "ask", store, "who-voted", "--call", "roll call 3", "--vote", "no"])
            run([options.dossier, "ask", store, "recorded-absent", "--state", "Germany"])
            grades, wrong, searched = found(options.dossier, store)
            print(("with planted changes" if planted else "as they are") + ": " + told.split(": ", 1)[1].strip())
            print(f"  {loaded_text.strip()}")
            print(f"  seconds: claim files {made:.1f}, load {loaded:.1f}, open and search {searched:.1f}")
        cast, absent = compare(source, countries)
        good &= check("two cast votes (hard)", cast, grades["hard"])
        good &= check("absence against a vote (soft)", absent, grades["soft"])
        for line in wrong[:5]:
            print("  something else:", line)
        good &= not wrong and not grades["changed"]
        if planted and not (cast and absent):
            print("  nothing was planted")
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
