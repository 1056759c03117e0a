"""Run the own tests of a program and one scenario, each in a process of its own, from one interpreter.

python program_driver.py SCENARIO, in the program's folder. What is imported before the fork is paid for once. Prints
one JSON object: exit code and output of both.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

import redirected  # noqa: F401

QUIET = ["-q", "-p", "no:cacheprovider", "-p", "no:logging", "-c", os.devnull, "--tb=short", "-W", "ignore"]


def run_apart(*arguments: str) -> tuple[int, str]:
    """Exit code and output of pytest in a forked process."""
    with tempfile.TemporaryFile() as output:
        if not (child := os.fork()):
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            code = pytest.main([*QUIET, *arguments])
            sys.stdout.flush()
            os._exit(int(code))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        output.seek(0)
        return code, output.read().decode()


def main(scenario: str) -> None:
    here = Path.cwd()
    sys.path.insert(0, str(here))
    sys.dont_write_bytecode = True
    own = run_apart(f"--rootdir={here}", "tests")
    run = run_apart(f"--rootdir={Path(scenario).parent}", f"--confcutdir={Path(scenario).parent}", scenario)
    print(json.dumps({"own": own, "run": run}))


if __name__ == "__main__":
    main(sys.argv[1])
