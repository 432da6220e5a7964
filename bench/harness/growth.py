"""Runs of several sizes as curves: what a document of bench/growth has of one engine and one cost."""

import dataclasses
import math

from harness.report import MEASURES, shown, table
from harness.workloads import MISSION, PARAMETER_SETS, WORKLOADS


@dataclasses.dataclass(frozen=True)
class Cost:
    title: str
    kind: str  # measure, workload or mission
    name: str  # in the JSON of a run
    unit: float = 1  # how many of the JSON's are one of the title's

    def of(self, run, engine):
        """None where it was not measured."""
        if self.kind == "measure":
            value = run["_measures"].get(engine, {}).get(self.name)
        else:
            value = run.get(engine, {}).get(self.name, {}).get("median_ms")
        return None if value is None else value / self.unit

    def is_cut_short(self, run, engine):
        """Not all parameters were asked, and so others than at another size."""
        return self.kind != "measure" and run.get(engine, {}).get(self.name, {}).get("runs", 0) < PARAMETER_SETS


COSTS = [*(Cost(title, "measure", name, unit) for title, name, unit in MEASURES),
         *(Cost(f"{workload.name} {workload.title}", "workload", workload.name) for workload in WORKLOADS),
         # The register is as large as it is, whatever the size of the graph.
         *(Cost(f"{workload.name} {workload.title}", "mission", workload.name) for workload in MISSION
           if workload.graph == "generated")]


def curve(document, cost, engine):
    """Points of edges and cost, by size."""
    points = [(size["edges"], cost.of(size["run"], engine)) for size in document["sizes"] if size["run"]]
    return sorted((edges, value) for edges, value in points if value)


def cut_short(document, cost, engine):
    """The sizes at which it was."""
    return {size["edges"] for size in document["sizes"] if size["run"] and cost.is_cut_short(size["run"], engine)}


def exponents(points):
    """Between each two neighbours, the e for which the cost grows as size to the power of e: 0 where it does not, 1
    in proportion, more where the curve bends up."""
    return [math.log(after[1] / before[1]) / math.log(after[0] / before[0])
            for before, after in zip(points, points[1:])]


def growth_table(document, engine):
    """Costs by size, and with which exponent they grow from each size to the next; `*` beside one that was cut short."""
    sizes = sorted(size["edges"] for size in document["sizes"] if size["run"])
    rows = []
    for cost in COSTS:
        points = curve(document, cost, engine)
        if not points:
            continue
        cut = cut_short(document, cost, engine)
        cells = {size: shown(value) + ("*" if size in cut else "") for size, value in points}
        # A median in milliseconds of a query has no unit in its title.
        title = cost.title if cost.kind == "measure" else f"{cost.title}, ms"
        grows = ", ".join(f"{exponent:.2f}" for exponent in exponents(points))
        rows.append([title, *(cells.get(size, "") for size in sizes), grows])
    return table([engine, *(f"{size:,}" for size in sizes), "exponents"], rows)
