"""What we want to reach, and whether a run reached it."""

import dataclasses
import math

from harness.engines import PEERS

MIB = 1 << 20
LARGE = 5_000_000  # edges from which the targets for large graphs hold
FOOTNOTES_AT_MOST = 2  # times the same query without


@dataclasses.dataclass
class Verdict:
    target: str
    ours: float
    allowed: float
    unit: str

    @property
    def met(self):
        return math.isfinite(self.ours) and self.ours <= self.allowed


def judge(edges, medians, measures, footnotes):
    """Verdicts on everything that was measured of us and of what we are compared with. `medians` is milliseconds by
    workload and engine, infinite where there was no answer in time; `measures` by engine; `footnotes` what they cost by
    workload, as measure.footnotes_of gives it."""
    large = edges >= LARGE
    verdicts = []

    def add(target, ours, allowed, unit="ms"):
        if ours is not None and allowed is not None:
            verdicts.append(Verdict(target, ours, allowed, unit))

    def median(workload, engine, factor=1):
        found = medians.get(workload, {}).get(engine)
        return None if found is None else found * factor

    for workload, by_engine in medians.items():
        peers = [by_engine[peer] for peer in PEERS if peer in by_engine]
        if peers:
            add(f"{workload}: half of the best peer", median(workload, "dossier"), min(peers) / 2)
    for workload, factor in (("e", 3), ("h", 3), ("i", 10)):
        add(f"{workload}: {factor} x the arrays", median(workload, "dossier"), median(workload, "arrays", factor))
    for workload, found in footnotes.items():
        add(f"{workload}: with footnotes", found["gathered"], FOOTNOTES_AT_MOST, "x without")
    add("f: one shortest path", median("f", "dossier"), 0.1 if large else 0.05)
    add("g: the arrays' breadth-first search", median("g", "dossier"), median("g", "arrays"))

    def measure(name, engine, unit=1):
        found = measures.get(engine, {}).get(name)
        return None if found is None else found / unit

    add("load: no slower than Kùzu", measure("load_s", "dossier"), measure("load_s", "kuzu"), "s")
    add("load: no slower than DuckDB (aim)", measure("load_s", "dossier"), measure("load_s", "duckdb"), "s")
    add("disk: no larger than Kùzu", measure("disk_bytes", "dossier", MIB), measure("disk_bytes", "kuzu", MIB), "MiB")
    add("open and first answer", measure("open_ms", "dossier"), 5 if large else 2)
    add("peak memory of the queries", measure("peak_memory_bytes", "dossier", MIB), 1024 if large else 150, "MiB")
    return verdicts
