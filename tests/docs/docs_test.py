#!/usr/bin/env python3
"""What the documents show is what happens.

    docs_test.py PROJECT DOSSIER EMBEDDING_EXAMPLE

Each ```console block of README.md, docs/*.md and data/*/README.md is a session: lines that begin with `$ ` are commands,
and what stands under them, up to the next command, is what they print (a line `...` stands for any lines). In a
```sh block each line that begins with `build/release/bin/dossier`, `dossier` or `tools/` is a command that has to succeed.
Commands are run, in the order of the page, in a scratch folder of the page's own in which build/release/bin/dossier and data/ are those of the project. tools/demo and tools/test
build things and are only looked up.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def sessions(text):
    for block in re.findall(r"```console\n(.*?)```", text, re.S):
        command, printed = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command is not None:
                    yield command, printed
                command, printed = line[2:], []
            elif command is not None:
                printed.append(line)
        if command is not None:
            yield command, printed


def commands(text):
    """Each command of a page with the lines shown under it, in order; None where no output is shown."""
    for kind, block in re.findall(r"^```(console|sh)\n(.*?)^```", text, re.S | re.M):
        if kind == "console":
            yield from sessions(f"```console\n{block}```")
        else:
            for line in block.splitlines():
                command = line.split("  #")[0].strip()
                if command.startswith(("build/release/bin/dossier ", "dossier ", "tools/")):
                    yield command, None


def masked(line):
    return re.sub(r"in \d+\.\d s", "in N s", line.rstrip())


def matches(wanted, got):
    """`...` stands for any number of lines."""
    if not wanted:
        return not got
    if wanted[0] == "...":
        return any(matches(wanted[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and wanted[0] == got[0] and matches(wanted[1:], got[1:])


def main():
    project, dossier, example = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
    failed = ran = 0
    pages = [project / "README.md", *sorted(project.glob("docs/*.md")), *sorted(project.glob("data/*/README.md"))]
    with tempfile.TemporaryDirectory(prefix="dossier-docs-") as scratch:
        for number, page in enumerate(pages):
            folder = pathlib.Path(scratch, str(number))
            (folder / "build/release/bin").mkdir(parents=True)
            (folder / "build/release/bin/dossier").symlink_to(dossier)
            (folder / "data").symlink_to(project / "data")
            path = f"{folder / 'build/release/bin'}:{os.environ['PATH']}"
            for command, printed in commands(page.read_text(encoding="utf-8")):
                ran += 1
                if command.startswith("tools/"):
                    ok, got = os.access(project / command.split()[0], os.X_OK), ["not an executable file"]
                else:
                    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False,
                                          env={**os.environ, "PATH": path})
                    got = [masked(line) for line in (done.stdout + done.stderr).splitlines()]
                    wanted = None if printed is None else [masked(line) for line in printed]
                    ok = done.returncode == 0 and (wanted is None or matches(wanted, got))
                if not ok:
                    failed += 1
                    print(f"{page.relative_to(project)}: $ {command}\n--- printed:\n" + "\n".join(got))
        folder = pathlib.Path(scratch)
        shown = re.search(r"```cpp\n(.*?)```", (project / "docs/embedding.md").read_text(encoding="utf-8"), re.S)
        ran += 1
        if shown is None or shown.group(1) != (project / "docs/examples/embedding.cc").read_text(encoding="utf-8"):
            failed += 1
            print("docs/embedding.md does not show docs/examples/embedding.cc")
        done = subprocess.run([example, folder / "embedded.db", project / "data/template/ontology.toml"], capture_output=True, text=True,
                              check=False)
        ran += 1
        printed = re.search(r"```text\n(.*?)```", (project / "docs/embedding.md").read_text(encoding="utf-8"), re.S)
        if done.returncode != 0 or printed is None or done.stdout != printed.group(1):
            failed += 1
            print(f"the embedding example: exit {done.returncode}\n{done.stdout}{done.stderr}")
    print(f"{ran - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
