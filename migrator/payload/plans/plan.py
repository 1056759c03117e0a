"""The compiled translation of documents of one kind and name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.payload.byte_documents import serialize
from migrator.payload.json_pointer import Json
from migrator.payload.loss import Extent, Loss
from migrator.payload.plans.apply_changes import Run, Stage, carry
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.fast_path import Quick, Say, Wire
from migrator.payload.translation import Translation


@dataclass(frozen=True, slots=True)
class Plan:
    """Translate the documents of one kind and name through every step.

    `method` is the target's name of the method, and `renamed` the rules that rename it; `said` are the losses and
    remarks of every document, whatever it contains. `order` gives the position of a rule in the table. `quick`, `say`
    and `wire` are the fast paths for the usual document.
    """

    stages: tuple[Stage, ...]
    method: str | None
    renamed: tuple[str, ...]
    said: tuple[Loss, ...]
    order: Mapping[str, int]
    quick: Quick | None
    say: Say
    wire: Wire

    @property
    def refused(self) -> bool:
        """Return whether no document of the name has a counterpart."""
        return any(loss.extent is Extent.DOCUMENT for loss in self.said)

    def translate(self, document: Json) -> Translation[Json]:
        """Translate a document. Raises DocumentError."""
        translation: Translation[Json] = self.say(document)
        return self.carry(document) if translation is UNUSUAL else translation

    def carry(self, document: Json) -> Translation[Json]:
        """Translate a document without the fast path."""
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
    """Serialise a translation; the original bytes where nothing has changed."""
    said = (translation.losses, translation.follow_ups, translation.applied, translation.method, translation.missing)
    if translation.document is document:
        return Translation(data, *said)
    return Translation(None if translation.lost else serialize(translation.document), *said)
