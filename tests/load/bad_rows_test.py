#!/usr/bin/env python3
"""Ten kinds of bad row, drawn by mutation from good files: a load must refuse all, load nothing, and name each of the ten
with its place and what would be right.

    bad_rows_test.py DOSSIER DATA_FOLDER SEED [ROUNDS]
"""
import csv
import io
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile


def text_of(header, row):
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue().encode()


class Mutator:
    """Each kind takes a good row, spoils it, and gives the file that holds it alone, with what the message must say."""

    def __init__(self, data, draw):
        self.draw = draw
        self.claims = self.read(data / "claims-use.csv")
        self.declared = self.read(data / "claims-declared.csv")
        self.states = [e for e in self.read(data / "entities-actors.csv") if e["type"] == "State"]

    @staticmethod
    def read(file):
        with file.open(newline="", encoding="utf-8") as source:
            return list(csv.DictReader(source))

    def claim(self, **changes):
        row = dict(self.draw.choice(self.claims))
        row["id"] = f"bad-{self.draw.randrange(10**9)}"
        row.update(changes)
        return text_of(row.keys(), row)

    def unknown_relation(self):
        return self.claim(relation="USSED"), r"unknown relation|USSED"

    def wrong_type(self):
        return self.claim(subject="munition/rbk-500", relation="VOTED", object="resolution/unga-70-54", qualifiers="",
                          quantity="", unit=""), r"munition/rbk-500"

    def missing_source(self):
        return self.claim(document=""), r"document"

    def bad_date(self):
        return self.claim(valid="31/02/2015"), r"31/02/2015|EDTF|time"

    def ambiguous_name(self):
        return self.claim(subject="Korea", relation="NOT_PARTY_TO", object="treaty/ccm", qualifiers="", quantity="",
                          unit=""), r"state/north-korea.*state/south-korea|state/south-korea.*state/north-korea"

    def bad_quantity(self):
        row = dict(self.draw.choice([r for r in self.declared if r["quantity"]]))
        row.update(id=f"bad-{self.draw.randrange(10**9)}", quantity="a few dozen or so")
        return text_of(row.keys(), row), r"a few dozen or so|quantity"

    def broken_quoting(self):
        good = self.claim()
        return good + b'x,"state/russia" y,USED\n', r"quot"

    def not_utf8(self):
        return self.claim(note="caf").replace(b"caf", b"caf\xe9\xff"), r"UTF-8"

    def other_type(self):
        row = dict(self.draw.choice(self.states), type="Company")
        return text_of(row.keys(), row), re.escape(row["key"])

    def over_long(self):
        return self.claim(note="x" * (2 << 20)), r"long|limit"


KINDS = ["unknown_relation", "wrong_type", "missing_source", "bad_date", "ambiguous_name", "bad_quantity",
         "broken_quoting", "not_utf8", "other_type", "over_long"]


def main():
    dossier, data, seed = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    failed = passed = 0
    for number in range(rounds):
        draw = random.Random(seed + number)
        mutator = Mutator(data, draw)
        with tempfile.TemporaryDirectory(prefix="dossier-bad-rows-") as scratch:
            folder = pathlib.Path(scratch) / "data"
            shutil.copytree(data, folder)
            expected = {}
            for kind in KINDS:
                content, wanted = getattr(mutator, kind)()
                name = f"{'entities' if kind == 'other_type' else 'claims'}-bad-{kind.replace('_', '-')}.csv"
                (folder / name).write_bytes(content)
                expected[name] = (kind, wanted)
            store = pathlib.Path(scratch) / "store.db"
            done = subprocess.run([dossier, "load", store, folder], capture_output=True, text=True, check=False,
                                  errors="replace")
            problems = []
            if done.returncode != 1:
                problems.append(f"exit {done.returncode}")
            for name, (kind, wanted) in expected.items():
                lines = [line for line in done.stderr.splitlines() if name in line]
                placed = [line for line in lines if re.search(re.escape(name) + r":\d+:\d+: E\d{4}: ", line)]
                if not placed:
                    problems.append(f"{kind}: no message with a place: {lines[:2]}")
                elif not any(re.search(wanted, line, re.S) for line in placed):
                    problems.append(f"{kind}: the message does not say {wanted}: {placed[0][:300]}")
                elif not any("; " in line or "(" in line for line in placed):
                    problems.append(f"{kind}: neither rule nor fix: {placed[0][:300]}")
            there = subprocess.run([dossier, "query", store, "MATCH (c:Claim) RETURN count(c)", "--format", "csv"],
                                   capture_output=True, text=True, check=False)
            if there.returncode == 0 and there.stdout.splitlines()[1].split(",")[0] not in ("0", '"0"'):
                problems.append(f"something was loaded: {there.stdout}")
            for problem in problems:
                print(f"seed {seed + number}: {problem}")
            failed += len(problems)
            passed += not problems
    print(f"seed {seed}, {rounds} rounds")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
