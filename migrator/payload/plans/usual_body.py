"""The fast path of requests and responses in bytes: only the members that a plan touches are decoded.

An object without such a member has a constant translation. Other bodies are translated here if the plan has one step,
which renames names, drops keys or adds them; everything else is left to the complete path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from migrator.payload.byte_documents import decode_members, decode_text, decode_value
from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json, format_pointer, is_same_json
from migrator.payload.json_text import parse_json
from migrator.payload.loss import Loss, LossExtent
from migrator.payload.plans.change_tree import ChangeNode, Conditional, DropKey, PutKey
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.create_follow_up import create_follow_up
from migrator.payload.plans.document_run import Stage
from migrator.payload.plans.name_scan import NameScan, RenamedName, compile_name_scan, find_conditions
from migrator.payload.plans.text_edits import (
    TextEdit,
    apply_edits,
    locate_addition,
    locate_member,
    locate_removal,
    replace_texts,
)
from migrator.payload.translation import Translation


@dataclass(slots=True)
class BodyDraft:
    """Collect what the translation of a body changes in its text, and what it reports."""

    members: dict[str, Any]
    text: str
    edits: list[TextEdit | None] = field(default_factory=list)
    names: list[RenamedName] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)

    def drop_key(self, drop: DropKey) -> bool:
        """Drop a key, if the body has it; return False for a value that is lost."""
        raw = self.members.get(drop.key)
        if raw is None:
            return True
        value, place = _decode_exactly(raw), format_pointer((drop.key,))
        if drop.call is not None:
            paths = [path for path in drop.call.arguments.values() if path]
            request = {path[0]: _decode_exactly(self.members[path[0]]) for path in paths if path[0] in self.members}
            call = create_follow_up(drop, drop.call, value, request, place)
            if isinstance(call, Loss):
                self.losses.append(call)
            elif call is not None:
                self.follow_ups.append(call)
        elif not is_same_json(value, drop.known):
            return False
        span = locate_member(self.text, drop.key, bytes(raw))
        self.edits.append(None if span is None else locate_removal(self.text, *span))
        self.applied.add(drop.rule)
        return True

    def put_keys(self, puts: Iterable[PutKey]) -> None:
        """Add the keys that the body lacks."""
        added = [put for put in puts if put.key not in self.members]
        self.applied.update(put.rule for put in added)
        for put in added:
            if put.note is not None:
                pointer = format_pointer((put.key,))
                self.losses.append(Loss(put.rule, pointer, None, put.note, LossExtent.NOTE))
        if added:
            self.edits.append(locate_addition(self.text, [(put.key, put.value) for put in added]))

    def write_text(self) -> bytes | None:
        """Return the edited text; None if a member or name is not found in it without doubt."""
        self.applied.update(rule for _, _, rule in self.names)
        self.edits += replace_texts(self.text, [(old, new) for old, new, _ in self.names])
        return apply_edits(self.text, self.edits)


@dataclass(frozen=True, slots=True)
class UsualBody:
    """Translate the usual body of a request or response.

    Objects without any of the keys in `deciding` have the translation `untouched`, if it is not None. `node` holds the
    changes to other objects, whose values have `scans`; those with a key in `unusual` are left to the complete path.
    `array` scans a body that is an array. `losses`, `renamed`, `method` and `missing` are common to all translations.
    """

    deciding: frozenset[str]
    untouched: Translation[Json] | None
    common: Translation[Json]
    node: ChangeNode | None
    scans: tuple[tuple[str, NameScan], ...]
    unusual: frozenset[str]
    array: NameScan | None
    sort_rules: Callable[[Iterable[str]], tuple[str, ...]]

    def translate_bytes(self, data: bytes) -> Json:
        """Return the translation of a body, or UNUSUAL. Raises ValueError, RecursionError."""
        if self.array is not None:
            draft = BodyDraft({}, data.decode("latin-1"))
            return self._finish(data, draft) if self.array(decode_value(data), draft.names) else UNUSUAL
        members = decode_members(data)
        if self.untouched is not None and self.deciding.isdisjoint(members):
            return _replace_document(self.untouched, data)
        if self.node is None or not self.unusual.isdisjoint(members):
            return UNUSUAL
        draft = BodyDraft(members, data.decode("latin-1"))
        return self._finish(data, draft) if self._change_members(self.node, draft) else UNUSUAL

    def _change_members(self, node: ChangeNode, draft: BodyDraft) -> bool:
        for drop in node.drops:
            if not draft.drop_key(drop):
                return False
        draft.put_keys(node.puts)
        for key, scan in self.scans:
            if key in draft.members and not scan(decode_value(draft.members[key]), draft.names):
                return False
        return True

    def _finish(self, data: bytes, draft: BodyDraft) -> Json:
        written = draft.write_text() if draft.edits or draft.names else data
        if written is None:
            return UNUSUAL
        common = self.common
        applied = self.sort_rules({*common.applied, *draft.applied}) if draft.applied else common.applied
        losses, calls = (*common.losses, *draft.losses), tuple(draft.follow_ups)
        return Translation(written, losses, calls, applied, common.method, common.missing)


def _decode_exactly(raw: msgspec.Raw) -> Json:
    """Return a value with every digit of its numbers."""
    text = bytes(raw)
    return decode_text(text) if text.startswith(b'"') else parse_json(text).value


def _replace_document(translation: Translation[Json], data: bytes) -> Translation[bytes]:
    one, document = translation, None if translation.document is None else data
    return Translation(document, one.losses, one.follow_ups, one.applied, one.method, one.missing)


def compile_usual_body(
    stages: tuple[Stage, ...],
    empty: Translation[Json],
    common: Translation[Json],
    sort_rules: Callable[[Iterable[str]], tuple[str, ...]],
) -> UsualBody | None:
    """Compile the fast path of a plan; None if it changes the root as a whole.

    `empty` is the translation of an empty object, `common` what the plan reports for every body.
    """
    nodes = [stage.node for stage in stages]
    if any(node.names or node.bare for node in nodes):
        return None
    deciding = frozenset(key for stage in stages for key in _find_deciding_keys(stage))
    untouched = empty if empty.document == {} or empty.lost else None
    common = Translation(None, common.losses, (), common.applied, common.method, empty.missing)
    one = nodes[0] if len(nodes) == 1 and not any(find_conditions(nodes[0])) else None
    if any(node.each for node in nodes):
        array = compile_name_scan(one) if one is not None else None
        return None if array is None else UsualBody(deciding, None, common, None, (), frozenset(), array, sort_rules)
    scans = {} if one is None else {key: compile_name_scan(child) for key, child in one.children.items()}
    known = tuple((key, scan) for key, scan in scans.items() if scan is not None)
    node = one if len(known) == len(scans) else None
    return UsualBody(deciding, untouched, common, node, known, _find_unusual_keys(nodes), None, sort_rules)


def _find_unusual_keys(nodes: Iterable[ChangeNode]) -> frozenset[str]:
    keys: set[str] = set()
    for node in nodes:
        keys.update(key for each in node.renames for key in (each.key, each.new))
        keys.update(_find_reported_keys(node))
    return frozenset(keys)


def _find_reported_keys(node: ChangeNode) -> list[str]:
    return [*(need.key for need in node.needs), *(remark.key for remark in node.remarks)]


def _find_deciding_keys(stage: Stage) -> Iterator[str]:
    """Yield the keys of the root that a stage changes, or on whose values a change depends.

    Each is yielded as the stage spells it, and as the original document does.
    """
    node = stage.node
    changes: list[Conditional] = [*node.drops, *node.renames, *node.puts]
    keys = [*node.children, *(change.key for change in changes), *(rename.new for rename in node.renames)]
    keys += _find_reported_keys(node)
    keys += [condition.path[0] for condition in find_conditions(node)]
    for key in keys:
        yield key
        yield from (str(part) for part in stage.trace_path((key,))[:1])
