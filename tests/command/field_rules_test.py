#!/usr/bin/env python3
"""Soft rules of the data set on generated claims: field_rules_test.py DOSSIER DATA_SET

Each rule is held against a plain reading of its sentence, over all claims; and without the claims of either side the
finding is gone.
"""
import itertools
import json
import pathlib
import random
import shutil
import tempfile

from checks import check, data_set, finish, run

SEEDS = range(1, 6)
LAND = {"state/land": None, "place/north": "state/land", "place/base": "place/north", "state/far": None}
ARMS = {"munition/any": None, "munition/bomb": "munition/any", "munition/one": "munition/bomb",
        "munition/two": "munition/bomb", "munition/three": "munition/bomb", "munition/shell": "munition/any"}
MODELS = ["munition/one", "munition/two", "munition/three", "munition/shell"]
ACTORS = {"state/a": None, "organ/army": "state/a", "state/b": None, "coalition/both": None}
JETS = {"aircraft/class": None, "aircraft/one": "aircraft/class", "aircraft/two": "aircraft/class"}
COMPANIES = {"company/works": None, "company/plant": None}
CALIBRES = {"class/shells": None, "class/small": "class/shells", "class/middle": "class/shells", "class/large": "class/shells",
            "munition/small": "class/small", "munition/middle": "class/middle", "munition/large": "class/large"}
GROUPS = {"armed-group/meant": None, "armed-group/part": "armed-group/meant", "armed-group/other": None}
LISTS = {"group/one": None, "group/two": None, "group/three": None}
EVENTS = {"operation/air": None, "event/north": None, "event/south": None}
TOPICS = {"topic/records": None, "topic/models": "topic/records", "topic/other": None}
USES = {"use/north": None, "use/far": None}
PARENTS = LAND | ARMS | ACTORS | JETS | COMPANIES | TOPICS | USES | CALIBRES | GROUPS | LISTS | EVENTS
CONTAINMENTS = {"state": "LOCATED_IN", "place": "LOCATED_IN", "munition": "KIND_OF", "aircraft": "KIND_OF",
                "organ": "ORGAN_OF", "topic": "PART_OF", "class": "KIND_OF", "armed-group": "ORGAN_OF"}
TYPES = {"state": "State", "place": "Place", "munition": "ClusterMunition", "aircraft": "Aircraft", "organ": "Organ",
         "coalition": "Coalition", "company": "Company", "topic": "Topic", "use": "Use", "class": "MunitionClass",
         "armed-group": "ArmedGroup;Organ", "operation": "Operation", "event": "Attack",
         "group": "Group"}
YEARS = ["", "2014", "2015", "2014/2016", "2017"]
COLUMNS = "id,subject,relation,object,qualifiers,valid,act,asserters,hedge,said,document,locator,quote"


def within(low, high):
    while low is not None:
        if low == high:
            return True
        low = PARENTS[low]
    return False


def overlap(a, b):
    """Whether the two times may overlap; one that is not given may be any."""
    if not a["valid"] or not b["valid"]:
        return True
    (low, high), (first, last) = [[int(year) for year in (c["valid"].split("/") * 2)[:2]] for c in (a, b)]
    return low <= last and first <= high


class Claims(list):
    def add(self, subject, relation, object, place="", valid="", act="asserts", asserter="", hedge="", said=""):
        """One claim a proposition, so that a side is a claim."""
        same = (subject, relation, object, place)
        if all((c["subject"], c["relation"], c["object"], c["place"]) != same for c in self):
            self.append({"id": f"c{len(self)}", "subject": subject, "relation": relation, "object": object,
                         "place": place, "valid": valid, "act": act, "asserter": asserter, "hedge": hedge, "said": said})

    def of(self, relation, act="asserts"):
        return [c for c in self if c["relation"] == relation and c["act"] == act]

    def without(self, ids):
        return Claims(c for c in self if c["id"] not in ids)


def ids(*claims):
    return frozenset(c["id"] for c in claims)


def gathered(rows):
    """Rows of (what they are gathered by, side a, side b) as the findings' pairs of sides."""
    sides = {}
    for key, a, b in rows:
        side = sides.setdefault(key, (set(), set()))
        side[0].update(ids(*a))
        side[1].update(ids(*b))
    return {(frozenset(a), frozenset(b)) for a, b in sides.values()}


# ------------------------------------------------------------------------------ the rules, and what they speak of

def draw_coalition(r, claims):
    for _ in range(8):
        claims.add(r.choice(list(ACTORS)), "USED", r.choice(list(ARMS)), r.choice(["", *LAND]), r.choice(YEARS),
                   r.choice(["denies", "asserts"]), r.choice(["state/a", "state/b"]))
    for member in ("state/a", "organ/army", "state/b"):
        if r.random() < 0.6:
            claims.add(member, "MEMBER_OF", "coalition/both", valid=r.choice(YEARS))
    for _ in range(3):
        claims.add("coalition/both", "USED", r.choice(list(ARMS)), r.choice(list(LAND)), r.choice(YEARS))


def read_coalition(claims):
    rows = []
    for denial, joined, use in itertools.product(claims.of("USED", "denies"), claims.of("MEMBER_OF"),
                                                 claims.of("USED")):
        one, other = denial["subject"], joined["subject"]
        if (use["subject"] == joined["object"] and (within(one, other) or within(other, one))
                and within(use["object"], denial["object"])
                and (not denial["place"] or (use["place"] and within(use["place"], denial["place"])))
                and overlap(use, denial) and overlap(joined, use)):
            rows.append(((denial["asserter"], use["subject"]), [denial], [use, joined]))
    return gathered(rows)


def draw_carrier(r, claims):
    for _ in range(7):
        claims.add(r.choice(list(ACTORS)), "USED", r.choice(list(ARMS)), r.choice(["", *LAND][:4]), r.choice(YEARS))
    for _ in range(3):
        claims.add(r.choice(["munition/bomb", "munition/one", "munition/any"]), "DELIVERED_BY",
                   r.choice(["aircraft/one", "aircraft/two"]))
    for _ in range(4):
        claims.add(r.choice(["state/a", "organ/army"]), "SOLE_OPERATOR_OF", r.choice(list(JETS)),
                   r.choice(list(LAND)[:2]), r.choice(YEARS))


def read_carrier(claims):
    rows = []
    soles, deliveries = claims.of("SOLE_OPERATOR_OF"), claims.of("DELIVERED_BY")
    for use, delivery, sole in itertools.product(claims.of("USED"), deliveries, soles):
        user, one, place = use["subject"], sole["subject"], use["place"]
        if (place and within(use["object"], delivery["subject"]) and within(delivery["object"], sole["object"])
                and within(place, sole["place"]) and not user.startswith("coalition")
                and not within(user, one) and not within(one, user) and overlap(use, sole)
                and all(any(other["subject"] == one and within(d["object"], other["object"])
                            and within(place, other["place"]) for other in soles)
                        for d in deliveries if within(use["object"], d["subject"]))):
            rows.append(((user, use["object"], one), [use], [delivery, sole]))
    return gathered(rows)


def draw_seen(r, claims):
    for _ in range(3):
        claims.add(r.choice(MODELS), "OBSERVED_IN", r.choice(list(LAND)),
                   valid=r.choice(YEARS))
    for _ in range(2):
        claims.add(r.choice(["state/a", "state/b"]), "OPERATES", r.choice(["place/north", "place/base", "state/far"]))
    for _ in range(6):
        claims.add(r.choice(["state/a", "state/b"]), "STOCKPILES", r.choice([*MODELS, "munition/bomb"]))


def read_seen(claims):
    rows, peers = [], {}
    for seen, runs, listed in itertools.product(claims.of("OBSERVED_IN"), claims.of("OPERATES"),
                                                claims.of("STOCKPILES")):
        model, holder, peer = seen["subject"], runs["subject"], listed["object"]
        if (listed["subject"] == holder and within(seen["object"], runs["object"]) and peer != model
                and PARENTS[model] is not None and PARENTS[model] == PARENTS[peer]
                and not any(c["subject"] == holder and within(c["object"], model) for c in claims.of("STOCKPILES"))):
            key = (model, holder, seen["object"])
            peers.setdefault(key, set()).add(peer)
            rows.append((key, [seen, runs], [listed]))
    return gathered(row for row in rows if len(peers[row[0]]) > 1)


def draw_evidence(r, claims):
    for _ in range(3):
        claims.add(r.choice(list(ARMS)), "EVIDENCE_OF_USE_IN", r.choice(list(LAND)), valid=r.choice(YEARS),
                   act=r.choice(["denies", "denies", "asserts"]), asserter=r.choice(["state/a", "state/b"]))
    for _ in range(8):
        claims.add(r.choice(["state/a", "state/b", "organ/army"]), "USED", r.choice(list(ARMS)), r.choice(["", *LAND]),
                   r.choice(YEARS), r.choice(["asserts", "asserts", "denies"]), r.choice(["state/a", "state/b"]))
    if r.random() < 0.5:
        claims.add("place/north", "possible_same_as", "state/far")


def read_evidence(claims):
    pairs = [(c["subject"], c["object"]) for c in claims.of("possible_same_as")]
    pairs += [(high, low) for low, high in pairs]

    def perhaps_within(low, high):
        return within(low, high) or any(within(low, one) and within(other, high) for one, other in pairs)

    rows = []
    for none, said in itertools.product(claims.of("EVIDENCE_OF_USE_IN", "denies"), claims.of("USED")):
        if (none["asserter"] != said["asserter"] and within(said["object"], none["subject"]) and said["place"]
                and perhaps_within(said["place"], none["object"])
                and said["valid"] and none["valid"] and overlap(said, none)):
            rows.append(((none["asserter"], said["asserter"], none["object"]), [none], [said]))
    return gathered(rows)


def draw_confidential(r, claims):
    for _ in range(3):
        claims.add(r.choice(["state/a", "organ/army", "state/b"]), "KEEPS_CONFIDENTIAL", r.choice(list(TOPICS)))
    for company in COMPANIES:
        claims.add(company, "STATE_OWNED", r.choice(["state/a", "state/b"]),
                   act=r.choice(["asserts", "asserts", "denies"]))
    for _ in range(3):
        claims.add(r.choice([*COMPANIES, "state/b"]), "DISCLOSES", r.choice(list(TOPICS)),
                   act=r.choice(["asserts", "asserts", "denies"]))


def read_confidential(claims):
    rows = []
    for keeps, owned, tells in itertools.product(claims.of("KEEPS_CONFIDENTIAL"), claims.of("STATE_OWNED"),
                                                 claims.of("DISCLOSES")):
        if (tells["subject"] == owned["subject"] and within(keeps["subject"], owned["object"])
                and within(tells["object"], keeps["object"])):
            key = (keeps["subject"], owned["subject"], owned["object"], keeps["object"])
            rows.append((key, [keeps], [tells, owned]))
    return gathered(rows)


def draw_harm(r, claims):
    for _ in range(3):
        claims.add(r.choice(list(ARMS)), "USED_INDISCRIMINATELY_IN", r.choice(list(LAND)), valid=r.choice(YEARS),
                   act=r.choice(["denies", "denies", "asserts"]), asserter=r.choice(["state/a", "state/b"]))
    for use in USES:
        claims.add(use, "CAUSED_CIVILIAN_HARM", "state/land", valid=r.choice(YEARS),
                   act=r.choice(["asserts", "asserts", "denies"]))
        claims.add(use, "LOCATED_IN", "place/north" if use == "use/north" else "state/far")


def read_harm(claims):
    rows = []
    for denial, harm, where in itertools.product(claims.of("USED_INDISCRIMINATELY_IN", "denies"),
                                                 claims.of("CAUSED_CIVILIAN_HARM"), claims.of("LOCATED_IN")):
        if (where["subject"] == harm["subject"] and within(where["object"], denial["object"])
                and overlap(harm, denial)):
            rows.append((denial["object"], [denial], [harm]))
    return gathered(rows)


def draw_loaded(r, claims):
    years = [*YEARS, "2024"]
    for _ in range(4):
        claims.add(r.choice(["state/a", "organ/army", "state/b"]), "USED", r.choice(list(ARMS)), r.choice(["", *LAND]),
                   r.choice(years), r.choice(["denies", "denies", "asserts"]), r.choice(["state/a", "state/b"]))
    for _ in range(3):
        claims.add(r.choice(MODELS), "LOADED_ON", r.choice(["aircraft/one", "aircraft/two"]), r.choice(["", *LAND]),
                   r.choice(years))
    for _ in range(3):
        claims.add(r.choice(["state/a", "organ/army", "state/b"]), "OPERATES", r.choice(list(JETS)),
                   r.choice(["", "state/land", "place/north"]))


def read_loaded(claims):
    rows = []
    for denial, loaded, runs in itertools.product(claims.of("USED", "denies"), claims.of("LOADED_ON"),
                                                  claims.of("OPERATES")):
        one, other, spot = denial["subject"], runs["subject"], loaded["place"]
        if (within(loaded["subject"], denial["object"]) and within(loaded["object"], runs["object"])
                and (within(one, other) or within(other, one))
                and all(not c["place"] or (spot and within(spot, c["place"])) for c in (denial, runs))
                and (overlap(denial, loaded)  # else from December of the one year to January of the other
                     or 0 <= 12 * (int(loaded["valid"][:4]) - int(denial["valid"][-4:])) - 11 <= 60)):
            rows.append(((denial["asserter"], loaded["subject"], loaded["object"], other), [denial], [loaded, runs]))
    return gathered(rows)


def draw_stocked(r, claims):
    for company in COMPANIES:
        claims.add(company, "STATE_OWNED", r.choice(["state/a", "state/b"]),
                   act=r.choice(["asserts", "asserts", "asserts", "denies"]))
    for _ in range(5):
        claims.add(r.choice([*COMPANIES, "state/a"]), "PRODUCED", r.choice(list(CALIBRES)))
    for _ in range(4):
        claims.add(r.choice(["state/a", "state/b"]), "STOCKPILES", r.choice([c for c in CALIBRES if "munition" in c]))


def read_stocked(claims):
    rows, siblings = [], {}
    for owned, makes, stock in itertools.product(claims.of("STATE_OWNED"), claims.of("PRODUCED"),
                                                 claims.of("STOCKPILES")):
        holder, model = owned["object"], stock["object"]
        kind, other = PARENTS[model], makes["object"]
        made_there = any(within(model, made["object"]) for made in claims.of("PRODUCED") for one in claims.of("STATE_OWNED")
                         if made["subject"] == one["subject"] and one["object"] == holder)
        if (makes["subject"] == owned["subject"] and stock["subject"] == holder and other != kind
                and PARENTS[other] is not None and PARENTS[other] == PARENTS[kind] and not made_there):
            siblings.setdefault((holder, kind), set()).add(other)
            rows.append(((holder, kind), [stock], [makes, owned]))
    return gathered(row for row in rows if len(siblings[row[0]]) > 1)


def draw_silent(r, claims):
    years = ["2014", "2015", "2016", ""]
    for relation, acts in [("USED", ["denies"]), ("USED", ["denies", "not_admits"]),
                           ("INVOLVED_IN_USE", ["not_admits", "not_admits", "no_comment"])]:
        for _ in range(2):
            claims.add(r.choice(["state/a", "organ/army", "state/b"]), relation, r.choice(list(ARMS)[:3]),
                       r.choice(["", *list(LAND)[:3]]), "", r.choice(acts), r.choice(["state/a", "organ/army", "state/b"]),
                       said=r.choice(years))


def read_silent(claims):
    rows = []
    later_ones = claims.of("USED", "not_admits") + claims.of("INVOLVED_IN_USE", "not_admits")
    for denial, later in itertools.product(claims.of("USED", "denies"), later_ones):
        for state in ("state/a", "state/b"):
            either_way = [(denial["subject"], later["subject"]), (denial["object"], later["object"])]
            if denial["place"] and later["place"]:
                either_way.append((denial["place"], later["place"]))
            if (within(denial["asserter"], state) and within(later["asserter"], state) and len(either_way) == 3
                    and all(within(low, high) or within(high, low) for low, high in either_way)
                    and denial["said"] and later["said"] and denial["said"] < later["said"]):
                rows.append(((state, denial["asserter"], later["place"], later["object"]), [denial], [later]))
    return gathered(rows)


def draw_targets(r, claims):
    claims.add("operation/air", "TARGETED", r.choice(list(GROUPS)), hedge=r.choice(["exclusively", "exclusively", ""]),
               asserter="state/a")
    claims.add(r.choice(["state/a", "state/b"]), "PARTICIPATED_IN", "operation/air")
    for event in ("event/north", "event/south"):
        claims.add(r.choice(["state/a", "organ/army", "state/b"]), "RESPONSIBLE_FOR", event,
                   act=r.choice(["asserts", "asserts", "denies"]))
        claims.add(event, "TARGETED", r.choice(list(GROUPS)), act=r.choice(["asserts", "asserts", "denies"]))


def read_targets(claims):
    rows = []
    for only, takes, owns, hit in itertools.product(claims.of("TARGETED"), claims.of("PARTICIPATED_IN"),
                                                    claims.of("RESPONSIBLE_FOR"), claims.of("TARGETED")):
        target, other = only["object"], hit["object"]
        if (only["hedge"] == "exclusively" and takes["object"] == only["subject"] and hit["subject"] == owns["object"]
                and hit["subject"] != only["subject"] and within(owns["subject"], takes["subject"])
                and not within(other, target) and not within(target, other)):
            rows.append(((only["subject"], target, other, hit["subject"]), [only], [owns, hit, takes]))
    return gathered(rows)


def draw_lists(r, claims):
    for group in LISTS:
        for state in r.sample(["state/a", "state/b", "state/land", "state/far"], r.randrange(1, 5)):
            claims.add(group, "HAS_MEMBER", state, act=r.choice(["asserts", "asserts", "asserts", "denies"]))
        if r.random() < 0.8:
            claims.add(group, "stated_count", r.choice(["2", "3", "4"]))


def read_lists(claims):
    rows = []
    listed = {group: {c["object"] for c in claims.of("HAS_MEMBER") if c["subject"] == group} for group in LISTS}
    for count, has in itertools.product(claims.of("stated_count"), claims.of("HAS_MEMBER")):
        short, long, counted = count["subject"], has["subject"], int(count["object"])
        if (listed[short] and len(listed[short]) < counted == len(listed[long]) and listed[short] < listed[long]
                and has["object"] not in listed[short]):
            rows.append(((short, long), [has], [count]))
    return gathered(rows)


CHANGES = {"denied-then-not"}  # what these find is a change
RULES = {"stocked-not-made": (draw_stocked, read_stocked), "denied-then-not": (draw_silent, read_silent),
         "others-hit": (draw_targets, read_targets), "in-the-other-list": (draw_lists, read_lists),
         "coalition-use-denied": (draw_coalition, read_coalition), "sole-carrier": (draw_carrier, read_carrier),
         "seen-not-listed": (draw_seen, read_seen), "said-without-evidence": (draw_evidence, read_evidence),
         "told-by-its-own": (draw_confidential, read_confidential),
         "harm-and-indiscriminate-use": (draw_harm, read_harm), "loaded-for-denied-use": (draw_loaded, read_loaded)}


def found(folder, rule, claims):
    shutil.rmtree(folder, ignore_errors=True)
    files = folder / "files"
    files.mkdir(parents=True)
    shutil.copy(pathlib.Path(data_set) / "ontology.toml", files)
    shutil.copytree(pathlib.Path(data_set) / "rules", files / "rules")
    (files / "entities.csv").write_text("\n".join(
        ["key,type,name", *(f"{key},{TYPES[key.split('/')[0]]},{key}" for key in PARENTS)]) + "\n")
    (files / "documents.csv").write_text("key,title,date\ndoc/d,D,2018\n")
    rows = [COLUMNS]
    for low, high in PARENTS.items():
        if high is not None:
            relation = CONTAINMENTS[low.split("/")[0]]
            rows.append(f"in-{low.replace('/', '-')},{low},{relation},{high},,,asserts,,,,doc/d,note=1,")
    for c in claims:
        place = f"place={c['place']}" if c["place"] else ""
        rows.append(f"{c['id']},{c['subject']},{c['relation']},{c['object']},{place},{c['valid']},{c['act']},"
                    f"{c['asserter']},{c['hedge']},{c['said']},doc/d,note=2,")
    (files / "claims.csv").write_text("\n".join(rows) + "\n")
    done = run("load", folder / "my.db", files)
    check(f"{rule}: load", done.returncode == 0, done.stderr[:600])
    done = run("contradictions", folder / "my.db", "--rule", rule, "--format", "jsonl")
    check(f"{rule}: contradictions", done.returncode == 0, done.stderr)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    for finding in findings:
        grade = "changed" if rule in CHANGES else "soft"
        check(f"{rule}: {grade}, and says why", finding["grade"] == grade and finding["assumptions"], finding)
    return {tuple(frozenset(claim["claim"] for claim in side) for side in finding["sides"]) for finding in findings}


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for rule, (draw, read) in RULES.items():
        count = 0
        for seed in SEEDS:
            r = random.Random(f"{rule} {seed}")
            for _ in range(200):  # until there is something to find
                claims = Claims()
                draw(r, claims)
                if expected := read(claims):
                    break
            count += len(expected)
            told = found(folder / "w", rule, claims)
            check(f"{rule}, seed {seed}: as the sentence says", told == expected, (told ^ expected, claims))
            in_order = sorted(expected, key=lambda sides: [sorted(side) for side in sides])
            for side in r.choice(in_order) if expected else ():
                fewer = claims.without(side)
                told = found(folder / "w", rule, fewer)
                check(f"{rule}, seed {seed}: without a side", told == read(fewer), (told ^ read(fewer), fewer))
        check(f"{rule}: something was found each time", count >= len(SEEDS), count)

finish()
