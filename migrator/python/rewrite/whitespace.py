"""The space between two entries, and what is left of it when an entry between them is removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

_NOTHING = cst.SimpleWhitespace("")


@dataclass(frozen=True, slots=True)
class Gap:
    """The separator before an entry or the closing bracket: a comma, or none, and the whitespace on its sides.

    A gap without a comma keeps its whitespace in `after`.
    """

    before: cst.BaseParenthesizableWhitespace
    comma: bool
    after: cst.BaseParenthesizableWhitespace


def close_gap(first: Gap, second: Gap, *, opens: bool, closes: bool) -> Gap:
    """Return the gap that is left of the two on the sides of a removed entry.

    `opens` says that the entry was the first of its display, `closes` that it was the last. A comment at the end of
    the line of what stays is kept, one at the end of a line that is removed is not; neither is one directly above the
    removed entry, when the entry does not share its line.
    """
    above, below = _broken(first), _broken(second)
    if above is not None and below is not None:
        lines = join_lines(without_comments_below(above.empty_lines), below.empty_lines)
        return _break_line(
            first, second, below.with_changes(first_line=above.first_line, empty_lines=lines), opens, closes
        )
    if closes and above is not None:
        lines = without_comments_below(above.empty_lines)
        broken = above.with_changes(empty_lines=lines, last_line=_NOTHING)
        return _break_line(first, second, broken, opens, closes) if any(comments_of(broken)) else _end(second, opens)
    if below is not None and any(comments_of(below)):
        return Gap(_NOTHING, False, below) if opens else second
    if closes:
        return _end(second, opens)
    return first if opens or below is None else second


def is_blank(line: cst.EmptyLine) -> bool:
    """Return whether a line has no comment."""
    return line.comment is None


def directly_above(lines: Sequence[cst.EmptyLine]) -> int:
    """Return how many of the last lines are comments: they are about what follows."""
    count = 0
    while count < len(lines) and not is_blank(lines[-1 - count]):
        count += 1
    return count


def join_lines(above: Sequence[cst.EmptyLine], below: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Return the lines that are left above and below something that is removed; blank lines that meet count once."""
    kept = list(above)
    for line in below:
        if not (is_blank(line) and kept and is_blank(kept[-1])):
            break
        kept.pop()
    return [*kept, *below]


def without_comments_below(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Return the lines but for the comments directly above what follows them."""
    return list(lines[: len(lines) - directly_above(lines)])


def without_blanks_below(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Return the lines but for the blank ones at their end."""
    kept = list(lines)
    while kept and is_blank(kept[-1]):
        kept.pop()
    return kept


def comments_of(node: cst.CSTNode) -> Iterator[cst.Comment]:
    """Find the comments of a node, in their order."""
    todo = [node]
    while todo:
        found = todo.pop()
        if isinstance(found, cst.Comment):
            yield found
        todo.extend(reversed(found.children))


def _break_line(first: Gap, second: Gap, broken: cst.ParenthesizedWhitespace, opens: bool, closes: bool) -> Gap:
    """Return the second gap with other line breaks, on the side of its comma on which they were."""
    if closes:
        broken = broken.with_changes(empty_lines=without_blanks_below(broken.empty_lines))
        if opens and not any(comments_of(broken)):
            return _end(second, opens)
    if opens or not second.comma:
        return Gap(_NOTHING, False, broken)
    if second.after is _broken(second) or closes:
        return Gap(_NOTHING if _broken(first) is first.before else first.before, True, broken)
    return Gap(broken, True, second.after)


def _end(gap: Gap, opens: bool) -> Gap:
    """Return the gap before a closing bracket; brackets without an entry contain nothing."""
    return Gap(_NOTHING, False, _NOTHING) if opens else gap


def _broken(gap: Gap) -> cst.ParenthesizedWhitespace | None:
    """Return the whitespace of a gap that contains a line break."""
    for whitespace in (gap.after, gap.before):
        if isinstance(whitespace, cst.ParenthesizedWhitespace):
            return whitespace
    return None
