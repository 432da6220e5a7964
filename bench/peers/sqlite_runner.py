"""SQLite, as Python's own module has it. README.md has what a runner is asked and answers."""

import csv
import json
import os
import pathlib
import re
import sqlite3
import sys
import time

HERE = pathlib.Path(__file__).parent
EDGES = ["used_by", "transferred", "holds", "voted", "made", "about", "cites", "subtype_of", "concerns"]
INDEXES = ["actor(key)", "actor(region)"] + [f"{edge}({ends})" for edge in EDGES for ends in ("src, dst", "dst, src")]


def connect(database):
    connection = sqlite3.connect(database, isolation_level=None, cached_statements=256)
    connection.execute("PRAGMA cache_size = -1000000")  # 1 GB
    connection.execute("PRAGMA mmap_size = 4000000000")
    connection.execute("PRAGMA temp_store = memory")
    return connection


def load(data, database):
    """Durable at the end, not before: nothing is lost if a load that broke off is begun again."""
    began = time.perf_counter()
    connection = connect(database)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    tables = (HERE / "tables.sql").read_text().replace("(id BIGINT", "(id INTEGER PRIMARY KEY")
    connection.executescript(tables.replace("BIGINT", "INTEGER"))
    for table in re.findall(r"CREATE TABLE (\w+)", tables):
        with open(f"{data}/peers/{table}.csv", newline="") as file:
            rows = csv.reader(file)
            places = ",".join("?" * len(next(rows)))
            connection.execute("BEGIN")
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            connection.execute("COMMIT")
    for number, index in enumerate(INDEXES):
        connection.execute(f"CREATE INDEX index_{number} ON {index}")
    connection.execute("ANALYZE")
    connection.close()
    with open(database, "rb") as file:
        os.fsync(file.fileno())
    return {"seconds": time.perf_counter() - began}


class Engine:
    def __init__(self, database):
        self.cursor = connect(database).cursor()
        self.ends = float("inf")
        # Called every so many steps of SQLite's machine; true stops the query.
        self.cursor.connection.set_progress_handler(lambda: time.perf_counter() > self.ends, 100_000)

    def run(self, command):
        times, answers, error = [], [], None
        began = time.perf_counter()
        self.ends = began + command["limit_ms"] / 1000
        for parameters in command["parameters"]:
            start = time.perf_counter()
            if start > self.ends:
                break
            try:
                rows = self.cursor.execute(command["text"], parameters).fetchall()
            except sqlite3.Error as failure:
                error = str(failure)
                break
            times.append((time.perf_counter() - start) * 1000)
            if command["answers"]:
                answers.append(rows)
        return {"times_ms": times, "answers": answers, "error": error}


def main(mode, *places):
    if mode == "load":
        print(json.dumps(load(*places)))
        return
    if mode == "open":
        command = json.loads(sys.stdin.readline())
        began = time.perf_counter()
        answer = Engine(*places).run(command)
        print(json.dumps({**answer, "open_ms": (time.perf_counter() - began) * 1000}))
        return
    engine = Engine(*places)
    for line in sys.stdin:
        print(json.dumps(engine.run(json.loads(line))), flush=True)


main(*sys.argv[1:])
