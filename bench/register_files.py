#!/usr/bin/env python3
"""Turns an extract of the SIPRI arms transfers register into a data set of ours and the tables of the arrays, for the
workload m1r. The register is SIPRI's (non-commercial use, with credit): nothing of it belongs into this repository,
and what is written goes to the build folder.

    bench/register_files.py EXTRACT.csv FOLDER

FOLDER gets dossier/ (without an ontology.toml), peers/ and parameters.json, as `generate` writes them.
"""

import collections
import csv
import json
import pathlib
import sys

PARAMETER_SETS = 20
NOBODY = "unknown"  # begins the name of a supplier or recipient that is not known: no actor, and no link of a chain
ACTOR_KINDS = {False: "state", True: "group"}  # by whether the register marks it with '*'


class Numbers:
    """Names to numbers, in the order in which they come."""

    def __init__(self):
        self.of_name = {}

    def __getitem__(self, name):
        return self.of_name.setdefault(name, len(self.of_name))

    def __iter__(self):
        return iter(self.of_name)


def years_of(deal):
    return [int(year) for year in deal["delivery_years"].split(";") if year.strip()]


def valid_of(years):
    """EDTF of the deliveries: a year, or from the first to the last."""
    return "" if not years else f"{years[0]}" if years[0] == years[-1] else f"{years[0]}/{years[-1]}"


def quantity_of(deal):
    about = "about " if deal["number_delivered_uncertain"] else ""
    return about + deal["number_delivered"] if deal["number_delivered"] else "unknown"


def escaped(name):
    """A cell with one value: a semicolon would part it."""
    return name.replace("\\", "\\\\").replace(";", "\\;")


class Tables:
    """The tables of a folder, each written when all rows are known."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name, head, rows):
        with open(self.folder / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head.split(","))
            writer.writerows(rows)


def write(extract, folder):
    with open(extract, newline="") as file:
        deals = list(csv.DictReader(file))
    known = [deal for deal in deals if not (deal["supplier"].startswith(NOBODY) or
                                            deal["recipient"].startswith(NOBODY))]
    actors, munitions, parents = Numbers(), Numbers(), {}
    for deal in known:
        actors[deal["supplier"]], actors[deal["recipient"]]
        kind = munitions[f"any {deal['weapon_description']}"]
        # A designation may come with two descriptions; a munition has one parent here, the first.
        parents.setdefault(munitions[deal["weapon_designation"]], kind)
    write_peers(Tables(folder / "peers"), known, actors, munitions, parents)
    write_dossier(Tables(folder / "dossier"), known, actors, munitions, parents)

    deals_of = collections.Counter()
    for deal in known:
        munition = munitions[deal["weapon_designation"]]
        deals_of[munition] += 1
        deals_of[parents[munition]] += 1
    most_traded = [munition for munition, _ in deals_of.most_common(PARAMETER_SETS)]
    most_traded = [most_traded[i % len(most_traded)] for i in range(PARAMETER_SETS)]  # where there are fewer
    (folder / "parameters.json").write_text(json.dumps({"deals": len(known), "munition": most_traded}) + "\n")
    return len(known), len(deals) - len(known)


def write_peers(tables, deals, actors, munitions, parents):
    """Names are left out: the arrays' reader knows no quotes, and nothing asks for names."""
    tables.write("actor", "id", ([i] for i, _ in enumerate(actors)))
    tables.write("munition_type", "id", ([i] for i, _ in enumerate(munitions)))
    tables.write("subtype_of", "from,to", sorted(parents.items()))
    tables.write("transferred", "from,to,munition,year", (
        [actors[deal["supplier"]], actors[deal["recipient"]], munitions[deal["weapon_designation"]],
         min(years_of(deal), default=0)] for deal in deals))


def write_dossier(tables, deals, actors, munitions, parents):
    tables.write("documents", "key,title,publisher", [
        ["file/register", "SIPRI Arms Transfers Database, extract of 2026", "publisher/sipri"]])
    tables.write("entities-publisher", "key,type,name", [["publisher/sipri", "Publisher", "SIPRI"]])
    tables.write("entities-actor", "key,type,name", (
        [f"actor/{i}", "Actor", escaped(name)] for i, name in enumerate(actors)))
    tables.write("entities-munition", "key,type,name", (
        [f"munition/{i}", "MunitionType", escaped(name)] for i, name in enumerate(munitions)))

    def claim(subject, relation, what):
        return [subject, relation, what, "asserts", "file/register", "table=register"]

    claims = [claim(f"actor/{i}", "id", i) for i, _ in enumerate(actors)]
    claims += [claim(f"actor/{i}", "kind", ACTOR_KINDS[name.endswith("*")]) for i, name in enumerate(actors)]
    claims += [claim(f"munition/{i}", "id", i) for i, _ in enumerate(munitions)]
    claims += [claim(f"munition/{kind}", "SUBTYPE_OF", f"munition/{parent}") for kind, parent in parents.items()]
    tables.write("claims-things", "subject,relation,object,act,document,locator", claims)
    tables.write("claims-transferred", "subject,relation,object,qualifiers,valid,quantity,act,document,locator", (
        [f"actor/{actors[deal['supplier']]}", "TRANSFERRED", f"actor/{actors[deal['recipient']]}",
         f"row={row};munition=munition/{munitions[deal['weapon_designation']]}", valid_of(years_of(deal)),
         quantity_of(deal), "asserts", "file/register", f"row={row}"] for row, deal in enumerate(deals)))


def main(extract, folder):
    written, without = write(extract, folder)
    print(f"{written} deals; left out {without} whose supplier or recipient is not known")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
