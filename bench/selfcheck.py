#!/usr/bin/env python3
"""Whether bench/run works, on the smallest graph and with the engines that need no network. Some seconds, once the
programs are built.

    bench/selfcheck.py [--programs FOLDER]      as for bench/run
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ENGINES = ["dossier", "sqlite", "arrays"]
WORKLOADS = ["a", "b", "c", "e", "j", "l"]
MISSION = ["m1", "m2", "m3", "m4"]
MISSION_ENGINES = ["dossier", "dossier-sources", "arrays"]
# A register of our own making: a tank is sold on twice, and a semicolon stands in a name.
REGISTER = """\
recipient,supplier,weapon_designation,weapon_description,number_delivered,number_delivered_uncertain,delivery_years
Second,First,T-1; export,tank,60,?,2011
Third,Second,T-1; export,tank,20,,2013; 2014
Fourth,Third,T-1; export,tank,10,,2015
Fourth,unknown supplier(s),T-1; export,tank,10,,
"""


def check_measured(measured):
    assert set(measured) == {"median_ms", "p95_ms", "runs"}, measured
    assert measured["runs"] >= 20 and 0 < measured["median_ms"] <= measured["p95_ms"], measured


def check_growth(directory):
    """Two sizes, one of them measured before; and drawn, where that can be done."""
    out = directory / "growth.json"
    for sizes in ("20000", "24000,20000"):
        subprocess.run([HERE / "growth", "--edges", sizes, "--json", out, "--directory", directory / "growth",
                        "--remove", "--engines", "dossier,arrays", "--queries", "b,m2", *sys.argv[1:]],
                       stdout=subprocess.PIPE, check=True)
    document = json.loads(out.read_text())
    assert [size["edges"] for size in document["sizes"]] == [20000, 24000], document
    assert not list((directory / "growth").iterdir()), "growth left a folder"
    plot = subprocess.run([HERE / "growth_plot", out, directory / "plots"], capture_output=True, text=True)
    if "no matplotlib" in plot.stderr:
        print("skipped: bench/growth_plot, because there is no matplotlib")
        return
    assert plot.returncode == 0, plot.stderr
    for name in ("measures", "queries", "mission"):
        assert "<svg" in (directory / f"plots/{name}.svg").read_text()


def main():
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory) / "run.json"
        register = pathlib.Path(directory) / "register.csv"
        register.write_text(REGISTER)
        run = subprocess.run(
            [HERE / "run", "--edges", "20000", "--engines", ",".join(ENGINES), "--queries",
             ",".join([*WORKLOADS, *MISSION, "m1r"]), "--register", register, "--json", out,
             "--directory", directory, *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
        assert run.returncode == 0, f"bench/run ended with {run.returncode}:\n{run.stdout}"
        document = json.loads(out.read_text())
        for engine in ENGINES:
            for workload in WORKLOADS:
                check_measured(document[engine][workload])
        for engine in MISSION_ENGINES:
            for workload in ("m1", "m1r", "m2", "m3"):
                check_measured(document[engine][workload])
        assert [target for target in document["_targets"] if target["target"] == "m1r: with footnotes"]
        assert document["_footnotes"]["m1r"]["footnotes"] > 0 and document["_footnotes"]["m1r"]["gathered"] > 0
        assert document["_measures"]["dossier"]["load_s"] > 0
        assert document["_targets"], "no target was judged"
        compared = subprocess.run([HERE / "compare", out, out], stdout=subprocess.PIPE, text=True, check=True).stdout
        assert "1.00" in compared, compared
        check_growth(pathlib.Path(directory))
    print("bench/run works")


if __name__ == "__main__":
    main()
