"""What the finder says: findings, their edits, and what became of a file. Plain values, nothing is read or written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, AnyStr, Generic

from migrator.findings.applicability import Applicability as Applicability


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `replacement` in the place of the bytes from `start` up to `end` of the original file."""

    start: int
    end: int
    replacement: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in code that a rule is about. Lines and columns (in characters) count from 1; the end is exclusive."""

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

    def as_json(self) -> dict[str, Any]:
        """The finding in the documented form; its edits are not part of it."""
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
    """Why a file was left as it is: what is wrong, and the line if one is known; `unread` if nothing is known of it."""

    message: str
    line: int | None = None
    unread: bool = False

    def __str__(self) -> str:
        return self.message if self.line is None else f"line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Stale:
    """What asks to leave alone what is not there; `rules` are the ids for which it asks that in vain.

    A comment, or, when `file` is there, a row of a baseline about that file; `path` is where the comment or row stands.
    """

    path: str
    line: int
    rules: tuple[str, ...]
    file: str | None = None

    @property
    def message(self) -> str:
        """What is wrong with it, in words."""
        if self.file is not None:
            return f"{self.file} no longer holds this known place of {', '.join(self.rules)}"
        return f"this comment suppresses nothing{' for ' if self.rules else ''}{', '.join(self.rules)}"

    def as_json(self) -> dict[str, Any]:
        """The comment or row in the documented form."""
        return {"path": self.path, "line": self.line, "rules": list(self.rules), "file": self.file}


@dataclass(frozen=True, slots=True)
class FileResult(Generic[AnyStr]):
    """What became of one file.

    `after` equals `before` where nothing is to be changed, and always when `error` is set. `applied` are the findings
    whose edits are in `after`. `suppressed` are those that a comment in the file asks to leave alone, and `stale` the
    comments which ask that in vain.
    """

    path: str
    before: AnyStr
    after: AnyStr
    findings: tuple[Finding, ...] = ()
    applied: tuple[Finding, ...] = ()
    error: FileError | None = None
    suppressed: tuple[Finding, ...] = ()
    stale: tuple[Stale, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the text would change."""
        return self.before != self.after

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings that are not in `after`: what a person still has to look at."""
        applied = set(self.applied)
        return tuple(finding for finding in self.findings if finding not in applied)
