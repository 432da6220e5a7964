#!/usr/bin/env python3
"""dossier judge --same, --different, --undecided and CALL possible_same_as: same_test.py DOSSIER DATA_SET"""
import json
import pathlib
import tempfile

from checks import check, data_set, finish, run

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

    # What is said of the one is said of the other, for as long as they are held for one.
    rows = [{"record": "entity", "key": key, "type": kind, "name": key}
            for key, kind in [("place/one", "Place"), ("place/two", "Place"), ("place/inner", "Place"),
                              ("state/x", "State"), ("state/y", "State"), ("organ/of-y", "Organ")]]
    for subject, relation, object, place, act in [
            ("state/russia", "USED", "munition/cluster-munition", "place/inner", "asserts"),
            ("state/russia", "USED", "munition/cluster-munition", "place/two", "denies"),
            ("place/inner", "LOCATED_IN", "place/one", "", "asserts"), ("organ/of-y", "ORGAN_OF", "state/y", "", "asserts")]:
        rows.append({"record": "claim", "subject": subject, "relation": relation, "object": object, "act": act,
                     "qualifiers": f"place={place}" if place else "", "valid": "2020" if place else "",
                     "asserters": "state/x" if act == "denies" else "organ/of-y",
                     "document": "doc/monitor-russia-2017", "locator": "note=99"})
    extra = pathlib.Path(folder) / "extra.jsonl"
    extra.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = run("load", db, extra)
    check("load", done.returncode == 0, done.stderr)

    def findings(*options):
        return [json.loads(line) for line in run("contradictions", db, "--rule", "R1", "--format", "jsonl",
                                                 *options).stdout.splitlines()]

    def seen():
        return [len(findings("--about", "place/two")), len(findings("--about", "place/one")),
                ask("MATCH (a {key: 'place/inner'}), (b {key: 'place/two'}) RETURN within(a, b)")[0][0],
                ask("MATCH (a {key: 'place/two'}), (b {key: 'place/inner'}) RETURN within(a, b)")[0][0],
                ask("USE according_to('state/x') MATCH (a)-[r:USED]->(b) WHERE r.place IS NOT NULL RETURN count(r)")[0][0]]

    check("two", (told := seen()) == [0, 0, False, False, 0], told)
    check("one place", judge("--same", "place/two", "place/one").returncode == 0)
    check("one place, one contradiction", (told := seen()) == [1, 1, True, False, 0], told)
    found = findings("--about", "place/two")[0]
    check("it says by what", any("is the same as" in step["text"] and step["claims"][0]["asserters"] == ["Jane Doe"]
                                 for step in found["chain"]), found["chain"])
    done = run("query", db, "MATCH (a {key: 'place/inner'}), (b {key: 'place/two'}) WHERE within(a, b) RETURN a.name")
    check("a row rests on the judgement", "Jane Doe" in done.stdout, done.stdout)
    check("one state", judge("--same", "state/x", "state/y").returncode == 0)
    check("one state, its organs", (told := seen()) == [1, 1, True, False, 1], told)
    check("not yet", ask("USE known_at('2020') MATCH (a {key: 'place/inner'}), (b {key: 'place/two'}) "
                         "RETURN within(a, b)") == [[False]])
    check("two again", judge("--different", "place/one", "place/two").returncode == 0)
    check("undecided again", judge("--undecided", "state/y", "state/x").returncode == 0)
    check("as before", (told := seen()) == [0, 0, False, False, 0], told)

    for arguments, code, told in [(("--same", "Russia", "Russia"), 1, "E9008"), (("--same", "Korea", "Russia"), 1, "E9006"),
                                  (("--different", "Xyzzy", "Russia"), 1, "E9007"),
                                  (("--undecided", "Russia", "Georgia"), 1, "E9008")]:
        done = judge(*arguments)
        check(f"{arguments} is refused", done.returncode == code and told in done.stderr, done)
    check("a finding or a pair", run("judge", db, "--by", "x", "--reason", "y").returncode == 2)
    check("not both", run("judge", db, "abcd", "rejected", "--same", "a", "b", "--by", "x", "--reason", "y").returncode == 2)
    check("a bad option", run("query", db, "CALL possible_same_as({limit: 0}) YIELD a RETURN a").returncode == 1)

finish()
