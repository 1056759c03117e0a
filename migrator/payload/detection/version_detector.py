"""Detect the version of a webhook from the names and keys that only some versions have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from migrator.payload.byte_documents import decode_members
from migrator.payload.detection.version_evidence import (
    PlacedEvidence,
    VersionEvidence,
    find_evidence,
    find_named_webhooks,
)
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


@dataclass(frozen=True, slots=True)
class NameDetector:
    """Detect the version of webhooks of one name from the keys that they have.

    `placed` is the evidence of the name, `keys` are those at the root and `paths` those further down that give it;
    `outcomes` memoises a detection for each set of keys that were found.
    """

    versions: tuple[Version, ...]
    placed: tuple[PlacedEvidence, ...]
    keys: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    outcomes: dict[tuple[bool, ...], Detection] = field(default_factory=dict, compare=False)

    def detect_version(self, envelope: Json) -> Detection:
        """Return the version that a webhook uses."""
        return self.get_detection(self.find_keys(envelope))

    def get_detection(self, found: tuple[bool, ...]) -> Detection:
        """Return the version of webhooks that have the found keys."""
        detection = self.outcomes.get(found)
        if detection is None:
            detection = self.outcomes[found] = self._combine_evidence(found)
        return detection

    def find_keys(self, envelope: Json) -> tuple[bool, ...]:
        """Return for each of `keys` and `paths` whether the webhook has it; raw objects are decoded on the way."""
        found = tuple(map(envelope.__contains__, self.keys))
        return (*found, *[_has_value(envelope, path) for path in self.paths]) if self.paths else found

    def _combine_evidence(self, given: tuple[bool, ...]) -> Detection:
        keys = (*((key,) for key in self.keys), *self.paths)
        present = {(), *(key for key, is_given in zip(keys, given, strict=True) if is_given)}
        found = [each.evidence for each in self.placed if each.path in present]
        reasons = tuple(clue.reason for clue in found)
        sure = _fitting_versions(self.versions, [clue for clue in found if clue.sure])
        if len(sure) == 1:
            return Detection(str(sure[0]), Confidence.CERTAIN, reasons, (str(sure[0]),))
        likely = _fitting_versions(sure, [clue for clue in found if not clue.sure])
        if len(likely) == 1:
            return Detection(str(likely[0]), Confidence.LIKELY, reasons, (str(likely[0]),))
        return Detection(None, Confidence.AMBIGUOUS, reasons, tuple(map(str, likely or sure)))


@dataclass(frozen=True, slots=True)
class VersionDetector:
    """Detect the version of webhooks by the rows of a table.

    `names` are those that a row mentions. `compiled` memoises their detectors, and that of all other names as None.
    """

    table: RuleTable
    names: frozenset[str]
    compiled: dict[str | None, NameDetector] = field(default_factory=dict, compare=False)

    def detect_version(self, envelope: Json) -> Detection:
        """Return the version in the table that a webhook uses. Never raises: anything but a webhook is ambiguous."""
        name_key = self.table.api.envelope.name if self.table.api.envelope else None
        name = envelope.get(name_key) if isinstance(envelope, dict) else None
        if not isinstance(name, str):
            return _create_name_detector(self.table, ()).detect_version({})
        return self.compile_name(name).detect_version(envelope)

    def compile_name(self, name: str | None) -> NameDetector:
        """Return the detector for webhooks of a name; None stands for every name that no row mentions."""
        known = name if name in self.names else None
        if known not in self.compiled:
            self.compiled[known] = _create_name_detector(self.table, tuple(find_evidence(self.table, known)))
        return self.compiled[known]


def create_detector(table: RuleTable) -> VersionDetector:
    """Create the detector of a table."""
    return VersionDetector(table, find_named_webhooks(table))


def _create_name_detector(table: RuleTable, placed: tuple[PlacedEvidence, ...]) -> NameDetector:
    paths = dict.fromkeys(each.path for each in placed)
    keys = tuple(path[0] for path in paths if len(path) == 1)
    return NameDetector(table.versions, placed, keys, tuple(path for path in paths if len(path) > 1))


def _has_value(envelope: Json, path: tuple[str, ...]) -> bool:
    """Return whether an object has a value at a path; a raw object on the way is decoded in its place."""
    for depth, key in enumerate(path, 1):
        if not isinstance(envelope, dict) or key not in envelope:
            return False
        if depth < len(path):
            inner = envelope[key]
            if inner.__class__ is msgspec.Raw and bytes(inner).startswith(b"{"):
                envelope[key] = inner = decode_members(inner)
            envelope = inner
    return True


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
