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


def main():
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory) / "run.json"
        run = subprocess.run(
            [HERE / "run", "--edges", "20000", "--engines", ",".join(ENGINES), "--queries", ",".join(WORKLOADS),
             "--json", out, "--directory", directory, *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
        assert run.returncode == 0, f"bench/run ended with {run.returncode}:\n{run.stdout}"
        document = json.loads(out.read_text())
        for engine in ENGINES:
            for workload in WORKLOADS:
                measured = document[engine][workload]
                assert set(measured) == {"median_ms", "p95_ms", "runs"}, measured
                assert measured["runs"] >= 20 and 0 < measured["median_ms"] <= measured["p95_ms"], measured
        assert document["_measures"]["dossier"]["load_s"] > 0
        assert document["_targets"], "no target was judged"
        compared = subprocess.run([HERE / "compare", out, out], stdout=subprocess.PIPE, text=True, check=True).stdout
        assert "1.00" in compared, compared
    print("bench/run works")


if __name__ == "__main__":
    main()
