"""Generate the Python code that translates the usual document of one plan.

The code does what `apply_changes` does for a document in which every change of the plan happens and nothing is
reported. For any other document it returns UNUSUAL, and the complete path is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from migrator.payload.byte_documents import decode_members, decode_value
from migrator.payload.json_pointer import Json, is_same_json
from migrator.payload.plans.change_tree import ABSENT, ChangeNode, Condition, Conditional, DropKey, NameChange
from migrator.payload.plans.document_run import Stage
from migrator.payload.plans.edit_collector import EditCollector
from migrator.payload.plans.text_edits import EditFunction

#: The result of generated code for a document that needs the complete path.
UNUSUAL: Final[Any] = type("Unusual", (), {"__slots__": ()})()


@dataclass(frozen=True, slots=True)
class GeneratedCode:
    """Hold lines that turn `given` into `document`, the values that they use, and the rules that are then applied.

    Without lines, every document is unchanged. `edits` are the same changes to the text; None if they are not static.
    """

    lines: tuple[str, ...]
    values: Mapping[str, Any]
    applied: tuple[str, ...]
    edits: EditFunction | None


@dataclass(frozen=True, slots=True)
class DocumentAccess:
    """Hold the templates that take the root, open an object, copy it before a change, and read a value.

    `{at}` is the object, `{key}` the key, `{inner}` the variable that receives the value.
    """

    root: str
    open: tuple[str, ...]
    own: tuple[str, ...]
    read: tuple[str, ...]
    values: Mapping[str, Any]


#: Access to a document of the caller, which is copied before a change.
SHARED: Final = DocumentAccess(
    root="document = given.copy()",
    open=("{inner} = {at}.get({key!r})", "if {inner}.__class__ is not dict: return UNUSUAL"),
    own=("{at}[{key!r}] = {inner} = {inner}.copy()",),
    read=(),
    values={},
)


#: Access to decoded members, which have no other owner: they are changed in place, and decoded where they are read.
WIRE: Final = DocumentAccess(
    root="document = given",
    open=(
        "{inner} = {at}.get({key!r})",
        "if {inner}.__class__ is RAW: {at}[{key!r}] = {inner} = MEMBERS({inner})",
        "if {inner}.__class__ is not dict: return UNUSUAL",
    ),
    own=(),
    read=("if {inner}.__class__ is RAW: {inner} = VALUE({inner})",),
    values={"RAW": msgspec.Raw, "MEMBERS": decode_members, "VALUE": decode_value},
)


def generate_code(
    stages: Iterable[Stage], name_key: str | None, name: str | None, access: DocumentAccess
) -> GeneratedCode | None:
    """Return the code for a plan's trees, or None; `name_key` is the key of a webhook that contains its `name`."""
    pen = _CodeGenerator(name_key, name, access)
    try:
        for stage in stages:
            pen.generate_stage(stage)
    except _NotGeneratedError:
        return None
    return GeneratedCode(
        tuple(pen.lines), {**pen.values, **access.values}, tuple(pen.applied), pen.collector.compile_function()
    )


class _NotGeneratedError(Exception):
    """Signal a change that cannot be generated ahead."""


@dataclass(slots=True)
class _CodeGenerator:
    """Collect generated lines, the values that they use, and the current name of the document."""

    name_key: str | None
    name: str | None
    access: DocumentAccess
    lines: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    applied: list[str] = field(default_factory=list)
    count: int = 0
    opened: dict[tuple[str, ...], str] = field(default_factory=dict)
    collector: EditCollector = field(default_factory=EditCollector)

    def generate_stage(self, stage: Stage) -> None:
        """Generate the lines of one step."""
        self.collector.stage = stage
        root = "document" if self.lines else "given"
        self.opened.clear()
        before, after = _find_conditions(stage.node), _find_name_conditions(stage.node)
        ahead = dict.fromkeys((*before, *after) if stage.up else before)
        tests = [line for condition in ahead for line in self._generate_condition(condition, root)]
        changes = [*self._generate_node(stage.node, "document", (), stage.up)]
        if changes:
            copy = [self.access.root] if root == "given" else []
            self.opened.clear()
            behind = [] if stage.up else dict.fromkeys(after)
            checks = [line for condition in behind for line in self._generate_condition(condition, "document")]
            self.lines += (*tests, *copy, *changes, *checks)

    def _generate_node(self, node: ChangeNode, at: str, path: tuple[str, ...], up: bool) -> Iterator[str]:
        if node.names or node.each or node.bare or node.remarks or (node.needs and path):
            raise _NotGeneratedError
        if up:
            yield from self._generate_children(node, at, path, up)
        for drop in node.drops:
            yield from self._generate_drop(drop, at, path)
        yield from self._generate_renames(node, at, path)
        for put in node.puts:
            if put.note is not None:
                raise _NotGeneratedError
            self.applied.append(put.rule)
            self.collector.add_member(path, put)
            yield f"if {put.key!r} in {at}: return UNUSUAL"
            yield f"{at}[{put.key!r}] = {self._generate_value(put.value)}"
        if not up:
            yield from self._generate_children(node, at, path, up)

    def _generate_children(self, node: ChangeNode, at: str, path: tuple[str, ...], up: bool) -> Iterator[str]:
        for key, child in node.children.items():
            if not path and key == self.name_key and child.names:
                before, after = self.name, self._change_name(child.names.get(self.name or ""))
                self.collector.replace_value((key,), before, after)
                yield f"{at}[{key!r}] = {after!r}"
                continue
            known = up and (*path, key) in self.opened
            inner = self.opened[*path, key] if known else self._new_variable()
            for line in (*(() if known else self.access.open), *self.access.own):
                yield line.format(at=at, key=key, inner=inner)
            yield from self._generate_node(child, inner, (*path, key), up)

    def _generate_drop(self, drop: DropKey, at: str, path: tuple[str, ...]) -> Iterator[str]:
        if drop.call is not None or drop.known is ABSENT:
            raise _NotGeneratedError
        self.applied.append(drop.rule)
        self.collector.remove_member((*path, drop.key), drop.known)
        pinned = drop.condition is not None and drop.condition.path == (*path, drop.key)
        if pinned and drop.condition is not None and is_same_json(drop.condition.equals, drop.known):
            yield f"del {at}[{drop.key!r}]"
        else:
            dropped = self._new_variable()
            yield f"{dropped} = {at}.pop({drop.key!r}, UNUSUAL)"
            yield from self._generate_mismatch(dropped, drop.known)

    def _generate_renames(self, node: ChangeNode, at: str, path: tuple[str, ...]) -> Iterator[str]:
        moved = [(rename, self._new_variable()) for rename in node.renames]
        for rename, inner in moved:
            self.applied.append(rename.rule)
            self.collector.rename_key(path, rename)
            yield f"{inner} = {at}.pop({rename.key!r}, UNUSUAL)"
        for rename, inner in moved:
            yield f"if {inner} is UNUSUAL or {rename.new!r} in {at}: return UNUSUAL"
            yield f"{at}[{rename.new!r}] = {inner}"

    def _change_name(self, move: NameChange | None) -> str:
        if move is None or move.new is None:
            raise _NotGeneratedError
        self.applied.append(move.rule)
        self.name = move.new
        return move.new

    def _generate_condition(self, condition: Condition, root: str) -> Iterator[str]:
        at = root
        for depth, key in enumerate(condition.path[:-1]):
            path = condition.path[: depth + 1]
            if path not in self.opened:
                self.opened[path] = self._new_variable()
                for line in self.access.open:
                    yield line.format(at=at, key=key, inner=self.opened[path])
            at = self.opened[path]
        found = self._new_variable()
        yield f"{found} = {at}.get({condition.path[-1]!r})"
        yield from self._generate_mismatch(found, condition.equals)

    def _generate_mismatch(self, found: str, value: Json) -> Iterator[str]:
        for line in self.access.read:
            yield line.format(inner=found)
        kind = "" if isinstance(value, str) else f"{found}.__class__ is not {self._generate_value(type(value))} or "
        yield f"if {kind}{found} != {self._generate_value(value)}: return UNUSUAL"

    def _new_variable(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def _generate_value(self, value: Json) -> str:
        if isinstance(value, str):
            return repr(value)
        name = f"VALUE_{len(self.values)}"
        self.values[name] = value
        return name


def _find_conditions(node: ChangeNode) -> Iterator[Condition]:
    changes: list[Conditional] = [*node.drops, *node.renames, *node.puts]
    for change in changes:
        if change.condition is not None:
            yield change.condition
    for child in node.children.values():
        yield from _find_conditions(child)


def _find_name_conditions(node: ChangeNode) -> list[Condition]:
    found = [move.condition for move in node.names.values() if move.condition is not None]
    for child in node.children.values():
        found += _find_name_conditions(child)
    return found
