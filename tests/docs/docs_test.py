#!/usr/bin/env python3
"""What the documents show is what happens.

    docs_test.py PROJECT DOSSIER EMBEDDING_EXAMPLE [--write] [PAGE...]

Each ```console block of README.md, docs/*.md and data/*/README.md is a session: lines that begin with `$ ` are commands
(lines after one that begin with `> ` go on with it), and what stands under them, up to the next command, is what they
print (a line `...` stands for any lines). A command under which an error with its number stands has to fail, every
other has to succeed. In a ```sh block each line that begins with `build/release/bin/dossier`, `dossier` or `tools/` is
a command that has to succeed.
Commands are run, in the order of the page, in a scratch folder of the page's own in which build/release/bin/dossier
and data/ are those of the project; queries that follow each other run side by side. tools/demo and tools/test build
things and are only looked up.

In a table with the columns `example` and `gives`, each example is an expression, and what it gives is written as one
too; both have to be the same value of the same type.

With --write, what the page shows under a command is replaced by what the command printed.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

QUERY = re.compile(r"(build/release/bin/)?dossier query ")
ERROR = re.compile(r"\bE\d{4}: ")


class Command:
    """A command of a page, the lines shown under it (None where no output is shown) and where these stand."""

    def __init__(self, text, shown, first=0, end=0):
        self.text, self.shown, self.first, self.end = text, shown, first, end


def commands(lines):
    kind, command = None, None
    for number, line in enumerate(lines):
        if line.startswith("```"):
            if command is not None:
                yield command
                command = None
            kind = line[3:] if kind is None else None
        elif kind == "console" and line.startswith("$ "):
            if command is not None:
                yield command
            command = Command(line[2:], [], number + 1, number + 1)
        elif kind == "console" and line.startswith("> ") and command is not None and not command.shown:
            command.text += "\n" + line[2:]
            command.first = command.end = number + 1
        elif kind == "console" and command is not None:
            command.shown.append(line)
            command.end = number + 1
        elif kind == "sh":
            text = line.split("  #")[0].strip()
            if text.startswith(("build/release/bin/dossier ", "dossier ", "tools/")):
                yield Command(text, None)


def expressions(lines):
    """Examples of the tables, each with what it gives."""
    columns = None
    for line in lines:
        if not line.startswith("|"):
            columns = None
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if columns is None:
            columns = cells
        elif "example" in columns and "gives" in columns and not cells[0].startswith("--"):
            yield tuple(cells[columns.index(name)].strip("`") for name in ("example", "gives"))


def masked(line):
    """Without what differs from run to run: seconds, and what PROFILE measures with the columns that grow with it."""
    line = re.sub(r"in \d+\.\d s", "in N s", line.rstrip())
    measured = re.sub(r"\b\d+\.\d{3}\b", "N", line)
    if measured != line or line.startswith("estimated rows"):
        line = re.sub(r" +", " ", re.sub(r"\b[\d.]+ (B|KiB|MiB)\b", "M", measured))
    return line


def matches(wanted, got):
    """`...` stands for any number of lines."""
    if not wanted:
        return not got
    if wanted[0] == "...":
        return any(matches(wanted[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and wanted[0] == got[0] and matches(wanted[1:], got[1:])


class Page:
    def __init__(self, path, project, dossier, folder):
        self.path, self.project, self.folder = path, project, folder
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.failed = self.ran = 0
        (folder / "build/release/bin").mkdir(parents=True)
        (folder / "build/release/bin/dossier").symlink_to(dossier)
        (folder / "data").symlink_to(project / "data")

    def execute(self, text):
        path = f"{self.folder / 'build/release/bin'}:{os.environ['PATH']}"
        done = subprocess.run(["bash", "-c", text], cwd=self.folder, capture_output=True, text=True, check=False,
                              env={**os.environ, "PATH": path})
        return done.returncode, (done.stdout + done.stderr).splitlines()

    def check(self, command, result):
        """Whether the command did what the page shows."""
        code, printed = result
        if command.shown is None:
            return code == 0
        fails = any(ERROR.search(line) for line in command.shown)
        got = [masked(line) for line in printed]
        return (code != 0) == fails and matches([masked(line) for line in command.shown], got)

    def report(self, text, printed):
        self.failed += 1
        print(f"{self.path.relative_to(self.project)}: $ {text}\n--- printed:\n" + "\n".join(printed))

    def run(self, write):
        waiting, changes = [], []

        def finish(command, result):
            self.ran += 1
            if self.check(command, result):
                return
            self.report(command.text, result[1])
            if command.shown is not None and "..." not in command.shown:
                changes.append((command.first, command.end, [line.rstrip() for line in result[1]]))

        def finish_waiting():
            with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                for command, result in zip(waiting, pool.map(lambda c: self.execute(c.text), waiting)):
                    finish(command, result)
            waiting.clear()

        for command in commands(self.lines):
            if QUERY.match(command.text):
                waiting.append(command)
                continue
            finish_waiting()
            if command.text.startswith("tools/"):
                found = os.access(self.project / command.text.split()[0], os.X_OK)
                finish(command, (0 if found else 1, ["" if found else "not an executable file"]))
            else:
                finish(command, self.execute(command.text))
        finish_waiting()
        self.run_expressions()
        if write and changes:
            for first, end, printed in reversed(changes):
                self.lines[first:end] = printed
            self.path.write_text("\n".join(self.lines) + "\n", encoding="utf-8")

    def run_expressions(self):
        pairs = list(expressions(self.lines))
        if not pairs:
            return
        (self.folder / "nothing.json").write_text('{"nodes": [], "rels": []}', encoding="utf-8")

        def same(some):
            """How many different values each pair makes: one, if the page is right."""
            counts = ", ".join(f"COUNT {{ UNWIND [[{a}, valueType({a})], [{b}, valueType({b})]] AS x RETURN DISTINCT x }} AS c{i}"
                               for i, (a, b) in enumerate(some))
            (self.folder / "pairs.gql").write_text(f"RETURN {counts}", encoding="utf-8")
            code, printed = self.execute("dossier query --graph nothing.json --file pairs.gql --format jsonl")
            return (list(json.loads(printed[0])["row"].values()) if code == 0 else None), printed

        counts, _ = same(pairs)
        self.ran += len(pairs)
        for i, (a, b) in enumerate(pairs):
            single, printed = same([(a, b)]) if counts is None else ([counts[i]], [])
            if single != [1]:
                _, value = self.execute(f"dossier query --graph nothing.json --format jsonl {json.dumps('RETURN ' + a + ' AS x')}")
                self.report(f"{a}, to give {b}", printed + value)


def check_reference(project):
    """Every function, aggregate and procedure of the sources stands in the reference."""
    reference = "".join(page.read_text(encoding="utf-8") for page in sorted(project.glob("docs/query-language*.md")))
    signature = re.compile(r'"([A-Za-z_][\w.]*)\([^"()]*\)"')
    procedure = re.compile(r'\{"([a-z][\w.]*)",\s*"[A-Z]')
    names = set()
    for source in [project / "query/aggregate.cc", *sorted(project.glob("query/functions_*.cc"))]:
        names.update(signature.findall(source.read_text(encoding="utf-8")))
    for source in sorted(project.glob("query/procedures_*.cc")):
        names.update(procedure.findall(source.read_text(encoding="utf-8")))
    known = reference.lower()
    forms = ("{name}(", "`{name}`", ".{last}(")  # date.truncate(...) stands for time.truncate(...) too
    missing = sorted(name for name in names
                     if not any(form.format(name=name, last=name.split(".")[-1] if "." in name else "?").lower() in known
                                for form in forms))
    if missing or len(names) < 100:
        print(f"docs/query-language.md knows nothing of {', '.join(missing)} ({len(names)} names)")
    return 1 if missing or len(names) < 100 else 0


def check_embedding(project, example, folder):
    """docs/embedding.md shows its program, and what that prints."""
    page = (project / "docs/embedding.md").read_text(encoding="utf-8")
    failed = 0
    shown = re.search(r"```cpp\n(.*?)```", page, re.S)
    if shown is None or shown.group(1) != (project / "docs/examples/embedding.cc").read_text(encoding="utf-8"):
        failed += 1
        print("docs/embedding.md does not show docs/examples/embedding.cc")
    done = subprocess.run([example, folder / "embedded.db", project / "data/template/ontology.toml"], capture_output=True,
                          text=True, check=False)
    printed = re.search(r"```text\n(.*?)```", page, re.S)
    if done.returncode != 0 or printed is None or done.stdout != printed.group(1):
        failed += 1
        print(f"the embedding example: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return failed


def main():
    write = "--write" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    project, dossier, example = (pathlib.Path(argument).resolve() for argument in arguments[:3])
    failed = ran = 0
    pages = [pathlib.Path(page).resolve() for page in arguments[3:]]
    with tempfile.TemporaryDirectory(prefix="dossier-docs-") as scratch:
        folder = pathlib.Path(scratch)
        if not pages:
            pages = [project / "README.md", *sorted(project.glob("docs/*.md")), *sorted(project.glob("data/*/README.md"))]
            failed += check_embedding(project, example, folder) + check_reference(project)
            ran += 3
        for number, path in enumerate(pages):
            page = Page(path, project, dossier, folder / str(number))
            page.run(write)
            failed += page.failed
            ran += page.ran
    print(f"{ran - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
