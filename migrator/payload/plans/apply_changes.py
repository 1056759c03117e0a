"""Apply a change tree to a document: the complete path, which reports every loss and every error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json, kind_of, pointer
from migrator.payload.loss import Extent, Loss, Missing
from migrator.payload.plans.change_tree import NOTHING, Condition, Drop, Move, Need, Node, Put, Rename
from migrator.payload.plans.create_follow_up import follow_up
from migrator.payload.plans.field_paths import KeyMove, Place, newer, older
from migrator.payload.translation_errors import DocumentError


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold the change tree of one directed step. `origins` map a path of the step back to the original document."""

    up: bool
    node: Node
    origins: tuple[tuple[bool, tuple[KeyMove, ...]], ...]

    def pointer(self, place: Place) -> str:
        """Return the JSON Pointer into the original document for a path of this step."""
        for to_newer, moves in self.origins:
            place = newer(place, moves) if to_newer else older(place, moves)
        return pointer(str(part) for part in place)


@dataclass(slots=True)
class Run:
    """Track a document through its steps; `stage` and `root` are those of the current step."""

    losses: list[Loss]
    stage: Stage = field(init=False)
    root: Json = None
    follow_ups: list[FollowUp] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)
    moved: list[Move] = field(default_factory=list)

    def lose(self, rule: str, place: Place, old: Json, reason: str, extent: Extent) -> None:
        """Record a loss."""
        self.losses.append(Loss(rule, self.stage.pointer(place), old, reason, extent))

    @property
    def lost(self) -> bool:
        """Return whether the whole document is lost."""
        return any(loss.extent is Extent.DOCUMENT for loss in self.losses)


def carry(stage: Stage, document: Json, run: Run) -> Json:
    """Return the document after a step; the same object if nothing changes. Raises DocumentError."""
    run.stage, run.root = stage, document
    run.moved.clear()
    carried = _value(stage.node, document, (), run)
    if not stage.up:
        run.root = carried
        for move in run.moved:
            _meets(move, run)
    return carried


def _value(node: Node, value: Json, at: Place, run: Run) -> Json:
    if node.names:
        return _name(node.names, value, at, run)
    if value is None:
        return None
    if node.bare and not run.stage.up:
        run.applied.add(node.bare[1])
        value = {node.bare[0]: value}
    if node.each is not None:
        return _array(node.each, value, at, run)
    return _object(node, value, at, run)


def _name(names: Mapping[str, Move], value: Json, at: Place, run: Run) -> Json:
    if not isinstance(value, str):
        raise DocumentError(run.stage.pointer(at), f"expected a string, got {kind_of(value)}")
    move = names.get(value)
    if move is None:
        return value
    if move.new is None:
        run.lose(move.rule, at, value, move.reason, Extent.DOCUMENT)
    elif run.stage.up:
        if not _meets(move, run):
            return value
    else:
        run.moved.append(move)
    run.applied.add(move.rule)
    return move.new


def _array(node: Node, value: Json, at: Place, run: Run) -> Json:
    if not isinstance(value, (list, tuple)):
        raise DocumentError(run.stage.pointer(at), f"expected an array, got {kind_of(value)}")
    carried = [_value(node, item, (*at, index), run) for index, item in enumerate(value)]
    return value if all(new is old for new, old in zip(carried, value, strict=True)) else carried


def _object(node: Node, value: Json, at: Place, run: Run) -> Json:
    if not isinstance(value, dict):
        raise DocumentError(run.stage.pointer(at), f"expected an object, got {kind_of(value)}")
    draft = dict(value)
    if run.stage.up:
        _children(node, draft, at, run)
    for remark in node.remarks:
        if remark.key in draft and remark.text in (None, draft[remark.key]):
            run.lose(remark.rule, (*at, remark.key), draft[remark.key], remark.reason, Extent.NOTE)
    changed = [
        *[_drop(drop, draft, at, run) for drop in node.drops],
        _rename(node.renames, draft, at, run),
        *[_put(put, draft, at, run) for put in node.puts],
    ]
    for need in node.needs:
        _need(need, draft, at, run)
    if not run.stage.up:
        _children(node, draft, at, run)
    if node.bare and run.stage.up and list(draft) == [node.bare[0]]:
        run.applied.add(node.bare[1])
        return draft[node.bare[0]]
    same = not any(changed) and all(draft[key] is value[key] for key in node.children if key in draft)
    return value if same else draft


def _children(node: Node, draft: dict[str, Json], at: Place, run: Run) -> None:
    for key, child in node.children.items():
        if key in draft:
            draft[key] = _value(child, draft[key], (*at, key), run)


def _drop(drop: Drop, draft: dict[str, Json], at: Place, run: Run) -> bool:
    if drop.key not in draft or not _holds(drop.condition, run):
        return False
    value = draft.pop(drop.key)
    place = (*at, drop.key)
    run.applied.add(drop.rule)
    if drop.call is not None:
        call = follow_up(drop, drop.call, value, run.root, run.stage.pointer(place))
        if isinstance(call, Loss):
            run.losses.append(call)
        elif call is not None:
            run.follow_ups.append(call)
    elif not same(value, drop.known):
        run.lose(drop.rule, place, value, drop.reason, drop.extent)
    return True


def _rename(renames: tuple[Rename, ...], draft: dict[str, Json], at: Place, run: Run) -> bool:
    present = [rename for rename in renames if rename.key in draft and _holds(rename.condition, run)]
    taken = [(rename, draft.pop(rename.key)) for rename in present]
    for rename, value in taken:
        if rename.new in draft:
            lost = Loss(
                rename.rule,
                run.stage.pointer(at) + pointer([rename.new]),
                draft[rename.new],
                rename.reason,
                Extent.VALUE,
            )
            run.losses.append(lost)
        draft[rename.new] = value
        run.applied.add(rename.rule)
    return bool(taken)


def _put(put: Put, draft: dict[str, Json], at: Place, run: Run) -> bool:
    if put.key in draft or not _holds(put.condition, run):
        return False
    draft[put.key] = put.value
    run.applied.add(put.rule)
    if put.note is not None:
        run.lose(put.rule, (*at, put.key), None, put.note, Extent.NOTE)
    return True


def _need(need: Need, draft: dict[str, Json], at: Place, run: Run) -> None:
    if need.key not in draft:
        run.missing.append(Missing(need.rule, run.stage.pointer((*at, need.key)), need.declare))


def _holds(condition: Condition | None, run: Run) -> bool:
    return condition is None or same(_at(condition.path, run), condition.equals)


def _meets(move: Move, run: Run) -> bool:
    """Return whether the condition of a name holds; if not, the document has no counterpart, and a loss is recorded."""
    if move.condition is None or _holds(move.condition, run):
        return True
    found = _at(move.condition.path, run)
    run.lose(move.rule, move.condition.path, None if found is NOTHING else found, move.reason, Extent.DOCUMENT)
    return False


def _at(path: tuple[str, ...], run: Run) -> Json:
    value = run.root
    for depth, key in enumerate(path):
        if value is None:
            return NOTHING
        if not isinstance(value, dict):
            told = f"expected an object, got {kind_of(value)}"
            raise DocumentError(run.stage.pointer(path[:depth]), told)
        if key not in value:
            return NOTHING
        value = value[key]
    return value


def same(one: Json, other: Json) -> bool:
    """Return whether two values are the same JSON: ``true`` is not ``1``."""
    return type(one) is type(other) and bool(one == other)
