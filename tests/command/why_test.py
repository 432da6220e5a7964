#!/usr/bin/env python3
"""dossier query --why and ask --why in each format, as a user runs them: why_test.py DOSSIER DATA_SET"""
import csv
import io
import json
import pathlib
import tempfile

import checks
from checks import check, data_set, finish

KINDS = ("MATCH (x {name: '9M27K'})-[:KIND_OF|CARRIES]->{1,2}(kind {name: 'cluster munition'}) "
         "RETURN DISTINCT x.name, kind.name")


def run(*arguments):
    done = checks.run(*arguments)
    return done.returncode, done.stdout, done.stderr


with tempfile.TemporaryDirectory() as folder:
    db = pathlib.Path(folder) / "my.db"
    assert run("load", db, data_set)[0] == 0

    table = run("query", db, "--why", KINDS)[1]
    check("a table", "\nWhy:\nrow 1: [1][2|3], or [4][5]\n" in table, table)
    check("a table where it is not asked for", "Why" not in run("query", db, KINDS)[1])
    check("capped", "row 1: [1][2|3], or others: these are not all\n"
          in run("query", db, "--why", "--alternatives", 1, KINDS)[1])

    answer = json.loads(run("query", db, "--why", "--format", "json", KINDS)[1])
    check("JSON", answer["row_why"] == [{"alternatives": [[[1], [2, 3]], [[4], [5]]], "complete": True}], answer)
    check("JSON where it is not asked for", "row_why" not in json.loads(run("query", db, "--format", "json", KINDS)[1]))
    line = json.loads(run("query", db, "--why", "--format", "jsonl", KINDS)[1])
    check("a line of JSON", line["why"] == answer["row_why"][0] and [s["n"] for s in line["sources"]] == [1, 2, 3, 4, 5])

    claims = {source["n"]: source["claim"] for source in answer["sources"]}
    row = list(csv.DictReader(io.StringIO(run("query", db, "--why", "--format", "csv", KINDS)[1])))[0]
    check("CSV names claims", row["why"] == "[{1}][{2}|{3}], or [{4}][{5}]".format("", *claims.values()), row["why"])

    absent = run("query", db, "--why", "MATCH (s:State)-[:DECLARED_STOCKPILE]->() WHERE NOT (s)-[:CONDEMNED]->() "
                 "RETURN DISTINCT s.name")[1]
    check("absence", "row 1: [1]; nothing is recorded for (s)-[:CONDEMNED]->()\n" in absent, absent)
    both = run("query", db, "--why", "MATCH (s:State)-[:BOUGHT]->({name: 'Smerch'}) RETURN count(s)")[1]
    check("an aggregate", "row 1: [1][2]; all of it, for an aggregate\n" in both, both)
    check("nothing said", "row 1: nothing that was said\n" in run("query", db, "--why", "MATCH (s:State) RETURN count(s)")[1])
    asked = run("ask", db, "buyers-of", "--munition", "Smerch", "--why")[1]
    check("ask", "\nWhy:\nrow 1: [1]\nrow 2: [2]\n" in asked, asked)

    check("not without sources", run("query", db, "--why", "--no-sources", KINDS)[0] == 2)
    check("alternatives of what?", run("query", db, "--alternatives", 2, KINDS)[0] == 2)

finish()
