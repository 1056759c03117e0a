"""Collect the edits to the text of the usual document while its code is generated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from migrator.payload.json_pointer import Json
from migrator.payload.plans.change_tree import PutKey, RenameKey
from migrator.payload.plans.document_run import Stage
from migrator.payload.plans.field_paths import FieldPath
from migrator.payload.plans.quick_edits import add_quick_edits
from migrator.payload.plans.text_edits import EditFunction, MemberAddition, MemberEdit, NotStatic, compile_edits


@dataclass(slots=True)
class EditCollector:
    """Collect edits by the path of their member in the original document; `stage` is the step that is generated."""

    stage: Stage = field(init=False)
    members: dict[FieldPath, MemberEdit] = field(default_factory=dict)
    additions: list[MemberAddition] = field(default_factory=list)
    added: set[FieldPath] = field(default_factory=set)
    is_static: bool = True

    def rename_key(self, parent: FieldPath, rename: RenameKey) -> None:
        """Collect the new name of a key."""
        found, edit = self._find_member((*parent, rename.key if self.stage.up else rename.new))
        self.members[found] = replace(edit, new_key=rename.new)

    def replace_value(self, path: FieldPath, old: Json, new: str) -> None:
        """Collect the new name of a webhook."""
        found, edit = self._find_member(path)
        old_value = old if edit.new_value is None else edit.old_value
        self.members[found] = replace(edit, old_value=old_value, new_value=new)

    def remove_member(self, path: FieldPath, known: Json) -> None:
        """Collect the removal of a key with a known value."""
        found, edit = self._find_member(path)
        self.is_static &= edit.new_value is None and known is not None
        self.members[found] = replace(edit, old_value=known, removed=True)

    def add_member(self, parent: FieldPath, put: PutKey) -> None:
        """Collect an added key."""
        self.added.add(self.stage.trace_path((*parent, put.key)))
        original = self.stage.trace_path(parent)
        self.additions.append(MemberAddition(str(original[-1]) if original else None, put.key, put.value))

    def compile_function(self) -> EditFunction | None:
        """Compile the function that makes the edits; None if they are not static."""
        try:
            complete = compile_edits(self.members.values(), self.additions) if self.is_static else None
        except NotStatic:
            return None
        if complete is None or self.additions:
            return complete
        return add_quick_edits(tuple(self.members.values()), complete)

    def _find_member(self, path: FieldPath) -> tuple[FieldPath, MemberEdit]:
        original = self.stage.trace_path(path)
        self.is_static &= original not in self.added
        return original, self.members.get(original, MemberEdit(str(original[-1])))
