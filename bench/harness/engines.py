"""The engines: how each is started, and talking to one that runs. README.md has what is said."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from harness.workloads import BENCH

PEERS = ["sqlite", "duckdb", "kuzu"]
ENGINES = ["dossier", *PEERS, "arrays"]
# The same with footnotes asked for (by m4, or where it is named), and with the claims read that they lead to (where it
# is named).
WITH_SOURCES = "dossier-sources"
WITH_WORDS = "dossier-words"
OPTIONS = {WITH_SOURCES: "--sources", WITH_WORDS: "--words"}


class EngineError(Exception):
    pass


class Engine:
    """`programs` is where the compiled ones are; `directory` holds the databases."""

    def __init__(self, name, programs, directory):
        self.name = name
        self.data = directory / "data"
        # A folder of its own, so that whatever an engine keeps beside its database is counted.
        self.folder = directory / "databases" / ("dossier" if name in OPTIONS else name)
        self.process = None
        self.command = {
            "dossier": [programs / "bench_dossier_runner"],
            WITH_SOURCES: [programs / "bench_dossier_runner"],
            WITH_WORDS: [programs / "bench_dossier_runner"],
            "arrays": [programs / "bench_arrays"],
            "sqlite": [sys.executable, BENCH / "peers/sqlite_runner.py"],
            "duckdb": ["node", BENCH / "peers/duckdb_runner.mjs"],
            "kuzu": ["node", BENCH / "peers/kuzu_runner.mjs"],
        }[name]

    @property
    def loads(self):
        """The arrays have no database: they read the CSV files at each start."""
        return self.name != "arrays" and self.name not in OPTIONS

    @property
    def database(self):
        return self.data if self.name == "arrays" else self.folder / "database"

    def start(self, *words):
        return subprocess.Popen([str(word) for word in (*self.command, *words)], text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run_once(self, *words, command=None):
        process = self.start(*words)
        out, _ = process.communicate(json.dumps(command) + "\n" if command else "")
        if process.returncode != 0:
            raise EngineError(f"{self.name} {words[0]} ended with {process.returncode}")
        return json.loads(out)

    def load(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return self.run_once("load", self.data, self.database)["seconds"]

    def disk_bytes(self):
        return sum(path.stat().st_blocks * 512 for path in self.folder.rglob("*") if path.is_file())

    def open_and_answer(self, command):
        """Milliseconds of a process that is new from before it opens its database to its first answer."""
        response = self.run_once("open", self.database, command=command)
        if response["error"]:
            raise EngineError(f"{self.name}: {response['error']}")
        return response["open_ms"]

    def begin(self):
        options = [OPTIONS[self.name]] if self.name in OPTIONS else []
        self.process = self.start("query", self.database, *options)

    def ask(self, command):
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if line:
            return json.loads(line)
        code = self.process.wait()
        self.begin()  # the other workloads are worth asking all the same
        return {"times_ms": [], "answers": [], "error": f"the runner ended with {code}"}

    def peak_memory_bytes(self):
        """Of the process since it began; of the peers, that is Python or Node as well."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def settle():
    """Lets what the one before wrote reach the disk, so that the next does not wait for it."""
    os.sync()
    time.sleep(0.2)
