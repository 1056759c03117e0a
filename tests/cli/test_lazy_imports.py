"""What a command does not need it does not import."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from calls import OTHER
from migrator.rules.recorded_hashes import RECORD_NAME, format_record
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


def imported(folder, *arguments, site=CHECKOUT):
    """The modules that a command imports in a fresh interpreter, of the package in `site`."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(arguments=list(arguments))],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])},
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


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The package as a wheel installs it: its tables inside, with the hashes that the build recorded."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(CHECKOUT / "migrator", site / "migrator", ignore=shutil.ignore_patterns("__pycache__"))
    folder = Path(shutil.copytree(CHECKOUT / "rules", site / "migrator" / "tables"))
    tables = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.toml")}
    (folder / RECORD_NAME).write_text(format_record(tables), "utf-8", newline="\n")
    return site


@pytest.mark.parametrize("command", ["codemod", "audit"])
def test_a_run_without_a_hit_imports_neither_a_parser_nor_what_checks_tables(tmp_path, installed, command):
    plant(tmp_path, {"a.py": OTHER, "b.py": "y = 2\n", ".gitignore": "*.log\n"})
    unneeded = HEAVY - {"ahocorasick_rs"} | {"tempfile", "migrator.python.migrate", "migrator.report.text.unified_diff"}
    assert imported(tmp_path, command, site=installed) & unneeded == set()


@pytest.mark.parametrize("command", ["codemod", "audit"])
def test_a_run_without_a_hit_in_a_checkout_imports_no_parser(tmp_path, command):
    plant(tmp_path, {"a.py": OTHER, "b.py": "y = 2\n", ".gitignore": "*.log\n"})
    assert imported(tmp_path, command) & {"libcst", "rich", "migrator.python.migrate"} == set()
