"""What is asked: the workloads, their texts in each engine's language, and what they are asked for."""

import dataclasses
import pathlib
import re

BENCH = pathlib.Path(__file__).resolve().parent.parent
PARAMETER_SETS = 20
FORMAT = 2  # of the generated files: kFormat of generator/writers.h


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    title: str
    parameters: dict  # of a text's parameter: the column of parameters.json that it is taken from
    ordered: bool = False  # the order of the rows is part of the answer
    text: str = ""  # the name of the workload whose text it shares; its own, unless said
    graph: str = "generated"  # or "register": what it is asked of


WORKLOADS = [
    Workload("a", "point look-up by number", {"x": "point"}),
    Workload("a2", "point look-up by key", {"key": "key"}),
    Workload("b", "one hop from a hub, sum", {"x": "hub"}),
    Workload("b2", "one hop from a hub, rows out", {"x": "hub"}),
    Workload("c", "two hops, distinct", {"x": "node"}),
    Workload("d", "three hops, conditions on edges", {"x": "node"}),
    Workload("e", "reachable in 1 to 5", {"x": "node"}),
    Workload("f", "one shortest path", {"from": "pair_from", "to": "pair_to"}),
    Workload("g", "all shortest paths, count", {"from": "pair_from", "to": "pair_to", "distance": "pair_distance"}),
    Workload("h", "TRANSFERRED* then USED_BY, distinct", {"x": "node"}),
    Workload("i", "triangles in a region", {"region": "region"}),
    Workload("j", "votes by resolution and value", {}, ordered=True),
    Workload("k", "who condemned, and holds a kind of", {"event": "event", "munition_type": "munition_type"}),
    Workload("l", "voted no and never condemned", {"resolution": "resolution"}),
]

# What the store is made for, which no peer is asked. m4 asks all of them that are chosen again, for footnotes.
MISSION = [
    Workload("m1", "time-ordered chains of one munition", {"munition_type": "munition"}),
    Workload("m1r", "the same over the register", {"munition_type": "munition"}, text="m1", graph="register"),
    Workload("m2", "dominators between two states", {"from": "state_from", "to": "state_to"}, ordered=True),
    Workload("m3", "who condemned an event, and holds which kind of",
             {"event": "event", "munition_type": "munition_type"}),
]
FOOTNOTES = "m4"

# Where an engine's texts are, the first that has a workload; the arrays have none.
TEXTS = {
    "dossier": ["queries/{}.gql"],
    "dossier-sources": ["queries/{}.gql"],
    "dossier-words": ["queries/{}.gql"],
    "sqlite": ["peers/sql/{}.sql"],
    "duckdb": ["peers/duckdb/{}.sql", "peers/sql/{}.sql"],
    "kuzu": ["peers/kuzu/{}.cypher"],
    "arrays": [],
}


def text_of(engine, workload):
    for pattern in TEXTS[engine]:
        path = BENCH / pattern.format(workload.text or workload.name)
        if path.exists():
            return path.read_text().strip()
    return ""


def parameters_of(workload, columns, text=""):
    """A list of PARAMETER_SETS maps. Of a text, only what it names: engines refuse others."""
    columns = {**columns, "key": [f"actor/{number}" for number in columns.get("point", [])]}
    wanted = {name: column for name, column in workload.parameters.items()
              if not text or re.search(rf"[:$]{name}\b", text)}
    return [{name: columns[column][i] for name, column in wanted.items()} for i in range(PARAMETER_SETS)]
