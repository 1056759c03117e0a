"""List the files of configuration whose findings can be edited, with the project that each belongs to."""

# Paths are compared as they are displayed.
# ruff: noqa: PTH110
from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache

from migrator.findings.finding import Edit, FileResult, Finding
from migrator.matching.generated import LARGEST_HEADER, is_generated
from migrator.program.read_files import ReadFile
from migrator.program.text_results import index_lines
from migrator.python.source.import_paths import is_test_path
from migrator.rules.rule import Kind

#: Files that mark the root of a project.
_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg")
#: Files that tools write, and folders of recorded data: what is in them is not configuration.
_WRITTEN = re.compile(
    r"(?:^|[/.-])lock(?:\.|$)|-lock\.|(?:^|/)(?:fixtures?|cassettes?|testdata|snapshots?|recordings?)/"
)
#: Collections of requests, which no program reads: the names in them are their own.
_COLLECTIONS = (".http", ".rest", ".postman_collection.json", ".postman_environment.json", ".postman_collection")


#: The characters of a URL on both sides of a place in it; it is shorter than `_LONGEST` bytes.
_BEFORE, _BEHIND = re.compile(rb"[A-Za-z]*://[^\s\"'=,>{}]*\Z"), re.compile(rb"[^\s\"',<{}]*")
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class EditableFinding:
    """A finding in configuration that can be edited, the edits, and the names under which its value is read."""

    finding: Finding
    edits: tuple[Edit, ...]
    names: tuple[str, ...]

    @property
    def is_url(self) -> bool:
        """Return whether the finding is in a URL, and not in a list of registrations."""
        return self.finding.kind in (Kind.RAISE_VERSION, Kind.RENAME_METHOD)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file of configuration: its result without edits, its project, and what can be edited in it.

    `root` is the folder of the project, empty or with a slash at its end.
    """

    result: FileResult[bytes]
    root: str
    editable: tuple[EditableFinding, ...]

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.result.path

    @property
    def is_collection(self) -> bool:
        """Return whether the file is a collection of requests or a script, whose names no program reads."""
        name = self.path.lower()
        return name.endswith(_COLLECTIONS) or b"schema.getpostman.com" in self.result.before

    def value_of(self, item: EditableFinding) -> str:
        """Return the URL around a finding, as it is written."""
        raw, start, end = self.result.before, item.edits[0].start, item.edits[0].end
        left = _BEFORE.search(raw[max(0, start - _LONGEST) : start])
        right = _BEHIND.match(raw[end : end + _LONGEST])
        before, after = left[0] if left else b"", right[0] if right else b""
        return (before + raw[start:end] + after).decode("utf-8", "replace")


def list_config_files(read: Iterable[ReadFile], passed: Mapping[str, Set[str]] | None = None) -> tuple[ConfigFile, ...]:
    """Return the files of configuration with something to edit; `passed` are names that variables are passed on as."""
    home = cache(find_root)
    found: list[ConfigFile] = []
    for each in read:
        result = each.result
        if result.findings and result.error is None and not _is_written_by_tools(result):
            editable = _list_editable(each, passed or {})
            if editable:
                found.append(ConfigFile(result, home(result.path[: result.path.rfind("/") + 1]), editable))
    return tuple(found)


def _is_written_by_tools(result: FileResult[bytes]) -> bool:
    path = result.path
    if is_generated(result.before[:LARGEST_HEADER].decode(errors="replace")):
        return True
    return _WRITTEN.search(path.lower()) is not None or (path.lower().endswith(".json") and is_test_path(path))


def _list_editable(read: ReadFile, passed: Mapping[str, Set[str]]) -> tuple[EditableFinding, ...]:
    lines = index_lines(read.result.before)
    known = {(each.rule, each.line, each.column, each.end_column): each for each in read.result.findings}
    found: list[EditableFinding] = []
    for match in (match for reading in read.readings for match in reading.matches if match.is_editable):
        line, column = lines.position_of(match.start)
        finding = known.get((match.rule.id, line, column, lines.position_of(match.end)[1]))
        if finding is not None and match.new is not None:
            spans = ((match.start, match.end), *match.also)
            edits = tuple(Edit(start, end, match.new.encode()) for start, end in spans)
            further = sorted({other for name in match.settings for other in passed.get(name, ())})
            found.append(EditableFinding(finding, edits, (*match.settings, *further)))
    return tuple(found)


def find_root(folder: str) -> str:
    """Return the nearest folder with a mark at or above a folder; an empty string if there is none."""
    while folder.strip("/") and not any(os.path.exists(folder + mark) for mark in _MARKS):
        folder = folder[: folder.rstrip("/").rfind("/") + 1]
    return folder
