#!/usr/bin/env python3
"""Rules of a field's own, from files: rules_test.py DOSSIER DATA_SET

Those of the data set are held against a plain reading of generated claims: a rule finds a pair exactly where both of its
sides are claimed, so that without either side the finding is gone.
"""
import json
import pathlib
import random
import shutil
import tempfile

from checks import check, data_set, finish, run

SEEDS = range(1, 6)


class World:
    """Operators, aircraft of two classes, places within places; claims that some are the only ones, and of others."""

    def __init__(self, seed):
        r = random.Random(seed)
        self.seed = seed
        self.places = {"state/land": None, "place/north": "state/land", "place/base": "place/north", "state/far": None}
        self.kinds = {"aircraft/class": None, "aircraft/one": "aircraft/class", "aircraft/two": "aircraft/class"}
        self.actors = {"state/a": None, "organ/army": "state/a", "state/b": None, "state/c": None}
        years = ["", "2014", "2015", "2014/2016"]
        self.claims = []
        for i in range(22):
            relation = r.choice(["SOLE_OPERATOR_OF", "OPERATES", "OPERATES"])
            certainty = r.choice(["", "", "", "probable"])
            act = r.choice(["asserts", "asserts", "asserts", "denies"])
            self.claims.append((f"c{i}", r.choice(list(self.actors)), relation, r.choice(list(self.kinds)),
                                r.choice(list(self.places)), r.choice(years), act, certainty))
        # One claim a proposition, so that a side is a claim.
        seen = set()
        self.claims = [c for c in self.claims if not (c[1:5] in seen or seen.add(c[1:5]))]

    @staticmethod
    def within(low, high, parents):
        while low is not None:
            if low == high:
                return True
            low = parents[low]
        return False

    def expected(self, claims):
        """What the sentence of the rule says, read off all pairs."""
        found = {}
        for a in claims:
            for b in claims:
                if a is b or a[2] != "SOLE_OPERATOR_OF" or "denies" in (a[6], b[6]):
                    continue
                same = self.within(a[1], b[1], self.actors) or self.within(b[1], a[1], self.actors)
                if same or not self.within(b[3], a[3], self.kinds) or not self.within(b[4], a[4], self.places):
                    continue
                spans = [[int(y) for y in (c[5].split("/") * 2)[:2]] if c[5] else None for c in (a, b)]
                if None not in spans and (spans[0][1] < spans[1][0] or spans[1][1] < spans[0][0]):
                    continue
                found[a[0], b[0]] = any("probable" == c[7] for c in (a, b))
        return found

    def load(self, folder, claims):
        shutil.rmtree(folder, ignore_errors=True)
        files = folder / "files"
        files.mkdir(parents=True)
        shutil.copy(pathlib.Path(data_set) / "ontology.toml", files)
        shutil.copytree(pathlib.Path(data_set) / "rules", files / "rules")
        rows = ["key,type,name"]
        for key in self.places | self.kinds | self.actors:
            kind = {"state": "State", "place": "Place", "aircraft": "Aircraft", "organ": "Organ"}[key.split("/")[0]]
            rows.append(f"{key},{kind},{key}")
        (files / "entities.csv").write_text("\n".join(rows) + "\n")
        (files / "documents.csv").write_text("key,title,date\ndoc/d,D,2017\n")
        rows = ["id,subject,relation,object,qualifiers,valid,act,certainty,document,locator,quote"]
        for relation, parents in (("LOCATED_IN", self.places), ("KIND_OF", self.kinds), ("ORGAN_OF", self.actors)):
            for i, (low, high) in enumerate(parents.items()):
                if high is not None:
                    rows.append(f"{relation}{i},{low},{relation},{high},,,asserts,,doc/d,note=1,")
        for key, subject, relation, thing, place, valid, act, certainty in claims:
            rows.append(f"{key},{subject},{relation},{thing},place={place},{valid},{act},{certainty},doc/d,note=2,")
        (files / "claims.csv").write_text("\n".join(rows) + "\n")
        done = run("load", folder / "my.db", files)
        check(f"seed {self.seed}: load", done.returncode == 0, done.stderr[:600])
        return folder / "my.db"

    def found(self, folder, claims):
        done = run("contradictions", self.load(folder, claims), "--rule", "sole-operator", "--format", "jsonl")
        check(f"seed {self.seed}: contradictions", done.returncode == 0, done.stderr)
        findings = {}
        for finding in map(json.loads, done.stdout.splitlines()):
            check("its name", finding["rule"] == "sole-operator", finding)
            sides = tuple(side[0]["claim"] for side in finding["sides"])
            certain = not any("less than certainty" in text for text in finding["assumptions"])
            check("a soft one says why", finding["grade"] == "hard" or finding["assumptions"], finding)
            findings[sides] = not certain
        return findings


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    pairs = 0
    for seed in SEEDS:
        world = World(seed)
        chance = random.Random(seed)
        expected = world.expected(world.claims)
        pairs += len(expected)
        found = world.found(folder / "w", world.claims)
        check(f"seed {seed}: as the sentence says", found == expected, (found, expected))
        for pair in chance.sample(sorted(expected), min(2, len(expected))):
            for missing in pair:
                claims = [c for c in world.claims if c[0] != missing]
                found = world.found(folder / "w", claims)
                check(f"seed {seed}: without {missing} no {pair}", pair not in found, found)
                check(f"seed {seed}: without {missing} the others", found == world.expected(claims), found)
    check("there was something to find", pairs > 20, pairs)

    # On the data set itself: found among all, judged as all others, chosen by name.
    db = folder / "my.db"
    assert run("load", db, data_set).returncode == 0
    lines = [json.loads(line) for line in run("contradictions", db, "--format", "jsonl").stdout.splitlines()]
    own = [finding for finding in lines if finding["rule"] == "declared-outside-treaty"]
    check("one of the data set", len(own) == 1 and "Slovakia" in own[0]["explanation"] and own[0]["grade"] == "soft", own)
    check("both sides have notes", all(claim["quote"] for side in own[0]["sides"] for claim in side), own)
    votes = [finding for finding in lines if finding["rule"] == "voted-before-date"]
    check("another", len(votes) == 1 and "2015-11" in votes[0]["explanation"] and "2015-12-07" in votes[0]["explanation"]
          and len(votes[0]["sides"][0]) == 2, votes)
    of_the_field = {f["rule"]: f for f in lines if not f["rule"].startswith("R")}
    check("one of each rule that finds any", sorted(of_the_field) == [
        "coalition-use-denied", "declared-outside-treaty", "denied-then-not", "harm-and-indiscriminate-use",
        "in-the-other-list", "loaded-for-denied-use", "others-hit", "said-without-evidence", "seen-not-listed", "sole-carrier",
        "stocked-not-made", "told-by-its-own", "voted-before-date"]
        and len(of_the_field) == sum(not f["rule"].startswith("R") for f in lines), sorted(of_the_field))
    check("all of them softly, or a change", {name: f["grade"] for name, f in of_the_field.items() if f["grade"] != "soft"}
          == {"denied-then-not": "changed"}, of_the_field)
    check("the name that is missing", "Cuba is among" in of_the_field["in-the-other-list"]["explanation"], of_the_field)
    check("the months are named", any("still held in 2016-06, 6 months later" in text for text in
                                      of_the_field["loaded-for-denied-use"]["assumptions"]), of_the_field)
    check("in its place", [f["grade"] for f in lines] == sorted((f["grade"] for f in lines),
                                                               key=["hard", "soft", "changed"].index))
    # A query knows them as well.
    def called(options, *more):
        done = run("query", db, "--no-sources", "--format", "jsonl", *more,
                   f"CALL contradictions({options}) YIELD id, rule, grade, explanation, assumptions RETURN id, rule, grade, "
                   "explanation, assumptions")
        check(f"CALL contradictions({options})", done.returncode == 0, done.stderr)
        return [json.loads(line)["row"] for line in done.stdout.splitlines()]

    check("the same by CALL", called("{}") == [
        {key: f[key] for key in ("id", "rule", "grade", "explanation", "assumptions")} for f in lines])
    done = run("query", db, "--limit-rows", "1", "--no-sources", "--format", "jsonl",
               "CALL contradictions({rule: ['sole-carrier', 'seen-not-listed']}) YIELD id RETURN count(id) AS n")
    check("a limit of rows is that of the answer", '"n":2' in done.stdout, done)
    check("one by CALL", [f["id"] for f in called("{rule: ['R7', 'sole-carrier'], grade: 'soft'}")]
          == [of_the_field["sole-carrier"]["id"]])
    done = run("query", db, "CALL contradictions({rule: 'sole-carriers'}) YIELD id RETURN id")
    check("no such rule", done.returncode == 1 and "E6201" in done.stderr, done.stderr)
    done = run("query", db, "--no-sources", "USE without_document('doc/monitor-russia-2017') "
               "CALL contradictions({rule: 'sole-carrier'}) YIELD id RETURN id")
    check("through the view that it is called in", "(0 rows)" in done.stdout, done)
    check("chosen by what it is about", own == [json.loads(line) for line in run(
        "contradictions", db, "--rule", "declared-outside-treaty", "--about", "Slovakia", "--format", "jsonl")
        .stdout.splitlines()])
    check("and not", run("contradictions", db, "--rule", "declared-outside-treaty", "--about", "Georgia").stdout
          .startswith("(0 findings"))
    check("other rules alone", all(json.loads(line)["rule"] == "R2" for line in run(
        "contradictions", db, "--rule", "R2", "--format", "jsonl").stdout.splitlines()))
    check("in a table", "soft  declared-outside-treaty  " + own[0]["id"] in run("contradictions", db).stdout)
    check("judged", run("judge", db, own[0]["id"], "rejected", "--by", "Jane Doe", "--reason", "x").returncode == 0)
    check("and not reported again", own[0]["id"] not in run("contradictions", db, "--format", "jsonl").stdout)

    # What is wrong with a rule is said, with its file.
    bad = folder / "bad"
    bad.mkdir()
    for text, told in [("MATCH (a) RETURN a", "E9009"), ("// rule: x\nMATCH (a RETURN a", "E5001"),
                       ("// rule: x\nMATCH (a)-[e:USED]->() RETURN e AS a, e AS b, 'hard' AS grade", "E6206"),
                       ("// rule: x\nMATCH (n:State) RETURN n AS a, n AS b, 'hard' AS grade, 'x' AS explanation", "E6206"),
                       ("// rule: x\nMATCH ()-[e:USED]->() RETURN e AS a, e AS b, 'soft' AS grade, 'x' AS explanation", "E6206"),
                       ("// rule: x\nMATCH ()-[e:USED]->() RETURN e AS a, e AS b, 'firm' AS grade, 'x' AS explanation", "E6206"),
                       ("// rule: x\nMATCH ()-[e:USED]->() RETURN e AS a, e AS b, 'hard' AS grade, null AS explanation",
                        "E6206")]:
        (bad / "wrong.gql").write_text(text)
        done = run("contradictions", db, "--rules", bad)
        check(f"{text!r} is refused", done.returncode == 1 and told in done.stderr and "wrong" in done.stderr, done.stderr)
    check("no such folder", "E9003" in run("contradictions", db, "--rules", folder / "none").stderr)
    check("no such rule", "E6201" in run("contradictions", db, "--rule", "sole-operators").stderr)

finish()
