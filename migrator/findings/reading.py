"""The output of a reader of files that are not Python: what rows apply to, and what other old names are."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.findings.finding import FileError
from migrator.findings.ledger import OccurrenceState
from migrator.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A rule that applies to the bytes from `start` up to `end` of a file.

    `old` is the text there and `new` its replacement, where the row has one. `message` adds to the message of the row:
    why the match needs attention. A note is shown only where notes are asked for, and counts for nothing.
    Where it `is_editable`, `new` can be written for `old` as it is; `settings` are the names under which a program
    reads the value around it, and `also` the spans of the same text that change along with it.
    """

    start: int
    end: int
    rule: Rule
    old: str | None
    new: str | None
    evidence: tuple[str, ...]
    message: str | None = None
    is_note: bool = False
    is_editable: bool = False
    settings: tuple[str, ...] = ()
    also: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedName:
    """An occurrence of an old name at a byte of a file that no rule applies to: its state, and the reason."""

    start: int
    state: OccurrenceState
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The output of a reader for one file and one chain.

    `spots` are the occurrences of old names of which the reader knows more than that they are bare, or part of longer
    names; the others need not be listed. `comments` are the spans in which a suppression counts. `error` says which
    part of the file could not be understood.
    """

    matches: tuple[TextMatch, ...] = ()
    explained: tuple[ExplainedName, ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    error: FileError | None = None
