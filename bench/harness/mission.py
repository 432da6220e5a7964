"""The mission-shaped workloads: beside the floor, with and without footnotes. Processes of their own, so that the peak
of memory of the others stays what it is without them."""

import json

import register_files
from harness import measure
from harness.engines import WITH_SOURCES, WITH_WORDS, Engine, EngineError

ENGINES = ["dossier", WITH_SOURCES, WITH_WORDS, "arrays"]


def engines_of(names, with_footnotes):
    """Of what was chosen, those that answer these; footnotes are asked of Dossier where it is chosen at all."""
    chosen = set(names)
    if with_footnotes and "dossier" in chosen:
        chosen.add(WITH_SOURCES)
    return [name for name in ENGINES if name in chosen]


def prepare_register(register, directory, ontology, keep, programs, tell):
    """The register as a data set and a database of its own; its parameters."""
    data = directory / "data"
    try:
        register_files.write(register, data)
    except FileNotFoundError as error:
        raise EngineError(f"there is no register at {register}") from error
    except KeyError as error:
        raise EngineError(f"{register} has no column {error}") from error
    (data / "dossier/ontology.toml").write_text(ontology.read_text())
    engine = Engine("dossier", programs, directory)
    if not (keep and engine.database.exists()):
        tell("loading the register")
        engine.load()
    return json.loads((data / "parameters.json").read_text())


def measure_mission(names, workloads, columns, options, programs, ontology, tell):
    """Results and differences by workload, and why others were skipped: a run is long, and worth having without."""
    results, found_differences, skipped = {}, {}, []
    places = {"generated": (options.directory, columns)}
    of_register = [workload.name for workload in workloads if workload.graph == "register"]
    if of_register:
        directory = options.directory / "register"
        try:
            places["register"] = (directory, prepare_register(options.register, directory, ontology, options.keep,
                                                              programs, tell))
        except EngineError as error:
            skipped = [f"{name}: skipped: {error}" for name in of_register]
    for graph, (directory, parameters) in places.items():
        asked = [workload for workload in workloads if workload.graph == graph]
        if asked:
            engines = [Engine(name, programs, directory) for name in names]
            answered, differing, _ = measure.measure_workloads(engines, asked, parameters, options.limit * 1000, tell)
            results |= answered
            found_differences |= differing
    return results, found_differences, skipped
