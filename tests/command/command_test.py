"""The command as its callers see it. command_test.py DOSSIER DATA"""
import csv
import fcntl
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

DOSSIER, DATA = sys.argv[1:3]
STOCKS = 'MATCH p = (s:State)-[d:DECLARED_STOCKPILE]->(m) RETURN s, d, p, s.name LIMIT 2'


def run(*words, **more):
    done = subprocess.run([DOSSIER, *map(str, words)], capture_output=True, timeout=120, **more)
    return done.returncode, done.stdout.decode('utf-8'), done.stderr.decode('utf-8')


class Command(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        cls.db = cls.folder / 'my.db'
        code, _, err = run('load', cls.db, DATA)
        assert code == 0, err

    def query(self, text, *more, **rest):
        code, out, err = run('query', self.db, text, *more, **rest)
        self.assertEqual(code, 0, err)
        return out

    def test_help_and_version(self):
        for words in ([], *([c] for c in 'init load ask query contradictions verify stats export'.split())):
            code, out, err = run(*words, '--help')
            self.assertEqual((code, err), (0, ''))
            self.assertIn('dossier ', out)
        self.assertRegex(run('--version')[1], r'^dossier \d+\.\d+\.\d+ \(store format \d+\)\n$')

    def test_usage_is_2_and_a_wrong_question_1(self):
        for words in ([], ['nonsense'], ['load'], ['query', self.db, 'RETURN 1 AS x', '--format', 'xml'], ['query', self.db]):
            self.assertEqual(run(*words)[0], 2, words)
        code, out, err = run('query', self.db, 'MATCH (s:Stat) RETURN s')
        self.assertEqual((code, out), (1, ''))
        self.assertIn("did you mean 'State'?", err)
        self.assertIn('\n           ^^^^\n', err)
        self.assertEqual(run('query', self.folder / 'none.db', 'RETURN 1 AS x')[0], 1)

    def test_damaged_is_3(self):
        damaged = self.folder / 'damaged.db'
        shutil.copytree(self.db, damaged)
        for file in damaged.glob('*.sst'):
            data = bytearray(file.read_bytes())
            for at in range(200, len(data) - 200, len(data) // 40):
                data[at] ^= 0xFF
            file.write_bytes(data)
        self.assertTrue(list(damaged.glob('*.sst')))
        for words in (['verify', damaged], ['query', damaged, 'MATCH (a) RETURN a']):
            code, _, err = run(*words)
            self.assertEqual(code, 3, err)
            self.assertIn('E4007', err)

    def test_busy_is_3_for_a_writer_and_nothing_to_a_reader(self):
        with open(self.db / 'LOCK', 'r+') as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            code, _, err = run('load', self.db, DATA)
            self.assertEqual(code, 3, err)
            self.assertIn('E4005', err)
            self.query('RETURN 1 AS x')

    def test_formats(self):
        whole = json.loads(self.query(STOCKS, '--format', 'json'))
        self.assertEqual(list(whole), ['columns', 'rows', 'row_sources', 'sources', 'elapsed_ms'])
        for row in whole['rows']:
            node, edge, path, name = row
            self.assertEqual(set(node), {'key', 'labels', 'name', 'properties'})
            self.assertEqual(set(edge), {'type', 'from', 'to', 'properties'})
            self.assertEqual(set(path), {'nodes', 'edges'})
            self.assertEqual((node['name'], edge['from'], path['nodes'][0]), (name, node['key'], node))
        numbers = [source['n'] for source in whole['sources']]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertTrue(all(row and set(row) <= set(numbers) for row in whole['row_sources']))
        for source in whole['sources']:
            self.assertLessEqual({'n', 'asserters', 'act', 'document', 'date', 'locator', 'quote'}, set(source))
        lines = [json.loads(line) for line in self.query(STOCKS, '--format', 'jsonl').splitlines()]
        self.assertEqual([list(line['row'].values()) for line in lines], whole['rows'])
        rows = list(csv.reader(io.StringIO(self.query(STOCKS, '--format', 'csv'))))
        self.assertEqual((rows[0], len(rows)), (whole['columns'] + ['sources'], 3))
        self.assertIn('[1]', self.query(STOCKS))

    def test_explain_prints_the_plan_alone(self):
        text = 'EXPLAIN MATCH (s:State) RETURN s.name'
        self.assertEqual(list(json.loads(self.query(text, '--format', 'json'))), ['view', 'plan'])
        self.assertNotIn('rows)', self.query(text))

    def test_profile_prints_what_each_step_did(self):
        text = 'PROFILE MATCH (s:State) RETURN s.name'
        root = json.loads(self.query(text, '--format', 'json'))['plan']
        self.assertLessEqual({'operator', 'rows', 'calls', 'self_ms', 'total_ms', 'peak_bytes', 'inputs'}, set(root))
        self.assertGreater(root['rows'], 0)
        self.assertIn('self ms', self.query(text))

    def test_contradictions_as_json(self):
        found = json.loads(run('contradictions', self.db, '--format', 'json')[1])
        self.assertTrue(found)
        for one in found:
            self.assertLessEqual({'id', 'rule', 'grade', 'explanation', 'sides'}, set(one))
            self.assertLessEqual({'proposition', 'asserters', 'document', 'quote'}, set(one['sides'][0][0]))

    def test_a_reader_that_goes_away(self):
        line = f'set -o pipefail; "{DOSSIER}" query "{self.db}" "MATCH (a),(b) RETURN a.name, b.name LIMIT 30000" | head -1'
        done = subprocess.run(['bash', '-c', line], capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, b''))

    def test_interrupts(self):
        for wait in (0.1, 0.3, 0.5):
            process = subprocess.Popen([DOSSIER, 'query', str(self.db), 'MATCH (a),(b),(c),(d) RETURN count(*)'],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(wait)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
            if process.returncode == -signal.SIGINT:  # so slow a machine that it had not begun to ask
                continue
            self.assertEqual((process.returncode, out), (130, b''))
            self.assertIn(b'cancelled', err)

    def test_interrupts_rules_of_the_field(self):
        rules = self.folder / 'endless'
        rules.mkdir()
        (rules / 'endless.gql').write_text("// rule: What takes for ever\nMATCH (a),(b),(c),(d) WITH count(*) AS n "
                                           "MATCH ()-[e:USED]->() RETURN e AS a, e AS b, 'hard' AS grade, "
                                           "toString(n) AS explanation")
        for words in (['contradictions', str(self.db), '--rules', str(rules)],
                      ['query', str(self.db), 'CALL contradictions({}) YIELD id RETURN count(id)']):
            process = subprocess.Popen([DOSSIER, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       env={**os.environ, 'DOSSIER_RULES': str(rules)})
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
            if process.returncode == -signal.SIGINT:  # so slow a machine that it had not begun to ask
                continue
            self.assertEqual((process.returncode, out), (130, b''), err)
            self.assertIn(b'cancelled', err)

    def test_narrow_terminals(self):
        out = self.query("MATCH (a {key: 'state/cote-divoire'}) RETURN a.name, 'Кот-д’Ивуар Кот-д’Ивуар Кот-д’Ивуар' AS x",
                         '--no-sources', env={**os.environ, 'COLUMNS': '40'})
        self.assertLessEqual(max(map(len, out.splitlines())), 40)
        self.assertEqual(out.count('Кот-д’Ивуар'), 3)

    def test_full_disks(self):
        with open('/dev/full', 'w') as full:
            done = subprocess.run([DOSSIER, 'export', str(self.db)], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'E9012', done.stderr)
        # Through a link, so that a command that replaces what it is given replaces the link.
        link = self.folder / 'full'
        link.symlink_to('/dev/full')
        code, _, err = run('export', self.db, '--output', link)
        self.assertEqual(code, 1, err)
        self.assertTrue(link.is_symlink())

    def test_loading_again_and_export_round_trip(self):
        before = run('export', self.db)[1]
        code, out, _ = run('load', self.db, DATA)
        self.assertEqual(code, 0)
        self.assertIn('Nothing new', out)
        ontology, lines, copy = self.folder / 'o.toml', self.folder / 'all.jsonl', self.folder / 'copy.db'
        self.assertEqual(run('export', self.db, '--output', lines, '--ontology', ontology)[0], 0)
        self.assertEqual(run('init', copy, '--ontology', ontology)[0], 0)
        self.assertEqual(run('load', copy, lines)[0], 0)
        self.assertEqual(run('export', copy)[1], before)
        self.assertEqual(lines.read_text('utf-8'), before)

    def test_files(self):
        file = self.folder / 'q.gql'
        file.write_text('MATCH (a:State)\nWHERE AND\n RETURN a')
        code, _, err = run('query', self.db, '--file', file)
        self.assertEqual(code, 1)
        self.assertTrue(err.startswith(f'{file}:2:7: E5001'), err)
        file.write_text('RETURN 1 AS x')
        self.assertEqual(run('query', self.db, '--file', file, '--format', 'csv')[1].splitlines()[1][0], '1')
        graph = self.folder / 'g.json'
        graph.write_text('{"nodes": [{"id": "a", "labels": ["N"]}, {"id": "b"}],'
                         ' "rels": [{"id": "e", "type": "E", "src": "a", "dst": "b", "props": {"w": 2}}]}')
        code, out, err = run('query', '--graph', graph, 'MATCH (x:N)-[e:E]->(y) RETURN e.w', '--format', 'json')
        self.assertEqual((code, json.loads(out)['rows']), (0, [[2]]), err)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
