#!/usr/bin/env python3
"""Check the data set in this folder: columns, keys, references, types, dates, quotes, counts and sums.

    data/russia-2017/check.py [--documents DIR]

DIR holds the documents' text files under the names that documents.csv gives; without it, or where a file is not there,
quotes are not looked for, and the summary says so. Exit code 0: nothing wrong; 1: problems, one a line. Standard library
only. It repeats in Python, on purpose, what `dossier load` and `dossier verify` check: two roads, one answer.
"""
import argparse
import collections
import csv
import hashlib
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = {
    "documents": "key title publisher author date kind language url file sha256 part_of note",
    "entities": "key type name aliases description",
    "claims": "id subject relation object qualifiers valid quantity unit counting act certainty hedge asserters said "
              "statement document locator quote quote_before quote_after cites_note cites_document cites_state rank "
              "supersedes note",
    "groups": "key name count unit list members parts says says_object says_qualifiers heading_valid act certainty hedge "
              "asserters said statement document locator quote quote_before quote_after cites_note cites_document "
              "cites_state rank note",
}
REQUIRED = {
    "documents": ("key", "title"), "entities": ("key", "type", "name"),
    "claims": ("subject", "relation", "object", "act", "document", "locator"), "groups": ("key", "name", "document", "locator"),
}
ACTS = {"asserts", "reports", "admits", "denies", "retracts", "not_admits", "no_comment", "no_reply", "refuses"}
CERTAINTIES = {"", "certain", "probable", "possible", "uncommitted"}
BUILT_IN_TYPES = {"Event", "Statement", "Document", "Group", "Claim"}
BUILT_IN_RELATIONS = {"HAS_MEMBER", "HAS_PART", "stated_count", "list", "possible_same_as"}
LOCATOR_PARTS = ["section", "paragraph", "page", "note", "table", "row", "column", "line", "characters", "timecode"]
MAX_QUOTE_WORDS = 12

# What careful reading of the two documents gives; the claims must add up to it.
DECLARED_TOTALS = {
    "state/bulgaria": (6014, 7), "state/croatia": (14, 2), "state/cote-divoire": (68, 1), "state/czech-republic": (191, 1),
    "state/hungary": (17, 1), "state/macedonia": (1438, 1), "state/moldova": (1385, 7), "state/mozambique": (208, 2),
    "state/peru": (1243, 3), "state/slovakia": (250, 6),
}
LISTED = {  # group: stated count, names printed
    "group/condemned-use-in-syria-parties-and-signatories": ("93", 93),
    "group/condemned-use-in-syria-non-signatories": ("51", 50),
    "group/condemned-use-in-syria": ("143", 0),
    "group/holders-not-states-parties": ("20", 20),
}
MISSING_NOTES = {"1", "11", "27", "36", "44", "49"}

problems = []


def problem(where, text):
    problems.append(f"{where}: {text}")


def collapse(text):
    return re.sub(r"\s+", " ", text).strip()


def cells(text, separator=";"):
    return [c.strip().replace("\\;", ";") for c in re.split(r"(?<!\\)" + separator, text) if c.strip()]


def read(kind):
    rows = []
    for path in sorted(HERE.glob(kind + "*.csv")):
        raw = path.read_bytes()
        if b"\r" in raw:
            problem(path.name, "line ends are not LF")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as e:
            problem(path.name, f"not UTF-8: {e}")
            continue
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        for column in reader.fieldnames or []:
            if column not in COLUMNS[kind].split():
                problem(path.name, f"unknown column {column!r}")
        for row in reader:
            if (row.get(reader.fieldnames[0]) or "").startswith("#"):
                continue
            where = f"{path.name}:{reader.line_num}"
            if None in row or None in row.values():
                problem(where, "too many or too few cells")
                continue
            row = {c: (row.get(c) or "").strip() for c in COLUMNS[kind].split()}
            row["_where"], row["_file"] = where, path.name
            for column in REQUIRED[kind]:
                if not row[column]:
                    problem(where, f"column {column} is empty")
            rows.append(row)
    return rows


# ------------------------------------------------------------------------------------------------------------- dates

DAY = r"-?\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?|\d{3}X|\d{2}XX|\d{4}-XX"
DATE = re.compile(rf"(?:{DAY})[~?%]?$")


def plausible_edtf(text):
    if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d(:\d\d)?)?$", text):
        return True
    if text[:1] in "[{" and text[-1:] in "]}":
        return all(DATE.match(p) for part in text[1:-1].split(",") for p in part.strip().split("..") if p)
    if "/" in text:
        ends = text.split("/")
        if len(ends) != 2 or not all(e in ("", "..") or DATE.match(e) for e in ends):
            return False
        plain = [re.sub(r"[~?%]", "", e) for e in ends]
        if all(e not in ("", "..") for e in plain):
            n = min(map(len, plain))
            return plain[0][:n] <= plain[1][:n]
        return True
    return bool(DATE.match(text))


def check_date(where, column, text):
    if text and not plausible_edtf(text):
        problem(where, f"{column} is no date of EDTF: {text!r}")


# ---------------------------------------------------------------------------------------------------------- ontology

class Ontology:
    def __init__(self, path):
        with open(path, "rb") as f:
            data = tomllib.load(f)
        self.types, self.relations = data.get("types", {}), data.get("relations", {})
        self.inverse = {r["inverse"]: n for n, r in self.relations.items() if "inverse" in r}
        for name, t in self.types.items():
            for s in t.get("extends", []) + t.get("excludes", []):
                if not self.known_type(s):
                    problem(path.name, f"type {name}: unknown type {s}")
        for name, r in self.relations.items():
            for s in r.get("extends", []) + r.get("excludes", []) + [i["relation"] for i in r.get("implies", [])]:
                if s not in self.relations:
                    problem(path.name, f"relation {name}: unknown relation {s}")
            roles = {"subject", "object"} | set(self.qualifiers(name))
            for role, along in r.get("entails_upward", {}).items():
                if role not in roles:
                    problem(path.name, f"relation {name}: entails upward in an unknown role {role}")
                for a in along:
                    if "containment" not in self.relations.get(a, {}):
                        problem(path.name, f"relation {name}: {a} is no containment relation")
            ranges = r.get("subject", []) + r.get("object", [])
            ranges += [t for q in r.get("qualifiers", {}).values() for t in q.get("range", [])]
            for t in ranges:
                if not self.known_type(t):
                    problem(path.name, f"relation {name}: unknown type {t}")
            for i in r.get("implies", []):
                for role in ("subject", "object"):
                    if role in i and i[role] not in roles:
                        problem(path.name, f"relation {name}: implies with an unknown role {i[role]}")

    def known_type(self, name):
        return name in self.types or name in BUILT_IN_TYPES

    def ancestors(self, name):
        result, todo = set(), [name]
        while todo:
            t = todo.pop()
            if t not in result:
                result.add(t)
                todo += self.types.get(t, {}).get("extends", [])
        return result

    def inherited(self, name, field):
        while name:
            r = self.relations.get(name, {})
            if field in r:
                return r[field]
            name = (r.get("extends") or [None])[0]
        return None

    def qualifiers(self, name):
        return self.inherited(name, "qualifiers") or {}


# --------------------------------------------------------------------------------------------------------- documents

class Text:
    """A document's text, and where its sections, paragraphs and notes stand in it."""

    def __init__(self, raw, sections, tables):
        self.full, self.places = collapse(raw), {}
        section, number, bullets, table = "Heading", 0, False, False
        lines = raw.split("\n")
        numbered = any(re.match(r"\s*1\. ", l) for l in lines)
        if numbered:
            marks = [(m.start(), m.group(1)) for m in re.finditer(r"(?:(?<=\s)|^)(\d+\.|\([a-z]\)) (?=[A-Z])", self.full)]
            last, found = "", []
            for i, (at, label) in enumerate(marks):
                label = label if label.startswith("(") else label[:-1]
                last = last if label.startswith("(") else label
                end = marks[i + 1][0] if i + 1 < len(marks) else len(self.full)
                found.append((last + label if label.startswith("(") else label, self.full[at:end]))
            self.places = {("paragraph", k): v for k, v in found}
            return
        for line in lines:
            text = collapse(line)
            note = re.match(r"\[(\d+)\]", text)
            if note:
                self.places["note", note.group(1)] = text
            elif text in sections:
                section, number, bullets, table = text, 0, False, False
            elif text.startswith("Summary:"):
                section, number, bullets = "Summary", 1, False
                self.places["Summary", "1"] = text
            elif re.sub(r"\[\d+\]$", "", text) in tables:
                table = True
            elif table and not text.startswith("Note:"):  # a cell: no paragraph
                continue
            elif text:
                table, bullet = False, text.startswith("•")
                if not (bullet and bullets):
                    number += 1
                bullets = bullet
                key = section, str(number)
                self.places[key] = collapse(self.places.get(key, "") + " " + text)

    def place(self, locator):
        if "note" in locator:
            return self.places.get(("note", locator["note"]))
        if "paragraph" in locator and "section" not in locator:
            return self.places.get(("paragraph", locator["paragraph"]))
        if "paragraph" in locator and "table" not in locator:
            return self.places.get((locator["section"], locator["paragraph"]))
        return self.full


def parse_locator(where, text):
    parts = {}
    order = []
    for part in cells(text):
        name, _, value = part.partition("=")
        if name not in LOCATOR_PARTS or not value:
            problem(where, f"locator part {part!r}")
        else:
            parts[name] = value
            order.append(LOCATOR_PARTS.index(name))
    if order != sorted(order):
        problem(where, "parts of the locator are not in their order")
    return parts


def pattern(before, quote, after):
    parts = [re.escape(collapse(p)) for p in (before, quote, after) if p]
    return r"\s*".join(parts)


def check_quote(row, text, where):
    quote = collapse(row["quote"])
    if not quote:
        return False
    if len(quote.split()) > MAX_QUOTE_WORDS:
        problem(where, f"quote has {len(quote.split())} words: {quote!r}")
    if text is None:
        return False
    n = len(re.findall(pattern(row["quote_before"], quote, row["quote_after"]), text.full))
    if n == 0:
        problem(where, f"quote not found in {row['document']}: {quote!r}")
    elif n > 1:
        problem(where, f"quote found {n} times, give what stands before or after it: {quote!r}")
    else:
        place = text.place(parse_locator(where, row["locator"]))
        if place is None:
            problem(where, f"no such place in the document: {row['locator']}")
        elif quote not in place:
            problem(where, f"quote stands elsewhere than at {row['locator']}: {quote!r}")
    return True


# -------------------------------------------------------------------------------------------------------------- main

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", metavar="DIR", type=pathlib.Path, help="folder with the documents' text files")
    arguments = parser.parse_args()

    ontology = Ontology(HERE / "ontology.toml")
    documents, entities, claims, groups = (read(k) for k in ("documents", "entities", "claims", "groups"))

    # keys
    types = {}
    for e in entities:
        given = set(cells(e["type"]))
        if e["key"] in types:
            problem(e["_where"], f"key {e['key']} stands twice" + ("" if types[e["key"]] == given else ", with another type"))
        types[e["key"]] = given
        for t in given:
            if not ontology.known_type(t):
                problem(e["_where"], f"unknown type {t}")
        if not re.fullmatch(r"[a-z0-9][a-z0-9._/-]*", e["key"]):
            problem(e["_where"], f"key {e['key']!r} has other letters than a-z 0-9 - _ . /")
    document_keys = set()
    for d in documents:
        if d["key"] in document_keys:
            problem(d["_where"], f"key {d['key']} stands twice")
        document_keys.add(d["key"])
        check_date(d["_where"], "date", d["date"])
        if d["file"] and not re.fullmatch(r"[0-9a-f]{64}", d["sha256"]):
            problem(d["_where"], "a file without its sha256")
    group_keys = {}
    for g in groups:
        if g["key"] in group_keys:
            problem(g["_where"], f"key {g['key']} stands twice")
        group_keys[g["key"]] = g
        types.setdefault(g["key"], {"Group"})
    claim_ids = {}
    for c in claims:
        if c["id"]:
            if c["id"] in claim_ids:
                problem(c["_where"], f"id {c['id']} stands twice, first in {claim_ids[c['id']]['_where']}")
            claim_ids[c["id"]] = c

    def labels(key):
        if key.startswith("claim:"):
            return {"Claim"}
        if key in document_keys:
            return {"Document"}
        return set().union(*(ontology.ancestors(t) for t in types.get(key, ())))

    def reference(where, column, key, allowed=()):
        if key.startswith("claim:"):
            if key[6:] not in claim_ids and "#" not in key:
                problem(where, f"{column}: no claim {key[6:]}")
        elif key not in types and key not in document_keys:
            problem(where, f"{column}: nothing has the key {key!r}")
            return
        if allowed and not labels(key) & set(allowed):
            problem(where, f"{column}: {key} is {'/'.join(sorted(types.get(key, labels(key))))}, wanted {' or '.join(allowed)}")

    for d in documents:
        for column in ("publisher", "part_of"):
            if d[column]:
                reference(d["_where"], column, d[column])
        for author in cells(d["author"]):
            if "/" in author:
                reference(d["_where"], "author", author)

    def check_relation(where, relation, subject, target, qualifiers):
        if relation in BUILT_IN_RELATIONS:
            return
        name = ontology.inverse.get(relation, relation)
        if name not in ontology.relations:
            problem(where, f"unknown relation {relation}")
            return
        if name != relation:
            subject, target = target, subject
        if subject is not None:
            reference(where, "subject", subject, ontology.inherited(name, "subject") or ())
        value = ontology.inherited(name, "value")
        if value is None:
            reference(where, "object", target, ontology.inherited(name, "object") or ())
        elif value == "integer" and not re.fullmatch(r"-?\d+", target):
            problem(where, f"object of {name} is no whole number: {target!r}")
        elif value == "boolean" and target not in ("true", "false"):
            problem(where, f"object of {name} is neither true nor false: {target!r}")
        elif value == "time":
            check_date(where, "object", target)
        declared = ontology.qualifiers(name)
        given = {}
        for part in cells(qualifiers):
            q, _, v = part.partition("=")
            q, v = q.strip(), v.strip()
            given[q] = v
            if q not in declared:
                problem(where, f"{name} has no qualifier {q}")
            elif "range" in declared[q]:
                reference(where, q, v, declared[q]["range"])
            elif "values" in declared[q] and v not in declared[q]["values"]:
                problem(where, f"qualifier {q} cannot be {v!r}")
        for q, rule in declared.items():
            if rule.get("required") and q not in given:
                problem(where, f"{name} wants the qualifier {q}")

    def check_source(row):
        where = row["_where"]
        if row["act"] not in ACTS and not (row["_file"].startswith("groups") and not row["act"]):
            problem(where, f"unknown act {row['act']!r}")
        if row["certainty"] not in CERTAINTIES:
            problem(where, f"unknown certainty {row['certainty']!r}")
        for key in cells(row["asserters"]):
            reference(where, "asserters", key)
        if row["statement"]:
            reference(where, "statement", row["statement"], ("Statement",))
        for key in [row["document"]] + cells(row["cites_document"]):
            if key not in document_keys:
                problem(where, f"no document {key!r}")
        if bool(row["cites_note"]) != bool(row["cites_state"]):
            problem(where, "cites_note and cites_state go together")
        if row["cites_state"] not in ("", "present", "missing", "ibid"):
            problem(where, f"unknown cites_state {row['cites_state']!r}")
        check_date(where, "said", row["said"])
        parse_locator(where, row["locator"])
        if row["cites_note"]:
            cited[row["document"], row["cites_note"]].add(row["cites_state"])

    cited = collections.defaultdict(set)
    for c in claims:
        check_source(c)
        check_date(c["_where"], "valid", c["valid"])
        check_relation(c["_where"], c["relation"], c["subject"], c["object"], c["qualifiers"])
        if c["relation"] in BUILT_IN_RELATIONS:
            reference(c["_where"], "subject", c["subject"])
            if c["relation"] not in ("stated_count", "list"):
                reference(c["_where"], "object", c["object"])
        if c["unit"] and not c["quantity"]:
            problem(c["_where"], "a unit without a quantity")
        for key in cells(c["supersedes"]):
            reference(c["_where"], "supersedes", key if key.startswith("claim:") else "claim:" + key)
    for g in groups:
        check_source(g)
        check_date(g["_where"], "heading_valid", g["heading_valid"])
        members = [m.partition("=")[0].strip() for m in cells(g["members"])]
        for m in members:
            reference(g["_where"], "members", m)
            if members.count(m) > 1:
                problem(g["_where"], f"{m} is listed twice")
            if g["says"]:
                check_relation(g["_where"], g["says"], m, g["says_object"], g["says_qualifiers"])
        for p in cells(g["parts"]):
            if p not in group_keys:
                problem(g["_where"], f"parts: no group {p}")
        if g["list"] not in ("", "open", "closed"):
            problem(g["_where"], f"list is {g['list']!r}")

    # quotes
    texts, skipped, quoted = {}, [], 0
    named = {n: {part.partition("=")[2] for r in claims + groups for part in cells(r["locator"]) if part.startswith(n + "=")}
             for n in ("section", "table")}
    for d in documents:
        if not d["file"]:
            continue
        path = arguments.documents / d["file"] if arguments.documents else None
        if path is None or not path.is_file():
            skipped.append(d["key"])
            continue
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != d["sha256"]:
            problem(d["_where"], f"{path.name} is another text than the one that was read (sha256)")
        texts[d["key"]] = Text(raw.decode("utf-8"), named["section"], named["table"])
    for r in claims + groups:
        quoted += check_quote(r, texts.get(r["document"]), r["_where"])
    for g in groups:
        text = texts.get(g["document"])
        for m in cells(g["members"]):
            printed = m.partition("=")[2].strip()
            if text and printed and printed not in text.full:
                problem(g["_where"], f"member not found as printed: {printed!r}")

    # notes that are referenced and have no text
    monitor = "doc/monitor-russia-2017"
    missing = {note for (doc, note), states in cited.items() if doc == monitor and "missing" in states}
    if missing != MISSING_NOTES:
        problem("claims", f"notes recorded as missing: {sorted(missing, key=int)}, wanted {sorted(MISSING_NOTES, key=int)}")
    for (doc, note), states in cited.items():
        if len(states - {"ibid"}) > 1:
            problem("claims", f"note {note} of {doc} is both present and missing")
    if monitor in texts:
        full = texts[monitor]
        there = {k[1] for k in full.places if k[0] == "note"}
        body = " ".join(v for k, v in full.places.items() if k[0] != "note")
        referenced = set(re.findall(r"\[(\d+)\]", body))
        if referenced - there != MISSING_NOTES:
            problem(monitor, f"notes without text are {sorted(referenced - there, key=int)}")
        for note in sorted(referenced - {n for d, n in cited if d == monitor}, key=int):
            problem(monitor, f"no claim cites note {note}")

    # counts and sums
    totals, kinds = collections.Counter(), collections.Counter()
    for c in claims:
        if c["relation"] == "DECLARED_STOCKPILE":
            if c["quantity"] == "unknown":  # declared, and not zero
                continue
            if not c["quantity"].isdigit():
                problem(c["_where"], f"declared quantity {c['quantity']!r}")
                continue
            totals[c["subject"]] += int(c["quantity"])
            kinds[c["subject"]] += 1
    for state, (total, count) in DECLARED_TOTALS.items():
        if (totals[state], kinds[state]) != (total, count):
            problem("claims", f"{state} declared {totals[state]} of {kinds[state]} types, wanted {total} of {count}")
    for state in set(totals) - set(DECLARED_TOTALS):
        problem("claims", f"{state} is not among the states of the table")
    for key, (count, names) in LISTED.items():
        g = group_keys.get(key)
        if g is None:
            problem("groups", f"no group {key}")
        elif (g["count"], len(cells(g["members"]))) != (count, names):
            problem(g["_where"], f"{key}: {g['count']} stated, {len(cells(g['members']))} names; wanted {count}, {names}")
    launchers = [int(c["quantity"]) for c in claims if c["unit"] == "launch unit"]
    if sum(launchers) != 55:
        problem("claims", f"launch units sum up to {sum(launchers)}, wanted 55")

    # summary
    print(f"{len(documents)} documents, {len(entities)} entities, {len(claims)} claims, {len(groups)} groups "
          f"(with {sum(len(cells(g['members'])) for g in groups)} members)")
    for name, rows in sorted(collections.Counter(c["_file"] for c in claims).items()):
        print(f"  {rows:5} {name}")
    print("acts: " + ", ".join(f"{n} {a}" for a, n in collections.Counter(c["act"] for c in claims).most_common()))
    print("declared stocks: " + ", ".join(f"{s.partition('/')[2]} {totals[s]:,}" for s in sorted(totals))
          + f"; in all {sum(totals.values()):,}")
    if skipped:
        print("quotes: skipped, no text of " + ", ".join(skipped) + (" (give --documents DIR)" if not arguments.documents else ""))
    if texts:
        print(f"quotes: {quoted} looked for in {len(texts)} documents")
    unused = set(types) - {w for r in claims + groups for w in re.split(r"[;=\s]+", " ".join(v for k, v in r.items() if k[0] != "_"))}
    unused -= {a for d in documents for a in cells(d["publisher"] + ";" + d["author"])}
    if unused:
        print(f"entities that nothing speaks of: {', '.join(sorted(unused))}")
    for p in problems:
        print("problem: " + p)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
