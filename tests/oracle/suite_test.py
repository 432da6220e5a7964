#!/usr/bin/env python3
"""The public suite of path patterns through the real command: suite_test.py DOSSIER SUITE_FOLDER

The suite lies beside the repository and brings its own runner; nothing of it is copied. Exit code 77, which ctest
shows as skipped, where it is absent.
"""
import os
import subprocess
import sys


def main():
    dossier, folder = sys.argv[1:]
    runner = os.path.join(folder, "run_cases.py")
    if not os.path.exists(runner):
        print("skipped: there is no", runner)
        return 77
    command = dossier + " query --graph {graph} --file {query_file} --format json"
    return subprocess.call([sys.executable, "-B", runner, "--cases", os.path.join(folder, "cases.jsonl"),
                            "--cmd", command, "-v"])


if __name__ == "__main__":
    sys.exit(main())
