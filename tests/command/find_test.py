#!/usr/bin/env python3
"""dossier find and CALL find, as a user runs them: find_test.py DOSSIER DATA_SET"""
import json
import pathlib
import subprocess
import tempfile

from checks import check, data_set, dossier, finish, run

with tempfile.TemporaryDirectory() as folder:
    db = pathlib.Path(folder) / "my.db"
    assert run("load", db, data_set).returncode == 0

    def hits(*arguments):
        done = run("find", db, *arguments, "--format", "json")
        check(f"find {arguments} ends well", done.returncode == 0, done.stderr)
        return json.loads(done.stdout)

    for text, key in {"РБК-500": "munition/rbk-500", "rbk 500": "munition/rbk-500",
                      "Cote d'Ivoire": "state/cote-divoire", "FYR Macedonia": "state/macedonia",
                      "munition/rbk-500": "munition/rbk-500", "Град": "launcher/grad"}.items():
        first = hits(text)[0]
        check(f"'{text}' is {key}", first["key"] == key and first["score"] == 1, first)
    check("a slip", hits("Swazilnd")[0]["key"] == "state/swaziland")
    korea = [hit["key"] for hit in hits("Korea") if hit["score"] == 1]
    check("all that bear the name", korea == ["state/north-korea", "state/south-korea"], korea)
    check("which alias", hits("Korea")[0]["found_by"] == "alias “Korea”", hits("Korea")[0])
    check("of a type", {t for hit in hits("cluster munition", "--type", "Treaty") for t in hit["types"]} == {"Treaty"})
    check("a limit", len(hits("Korea", "--limit", "1")) == 1)
    check("nothing like it", hits("xyzzyx") == [])

    for arguments, told in [(["Korea", "--type", "Stat"], "did you mean 'State'"), ([""], "E9008"), (["-- "], "E9008"),
                            ([b"\xff"], "not UTF-8")]:
        done = subprocess.run([dossier, "find", str(db), *arguments], capture_output=True)
        check(f"find {arguments} is refused", done.returncode == 1 and told in done.stderr.decode(), done.stderr)
    for arguments in [["Korea", "--limit", "0"], ["Korea", "--least", "2"], []]:
        check(f"find {arguments} is no usage", run("find", db, *arguments).returncode == 2)
    check("no store", run("find", db / "none", "x").returncode != 0)

    def ask(query):
        done = run("query", db, "--no-sources", "--format", "jsonl", query)
        return [json.loads(line)["row"] for line in done.stdout.splitlines()] if done.returncode == 0 else done.stderr

    same = ask("CALL find('Korea') YIELD node, score RETURN node.key AS key, score")
    check("the same in a query", [(row["key"], row["score"]) for row in same]
          == [(hit["key"], hit["score"]) for hit in hits("Korea")], same)
    check("a label and its subtypes", ask("CALL find('Russia', {label: 'Actor', limit: 1}) YIELD node RETURN node.key AS k")
          == [{"k": "state/russia"}])
    check("null finds nothing", ask("CALL find(null) YIELD node RETURN node.key AS k") == [])
    for options in ["{limt: 1}", "{limit: 0}", "{least: 'x'}", "{label: 1}"]:
        told = ask(f"CALL find('Korea', {options}) YIELD node RETURN node.key AS k")
        check(f"{options} is refused", "E7001" in told, told)

finish()
