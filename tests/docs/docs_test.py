#!/usr/bin/env python3
"""What the documents show is what happens.

    docs_test.py PROJECT DOSSIER EMBEDDING_EXAMPLE

Each ```console block of README.md, docs/*.md and data/*/README.md is a session: lines that begin with `$ ` are commands,
and what stands under them, up to the next command, is what they print (a line `...` stands for any lines). Commands are
run in a scratch folder in which build/release/bin/dossier and data/ are those of the project. tools/demo and tools/test
build things and are only looked up.
"""
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
        folder = pathlib.Path(scratch)
        (folder / "build/release/bin").mkdir(parents=True)
        (folder / "build/release/bin/dossier").symlink_to(dossier)
        (folder / "data").symlink_to(project / "data")
        for page in pages:
            for command, printed in sessions(page.read_text(encoding="utf-8")):
                ran += 1
                if command in ("tools/demo", "tools/test"):
                    ok, got = (project / command).stat().st_mode & 0o111 != 0, []
                else:
                    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
                    got = [masked(line) for line in (done.stdout + done.stderr).splitlines()]
                    wanted = [masked(line) for line in printed]
                    ok = done.returncode == 0 and (not any(wanted) or matches(wanted, got))
                if not ok:
                    failed += 1
                    print(f"{page.relative_to(project)}: $ {command}\n--- printed:\n" + "\n".join(got))
        shown = re.search(r"```cpp\n(.*?)```", (project / "docs/embedding.md").read_text(encoding="utf-8"), re.S)
        ran += 1
        if shown is None or shown.group(1) != (project / "docs/examples/embedding.cc").read_text(encoding="utf-8"):
            failed += 1
            print("docs/embedding.md does not show docs/examples/embedding.cc")
        done = subprocess.run([example, folder / "embedded.db", project / "data/template"], capture_output=True, text=True,
                              check=False)
        ran += 1
        if done.returncode != 0 or "Country A | Country B | about 20 rockets" not in done.stdout:
            failed += 1
            print(f"the embedding example: exit {done.returncode}\n{done.stdout}{done.stderr}")
    print(f"{ran - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
