"""Apply a change tree to a document: the complete path, which reports every loss and every error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json, describe_type, format_pointer
from migrator.payload.loss import Loss, LossExtent, MissingValue
from migrator.payload.plans.change_tree import (
    ABSENT,
    ChangeNode,
    Condition,
    DropKey,
    NameChange,
    PutKey,
    RenameKey,
    RequireKey,
)
from migrator.payload.plans.create_follow_up import create_follow_up
from migrator.payload.plans.field_paths import FieldPath, KeyMove, to_newer_path, to_older_path
from migrator.payload.translation_errors import DocumentError


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold the change tree of one directed step. `origins` map a path of the step back to the original document."""

    up: bool
    node: ChangeNode
    origins: tuple[tuple[bool, tuple[KeyMove, ...]], ...]

    def locate(self, place: FieldPath) -> str:
        """Return the JSON Pointer into the original document for a path of this step."""
        for to_newer, moves in self.origins:
            place = to_newer_path(place, moves) if to_newer else to_older_path(place, moves)
        return format_pointer(str(part) for part in place)


@dataclass(slots=True)
class DocumentRun:
    """Track a document through its steps; `stage` and `root` are those of the current step."""

    losses: list[Loss]
    stage: Stage = field(init=False)
    root: Json = None
    follow_ups: list[FollowUp] = field(default_factory=list)
    missing: list[MissingValue] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)
    moved: list[NameChange] = field(default_factory=list)

    def report_loss(self, rule: str, place: FieldPath, old: Json, reason: str, extent: LossExtent) -> None:
        """Record a loss."""
        self.losses.append(Loss(rule, self.stage.locate(place), old, reason, extent))

    @property
    def is_lost(self) -> bool:
        """Return whether the whole document is lost."""
        return any(loss.extent is LossExtent.DOCUMENT for loss in self.losses)


def apply_stage(stage: Stage, document: Json, run: DocumentRun) -> Json:
    """Return the document after a step; the same object if nothing changes. Raises DocumentError."""
    run.stage, run.root = stage, document
    run.moved.clear()
    carried = _apply_node(stage.node, document, (), run)
    if not stage.up:
        run.root = carried
        for move in run.moved:
            _check_name_condition(move, run)
    return carried


def _apply_node(node: ChangeNode, value: Json, at: FieldPath, run: DocumentRun) -> Json:
    if node.names:
        return _apply_name(node.names, value, at, run)
    if value is None:
        return None
    if node.bare and not run.stage.up:
        run.applied.add(node.bare[1])
        value = {node.bare[0]: value}
    if node.each is not None:
        return _apply_array(node.each, value, at, run)
    return _apply_object(node, value, at, run)


def _apply_name(names: Mapping[str, NameChange], value: Json, at: FieldPath, run: DocumentRun) -> Json:
    if not isinstance(value, str):
        raise DocumentError(run.stage.locate(at), f"expected a string, got {describe_type(value)}")
    move = names.get(value)
    if move is None:
        return value
    if move.new is None:
        run.report_loss(move.rule, at, value, move.reason, LossExtent.DOCUMENT)
    elif run.stage.up:
        if not _check_name_condition(move, run):
            return value
    else:
        run.moved.append(move)
    run.applied.add(move.rule)
    return move.new


def _apply_array(node: ChangeNode, value: Json, at: FieldPath, run: DocumentRun) -> Json:
    if not isinstance(value, (list, tuple)):
        raise DocumentError(run.stage.locate(at), f"expected an array, got {describe_type(value)}")
    carried = [_apply_node(node, item, (*at, index), run) for index, item in enumerate(value)]
    return value if all(new is old for new, old in zip(carried, value, strict=True)) else carried


def _apply_object(node: ChangeNode, value: Json, at: FieldPath, run: DocumentRun) -> Json:
    if not isinstance(value, dict):
        raise DocumentError(run.stage.locate(at), f"expected an object, got {describe_type(value)}")
    draft = dict(value)
    if run.stage.up:
        _apply_children(node, draft, at, run)
    for remark in node.remarks:
        if remark.key in draft and remark.text in (None, draft[remark.key]):
            run.report_loss(remark.rule, (*at, remark.key), draft[remark.key], remark.reason, LossExtent.NOTE)
    changed = [
        *[_apply_drop(drop, draft, at, run) for drop in node.drops],
        _apply_renames(node.renames, draft, at, run),
        *[_apply_put(put, draft, at, run) for put in node.puts],
    ]
    for need in node.needs:
        _check_need(need, draft, at, run)
    if not run.stage.up:
        _apply_children(node, draft, at, run)
    if node.bare and run.stage.up and list(draft) == [node.bare[0]]:
        run.applied.add(node.bare[1])
        return draft[node.bare[0]]
    same = not any(changed) and all(draft[key] is value[key] for key in node.children if key in draft)
    return value if same else draft


def _apply_children(node: ChangeNode, draft: dict[str, Json], at: FieldPath, run: DocumentRun) -> None:
    for key, child in node.children.items():
        if key in draft:
            draft[key] = _apply_node(child, draft[key], (*at, key), run)


def _apply_drop(drop: DropKey, draft: dict[str, Json], at: FieldPath, run: DocumentRun) -> bool:
    if drop.key not in draft or not _condition_holds(drop.condition, run):
        return False
    value = draft.pop(drop.key)
    place = (*at, drop.key)
    run.applied.add(drop.rule)
    if drop.call is not None:
        call = create_follow_up(drop, drop.call, value, run.root, run.stage.locate(place))
        if isinstance(call, Loss):
            run.losses.append(call)
        elif call is not None:
            run.follow_ups.append(call)
    elif not is_same_json(value, drop.known):
        run.report_loss(drop.rule, place, value, drop.reason, drop.extent)
    return True


def _apply_renames(renames: tuple[RenameKey, ...], draft: dict[str, Json], at: FieldPath, run: DocumentRun) -> bool:
    present = [rename for rename in renames if rename.key in draft and _condition_holds(rename.condition, run)]
    taken = [(rename, draft.pop(rename.key)) for rename in present]
    for rename, value in taken:
        if rename.new in draft:
            lost = Loss(
                rename.rule,
                run.stage.locate(at) + format_pointer([rename.new]),
                draft[rename.new],
                rename.reason,
                LossExtent.VALUE,
            )
            run.losses.append(lost)
        draft[rename.new] = value
        run.applied.add(rename.rule)
    return bool(taken)


def _apply_put(put: PutKey, draft: dict[str, Json], at: FieldPath, run: DocumentRun) -> bool:
    if put.key in draft or not _condition_holds(put.condition, run):
        return False
    draft[put.key] = put.value
    run.applied.add(put.rule)
    if put.note is not None:
        run.report_loss(put.rule, (*at, put.key), None, put.note, LossExtent.NOTE)
    return True


def _check_need(need: RequireKey, draft: dict[str, Json], at: FieldPath, run: DocumentRun) -> None:
    if need.key not in draft:
        run.missing.append(MissingValue(need.rule, run.stage.locate((*at, need.key)), need.declare))


def _condition_holds(condition: Condition | None, run: DocumentRun) -> bool:
    return condition is None or is_same_json(_read_root(condition.path, run), condition.equals)


def _check_name_condition(move: NameChange, run: DocumentRun) -> bool:
    """Return whether the condition of a name holds; if not, the document has no counterpart, and a loss is recorded."""
    if move.condition is None or _condition_holds(move.condition, run):
        return True
    found = _read_root(move.condition.path, run)
    run.report_loss(
        move.rule, move.condition.path, None if found is ABSENT else found, move.reason, LossExtent.DOCUMENT
    )
    return False


def _read_root(path: tuple[str, ...], run: DocumentRun) -> Json:
    value = run.root
    for depth, key in enumerate(path):
        if value is None:
            return ABSENT
        if not isinstance(value, dict):
            told = f"expected an object, got {describe_type(value)}"
            raise DocumentError(run.stage.locate(path[:depth]), told)
        if key not in value:
            return ABSENT
        value = value[key]
    return value


def is_same_json(one: Json, other: Json) -> bool:
    """Return whether two values are the same JSON: ``true`` is not ``1``."""
    return type(one) is type(other) and bool(one == other)
