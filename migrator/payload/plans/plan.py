"""The compiled translation of documents of one kind and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from migrator.payload.byte_documents import check_json, decode_members
from migrator.payload.json_pointer import Json
from migrator.payload.json_text import JsonText, parse_json
from migrator.payload.loss import Loss, LossExtent
from migrator.payload.plans.apply_changes import apply_stage
from migrator.payload.plans.codegen import UNUSUAL, GeneratedCode
from migrator.payload.plans.document_run import DocumentRun, Stage
from migrator.payload.plans.fast_path import FastPaths
from migrator.payload.plans.usual_body import UsualBody
from migrator.payload.splice import splice_document
from migrator.payload.translation import Translation


@dataclass(frozen=True, slots=True)
class TranslationPlan:
    """Translate the documents of one kind and name through every step.

    `method` is the target's name of the method, `renamed` the rules that rename it; `constant_losses` are the losses
    and remarks of every document, whatever it contains. `order` gives the position of a rule in the table.
    `fast` translates the usual document; `reads_members` says whether it reads the members of an object in bytes, or
    nothing at all. `script` is its code, if there is any. `usual_body` translates other bodies in bytes.
    """

    stages: tuple[Stage, ...]
    method: str | None
    renamed: tuple[str, ...]
    constant_losses: tuple[Loss, ...]
    order: Mapping[str, int]
    fast: FastPaths
    reads_members: bool
    script: GeneratedCode | None
    usual_body: UsualBody | None = None

    @property
    def is_refused(self) -> bool:
        """Return whether no document of the name has a counterpart."""
        return any(loss.extent is LossExtent.DOCUMENT for loss in self.constant_losses)

    def changes_like(self, other: TranslationPlan) -> bool:
        """Return whether the fast path changes every document as that of another plan does."""
        one, two = self.script, other.script
        return one is not None and two is not None and (one.lines, one.values) == (two.lines, two.values)

    def translate(self, document: Json) -> Translation[Json]:
        """Translate a document. Raises DocumentError."""
        translation: Translation[Json] = self.fast.translation(document)
        return self.translate_completely(document) if translation is UNUSUAL else translation

    def translate_completely(self, document: Json) -> Translation[Json]:
        """Translate a document without the fast path. Raises DocumentError."""
        return self._run_stages(document, DocumentRun(list(self.constant_losses)))

    def translate_bytes(self, data: bytes) -> Translation[bytes]:
        """Translate a document in bytes; what no rule is about keeps its bytes. Raises DocumentError."""
        try:
            if not data.isascii():
                data.decode("utf-8")
            translation = self._translate_quickly(data)
        except (ValueError, RecursionError):
            translation = UNUSUAL
        return self.translate_text(data, parse_json(data)) if translation is UNUSUAL else translation

    def _translate_quickly(self, data: bytes) -> Json:
        """Return the translation of an object of which only some members are decoded, or UNUSUAL."""
        if self.script is not None:
            if not self.reads_members:
                check_json(data)
            translation = self.fast.bytes(data, decode_members(data) if self.reads_members else {})
            if translation is not UNUSUAL:
                return translation
        return UNUSUAL if self.usual_body is None else self.usual_body.translate_bytes(data)

    def sort_rules(self, rules: Iterable[str]) -> tuple[str, ...]:
        """Return ids of rules in the order of the table."""
        return tuple(sorted(rules, key=self.order.__getitem__))

    def translate_text(self, data: bytes, given: JsonText) -> Translation[bytes]:
        """Translate a parsed text without the fast path. Raises DocumentError."""
        run = DocumentRun(list(self.constant_losses))
        translation = self._run_stages(given.value, run)
        if translation.lost:
            return replace(translation, document=None)
        if translation.document is given.value:
            return replace(translation, document=data)
        return replace(translation, document=splice_document(given, translation.document, run.provenance))

    def _run_stages(self, document: Json, run: DocumentRun) -> Translation[Json]:
        for stage in self.stages:
            if run.is_lost:
                break
            document = apply_stage(stage, document, run)
        losses = tuple(run.losses)
        if run.is_lost:
            return Translation(None, losses, method=self.method)
        applied = self.sort_rules({*self.renamed, *run.applied})
        return Translation(document, losses, tuple(run.follow_ups), applied, self.method, tuple(run.missing))
