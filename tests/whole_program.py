"""A whole program of tests/programs, what is expected of its migration, and the runs that show it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from migrator.cli import main

TESTS = Path(__file__).resolve().parent
PROGRAMS = sorted(path.name for path in (TESTS / "programs").iterdir() if path.is_dir())
VERSIONS = ("--from", "3.1", "--to", "3.2")
#: The keys of an expectation that list lines, and what each claims about a line.
_CHANGE = re.compile("«(.*?)→(.*?)»")
KINDS = ("edited", "removed", "todo", "manual", "deploy", "kept")


@dataclass(frozen=True, slots=True)
class Line:
    """What is expected of one line: its file, its stripped text before and after, and the rule that is named there."""

    file: str
    kind: str
    before: str
    after: str
    rule: str

    @property
    def name(self) -> str:
        rule = f"{self.rule} | " if self.rule else ""
        return f"{self.file}: {self.kind}: {rule}{self.before}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a program: its lines, and what of it the newer server may refuse until a TODO is done."""

    lines: tuple[Line, ...]
    refused: tuple[str, ...]
    held_back: str
    #: Why the lines whose names begin so, and the laws, do not hold yet.
    faults: dict[str, str]

    def fault(self, name: str) -> str | None:
        return next((reason for start, reason in self.faults.items() if name.startswith(start)), None)

    def of(self, *kinds: str) -> list[Line]:
        return [line for line in self.lines if line.kind in kinds]


def read_expectation(name: str) -> Expectation:
    """Read the table beside the tests: lines by file and kind, written once, with «old→new» where they change."""
    table = tomllib.loads((TESTS / "expectations" / f"{name}.toml").read_text("utf-8"))
    lines = [line for entry in table["file"] for line in _read_lines(entry)]
    faults = {start: fault["reason"] for fault in table.get("fault", ()) for start in fault["at"]}
    return Expectation(tuple(lines), tuple(table.get("refused", ())), table.get("held_back", ""), faults)


def _read_lines(entry: dict[str, Any]) -> Iterator[Line]:
    for kind in KINDS:
        for text in entry.get(kind, ()):
            rule, _, code = text.partition(" | ") if kind in ("todo", "manual", "deploy") else ("", "", text)
            before, after = (_CHANGE.sub(rf"\{number}", code) for number in (1, 2))
            yield Line(entry["path"], kind, before, after, rule)


@dataclass(frozen=True)
class Migration:
    """A copy of a program, migrated with `codemod --write`, and everything that was said and done on the way."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    run: dict[str, Any]
    audit: dict[str, Any]
    #: The program after a second pass, and after `undo`.
    again: dict[str, bytes]
    undone: dict[str, bytes]

    def text(self, file: str) -> list[str]:
        return [line.strip() for line in self.after[file].decode().splitlines()]

    def old_text(self, file: str) -> list[str]:
        return [line.strip() for line in self.before[file].decode().splitlines()]

    def changed(self) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
        """Lines that were there before only, and lines that are there now only, but for comments of a TODO."""
        gone: Counter[tuple[str, str]] = Counter()
        come: Counter[tuple[str, str]] = Counter()
        for file, content in self.before.items():
            if content != self.after[file]:
                old, new = Counter(self.old_text(file)), Counter(_without_todos(self.text(file)))
                gone.update({(file, line): count for line, count in (old - new).items()})
                come.update({(file, line): count for line, count in (new - old).items()})
        return gone, come

    @cached_property
    def findings(self) -> dict[tuple[str, str], set[tuple[str, str]]]:
        """Rule and applicability of what the audit of the migrated program finds, by file and stripped line."""
        found: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for finding in self.audit["findings"]:
            line = self.text(finding["path"])[finding["line"] - 1]
            found.setdefault((finding["path"], line), set()).add((finding["rule"], finding["applicability"]))
        return found

    @cached_property
    def deploy(self) -> set[tuple[str, str]]:
        """File and stripped line of every entry of "before you deploy"."""
        places = [place for task in self.run["before_deploy"] for place in task["places"]]
        return {(place["path"], self.text(place["path"])[place["line"] - 1]) for place in places}

    def todos(self, file: str, code: str) -> str:
        """The comments of the TODOs above every line with this code."""
        lines, found = self.text(file), []
        for number, line in enumerate(lines):
            if line == code:
                above = number
                while above and _is_comment(lines[above - 1]):
                    above -= 1
                found += lines[above:number]
        return "\n".join(found)


def _is_comment(line: str) -> bool:
    return line.startswith(("#", "//"))


def _without_todos(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        inside = _is_comment(line) and ("TODO(migrator" in line or (inside and line[:4].strip("#/ ") == ""))
        if not inside:
            yield line


def copy_program(name: str, target: Path) -> Path:
    """Copy a program to a folder where it may be changed."""
    return shutil.copytree(TESTS / "programs" / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file by its path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def invoke(*arguments: str | Path) -> tuple[int, str]:
    """Run the command line in this process; exit code and standard output."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.stderr
    return result.exit_code, result.stdout


def relative_document(text: str, folder: Path) -> dict[str, Any]:
    """The JSON of a run, with paths below the program's folder."""
    document = json.loads(text)
    for entry in [*document["findings"], *(place for task in document["before_deploy"] for place in task["places"])]:
        if entry.get("path"):
            path = Path(entry["path"])
            entry["path"] = path.relative_to(folder).as_posix() if path.is_absolute() else path.as_posix()
    return document


def migrate(name: str, target: Path) -> Migration:
    """Migrate a copy of a program as its owner would: the whole folder, with --write; then once more, then undo it."""
    folder = copy_program(name, target)
    before = read_files(folder)
    code, run = invoke("codemod", "--write", "--format", "json", *VERSIONS, folder)
    assert code in (0, 1), run
    after = read_files(folder)
    _, audit = invoke("audit", "--format", "json", *VERSIONS, folder)
    code, again = invoke("codemod", "--write", "--format", "json", *VERSIONS, folder)
    assert code in (0, 1), again
    second = read_files(folder)
    if after != before and second == after:
        assert invoke("undo", folder)[0] == 0
    documents = (relative_document(text, folder) for text in (run, audit))
    return Migration(folder, before, after, *documents, second, read_files(folder))


def run_program(folder: Path, version: str, refused: tuple[str, ...] = ()) -> dict[str, tuple[int, str]]:
    """Run the program's own tests and its scenario against a server of the version; code and output of each."""
    name = folder.name
    env = {
        **os.environ,
        "LIVECHAT_TEST_VERSION": version,
        "LIVECHAT_TEST_REFUSED": ",".join(refused),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent), str(TESTS / "program_stubs")]),
    }
    env.pop("PYTEST_ADDOPTS", None)
    scenario = TESTS / "scenarios" / f"{name}_scenario.py"
    command = [sys.executable, str(TESTS / "program_driver.py"), str(scenario)]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
