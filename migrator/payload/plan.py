"""What becomes of the documents of one kind and name, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.payload.carry import Run, Stage, carry
from migrator.payload.quick import UNUSUAL, Quick
from migrator.payload.translation import Json, Loss, Missing, Translation

_new = tuple.__new__


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of a document through every leg.

    `method` is the target's name of the method; `said` holds what is lost or left to a person whatever the document is,
    and `always` the rules that apply to every one. `order` tells the place of a rule in the table.
    `quick` carries the usual document and gives UNUSUAL for any other; None: it would give each back as it is. After
    it, `applied` are the rules that applied; `missing` are the values that the root lacks when `needs` are absent.
    """

    stages: tuple[Stage, ...]
    method: str | None
    said: tuple[Loss, ...]
    always: frozenset[str]
    order: Mapping[str, int]
    quick: Quick | None
    applied: tuple[str, ...]
    needs: tuple[str, ...]
    missing: tuple[Missing, ...]

    def translate(self, document: Json) -> Translation[Json]:
        """The document in the target version, and what there is to say of it. Raises DocumentError."""
        carried = document
        if self.quick is not None:
            carried = self.quick(document) if document.__class__ is dict else UNUSUAL
            if carried is UNUSUAL:
                return self.carry(document)
        if self.needs and (document.__class__ is not dict or any(key in document for key in self.needs)):
            return self.carry(document)
        # The quarter of the time that calling the class takes.
        translation: Translation[Json] = _new(
            Translation, (carried, (), (), self.applied, self.method, self.missing)
        )
        return translation

    def carry(self, document: Json) -> Translation[Json]:
        """The same as `translate`, the complete way."""
        losses = list(self.said)
        run = Run(losses)
        for stage in self.stages:
            if run.lost:
                break
            document = carry(stage, document, run)
        if run.lost:
            return Translation(None, tuple(losses), method=self.method)
        applied = tuple(sorted(self.always | run.applied, key=self.order.__getitem__))
        return Translation(document, tuple(losses), tuple(run.follow_ups), applied, self.method, tuple(run.missing))
