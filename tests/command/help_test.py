"""Every example that --help gives works as it stands. help_test.py DOSSIER DATA"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DOSSIER, DATA = (Path(word).resolve() for word in sys.argv[1:3])
SUBCOMMANDS = 'load init ask query contradictions verify stats export'.split()
# What an example may end with but 0: the documents are not at hand here, and pinning that they are not is 1.
OTHERWISE = {'dossier verify my.db --documents ~/documents --format csv > quotes.csv': 1}


def examples(help_text):
    """The lines that begin with two spaces and `dossier`, under "Example(s):" or "First steps:"."""
    told = help_text.split('Example', 1)[-1] if 'Example' in help_text else help_text.split('First steps:', 1)[-1]
    for line in told.splitlines():
        if line.startswith('  dossier '):
            # In "First steps" what an example does stands beside it.
            yield line.strip().split('  ')[0]


class Help(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        (self.folder / 'bin').mkdir()
        (self.folder / 'bin/dossier').symlink_to(DOSSIER)
        (self.folder / 'data').symlink_to(DATA.parent)
        (self.folder / 'documents').mkdir()
        self.environment = {**os.environ, 'HOME': str(self.folder), 'PATH': f"{self.folder / 'bin'}:{os.environ['PATH']}"}
        # What the examples take for granted.
        shutil.copytree(DATA, self.folder / 'incoming')
        with (self.folder / 'incoming/claims-use.csv').open('a', encoding='utf-8') as claims:
            claims.write('bad,state/russia,USSED,munition/cluster-munition\n')
        shutil.copy(DATA / 'claims-use.csv', self.folder / 'claims-2018.csv')
        shutil.copy(DATA / 'entities-stockpilers.csv', self.folder / 'entities-2018.csv')
        (self.folder / 'question.gql').write_text('MATCH (s:State) RETURN s.name LIMIT 3')
        (self.folder / 'graph.json').write_text('{"nodes": [{"id": "a"}, {"id": "b"}], "rels": [{"type": "E", "src": "a", "dst": "b"}]}')

    def run_line(self, line):
        return subprocess.run(['bash', '-c', line], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              timeout=120, check=False)

    def test_every_example_works(self):
        ran = 0
        for words in ([], *([name] for name in SUBCOMMANDS)):
            help_text = subprocess.run([DOSSIER, *words, '--help'], capture_output=True, text=True, check=True).stdout
            found = list(examples(help_text))
            self.assertTrue(found, f"{words} gives no example")
            for line in found:
                done = self.run_line(line)
                self.assertEqual(done.returncode, OTHERWISE.get(line, 0), f'$ {line}\n{done.stdout}{done.stderr}')
                ran += 1
        print(f'{ran} examples ran')

    def test_questions_are_found_from_any_folder(self):
        self.assertEqual(self.run_line('dossier load my.db data/russia-2017').returncode, 0)
        done = self.run_line(f'mkdir -p elsewhere && cd elsewhere && dossier ask {self.folder}/my.db buyers-of --munition Smerch')
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
