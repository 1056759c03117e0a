"""The compiled translation of documents of one kind and name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.payload.byte_documents import serialize_document
from migrator.payload.json_pointer import Json
from migrator.payload.loss import Loss, LossExtent
from migrator.payload.plans.apply_changes import DocumentRun, Stage, apply_stage
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.fast_path import BytesFunction, DocumentFunction, TranslationFunction
from migrator.payload.translation import Translation


@dataclass(frozen=True, slots=True)
class TranslationPlan:
    """Translate the documents of one kind and name through every step.

    `method` is the target's name of the method, `renamed` the rules that rename it; `constant_losses` are the losses
    and remarks of every document, whatever it contains. `order` gives the position of a rule in the table.
    `fast_document`, `fast_translation` and `fast_bytes` are the fast paths for the usual document.
    """

    stages: tuple[Stage, ...]
    method: str | None
    renamed: tuple[str, ...]
    constant_losses: tuple[Loss, ...]
    order: Mapping[str, int]
    fast_document: DocumentFunction | None
    fast_translation: TranslationFunction
    fast_bytes: BytesFunction

    @property
    def is_refused(self) -> bool:
        """Return whether no document of the name has a counterpart."""
        return any(loss.extent is LossExtent.DOCUMENT for loss in self.constant_losses)

    def translate(self, document: Json) -> Translation[Json]:
        """Translate a document. Raises DocumentError."""
        translation: Translation[Json] = self.fast_translation(document)
        return self.translate_completely(document) if translation is UNUSUAL else translation

    def translate_completely(self, document: Json) -> Translation[Json]:
        """Translate a document without the fast path."""
        losses = list(self.constant_losses)
        run = DocumentRun(losses)
        for stage in self.stages:
            if run.is_lost:
                break
            document = apply_stage(stage, document, run)
        if run.is_lost:
            return Translation(None, tuple(losses), method=self.method)
        applied = tuple(sorted({*self.renamed, *run.applied}, key=self.order.__getitem__))
        return Translation(document, tuple(losses), tuple(run.follow_ups), applied, self.method, tuple(run.missing))


def serialize_translation(translation: Translation[Json], document: Json, data: bytes) -> Translation[bytes]:
    """Serialise a translation; the original bytes where nothing has changed."""
    said = (translation.losses, translation.follow_ups, translation.applied, translation.method, translation.missing)
    if translation.document is document:
        return Translation(data, *said)
    return Translation(None if translation.lost else serialize_document(translation.document), *said)
