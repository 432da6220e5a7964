#!/usr/bin/env python3
"""Writes two releases of the UN General Assembly's roll calls as claim files.

    make_claims.py SOURCE TARGET [--roll-calls N]

SOURCE has the four files of the releases: votes.csv.gz and roll_calls.csv (January 2020), release2016_votes_raw.csv.gz
and release2016_roll_calls.csv (July 2016); a file may also lie there without .gz. TARGET becomes a data set that
`dossier load` reads. README.md beside this script says what becomes what.

--roll-calls N takes N roll calls, spread over the years, instead of all.
A vote or a country that this script does not know is an error, with its file and line: nothing is guessed.
"""
import argparse
import collections
import csv
import gzip
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
VOTES_2016 = {"1": "yes", "2": "abstain", "3": "no", "8": "absent"}
VOTES_2020 = {"yes", "abstain", "no"}
CLAIM_COLUMNS = ["subject", "relation", "object", "qualifiers", "act", "document", "locator"]


class Rows:
    """The rows of a CSV file with their lines; SOURCE/name, or SOURCE/name.gz."""

    def __init__(self, source, name):
        self.path = source / name
        if not self.path.exists():
            self.path = source / (name + ".gz")
        if not self.path.exists():
            sys.exit(f"{source} has neither {name} nor {name}.gz")

    def __iter__(self):
        opened = gzip.open if self.path.suffix == ".gz" else open
        with opened(self.path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            line = 1
            for row in reader:
                first, line = line + 1, reader.line_num
                yield first, row

    def refuse(self, line, text):
        sys.exit(f"{self.path}:{line}: {text}")


def countries():
    """Key by Correlates-of-War code, and key by name."""
    by_code, by_name = {}, {}
    with open(HERE / "countries.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for code in row["cow_code"].split(";"):
                by_code[code] = row["key"]
            for name in [row["name"], *row["other_names"].split(";")]:
                if name.strip():
                    by_name[name.strip()] = row["key"]
    return by_code, by_name


def cell(text):
    """A text as one value of a cell."""
    return text.replace("\\", "\\\\").replace(";", "\\;")


class Target:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for name in ["ontology.toml", "documents.csv"]:
            shutil.copy(HERE / name, folder / name)
        if (folder / "questions").exists():
            shutil.rmtree(folder / "questions")
        shutil.copytree(HERE / "questions", folder / "questions")

    def writer(self, name, columns):
        file = open(self.folder / name, "w", encoding="utf-8", newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        return file, writer


def write_entities(target, roll_calls):
    file, out = target.writer("entities.csv", ["key", "type", "name", "aliases"])
    with file, open(HERE / "countries.csv", encoding="utf-8", newline="") as countries_file:
        out.writerow(["org/erik-voeten", "Organisation", "Erik Voeten", "Voeten"])
        for row in csv.DictReader(countries_file):
            out.writerow([row["key"], "State", row["name"], row["other_names"]])
        for number, resolution in roll_calls.items():
            name = f"{resolution}, roll call {number}" if resolution else f"roll call {number}"
            out.writerow([f"roll-call/{number}", "RollCall", name, f"roll call {number}" if resolution else ""])


def write_roll_calls(target, name, rows, document, wanted):
    file, out = target.writer(name, CLAIM_COLUMNS)
    with file:
        for line, row in rows:
            if row["rcid"] not in wanted:
                continue
            for relation, text in [("held", row["date"]), ("resolution", row["unres"]), ("matter", row.get("descr"))]:
                if text and text.strip():
                    out.writerow([f"roll-call/{row['rcid']}", relation, cell(text.strip()), "", "asserts", document,
                                  f"line={line}"])


def write_votes(target, name, rows, document, wanted, read):
    """read(row) gives the state and the vote, or a text that says why not."""
    seen = {}
    file, out = target.writer(name, CLAIM_COLUMNS)
    with file:
        for line, row in rows:
            if row["rcid"] not in wanted:
                continue
            state, vote, wrong = read(row)
            if wrong:
                rows.refuse(line, wrong)
            if (state, row["rcid"]) in seen:
                rows.refuse(line, f"{state} voted on {row['rcid']} in line {seen[state, row['rcid']]} already")
            seen[state, row["rcid"]] = line
            out.writerow([state, "VOTED", f"roll-call/{row['rcid']}", f"vote={vote}", "asserts", document,
                          f"line={line}"])
    return len(seen)


def spread(items, count):
    if count is None or count >= len(items):
        return list(items)
    return [items[i * len(items) // count] for i in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=pathlib.Path, metavar="SOURCE")
    parser.add_argument("target", type=pathlib.Path, metavar="TARGET")
    parser.add_argument("--roll-calls", type=int, metavar="N")
    options = parser.parse_args()
    if options.roll_calls is not None and options.roll_calls < 1:
        parser.error("--roll-calls takes a number from 1")
    if not options.source.is_dir():
        sys.exit(f"there is no folder {options.source}")

    by_code, by_name = countries()

    def read_2016(row):
        state, vote = by_code.get(row["cow_ccode"]), VOTES_2016.get(row["vote_code"])
        wrong = "" if state and vote else (f"countries.csv has no Correlates-of-War code {row['cow_ccode']}"
                                           if vote else f"'{row['vote_code']}' is no vote: 1, 2, 3 or 8")
        return state, vote, wrong

    def read_2020(row):
        state, vote = by_name.get(row["country"]), row["vote"]
        wrong = "" if state and vote in VOTES_2020 else (
            f"countries.csv has no country {row['country']}" if vote in VOTES_2020
            else f"'{vote}' is no vote: yes, abstain or no")
        return state, vote, wrong

    calls_2020 = Rows(options.source, "roll_calls.csv")
    calls_2016 = Rows(options.source, "release2016_roll_calls.csv")
    resolutions = {row["rcid"]: row["unres"] for _, row in calls_2016}
    resolutions |= {row["rcid"]: row["unres"] or resolutions.get(row["rcid"], "") for _, row in calls_2020}
    chosen = spread(sorted(resolutions, key=int), options.roll_calls)
    wanted = collections.OrderedDict((number, resolutions[number]) for number in chosen)

    target = Target(options.target)
    write_entities(target, wanted)
    old, new = "doc/un-votes-2016", "doc/un-votes-2020"
    write_roll_calls(target, "claims-roll-calls-2016.csv", calls_2016, old + "/roll-calls", wanted)
    write_roll_calls(target, "claims-roll-calls-2020.csv", calls_2020, new + "/roll-calls", wanted)
    first = write_votes(target, "claims-votes-2016.csv", Rows(options.source, "release2016_votes_raw.csv"),
                        old + "/votes", wanted, read_2016)
    second = write_votes(target, "claims-votes-2020.csv", Rows(options.source, "votes.csv"), new + "/votes", wanted,
                         read_2020)
    print(f"{options.target}: {len(wanted):,} roll calls, {first:,} votes of 2016, {second:,} of 2020")


if __name__ == "__main__":
    main()
