"""A document on its way through the steps: what was reported so far, and where its parts are in the original."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json, format_pointer
from migrator.payload.loss import Loss, LossExtent, Missing
from migrator.payload.plans.change_tree import ChangeNode, NameChange
from migrator.payload.plans.field_paths import FieldPath, KeyMove, to_newer_path, to_older_path
from migrator.payload.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold the change tree of one directed step. `origins` map a path of the step back to the original document."""

    up: bool
    node: ChangeNode
    origins: tuple[tuple[bool, tuple[KeyMove, ...]], ...]

    def trace_path(self, place: FieldPath) -> FieldPath:
        """Return the path in the original document for a path of this step."""
        for to_newer, moves in self.origins:
            place = to_newer_path(place, moves) if to_newer else to_older_path(place, moves)
        return place


class LostElement(Exception):
    """Signal that the innermost element of an array has no counterpart."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.reason = reason


@dataclass(slots=True)
class DocumentRun:
    """Track a document through its steps; `stage` and `root` are those of the current step."""

    losses: list[Loss]
    stage: Stage = field(init=False)
    root: Json = None
    follow_ups: list[FollowUp] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)
    moved: list[NameChange] = field(default_factory=list)
    provenance: Provenance = field(default_factory=Provenance)
    kept: dict[FieldPath, tuple[int, ...]] = field(default_factory=dict)

    def locate(self, place: FieldPath) -> str:
        """Return the JSON Pointer into the original document for a path of the current step."""
        return format_pointer(part for part in self._trace_indexes(place) if part is not None)

    def report_loss(self, rule: str, place: FieldPath, old: Json, reason: str, extent: LossExtent) -> None:
        """Record a loss; raise LostElement where an element of an array is all that has no counterpart."""
        if extent is LossExtent.DOCUMENT and any(isinstance(part, int) for part in place):
            raise LostElement(rule, reason)
        self.losses.append(Loss(rule, self.locate(place), old, reason, extent))

    def record_kept(self, place: FieldPath, kept: tuple[int, ...]) -> None:
        """Record which elements an array kept, so that the later steps find the pointers of the others."""
        original = self._trace_indexes(place)
        before = self.kept.get(original)
        self.kept[original] = kept if before is None else tuple(before[index] for index in kept)

    def _trace_indexes(self, place: FieldPath) -> FieldPath:
        found: list[str | int | None] = []
        for part in self.stage.trace_path(place):
            kept = self.kept.get(tuple(found)) if isinstance(part, int) else None
            found.append(kept[part] if kept is not None and isinstance(part, int) else part)
        return tuple(found)

    def mark(self) -> tuple[int, int, int]:
        """Return how much has been reported so far, for `take_back`."""
        return len(self.losses), len(self.follow_ups), len(self.missing)

    def take_back(self, mark: tuple[int, int, int]) -> None:
        """Remove what was reported since a mark, about an element that is lost as a whole."""
        losses, follow_ups, missing = mark
        del self.losses[losses:], self.follow_ups[follow_ups:], self.missing[missing:]

    @property
    def is_lost(self) -> bool:
        """Return whether the whole document is lost."""
        return any(loss.extent is LossExtent.DOCUMENT for loss in self.losses)
