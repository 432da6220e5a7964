#!/usr/bin/env python3
"""dossier judge: a finding that was judged is reported again only if something under it changes.

    judge_test.py DOSSIER DATA_SET
"""
import json
import pathlib
import tempfile

from checks import check, data_set, finish, run

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    db = folder / "my.db"
    assert run("load", db, data_set).returncode == 0

    def findings(*options):
        done = run("contradictions", db, "--format", "jsonl", *options)
        check(f"contradictions {options}", done.returncode == 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def judge(finding, verdict, by="Jane Doe", reason="because"):
        return run("judge", db, finding, verdict, "--by", by, "--reason", reason)

    def load(name, *records):
        (folder / name).write_text("".join(json.dumps(r) + "\n" for r in records))
        done = run("load", db, folder / name)
        check(f"load {name}", done.returncode == 0, done.stderr)

    # One with a chain, whose first step a claim states.
    before = findings()
    judged = next(f for f in before if f["grade"] == "hard" and f["rule"] == "R1" and f["chain"]
                  and len(f["chain"][0]["claims"]) == 1)
    ids = [f["id"] for f in before]
    check("ids are unique", len(set(ids)) == len(ids))
    check("judge", judge(judged["id"][:8], "rejected").returncode == 0)
    check("it is not reported", [f["id"] for f in findings()] == [i for i in ids if i != judged["id"]])
    text = run("contradictions", db).stdout
    check("but counted", "1 judged and not shown, see --judged" in text, text[-200:])
    shown = findings("--judged")
    check("it is shown when asked for", [f["id"] for f in shown] == ids)
    judgement = next(f for f in shown if f["id"] == judged["id"])["judgement"]
    check("with the judgement", (judgement["verdict"], judgement["by"], judgement["reason"], judgement["lapsed"])
          == ("rejected", "Jane Doe", "because", False), judgement)
    check("in the text as well", "Judged rejected by Jane Doe, " in run("contradictions", db, "--judged").stdout)
    asked = run("query", db, "--no-sources", "--format", "jsonl",
                "MATCH (j:Claim)-[:ASSERTED_BY]->(a:Analyst) RETURN a.name AS analyst, j.act AS act").stdout
    check("it is a claim", json.loads(asked)["row"] == {"analyst": "Jane Doe", "act": "asserts"}, asked)
    called = run("query", db, "--no-sources", "--format", "jsonl",
                 "CALL contradictions({judged: true}) YIELD id, verdict WHERE verdict IS NOT NULL RETURN id, verdict")
    check("it is known to queries", json.loads(called.stdout)["row"] == {"id": judged["id"], "verdict": "rejected"},
          called.stdout + called.stderr)

    # Taken back, and judged again by somebody whom the store knows.
    check("reopen", judge(judged["id"], "reopened").returncode == 0)
    check("it is reported again", [f["id"] for f in findings()] == ids)
    check("confirm", judge(judged["id"], "Confirmed", by="Russia").returncode == 0)
    check("it is not reported, though confirmed", judged["id"] not in [f["id"] for f in findings()])
    # Three verdicts are kept, and the last one stands.
    asked = run("query", db, "--no-sources", "--format", "jsonl",
                "MATCH (c:Claim) WHERE c.judgement IS NOT NULL RETURN c.judgement, values(c, 'judgement') AS standing")
    check("the claim shows the last", json.loads(asked.stdout)["row"]
          == {"c.judgement": "confirmed", "standing": ["confirmed"]}, asked.stdout + asked.stderr)

    # What it rests on becomes less certain: the same claims on both sides, another grade.
    step = judged["chain"][0]["claims"][0]
    corrected = {"record": "claim", "subject": step["subject"], "relation": step["relation"], "object": step["object"],
                 "act": "asserts", "certainty": "probable", "document": step["document_key"], "locator": "note=1",
                 "supersedes": [f"claim:{step['claim']}"]}
    load("corrected.jsonl", corrected)
    again = [f for f in findings() if f["id"] == judged["id"]]
    check("a change under it brings it back", len(again) == 1 and again[0]["grade"] == "soft", again)
    check("and says so", again and again[0]["judgement"]["lapsed"])

    # A claim that joins a side makes another finding of it.
    other = next(f for f in findings() if f["rule"] == "R2" and f["grade"] == "hard")
    check("resolve", judge(other["id"], "resolved").returncode == 0)
    claim = other["sides"][1][0]
    load("more.jsonl", {"record": "claim", "id": "one-more", "subject": claim["subject"], "relation": claim["relation"],
                        "object": claim["object"], "valid": "2017-08-04", "act": "asserts",
                        "document": claim["document_key"], "locator": "note=2"})
    more = [f for f in findings() if f["rule"] == "R2" and f["grade"] == "hard"]
    check("with one claim more it is reported again", len(more) == 1 and more[0]["id"] != other["id"], more)

    # What is refused.
    for arguments, told in [((judged["id"], "maybe"), "E6205"), (("zzzz", "rejected"), "E9020"), (("", "rejected"), "E9021"),
                            ((judged["id"], "rejected", " "), "E9008"), ((judged["id"], "rejected", "x", " "), "E9008"),
                            ((judged["id"], "rejected", "Korea"), "E9006"), ((judged["id"], "rejected", "--"), "E9008")]:
        done = judge(*arguments)
        check(f"judge {arguments} is refused", done.returncode in (1, 2) and told in done.stderr, done.stderr)
    check("both words are needed", run("judge", db, judged["id"], "rejected", "--by", "x").returncode == 2)
    check("the store is sound", "sound" in run("verify", db).stdout)

finish()
