"""Which version a webhook speaks: by the names and keys that only some versions have, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from migrator.payload.detection.version_evidence import Clue, clues
from migrator.payload.json_pointer import Json
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import AmbiguousVersionError
from migrator.rules.table import RuleTable
from migrator.rules.version import Version


class Confidence(StrEnum):
    """How sure a detection is: by the changelog's rows, only with the reference pages', or not at all."""

    CERTAIN = "certain"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Detection:
    """The version that a webhook most likely speaks; None when it is ambiguous.

    `candidates` are the versions that fit, lowest first; none when the document contradicts itself.
    """

    version: str | None
    confidence: Confidence
    reasons: tuple[str, ...]
    candidates: tuple[str, ...]


def detect(table: RuleTable, envelope: Json) -> Detection:
    """Which of the table's versions a webhook speaks. Never raises: what is no webhook is ambiguous."""
    found = list(clues(table, envelope))
    reasons = tuple(clue.reason for clue in found)
    sure = _fitting(table.versions, [clue for clue in found if clue.sure])
    if len(sure) == 1:
        return Detection(str(sure[0]), Confidence.CERTAIN, reasons, (str(sure[0]),))
    likely = _fitting(sure, [clue for clue in found if not clue.sure])
    if len(likely) == 1:
        return Detection(str(likely[0]), Confidence.LIKELY, reasons, (str(likely[0]),))
    return Detection(None, Confidence.AMBIGUOUS, reasons, tuple(map(str, likely or sure)))


def _fitting(versions: Iterable[Version], found: list[Clue]) -> list[Version]:
    return [version for version in versions if all(clue.fits(version) for clue in found)]


def agreed(detection: Detection, translations: list[Translation[Json]], declared: frozenset[str]) -> Translation[Json]:
    """The translation from the version that was detected; or from the lowest that fits, when they make no difference.

    Keys that the user declared make none: they are put in where they are absent. Raises AmbiguousVersionError.
    """
    outcomes = [(each.lost, _without(each.document, declared)) for each in translations]
    if not outcomes or any(other != outcomes[0] for other in outcomes):
        raise AmbiguousVersionError(detection.candidates, detection.reasons)
    return translations[0]


def _without(document: Json, keys: frozenset[str]) -> Json:
    return {key: document[key] for key in document.keys() - keys} if isinstance(document, dict) else document
