"""Verify an edited text: it is of its format, and its values differ only where they were edited."""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrator.data.formats.data_tree import DataNode, DataTree, FormatError
from migrator.data.formats.dispatch import DataFormat, scan_text
from migrator.data.formats.text_piece import TextPiece


@dataclass(frozen=True, slots=True, order=True)
class ValueEdit:
    """Write `text` for the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


def apply_value_edits(text: str, edits: Iterable[ValueEdit]) -> str:
    """Return a text with its edits. Raise ValueError if two of them overlap."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.start < done:
            raise ValueError(f"two edits overlap at character {edit.start}")
        pieces += text[done : edit.start], edit.text
        done = edit.end
    return "".join((*pieces, text[done:]))


def find_unexpected_change(form: DataFormat, text: str, edits: Sequence[ValueEdit]) -> str | None:
    """Return why the edits of a text cannot be made; None if only the edited values differ afterwards."""
    try:
        after = apply_value_edits(text, edits)
    except ValueError as error:
        return str(error)
    try:
        old, new = scan_text(text, form), scan_text(after, form)
    except FormatError as error:
        return f"the edited text is not {form.value}: {error}"
    if not _parses_alike(form, text, after):
        return f"the edited text is not {form.value}"
    if len(old.nodes) != len(new.nodes) or len(old.comments) != len(new.comments):
        return "the edited text has other values"
    if _read_comments(text, old) != _read_comments(after, new):
        return "the edits change a comment"
    ordered = sorted(set(edits))
    for one, other in zip(old.nodes, new.nodes, strict=True):
        if not _differs_as_edited(one, other, ordered):
            return "the edits change another value"
    return None


def _parses_alike(form: DataFormat, before: str, after: str) -> bool:
    """Return whether the usual parser of a format reads the edited text, if it reads the original."""
    try:
        _parse(form, before)
    except (ValueError, RecursionError):
        return True  # with comments or templates, as many tools accept: the scan above has read it
    try:
        _parse(form, after)
    except (ValueError, RecursionError):
        return False
    return True


def _parse(form: DataFormat, text: str) -> None:
    if form is DataFormat.JSON:
        json.loads(text.removeprefix("\ufeff"))
    elif form is DataFormat.TOML:
        tomllib.loads(text.removeprefix("\ufeff"))


def _read_comments(text: str, tree: DataTree) -> list[str]:
    return [text[start:end] for start, end in tree.comments]


def _differs_as_edited(one: DataNode, other: DataNode, edits: Sequence[ValueEdit]) -> bool:
    if (one.shape, one.parent, one.position, one.last) != (other.shape, other.parent, other.position, other.last):
        return False
    keys = one.key.text if one.key else None, other.key.text if other.key else None
    if keys[0] != keys[1] or (one.text is None) != (other.text is None):
        return False
    return one.text is None or other.text is None or _edit_piece(one.text, edits) == other.text.text


def _edit_piece(piece: TextPiece, edits: Sequence[ValueEdit]) -> str:
    """Return the text of a value as the edits make it."""
    text = piece.text
    first, last = piece.offsets[0], piece.offsets[len(text)]
    inside = range(bisect_left(edits, first, key=_start_of), bisect_left(edits, last, key=_start_of))
    for edit in (edits[index] for index in reversed(inside)):
        at = piece.offsets.index(edit.start)
        text = text[:at] + edit.text + text[at + edit.end - edit.start :]
    return text


def _start_of(edit: ValueEdit) -> int:
    return edit.start
