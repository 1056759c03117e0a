"""Operations that finders claim, in characters of a module's text: what an edit means, not text to splice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenameText:
    """Write `text` for the characters from `start` up to `end` of one name, string or number."""

    rule: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DropEntry:
    """Remove an entry of a dict, list or set display, or a keyword argument of a call.

    The span begins with the key, the keyword or the ``**`` and ends with the value; parentheses around either may be
    left out of it.
    """

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DropStatement:
    """Remove the simple statement from `start` up to `end`; the only one of a block becomes ``pass``."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AddComment:
    """Say what is left to do above the statement that contains the characters from `start` up to `end`.

    The comment becomes ``# TODO(migrator rule): text``, wrapped.
    """

    rule: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TakeBackComment:
    """Remove the TODO comment that begins between `start` and `end`; the comments that it carries are restored."""

    rule: str
    start: int
    end: int


Operation = RenameText | DropEntry | DropStatement | AddComment | TakeBackComment
Drop = DropEntry | DropStatement


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """Put `text` in the place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The outcome of the operations of one finding: edits, or the reason why they cannot be carried out.

    `absorbed` says that another finding removes the code that this one is about: nothing is left to be said of it.
    """

    edits: tuple[TextEdit, ...] = ()
    obstacle: str = ""
    absorbed: bool = False


def splice_text(text: str, edits: tuple[TextEdit, ...] | list[TextEdit]) -> str:
    """Return the text with every edit applied, equal ones once. Raise ValueError for edits that overlap."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.start < done:
            raise ValueError(f"two edits overlap at character {edit.start}")
        pieces += text[done : edit.start], edit.text
        done = edit.end
    return "".join((*pieces, text[done:]))
