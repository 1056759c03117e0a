"""Displays and calls as entries with gaps between them: what LibCST keeps in four shapes, read and written as one."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrator.python.rewrite.whitespace import Gap

Container = cst.Dict | cst.Set | cst.List | cst.Call
ContainerEntry = cst.BaseDictElement | cst.BaseElement | cst.Arg
_NOTHING = cst.SimpleWhitespace("")


def entries_of(container: Container) -> Sequence[ContainerEntry]:
    """Return the entries of a display, or the arguments of a call."""
    return container.args if isinstance(container, cst.Call) else container.elements


def gaps_of(container: Container) -> list[Gap]:
    """Return the gap before each entry of a container and the one before its closing bracket."""
    entries = entries_of(container)
    inner = [_inner_gap(entry) for entry in entries[:-1]]
    if isinstance(container, cst.Call):
        opening = Gap(_NOTHING, False, container.whitespace_before_args)
        last = container.args[-1] if container.args else None
        closing = last.whitespace_after_arg if last is not None else _NOTHING
    else:
        left, right = _brackets(container)
        opening, closing = Gap(_NOTHING, False, left.whitespace_after), right.whitespace_before
    return [opening, *inner, *(_last_gap(entry, closing) for entry in entries[-1:])]


def with_entries(container: Container, entries: Sequence[ContainerEntry], gaps: Sequence[Gap]) -> Container:
    """Return a container with some of its entries, and the gaps that are left: one more than there are entries."""
    opening, *others = gaps
    written = [
        _with_gap(entry, gap, is_last=number == len(entries))
        for number, (entry, gap) in enumerate(zip(entries, others, strict=True), 1)
    ]
    if isinstance(container, cst.Call):
        return container.with_changes(whitespace_before_args=opening.after, args=written)
    left, right = _brackets(container)
    closing = others[-1].after if others and not others[-1].comma else _NOTHING
    names = ("lbracket", "rbracket") if isinstance(container, cst.List) else ("lbrace", "rbrace")
    brackets = (left.with_changes(whitespace_after=opening.after), right.with_changes(whitespace_before=closing))
    return container.with_changes(elements=written, **dict(zip(names, brackets, strict=True)))


def head_of(entry: ContainerEntry) -> cst.CSTNode | None:
    """Return the node with which an entry begins: its key, its keyword or the value of an element."""
    if isinstance(entry, cst.DictElement):
        return entry.key
    if isinstance(entry, cst.Arg):
        return entry.keyword
    return entry.value if isinstance(entry, cst.Element) else None


def _brackets(
    container: cst.Dict | cst.Set | cst.List,
) -> tuple[cst.LeftCurlyBrace | cst.LeftSquareBracket, cst.RightCurlyBrace | cst.RightSquareBracket]:
    if isinstance(container, cst.List):
        return container.lbracket, container.rbracket
    return container.lbrace, container.rbrace


def _inner_gap(entry: ContainerEntry) -> Gap:
    assert isinstance(entry.comma, cst.Comma)  # LibCST reads a comma behind every entry but the last
    return Gap(entry.comma.whitespace_before, True, entry.comma.whitespace_after)


def _last_gap(entry: ContainerEntry, closing: cst.BaseParenthesizableWhitespace) -> Gap:
    """Return the gap before a closing bracket, whose whitespace LibCST keeps in the comma or in the bracket."""
    if not isinstance(entry.comma, cst.Comma):
        return Gap(_NOTHING, False, closing)
    after = entry.comma.whitespace_after
    return Gap(entry.comma.whitespace_before, True, closing if after.empty else after)


def _with_gap(entry: ContainerEntry, gap: Gap, *, is_last: bool) -> ContainerEntry:
    if isinstance(entry, cst.Arg):
        entry = entry.with_changes(whitespace_after_arg=gap.after if not gap.comma else _NOTHING)
    if gap.comma:
        return entry.with_changes(comma=cst.Comma(gap.before, gap.after))
    assert is_last
    return entry.with_changes(comma=cst.MaybeSentinel.DEFAULT)
