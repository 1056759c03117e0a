"""Detect the version of a webhook from the names and keys that only some versions have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from migrator.payload.detection.version_evidence import VersionEvidence, find_evidence
from migrator.payload.json_pointer import Json
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import AmbiguousVersionError
from migrator.rules.table import RuleTable
from migrator.rules.version import Version


class Confidence(StrEnum):
    """Enumerate the confidence: proven by rows of the changelog, only by rows of the reference pages, or ambiguous."""

    CERTAIN = "certain"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Detection:
    """Hold the detected version of a webhook; None when it is ambiguous.

    `candidates` are the versions that fit, lowest first; empty when the document contradicts itself.
    """

    version: str | None
    confidence: Confidence
    reasons: tuple[str, ...]
    candidates: tuple[str, ...]


def detect_version(table: RuleTable, envelope: Json) -> Detection:
    """Return the version in the table that a webhook uses. Never raises: anything but a webhook is ambiguous."""
    found = list(find_evidence(table, envelope))
    reasons = tuple(clue.reason for clue in found)
    sure = _fitting_versions(table.versions, [clue for clue in found if clue.sure])
    if len(sure) == 1:
        return Detection(str(sure[0]), Confidence.CERTAIN, reasons, (str(sure[0]),))
    likely = _fitting_versions(sure, [clue for clue in found if not clue.sure])
    if len(likely) == 1:
        return Detection(str(likely[0]), Confidence.LIKELY, reasons, (str(likely[0]),))
    return Detection(None, Confidence.AMBIGUOUS, reasons, tuple(map(str, likely or sure)))


def _fitting_versions(versions: Iterable[Version], found: list[VersionEvidence]) -> list[Version]:
    return [version for version in versions if all(clue.fits(version) for clue in found)]


def require_agreement(detection: Detection, translations: list[Translation[Json]], declared: frozenset[str]) -> None:
    """Raise AmbiguousVersionError unless the translations from all candidate versions agree.

    Keys that the user declared are not compared: they are added where they are absent.
    """
    outcomes = [(each.lost, _without_keys(each.document, declared)) for each in translations]
    if not outcomes or any(other != outcomes[0] for other in outcomes):
        raise AmbiguousVersionError(detection.candidates, detection.reasons)


def _without_keys(document: Json, keys: frozenset[str]) -> Json:
    return {key: document[key] for key in document.keys() - keys} if isinstance(document, dict) else document
