"""What a command does not need it does not import."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from calls import OTHER
from planted import plant

CHECKOUT = Path(__file__).parents[2]
HEAVY = {"libcst", "pydantic", "rich", "ahocorasick_rs", "httpx", "requests", "json", "difflib"}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SCRIPT = """
import sys
from migrator.cli import main
try:
    main({arguments!r}, prog_name="migrator")
except SystemExit as end:
    assert end.code == 0, end.code
print(*sys.modules, file=sys.stderr)
"""


def imported(folder, *arguments):
    """The modules that a command imports in a fresh interpreter."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(arguments=list(arguments))],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments", [("--help",), ("codemod", "--help"), ("audit", "--help"), ("explain", "--help"), ("rules", "--help")]
)
def test_help_imports_no_library_but_click(tmp_path, arguments):
    assert imported(tmp_path, *arguments) & HEAVY == set()


@pytest.mark.parametrize("command", ["codemod", "audit"])
def test_a_run_without_a_hit_imports_neither_a_parser_nor_what_checks_tables(tmp_path, command):
    plant(tmp_path, {"a.py": OTHER, "b.py": "y = 2\n", ".gitignore": "*.log\n"})
    imported(tmp_path, command)  # the tables of a checkout are checked once
    unneeded = HEAVY - {"ahocorasick_rs"} | {"tempfile", "migrator.python.migrate", "migrator.report.text.unified_diff"}
    assert imported(tmp_path, command) & unneeded == set()
