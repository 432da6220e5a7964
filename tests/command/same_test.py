#!/usr/bin/env python3
"""dossier judge --same, --different, --undecided and CALL possible_same_as: same_test.py DOSSIER DATA_SET"""
import json
import pathlib
import subprocess
import sys
import tempfile

dossier, data_set = sys.argv[1:]
failures = 0


def run(*arguments):
    return subprocess.run([dossier, *map(str, arguments)], capture_output=True, text=True)


def check(what, good, told=""):
    global failures
    if not good:
        failures += 1
        print(f"FAILED: {what} {told}")


with tempfile.TemporaryDirectory() as folder:
    db = pathlib.Path(folder) / "my.db"
    assert run("load", db, data_set).returncode == 0

    def ask(query):
        done = run("query", db, "--no-sources", "--format", "jsonl", query)
        check(query, done.returncode == 0, done.stderr)
        return [list(json.loads(line)["row"].values()) for line in done.stdout.splitlines()]

    def pairs(options="{}"):
        return {tuple(sorted(row[:2])): row[2:] for row in ask(
            f"CALL possible_same_as({options}) YIELD a, b, score, asked, verdict RETURN a.key, b.key, score, asked, verdict")}

    def judge(how, a, b, by="Jane Doe", reason="because"):
        return run("judge", db, how, a, b, "--by", by, "--reason", reason)

    # A source's question, and two names that look alike.
    asked = ("place/eastern-ukraine", "place/southeastern-ukraine")
    alike = ("submunition/ptab-2.5", "submunition/ptab-2.5m")
    before = pairs()
    check("what a source asks about", asked in before, before)
    check("what is called alike", alike in before and 0.8 <= before[alike][0] < 1, before)
    scores = [row[0] for row in before.values() if not row[1]]
    check("the most alike first", scores == sorted(scores, reverse=True))
    check("of what is asked before all others", (flags := [row[1] for row in before.values()]) == sorted(flags, reverse=True))
    check("a label", all("state/" in key for pair in pairs("{label: 'State'}") for key in pair))
    check("a limit", len(pairs("{limit: 3}")) == 3)
    check("no least", len(pairs("{least: 1}")) == flags.count(True))

    done = judge("--different", "submunition/ptab-2.5m", "submunition/ptab-2.5", reason="two fuzes")
    check("different", done.returncode == 0 and "are two, says Jane Doe" in done.stdout, done)
    done = judge("--same", *asked)
    check("same", done.returncode == 0 and "are one, says Jane Doe" in done.stdout, done)
    after = pairs()
    check("what was judged is no question", not {asked, alike} & set(after), after)
    judged = pairs("{judged: true}")
    check("but shown when asked for", judged[alike][2] == "different" and judged[asked][2] == "same", judged)
    check("an edge", sorted(ask("MATCH (a)-[:same_as]->(b) RETURN a.key, b.key")) == [list(asked), list(asked[::-1])])
    check("a claim with its reason", ask("MATCH (c:Claim {relation: 'same_as'})-[:ASSERTED_BY]->(who) "
                                         "RETURN c.act, c.reason, who.name ORDER BY c.act")
          == [["asserts", "because", "Jane Doe"], ["denies", "two fuzes", "Jane Doe"]])

    # The last one counts, whoever said it, and can be taken back.
    check("another mind", judge("--different", *asked, by="Richard Roe").returncode == 0)
    check("the last counts", pairs("{judged: true}")[asked][2] == "different")
    check("they do not contradict", run("contradictions", db, "--about", "southeastern Ukraine", "--rule", "R1")
          .stdout.count("same_as") == 0)
    done = judge("--undecided", *asked)
    check("undecided", done.returncode == 0 and "may be one or two" in done.stdout, done)
    check("it is a question again", pairs()[asked][2] is None)
    check("all are kept", ask("USE claims() MATCH (c:Claim {relation: 'same_as'}) RETURN count(c)") == [[4]])

    for arguments, code, told in [(("--same", "Russia", "Russia"), 1, "E9008"), (("--same", "Korea", "Russia"), 1, "E9006"),
                                  (("--different", "Xyzzy", "Russia"), 1, "E9007"),
                                  (("--undecided", "Russia", "Georgia"), 1, "E9008")]:
        done = judge(*arguments)
        check(f"{arguments} is refused", done.returncode == code and told in done.stderr, done)
    check("a finding or a pair", run("judge", db, "--by", "x", "--reason", "y").returncode == 2)
    check("not both", run("judge", db, "abcd", "rejected", "--same", "a", "b", "--by", "x", "--reason", "y").returncode == 2)
    check("a bad option", run("query", db, "CALL possible_same_as({limit: 0}) YIELD a RETURN a").returncode == 1)

sys.exit(1 if failures else 0)
