"""Findings, their edits, and the result of a file. Plain values: nothing is read or written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, AnyStr, Generic

from migrator.findings.applicability import Applicability as Applicability
from migrator.findings.operation import Operation


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the bytes from `start` up to `end` of the original file with `replacement`."""

    start: int
    end: int
    replacement: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """An occurrence in code that a rule applies to.

    Lines and columns (in characters) count from 1; the end is exclusive. `operations` say what the edits mean.
    A note is about a comment: it counts for nothing.
    """

    rule: str
    kind: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    old: str | None
    new: str | None
    applicability: Applicability
    evidence: tuple[str, ...]
    message: str
    advice: str
    edits: tuple[Edit, ...] = ()
    operations: tuple[Operation, ...] = ()
    is_note: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the finding in the documented form, without its edits."""
        return {
            "rule": self.rule,
            "kind": self.kind,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "old": self.old,
            "new": self.new,
            "applicability": self.applicability.value,
            "evidence": list(self.evidence),
            "message": self.message,
            "advice": self.advice,
        }


@dataclass(frozen=True, slots=True)
class FileError:
    """The reason why a file was left as it is, with the line if known; `unread` if nothing is known of the file."""

    message: str
    line: int | None = None
    unread: bool = False

    def __str__(self) -> str:
        return self.message if self.line is None else f"line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """A suppression or a baseline entry without effect; `rules` are the ids that it names in vain.

    It is an entry of a baseline about `file` when that is set, else a comment; `path` is the file that contains it.
    """

    path: str
    line: int
    rules: tuple[str, ...]
    file: str | None = None

    @property
    def message(self) -> str:
        """The message about it."""
        if self.file is not None:
            return f"stale baseline entry: {self.file} no longer contains {', '.join(self.rules)}"
        found = f"no finding of {', '.join(self.rules)} here" if self.rules else "no finding here"
        return f"unused suppression: {found}"

    def as_json(self) -> dict[str, Any]:
        """Return the suppression or entry in the documented form."""
        return {"path": self.path, "line": self.line, "rules": list(self.rules), "file": self.file}


@dataclass(frozen=True, slots=True)
class SettingUse:
    """A setting with the URL of the API that code reads: its names and the line.

    `kept_by` is the first occurrence that goes through the setting and is not edited, and empty if there is none;
    `edited` are the files with those that are.
    """

    names: tuple[str, ...]
    line: int
    kept_by: str = ""
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileResult(Generic[AnyStr]):
    """The result of one file.

    `after` equals `before` where nothing is to be changed, and always when `error` is set. `applied` are the findings
    whose edits are in `after`. `suppressed` are those that a comment in the file suppresses, and `stale` the unused
    suppressions. `unread_parts` says what of a file that was read is newer than this Python, and was not. `settings`
    are those that the code reads a URL of the API from. `editable` are the findings in a file of configuration that are
    edited together with the code, or would be.
    """

    path: str
    before: AnyStr
    after: AnyStr
    findings: tuple[Finding, ...] = ()
    applied: tuple[Finding, ...] = ()
    error: FileError | None = None
    suppressed: tuple[Finding, ...] = ()
    stale: tuple[StaleEntry, ...] = ()
    unread_parts: FileError | None = None
    settings: tuple[SettingUse, ...] = ()
    editable: tuple[Finding, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Return whether the text would change."""
        return self.before != self.after

    @property
    def remaining(self) -> tuple[Finding, ...]:
        """The findings that are not applied in `after`, and still need attention."""
        applied = set(self.applied)
        return tuple(finding for finding in self.findings if finding not in applied)
