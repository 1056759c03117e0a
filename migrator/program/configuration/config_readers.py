"""Find who reads a setting: code that is followed to every call, code that is not, programs in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.data.read_data import choose_data_reader
from migrator.files.python_files import is_python
from migrator.findings.finding import FileResult, Finding, SettingUse
from migrator.matching.selection import Options
from migrator.matching.urls import HostTrust, find_api_url
from migrator.program.configuration.config_files import ConfigFile, EditableFinding
from migrator.python.source.import_paths import is_test_path
from migrator.rules.rule import Kind


@dataclass(frozen=True, slots=True)
class ProgramFiles:
    """The files of a program: the results of the Python files, and the bytes of the others."""

    python: Sequence[FileResult[bytes]]
    others: Mapping[str, bytes]
    options: Options


def find_uses(program: ProgramFiles, root: str, names: Sequence[str]) -> Iterator[tuple[str, SettingUse]]:
    """Yield where the Python code of a project reads a setting, with the path."""
    wanted = {name.lower() for name in names}
    for result in program.python:
        if result.path.startswith(root):
            for use in result.settings:
                if not wanted.isdisjoint(name.lower() for name in use.names):
                    yield result.path, use


def find_unknown_reader(program: ProgramFiles, file: ConfigFile, names: Sequence[str]) -> str | None:
    """Return where the Python code of a project names a setting, other than on a line on which its URL is followed."""
    if not names:
        return None
    spelt = "|".join(re.escape(name) for name in names).encode()
    named = re.compile(rb"(?i)[\"'](?:%b)[\"']|\.(?:%b)\b|^[ \t]+(?:%b)[ \t]*:" % (spelt, spelt, spelt), re.MULTILINE)
    for result in program.python:
        if result.path.startswith(file.root) and not is_test_path(result.path):
            followed = {use.line for use in result.settings}
            for found in named.finditer(result.before):
                if result.before.count(b"\n", 0, found.start()) + 1 not in followed:
                    return _describe_place(result.path, result.before, found.start())
    return None


def find_other_reader(program: ProgramFiles, file: ConfigFile, names: Sequence[str]) -> str | None:
    """Return where a program in another language names a setting."""
    if not names:
        return None
    spelt = "|".join(re.escape(name) for name in names).encode()
    named = re.compile(rb"(?<![\w-])(?:%b)(?![\w-])" % spelt)
    for path, raw in program.others.items():
        if path != file.path and path.startswith(file.root) and _is_program(path) and (found := named.search(raw)):
            return _describe_place(path, raw, found.start())
    return None


def find_unknown_call(program: ProgramFiles, root: str) -> Finding | None:
    """Return a method that code of a project calls below an unknown URL, and that keeps its name."""
    for result in program.python:
        if result.path.startswith(root) and not is_test_path(result.path):
            for finding in result.remaining:
                if finding.kind == Kind.RENAME_METHOD and not _has_known_url(program.options, finding):
                    return finding
    return None


def find_kept(program: ProgramFiles, root: str, *, kind: Kind, rule: str | None = None) -> Finding | None:
    """Return a finding of a kind, and of a rule if one is given, that is not edited in the code of a project."""
    for result in program.python:
        if result.path.startswith(root) and not is_test_path(result.path):
            for finding in result.remaining:
                if finding.kind == kind and rule in (None, finding.rule) and not finding.is_note:
                    return finding
    return None


def find_edited(program: ProgramFiles, root: str, rule: str) -> Iterator[str]:
    """Yield the files of the code of a project in which a version is raised, or an edit of a rule is made."""
    for result in program.python:
        if result.path.startswith(root) and any(
            finding.kind == Kind.RAISE_VERSION or finding.rule == rule for finding in result.applied
        ):
            yield result.path


def raises_version(program: ProgramFiles, root: str) -> bool:
    """Return whether a version is raised in the code of a project."""
    return any(
        finding.kind == Kind.RAISE_VERSION
        for result in program.python
        if result.path.startswith(root)
        for finding in result.applied
    )


def _describe_place(path: str, raw: bytes, offset: int) -> str:
    line = raw.count(b"\n", 0, offset) + 1
    return f"{path}:{line}"


def _is_program(path: str) -> bool:
    """Return whether a file is no data and no document: then it may read a setting in a way that is not known."""
    return not is_python(path, b"") and choose_data_reader(path, lambda *_: None) is None


def _has_known_url(options: Options, finding: Finding) -> bool:
    urls = (find_api_url(chain.api, step) for chain in options.chains for step in finding.evidence)
    return any(url is not None and url.trust is HostTrust.CERTAIN for url in urls)


def names_of(items: Sequence[EditableFinding]) -> tuple[str, ...]:
    """Return the names under which the values of some findings are read."""
    return tuple(dict.fromkeys(name for item in items for name in item.names))
