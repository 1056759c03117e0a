"""What becomes of the documents of one kind and name, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrator.payload.carry import Run, Stage, carry
from migrator.payload.pointer import Json
from migrator.payload.quick import UNUSUAL, Quick
from migrator.payload.translation import Extent, Loss, Missing, Translation
from migrator.payload.wire import encode, serialize


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of a document through every leg.

    `method` is the target's name of the method, and `renamed` the rules that say so; `said` is what is lost or left to
    a person whatever the document holds. `order` tells the place of a rule in the table.
    `quick` carries the usual document and gives UNUSUAL for any other; None: it would give each back as it is. Then
    `applied` are the rules that applied, and `missing` the values for which the root lacks the keys `needs`. `wire` is
    the same for a document of which only the members were read.
    """

    stages: tuple[Stage, ...]
    method: str | None
    renamed: tuple[str, ...]
    said: tuple[Loss, ...]
    order: Mapping[str, int]
    quick: Quick | None
    applied: tuple[str, ...]
    needs: tuple[str, ...]
    missing: tuple[Missing, ...]
    wire: Quick | None

    @property
    def refused(self) -> bool:
        """Whether no document of the name has a counterpart."""
        return any(loss.extent is Extent.DOCUMENT for loss in self.said)

    def translate(self, document: Json) -> Translation[Json]:
        """The document in the target version, and what there is to say of it. Raises DocumentError."""
        quick = self.quick
        if quick is None and not self.needs:
            carried = document
        elif document.__class__ is not dict:
            return self.carry(document)
        else:
            carried = document if quick is None else quick(document)
            if carried is UNUSUAL:
                return self.carry(document)
            for key in self.needs:
                if key in document:
                    return self.carry(document)
        return Translation(carried, (), (), self.applied, self.method, self.missing)

    def translate_members(self, data: bytes, members: dict[str, Any]) -> Translation[bytes] | None:
        """The same for an object of which the members are given, to be used up; None: the whole has to be read."""
        for key in self.needs:
            if key in members:
                return None
        written = data
        if self.wire is not None:
            carried = self.wire(members)
            if carried is UNUSUAL:
                return None
            written = encode(carried)
        return Translation(written, (), (), self.applied, self.method, self.missing)

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
        applied = tuple(sorted({*self.renamed, *run.applied}, key=self.order.__getitem__))
        return Translation(document, tuple(losses), tuple(run.follow_ups), applied, self.method, tuple(run.missing))


def in_bytes(translation: Translation[Json], document: Json, data: bytes) -> Translation[bytes]:
    """A translation of a document in the bytes of the result: those that were given, where nothing has changed."""
    said = (translation.losses, translation.follow_ups, translation.applied, translation.method, translation.missing)
    if translation.document is document:
        return Translation(data, *said)
    return Translation(None if translation.lost else serialize(translation.document), *said)
