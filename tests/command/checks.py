"""What tests of the command share: they run it, say what is wrong and go on, and fail at the end where anything was."""
import subprocess
import sys

dossier, data_set = sys.argv[1:3]
failures = 0


def run(*arguments):
    return subprocess.run([dossier, *map(str, arguments)], capture_output=True, encoding="utf-8")


def check(what, good, told=""):
    global failures
    if not good:
        failures += 1
        print(f"FAILED: {what} {told}")


def finish():
    sys.exit(1 if failures else 0)
