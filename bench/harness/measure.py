"""Measuring: engines in turn, query by query, so that whatever else this machine does meets all of them."""

import dataclasses
import math
import statistics

from harness.engines import WITH_SOURCES, WITH_WORDS, EngineError, settle
from harness.workloads import PARAMETER_SETS, parameters_of, text_of

WARM_UP = 3  # parameters; never of those that are timed first
MOST_ROUNDS = 5
QUICK_MS = 20  # a question that takes less, at the median


@dataclasses.dataclass
class Result:
    """One engine, one workload."""
    times_ms: list = dataclasses.field(default_factory=list)
    answers: list = dataclasses.field(default_factory=list)  # by parameter, as far as it was asked
    footnotes: list = dataclasses.field(default_factory=list)  # how many there were, likewise
    error: str = ""
    cut_short: bool = False  # ran into the limit of time

    @property
    def median_ms(self):
        return statistics.median(self.times_ms)

    @property
    def p95_ms(self):
        ordered = sorted(self.times_ms)
        return ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]

    def by_parameter_ms(self):
        """The median of each parameter: rounds stand one after the other, and only the last may be cut short."""
        return [statistics.median(self.times_ms[i::PARAMETER_SETS])
                for i in range(min(PARAMETER_SETS, len(self.times_ms)))]


def cost_of_footnotes(by_engine, noted=WITH_SOURCES):
    """How many times as long a workload takes with footnotes as without, parameter by parameter: medians of all would
    compare different questions where one of the two was cut short. None where it was not asked, infinite where there
    was no answer."""
    if noted not in by_engine or "dossier" not in by_engine:
        return None
    pairs = zip(by_engine["dossier"].by_parameter_ms(), by_engine[noted].by_parameter_ms())
    ratios = [with_them / without for without, with_them in pairs]
    return statistics.median(ratios) if ratios else math.inf


def footnotes_of(by_engine):
    """How many there are, at the median, what they cost, and what they cost where their claims are read too."""
    counts = by_engine[WITH_SOURCES].footnotes if WITH_SOURCES in by_engine else []
    return {"footnotes": statistics.median(counts) if counts else None, "gathered": cost_of_footnotes(by_engine),
            "read": cost_of_footnotes(by_engine, WITH_WORDS)}


def command_of(engine, workload, columns, limit_ms, answers=False):
    text = text_of(engine.name, workload)
    return {"workload": workload.name, "text": text, "parameters": parameters_of(workload, columns, text),
            "limit_ms": limit_ms, "answers": answers}


def normal(answer, ordered):
    """Rows that compare: an engine's integers may come as floats; the order counts where the query gives one."""
    def cell(value):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    rows = [tuple(cell(value) for value in row) for row in answer]
    return rows if ordered else sorted(rows, key=repr)


def measure_workload(engines, workload, columns, limit_ms):
    """Rounds of all parameters, the engines taking turns. One that used up its time does not take another turn.

    The first round gives the answers. Where it shows that the question is a quick one, its times do not count, and each
    turn after it asks all parameters once before it times them: the engines that had their turns in between have left
    the processor's caches full of their own."""
    results = {engine.name: Result() for engine in engines}
    running = []
    for engine in engines:
        command = command_of(engine, workload, columns, limit_ms)
        command["parameters"] = command["parameters"][-WARM_UP:]
        response = engine.ask(command)
        if response["error"]:
            result = results[engine.name]
            result.error = response["error"]
            result.cut_short = is_out_of_time(result.error)
        else:
            running.append(engine)

    spent = dict.fromkeys(results, 0)
    quick = dict.fromkeys(results, False)
    for number in range(1 + MOST_ROUNDS):
        for engine in list(running):
            result = results[engine.name]
            command = command_of(engine, workload, columns, limit_ms - spent[engine.name], answers=number == 0)
            if quick[engine.name]:
                command["parameters"] *= 2
            response = engine.ask(command)
            took = sum(response["times_ms"])
            spent[engine.name] += took
            times = response["times_ms"][PARAMETER_SETS if quick[engine.name] else 0:]
            if number == 1 and quick[engine.name]:
                result.times_ms = []
            result.times_ms += times
            if number == 0:
                result.answers = [normal(answer, workload.ordered) for answer in response["answers"]]
                result.footnotes = response.get("footnotes", [])
                result.cut_short = len(times) < PARAMETER_SETS
                quick[engine.name] = not result.cut_short and statistics.median(times) < QUICK_MS
                if response["error"] and not is_out_of_time(response["error"]):
                    result.error = response["error"]
            if result.cut_short or response["error"] or spent[engine.name] + 2 * took > limit_ms:
                running.remove(engine)
    return results


def measure_workloads(engines, workloads, columns, limit_ms, tell):
    """All of them, by engines that run from the first to the last. Results and differences by workload, and the peak
    of memory by engine."""
    results, found_differences, peaks = {}, {}, {}
    for engine in engines:
        engine.begin()
    for workload in workloads:
        tell(f"asking {workload.name}: {workload.title}")
        results[workload.name] = measure_workload(engines, workload, columns, limit_ms)
        found_differences[workload.name] = differences(results[workload.name])
    for engine in engines:
        peaks[engine.name] = engine.peak_memory_bytes()
        engine.end()
    return results, found_differences, peaks


def is_out_of_time(error):
    """How each engine says that its limit stopped it."""
    return "E7091" in error or "interrupt" in error.lower()


def measure_load(engines):
    measures = {}
    for engine in engines:
        if not engine.loads:
            continue
        settle()
        try:
            measures[engine.name] = {"load_s": engine.load(), "disk_bytes": engine.disk_bytes()}
        except EngineError as error:
            measures[engine.name] = {"error": str(error)}
    return measures


def measure_open(engines, workload, columns, measures):
    """The median of five, or of fewer where that takes long. Asked of any actor, not of a hub: of opening most of it."""
    for engine in engines:
        if not engine.loads:
            continue
        command = command_of(engine, workload, columns, 60_000)
        command["parameters"] = [{"x": columns["node"][0]}]
        settle()
        opened = []
        try:
            while len(opened) < 5 and sum(opened) < 5_000:
                opened.append(engine.open_and_answer(command))
            measures[engine.name]["open_ms"] = statistics.median(opened)
        except EngineError as error:
            measures[engine.name]["error"] = str(error)


def differences(results):
    """Where engines do not answer the same: lists of (engine, parameter, theirs, reference's). The arrays are the
    reference where they run, for each of their loops is a few lines; else the first engine that answered."""
    answered = {name: result.answers for name, result in results.items() if result.answers}
    if not answered:
        return None, []
    reference = "arrays" if "arrays" in answered else next(iter(answered))
    found = []
    for name, answers in answered.items():
        for i, (theirs, right) in enumerate(zip(answers, answered[reference])):
            if theirs != right:
                found.append((name, i, theirs, right))
    return reference, found
