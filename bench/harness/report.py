"""A run as tables to read."""

import math

from harness.engines import PEERS, WITH_SOURCES
from harness.targets import FOOTNOTES_AT_MOST

MIB = 1 << 20
# What is measured of an engine as a whole: a title, the name in the JSON, and how many of it are one of the title's.
MEASURES = [("load, s", "load_s", 1), ("disk, MiB", "disk_bytes", MIB), ("open and first answer, ms", "open_ms", 1),
            ("peak memory of the queries, MiB", "peak_memory_bytes", MIB)]


def shown(value):
    """A number with as many digits as mean something."""
    if value is None:
        return ""
    if math.isinf(value):
        return "none"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.1g}"


def table(head, rows):
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    lines = []
    for row in [head, ["-" * width for width in widths], *rows]:
        first = str(row[0]).ljust(widths[0])
        lines.append("  ".join([first, *(str(cell).rjust(width) for cell, width in zip(row[1:], widths[1:]))]).rstrip())
    return "\n".join(lines)


def cell(result):
    if result is None:
        return ""
    if result.times_ms:
        return shown(result.median_ms) + ("*" if result.cut_short else "")
    return "too slow" if result.cut_short else "error"


def medians_table(engines, workloads, results):
    """`*` stands beside a median of fewer runs than there are parameters."""
    rows = []
    for workload in workloads:
        by_engine = results[workload.name]
        rows.append([f"{workload.name} {workload.title}", *(cell(by_engine[engine]) for engine in engines),
                     ratio(by_engine)])
    return table(["median ms", *engines, "ours / best peer"], rows)


def ratio(results):
    peers = [results[peer].median_ms for peer in PEERS if peer in results and results[peer].times_ms]
    ours = results.get("dossier")
    return shown(ours.median_ms / min(peers)) if ours and ours.times_ms and peers else ""


def mission_table(workloads, results, footnotes):
    """Ours beside the floor, and with footnotes beside without; with their claims read, where that was asked for."""
    read = any(footnotes[workload.name]["read"] is not None for workload in workloads)
    rows = []
    for workload in workloads:
        by_engine = results[workload.name]
        medians = {engine: result.median_ms for engine, result in by_engine.items() if result.times_ms}
        ours, floor = medians.get("dossier"), medians.get("arrays")
        notes = footnotes[workload.name]
        cost = notes["gathered"]
        rows.append([f"{workload.name} {workload.title}",
                     *(cell(by_engine.get(engine)) for engine in ("dossier", "arrays")),
                     shown(ours / floor if ours and floor else None), cell(by_engine.get(WITH_SOURCES)),
                     shown(notes["footnotes"]), shown(cost),
                     "" if cost is None else "met" if cost <= FOOTNOTES_AT_MOST else "MISSED",
                     *([shown(notes["read"])] if read else [])])
    return table(["mission-shaped, median ms", "dossier", "arrays", "ours / arrays", "with footnotes", "so many",
                  "with / without", f"m4: at most {FOOTNOTES_AT_MOST}", *(["claims read / without"] if read else [])],
                 rows)


def measures_table(engines, measures):
    lines = []
    for title, name, unit in MEASURES:
        found = [measures.get(engine, {}).get(name) for engine in engines]
        if any(value is not None for value in found):
            lines.append([title, *(shown(value / unit) if value is not None else "" for value in found)])
    return table(["", *engines], lines)


def verdicts_table(verdicts):
    return table(["target", "", "ours", "at most"],
                 [[verdict.target, "met" if verdict.met else "MISSED", f"{shown(verdict.ours)} {verdict.unit}",
                   f"{shown(verdict.allowed)} {verdict.unit}"] for verdict in verdicts])


def notes(workloads, results, found_differences):
    lines = []
    for workload in workloads:
        for name, result in results[workload.name].items():
            if result.cut_short:
                lines.append(f"{workload.name}: {name} was cut short after {len(result.times_ms)} runs")
            elif result.error:
                lines.append(f"{workload.name}: {name}: {result.error.strip()[:300]}")
        reference, differing = found_differences[workload.name]
        for name in dict.fromkeys(name for name, *_ in differing):
            of_engine = [entry for entry in differing if entry[0] == name]
            _, parameter, theirs, right = of_engine[0]
            lines.append(f"{workload.name}: {name} ANSWERS OTHERWISE than {reference} for {len(of_engine)} parameters; "
                         f"for number {parameter}: {str(theirs)[:80]}, not {str(right)[:80]}")
    return "\n".join(lines)
