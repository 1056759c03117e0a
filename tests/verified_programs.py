"""Whole programs to verify: as they were, as the codemod leaves them, and with faults or changes by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from migrator.matching.selection import Options
from migrator.program.analyse_files import analyse_files
from migrator.program.verify.account import Account
from migrator.program.verify.compare_programs import AnalysedProgram, compare_programs
from migrator.program.verify.expected_lines import Expected, expect_file
from migrator.rules.load import load_rules

TESTS = Path(__file__).parent
ROOTS = {
    path.name: path
    for path in (*sorted((TESTS / "programs").iterdir()), TESTS.parent / "samples" / "support_bot")
    if path.is_dir() and "__pycache__" not in path.name
}
CHAINS = load_rules().chains("3.1", "3.2")
OPTIONS = Options(CHAINS, unsafe=True)
_SKIPPED = {"__pycache__", ".git"}


def read_program(root: Path) -> dict[str, bytes]:
    """Return the files of a program by their path in it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _SKIPPED & set(path.parts)
    }


def analyse(files: Mapping[str, bytes]) -> AnalysedProgram:
    """Analyse a program in this process."""

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    return AnalysedProgram(tuple(analyse_files(files, OPTIONS, read)), files)


@dataclass(frozen=True)
class Migrated:
    """A program before, after the codemod, and what was expected of each occurrence."""

    old: AnalysedProgram
    after: Mapping[str, bytes]
    expected: tuple[Expected, ...]

    def verify(self, files: Mapping[str, bytes]) -> list[Account]:
        """Verify a program that was made of the old one."""
        return compare_programs(self.old, analyse(files), CHAINS)


@cache
def migrated(name: str) -> Migrated:
    """Return a program with the edits of the codemod, unsafe ones too."""
    old = analyse(read_program(ROOTS[name]))
    after = {**old.files, **{result.path: result.after for result in old.results}}
    return Migrated(old, after, tuple(each for result in old.results for each in expect_file(result).expected))


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a line of the present program, counted from 1, which must be named there with one of the states."""

    path: str
    line: int
    kind: str
    states: tuple[str, ...]


#: Changes a line, given what is expected of it and the text of its file.
Seed = Callable[[str, Expected, str, Random], str]


def misspell(line: str, expected: Expected, _text: str, random: Random) -> str:
    new = expected.finding.new or ""
    at = random.randrange(1, len(new) - 1)
    wrong = random.choice([new[:at] + new[at + 1 :], new[:at] + new[at] + new[at:], new + "s", new[:-1]])
    return line.replace(new, wrong if wrong != new else new + "x")


def make_up(line: str, expected: Expected, _text: str, random: Random) -> str:
    return line.replace(expected.finding.new or "", random.choice(["fetch_everything", "get_all_of_it"]))


def take_another(line: str, expected: Expected, text: str, random: Random) -> str:
    """Take a name that the file does not contain: names in another order are the same list."""
    names = sorted({r.new for r in CHAINS[0].rules() if r.kind.value == expected.finding.kind and r.new})
    others = [name for name in names if name not in text]
    return line.replace(expected.finding.new or "", random.choice(others)) if others else line


def lower_version(line: str, expected: Expected, _text: str, random: Random) -> str:
    return line.replace(expected.finding.new or "", random.choice(["3.7", "3.25"]))


def put_back(line: str, expected: Expected, _text: str, _random: Random) -> str:
    return line.replace(expected.finding.new or "", expected.finding.old or "")


SEEDS: dict[str, list[tuple[str, Seed, tuple[str, ...]]]] = {
    "name": [
        ("misspelt", misspell, ("wrong",)),
        ("made up", make_up, ("wrong",)),
        ("another name", take_another, ("wrong",)),
        ("old again", put_back, ("open", "wrong")),
    ],
    "version": [("no version", lower_version, ("wrong",)), ("old again", put_back, ("open", "wrong"))],
}


def seed_faults(program: Migrated, turn: int, random: Random) -> tuple[dict[str, bytes], list[Fault]]:
    """Return the program with a fault at every second occurrence, and the faults."""
    lines = {path: raw.decode("utf-8", "replace").split("\n") for path, raw in program.after.items()}
    faults: list[Fault] = []
    taken: set[tuple[str, int]] = set()
    for number, (each, path, index) in enumerate(_edited_places(program, lines)):
        if number % 2 != turn % 2 or (path, index) in taken:
            continue
        seeds = SEEDS["version" if each.finding.kind == "raise_version" else "name"]
        kind, seed, states = seeds[(number + turn) // 2 % len(seeds)]
        changed = seed(lines[path][index], each, "\n".join(lines[path]), random)
        if changed != lines[path][index]:
            lines[path][index] = changed
            taken.add((path, index))
            faults.append(Fault(path, index + 1, kind, states))
    return {path: "\n".join(text).encode() for path, text in lines.items()}, faults


def _edited_places(program: Migrated, lines: Mapping[str, list[str]]) -> Iterator[tuple[Expected, str, int]]:
    """Yield each occurrence that was renamed, with its line: only one that stands there once."""
    for each in program.expected:
        found = [index for index, line in enumerate(lines[each.finding.path]) if line.rstrip("\r") == each.line]
        if each.is_automatic and each.finding.new and len(found) == 1 and each.line.count(each.finding.new) == 1:
            yield each, each.finding.path, found[0]


_TODO = re.compile(r"^[ \t]*# TODO\(migrator [\w-]+\)[^\n]*\n(?:[ \t]*#   [^\n]*\n)*", re.M)


def drop_todos(program: Migrated) -> tuple[dict[str, bytes], list[Fault]]:
    """Return the program without the comments that say what is left to do, and the lines below them."""
    files, faults = dict(program.after), []
    for path, raw in program.after.items():
        text = raw.decode("utf-8", "replace")
        if path.endswith(".py") and (found := list(_TODO.finditer(text))):
            gone = 0
            for match in found:
                line = text.count("\n", 0, match.start()) + 1 - gone
                gone += match[0].count("\n")
                faults.append(Fault(path, line, "TODO dropped", ("wrong",)))
            files[path] = _TODO.sub("", text).encode()
    return files, faults
