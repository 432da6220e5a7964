#!/usr/bin/env python3
"""The parts of the benchmark that decide what is printed: who is compared with whom, and how the register is read.

    harness_test.py BENCH      the folder of the benchmark
"""

import csv
import json
import math
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, sys.argv.pop(1))

import register_files  # noqa: E402
from harness import growth, measure, targets, workloads  # noqa: E402


def result(*times_ms, **fields):
    return measure.Result(times_ms=list(times_ms), **fields)


class Footnotes(unittest.TestCase):
    def test_are_compared_parameter_by_parameter(self):
        # Without footnotes all were asked, the last slowly; with them the run was cut short after two.
        by_engine = {"dossier": result(*[1.0] * 19, 500.0), "dossier-sources": result(1.5, 1.7, cut_short=True)}
        self.assertAlmostEqual(measure.cost_of_footnotes(by_engine), 1.6)

    def test_rounds_are_of_the_same_parameters(self):
        rounds = [float(i) for i in range(1, 21)]
        self.assertEqual(result(*rounds, *(3 * time for time in rounds), *rounds).by_parameter_ms(), rounds)

    def test_without_an_answer_are_missed(self):
        cost = measure.cost_of_footnotes({"dossier": result(1.0), "dossier-sources": result()})
        self.assertEqual(cost, math.inf)
        verdicts = targets.judge(20_000, {}, {}, {"m1": {"gathered": cost}, "m2": {"gathered": None}})
        self.assertEqual([(verdict.target, verdict.met) for verdict in verdicts], [("m1: with footnotes", False)])


class Growth(unittest.TestCase):
    @staticmethod
    def size(edges, load_s, runs=20):
        return {"edges": edges, "ended": 0, "run": {
            "_measures": {"dossier": {"load_s": load_s, "disk_bytes": 1 << 20}},
            "dossier": {"b": {"median_ms": load_s, "p95_ms": load_s, "runs": runs}}}}

    def test_exponents(self):
        document = {"sizes": [self.size(1_000_000, 100.0, runs=7), self.size(100_000, 1.0),
                              {"edges": 10_000_000, "ended": 1, "run": None}]}
        table = growth.growth_table(document, "dossier")
        rows = {line[:4]: line.split()[-3:] for line in table.splitlines()}
        self.assertEqual(rows["load"], ["1", "100", "2.00"])
        self.assertEqual(rows["disk"], ["1", "1", "0.00"])
        self.assertEqual(rows["b on"], ["1", "100*", "2.00"])  # cut short: seven of twenty parameters
        self.assertNotIn("peak memory", table)


class Register(unittest.TestCase):
    DEALS = """\
recipient,supplier,weapon_designation,weapon_description,number_delivered,number_delivered_uncertain,delivery_years
Second,First,T-1; export,tank,60,?,2011
Band*,Second,T-1; export,tank,20,,2013; 2015
Third,Second,T-1; export,tank,10,,
Third,unknown supplier(s),T-1; export,tank,10,,2013
"""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        extract = self.folder / "register.csv"
        extract.write_text(self.DEALS)
        self.counts = register_files.write(extract, self.folder)

    def rows(self, name):
        with open(self.folder / name, newline="") as file:
            return list(csv.DictReader(file))

    def test_nobody_is_invented(self):
        self.assertEqual(self.counts, (3, 1))
        self.assertEqual([row["name"] for row in self.rows("dossier/entities-actor.csv")],
                         ["First", "Second", "Band*", "Third"])

    def test_times_and_quantities_are_as_uncertain_as_written(self):
        transfers = self.rows("dossier/claims-transferred.csv")
        self.assertEqual([row["valid"] for row in transfers], ["2011", "2013/2015", ""])
        self.assertEqual([row["quantity"] for row in transfers], ["about 60", "20", "10"])
        self.assertEqual([row["year"] for row in self.rows("peers/transferred.csv")], ["2011", "2013", "0"])

    def test_a_name_stays_one_name(self):
        self.assertEqual([row["name"] for row in self.rows("dossier/entities-munition.csv")],
                         ["any tank", "T-1\\; export"])

    def test_each_query_has_its_parameters(self):
        columns = json.loads((self.folder / "parameters.json").read_text())
        for workload in workloads.MISSION:
            if workload.graph == "register":
                found = workloads.parameters_of(workload, columns, workloads.text_of("dossier", workload))
                self.assertEqual(len(found), workloads.PARAMETER_SETS)
                self.assertTrue(all(set(parameters) == {"munition_type"} for parameters in found))


if __name__ == "__main__":
    unittest.main()
