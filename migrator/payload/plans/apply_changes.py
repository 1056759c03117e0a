"""Apply a change tree to a document: the complete path, which reports every loss and every error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.payload.json_pointer import Json, describe_type, format_pointer, is_same_json
from migrator.payload.loss import Loss, LossExtent, Missing
from migrator.payload.plans.change_tree import (
    ABSENT,
    ChangeNode,
    Condition,
    DropKey,
    NameChange,
    PutKey,
    RemarkKey,
    RenameKey,
    RequireKey,
)
from migrator.payload.plans.create_follow_up import create_follow_up
from migrator.payload.plans.document_run import DocumentRun, LostElement, Stage
from migrator.payload.plans.field_paths import FieldPath
from migrator.payload.translation_errors import DocumentError


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
        raise DocumentError(run.locate(at), f"expected a string, got {describe_type(value)}")
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
        raise DocumentError(run.locate(at), f"expected an array, got {describe_type(value)}")
    carried: list[Json] = []
    kept: list[int] = []
    for index, item in enumerate(value):
        mark = run.mark()
        try:
            carried.append(_apply_node(node, item, (*at, index), run))
            kept.append(index)
        except LostElement as lost:
            run.take_back(mark)
            run.losses.append(Loss(lost.rule, run.locate((*at, index)), item, lost.reason, LossExtent.VALUE))
            run.applied.add(lost.rule)
    if len(kept) == len(value) and all(new is old for new, old in zip(carried, value, strict=True)):
        return value
    if len(kept) < len(value):
        run.record_kept(at, tuple(kept))
    run.provenance.record_array(carried, value, kept)
    return carried


@dataclass(slots=True)
class _ObjectDraft:
    """Hold a copy of an object while it is changed.

    `keys` maps each new key to the one that it replaces, None if it was added; `added` are the keys of this step that
    the original document does not contain, because an earlier step added them.
    """

    at: FieldPath
    run: DocumentRun
    members: dict[str, Json]
    added: set[str]
    keys: dict[str, str | None] = field(default_factory=dict)

    def apply_children(self, node: ChangeNode) -> None:
        """Change the values of the object."""
        for key, child in node.children.items():
            if key in self.members:
                self.members[key] = _apply_node(child, self.members[key], (*self.at, key), self.run)

    def apply_remarks(self, remarks: tuple[RemarkKey, ...]) -> None:
        """Report keys that must be reviewed manually."""
        for remark in remarks:
            if remark.key in self.members and remark.text in (None, self.members[remark.key]):
                old = self.members[remark.key]
                self.run.report_loss(remark.rule, (*self.at, remark.key), old, remark.reason, LossExtent.NOTE)

    def apply_drop(self, drop: DropKey) -> bool:
        """Drop a key; one that an earlier step added is dropped in silence, with the note that it was added."""
        run, place = self.run, (*self.at, drop.key)
        if drop.key not in self.members or not _condition_holds(drop.condition, run):
            return False
        value = self.members.pop(drop.key)
        run.applied.add(drop.rule)
        if drop.key in self.added:
            pointer = run.locate(place)
            run.losses[:] = [loss for loss in run.losses if loss.pointer != pointer]
        elif drop.call is not None:
            call = create_follow_up(drop, drop.call, value, run.root, run.locate(place))
            if isinstance(call, Loss):
                run.losses.append(call)
            elif call is not None:
                run.follow_ups.append(call)
        elif not is_same_json(value, drop.known):
            run.report_loss(drop.rule, place, value, drop.reason, drop.extent)
        return True

    def apply_renames(self, renames: tuple[RenameKey, ...]) -> bool:
        """Rename keys, all at once."""
        run = self.run
        present = [each for each in renames if each.key in self.members and _condition_holds(each.condition, run)]
        taken = [(rename, self.members.pop(rename.key)) for rename in present]
        for rename, value in taken:
            if rename.new in self.members and rename.new not in self.added:
                pointer = run.locate(self.at) + format_pointer([rename.new])
                old = self.members[rename.new]
                run.losses.append(Loss(rename.rule, pointer, old, rename.reason, LossExtent.VALUE))
            self.members[rename.new] = value
            self.keys[rename.new] = rename.key
            run.applied.add(rename.rule)
        return bool(taken)

    def apply_put(self, put: PutKey) -> bool:
        """Add a key where it is absent."""
        if put.key in self.members or not _condition_holds(put.condition, self.run):
            return False
        self.members[put.key] = put.value
        self.keys[put.key] = None
        self.run.applied.add(put.rule)
        if put.note is not None:
            self.run.report_loss(put.rule, (*self.at, put.key), None, put.note, LossExtent.NOTE)
        return True

    def check_need(self, need: RequireKey) -> None:
        """Report a key that the target requires."""
        if need.key not in self.members:
            self.run.missing.append(Missing(need.rule, self.run.locate((*self.at, need.key)), need.declare))


def _apply_object(node: ChangeNode, value: Json, at: FieldPath, run: DocumentRun) -> Json:
    if not isinstance(value, dict):
        raise DocumentError(run.locate(at), f"expected an object, got {describe_type(value)}")
    draft = _ObjectDraft(at, run, dict(value), _find_added_keys(node, value, run))
    if run.stage.up:
        draft.apply_children(node)
    draft.apply_remarks(node.remarks)
    changed = [
        *map(draft.apply_drop, node.drops),
        draft.apply_renames(node.renames),
        *map(draft.apply_put, node.puts),
    ]
    for need in node.needs:
        draft.check_need(need)
    if not run.stage.up:
        draft.apply_children(node)
    members = draft.members
    same = not any(changed) and all(members[key] is value[key] for key in node.children if key in members)
    if not same:
        run.provenance.record_object(members, value, draft.keys)
    if node.bare and run.stage.up and list(members) == [node.bare[0]]:
        run.applied.add(node.bare[1])
        return members[node.bare[0]]
    return value if same else members


def _find_added_keys(node: ChangeNode, value: Json, run: DocumentRun) -> set[str]:
    keys = (*(drop.key for drop in node.drops), *(rename.new for rename in node.renames))
    return {key for key in keys if run.provenance.find_source_key(value, key) is None}


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
            raise DocumentError(run.locate(path[:depth]), told)
        if key not in value:
            return ABSENT
        value = value[key]
    return value
