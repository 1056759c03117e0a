"""The short way for the usual document: a few lines of Python, written for one plan and compiled once.

It does what `carry` does where every change of the plan takes place and nothing has to be said. For any other document
it gives UNUSUAL, and `carry` is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from migrator.payload.carry import Stage, same
from migrator.payload.pointer import Json
from migrator.payload.tree import NOTHING, Condition, Conditional, Drop, Move, Node

#: What a quick way gives for a document that needs the slow one.
UNUSUAL: Final[Any] = type("Unusual", (), {"__slots__": ()})()

Quick = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Short:
    """A quick way, and the rules that have applied then; `carry` None: every document stays as it is."""

    carry: Quick | None
    applied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """How a quick way gets at a document: the lines that copy the root, open an object and read a value.

    `{at}` is where the value stands, `{key}` its key, `{inner}` the variable that it is read into.
    """

    root: str
    open: tuple[str, ...]
    own: tuple[str, ...]
    read: tuple[str, ...]
    values: Mapping[str, Any]


#: A document that belongs to the caller: what changes is copied.
SHARED: Final = Access(
    root="document = given.copy()",
    open=("{inner} = {at}.get({key!r})", "if {inner}.__class__ is not dict: return UNUSUAL"),
    own=("{at}[{key!r}] = {inner} = {inner}.copy()",),
    read=(),
    values={},
)


def never(_: Json) -> Json:
    """The quick way of a plan that has none."""
    return UNUSUAL


def quick(stages: Iterable[Stage], name_key: str | None, name: str | None, access: Access = SHARED) -> Short:
    """The quick way through the trees of a plan; `name_key` is the key of a webhook that holds its `name`."""
    pen = _Pen(name_key, name, access)
    try:
        for stage in stages:
            pen.leg(stage)
    except _NoShortWay:
        return Short(never)
    return Short(pen.function(), tuple(pen.applied)) if pen.lines else Short(None)


class _NoShortWay(Exception):
    """A change is none of those that can be written down ahead."""


@dataclass(slots=True)
class _Pen:
    """The lines written so far, the values that they name, and the name that the document has by now."""

    name_key: str | None
    name: str | None
    access: Access
    lines: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=lambda: {"UNUSUAL": UNUSUAL})
    applied: list[str] = field(default_factory=list)
    count: int = 0
    opened: dict[tuple[str, ...], str] = field(default_factory=dict)

    def function(self) -> Quick:
        """The function that consists of the lines."""
        source = "\n    ".join(("def carry(given):", *self.lines, "return document"))
        names = {**self.values, **self.access.values}
        exec(compile(source, "<plan>", "exec"), names)
        carry: Quick = names["carry"]
        return carry

    def leg(self, stage: Stage) -> None:
        """Write the lines of one leg."""
        root = "document" if self.lines else "given"
        self.opened.clear()
        before, after = _conditions(stage.node), _conditions_of_names(stage.node)
        ahead = dict.fromkeys((*before, *after) if stage.up else before)
        tests = [line for condition in ahead for line in self._condition(condition, root)]
        changes = [*self._node(stage.node, "document", (), stage.up)]
        if changes:
            copy = [self.access.root] if root == "given" else []
            self.opened.clear()
            behind = [] if stage.up else dict.fromkeys(after)
            checks = [line for condition in behind for line in self._condition(condition, "document")]
            self.lines += (*tests, *copy, *changes, *checks)

    def _node(self, node: Node, at: str, path: tuple[str, ...], up: bool) -> Iterator[str]:
        if node.names or node.each or node.bare or node.remarks or (node.needs and path):
            raise _NoShortWay
        if up:
            yield from self._children(node, at, path, up)
        for drop in node.drops:
            yield from self._drop(drop, at, path)
        yield from self._renames(node, at)
        for put in node.puts:
            if put.note is not None:
                raise _NoShortWay
            self.applied.append(put.rule)
            yield f"if {put.key!r} in {at}: return UNUSUAL"
            yield f"{at}[{put.key!r}] = {self._value(put.value)}"
        if not up:
            yield from self._children(node, at, path, up)

    def _children(self, node: Node, at: str, path: tuple[str, ...], up: bool) -> Iterator[str]:
        for key, child in node.children.items():
            if not path and key == self.name_key and child.names:
                yield f"{at}[{key!r}] = {self._moved(child.names.get(self.name or ''))!r}"
                continue
            known = up and (*path, key) in self.opened
            inner = self.opened[*path, key] if known else self._new()
            for line in (*(() if known else self.access.open), *self.access.own):
                yield line.format(at=at, key=key, inner=inner)
            yield from self._node(child, inner, (*path, key), up)

    def _drop(self, drop: Drop, at: str, path: tuple[str, ...]) -> Iterator[str]:
        if drop.call is not None or drop.known is NOTHING:
            raise _NoShortWay
        self.applied.append(drop.rule)
        pinned = drop.condition is not None and drop.condition.path == (*path, drop.key)
        if pinned and drop.condition is not None and same(drop.condition.equals, drop.known):
            yield f"del {at}[{drop.key!r}]"
        else:
            dropped = self._new()
            yield f"{dropped} = {at}.pop({drop.key!r}, UNUSUAL)"
            yield from self._unless(dropped, drop.known)

    def _renames(self, node: Node, at: str) -> Iterator[str]:
        moved = [(rename, self._new()) for rename in node.renames]
        for rename, inner in moved:
            self.applied.append(rename.rule)
            yield f"{inner} = {at}.pop({rename.key!r}, UNUSUAL)"
        for rename, inner in moved:
            yield f"if {inner} is UNUSUAL or {rename.new!r} in {at}: return UNUSUAL"
            yield f"{at}[{rename.new!r}] = {inner}"

    def _moved(self, move: Move | None) -> str:
        if move is None or move.new is None:
            raise _NoShortWay
        self.applied.append(move.rule)
        self.name = move.new
        return move.new

    def _condition(self, condition: Condition, root: str) -> Iterator[str]:
        at = root
        for depth, key in enumerate(condition.path[:-1]):
            path = condition.path[: depth + 1]
            if path not in self.opened:
                self.opened[path] = self._new()
                for line in self.access.open:
                    yield line.format(at=at, key=key, inner=self.opened[path])
            at = self.opened[path]
        found = self._new()
        yield f"{found} = {at}.get({condition.path[-1]!r})"
        yield from self._unless(found, condition.equals)

    def _unless(self, found: str, value: Json) -> Iterator[str]:
        for line in self.access.read:
            yield line.format(inner=found)
        kind = "" if isinstance(value, str) else f"{found}.__class__ is not {self._value(type(value))} or "
        yield f"if {kind}{found} != {self._value(value)}: return UNUSUAL"

    def _new(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def _value(self, value: Json) -> str:
        if isinstance(value, str):
            return repr(value)
        name = f"VALUE_{len(self.values)}"
        self.values[name] = value
        return name


def _conditions(node: Node) -> Iterator[Condition]:
    changes: list[Conditional] = [*node.drops, *node.renames, *node.puts]
    for change in changes:
        if change.condition is not None:
            yield change.condition
    for child in node.children.values():
        yield from _conditions(child)


def _conditions_of_names(node: Node) -> list[Condition]:
    found = [move.condition for move in node.names.values() if move.condition is not None]
    for child in node.children.values():
        found += _conditions_of_names(child)
    return found
