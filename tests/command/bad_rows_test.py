"""Ten kinds of bad row, drawn by mutation from the good files: one load names all of them and loads nothing.

    bad_rows_test.py DOSSIER DATA [SEED]
"""
import csv
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DOSSIER, DATA = sys.argv[1:3]
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1 << 32)


def text_of(cells):
    out = io.StringIO()
    csv.writer(out, lineterminator='\n').writerow(cells)
    return out.getvalue().encode()


class Draw:
    """A copy of the good files with ten bad rows; `expected` maps each kind to its error, file and line."""

    def __init__(self, folder, seed):
        self.random = random.Random(seed)
        self.folder = folder
        shutil.copytree(DATA, folder)
        self.everything = ''.join(f.read_text('utf-8') for f in sorted(folder.glob('*.csv')))
        self.touched = set()
        self.expected = {}
        self.draw()

    def rows(self, name):
        with open(self.folder / name, encoding='utf-8-sig', newline='') as file:
            return list(csv.reader(file))

    def pick(self, name, wanted):
        rows = self.rows(name)
        header = rows[0]
        able = [i for i in range(1, len(rows)) if (name, i) not in self.touched
                and not rows[i][0].startswith('#') and 'claim:' + rows[i][0] not in self.everything
                and wanted(dict(zip(header, rows[i])))]
        at = self.random.choice(able)
        self.touched.add((name, at))
        return rows, at

    def write(self, kind, number, name, lines, at):
        (self.folder / name).write_bytes(b''.join(lines))
        self.expected[kind] = (number, name, 1 + sum(line.count(b'\n') for line in lines[:at]))

    def set(self, kind, number, name, column, value, wanted=lambda row: True):
        rows, at = self.pick(name, wanted)
        rows[at][rows[0].index(column)] = value
        self.write(kind, number, name, [text_of(row) for row in rows], at)

    def ambiguous_name(self):
        bearers = {}
        for file in self.folder.glob('entities*.csv'):
            for key, _, name, aliases, *_ in self.rows(file.name)[1:]:
                for one in [name, *aliases.split(';')]:
                    one = one.strip().split('@')[0]
                    if one and '^' not in one:
                        bearers.setdefault(one, set()).add(key)
        return self.random.choice(sorted(name for name, keys in bearers.items() if len(keys) > 1))

    def draw(self):
        any_name = self.ambiguous_name()
        munition = self.random.choice(self.rows('entities-munitions.csv')[1:])[0]
        relation = self.random.choice(['TRANSFERED', 'VOTEDD', 'NO_SUCH_RELATION'])
        self.set('unknown relation', 3004, 'claims-policy.csv', 'relation', relation)
        self.set('wrong type', 3024, 'claims-policy.csv', 'subject', munition, lambda r: r['relation'] == 'VOTED')
        self.set('missing source', 3012, 'claims-policy.csv', 'document', '')
        self.set('bad date', 3028, 'claims-policy.csv', 'valid', self.random.choice(['30/09/2015', 'Sept 2015', '2015-02-29']))
        self.set('ambiguous name', 3021, 'claims-lists.csv', 'subject', any_name)
        self.set('bad quantity', 3029, 'claims-stockpilers.csv', 'quantity', self.random.choice(['42 people killed', '20-10', '-5']),
                 lambda r: r['quantity'])
        self.set('over-long field', 3005, 'claims-declared.csv', 'note', 'x' * (self.random.randrange(2, 4) << 20))

        actors = self.rows('entities-actors.csv')
        state = self.random.choice([row for row in actors[1:] if row[1] == 'State'])
        double = [state[0], 'Company', state[2]] + [''] * (len(actors[0]) - 3)
        self.write('duplicate key with another type', 3016, 'entities-actors.csv',
                   [text_of(row) for row in actors + [double]], len(actors))

        # These two may end the reading of their file, so each has one to itself.
        rows, at = self.pick('claims-working-paper.csv', lambda r: True)
        lines = [text_of(row) for row in rows]
        lines[at] = b'"' + rows[at][0].encode() + b'"x' + lines[at][lines[at].index(b','):]
        self.write('broken CSV quoting', 3002, 'claims-working-paper.csv', lines, at)
        rows, at = self.pick('claims-use.csv', lambda r: True)
        lines = [text_of(row) for row in rows]
        lines[at] = lines[at][:-1] + self.random.choice([b'\xff', b'\xc3(', b'caf\xe9']) + b'\n'
        self.write('not UTF-8', 3001, 'claims-use.csv', lines, at)


def run(*words):
    done = subprocess.run([DOSSIER, *map(str, words)], capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode('utf-8'), done.stderr.decode('utf-8')


class BadRows(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.data = self.folder / 'data'
        self.draw = Draw(self.data, SEED)

    def check_named(self, err):
        self.assertEqual(len(self.draw.expected), 10)
        for kind, (number, name, line) in self.draw.expected.items():
            with self.subTest(kind):
                found = re.search(rf'^{re.escape(str(self.data / name))}:{line}:\d+: E{number}: (.*)$', err, re.M)
                self.assertTrue(found, f'E{number} at {name}:{line} in:\n{err[:6000]}')
                self.assertRegex(found[1], r'[;(]', 'says what would be right')
                self.assertLess(len(found[1]), 1000, 'a message is no place for the whole cell')

    def test_nothing_is_loaded_and_all_ten_are_named(self):
        code, out, err = run('load', self.folder / 'new.db', self.data)
        self.assertEqual((code, out), (1, ''))
        self.check_named(err)
        self.assertIn('Nothing was loaded', err)
        code, out, _ = run('stats', self.folder / 'new.db', '--format', 'json')
        self.assertTrue(code == 1 or '"claims": 0' in out, out)

    def test_a_store_stays_as_it_was(self):
        store = self.folder / 'old.db'
        self.assertEqual(run('load', store, DATA)[0], 0)
        before = run('export', store)
        self.assertEqual(run('load', store, self.data)[0], 1)
        self.assertEqual(run('export', store), before)

    def test_the_rest_is_loaded_where_asked_for(self):
        store, rejects = self.folder / 'rest.db', self.folder / 'rejects.csv'
        code, out, err = run('load', store, self.data, '--skip-bad-rows', '--rejects', rejects)
        self.assertEqual(code, 0, err[:3000])
        self.assertIn('Added to', out)
        csv.field_size_limit(1 << 25)
        with open(rejects, encoding='utf-8', errors='replace', newline='') as file:
            rows = list(csv.DictReader(file))
        for kind, (number, name, line) in self.draw.expected.items():
            with self.subTest(kind):
                mine = [r for r in rows if (r['error'], Path(r['file']).name, r['line']) == (f'E{number}', name, str(line))]
                self.assertTrue(mine, [(r['error'], r['file'], r['line']) for r in rows])
                self.assertTrue(mine[0]['reason'] and mine[0]['row'])
        self.assertEqual(run('verify', store)[0], 0)


if __name__ == '__main__':
    print(f'seed {SEED}', file=sys.stderr)
    unittest.main(argv=sys.argv[:1])
