"""Detect the version of a webhook without creating a translator."""

from __future__ import annotations

from functools import cache

from migrator.payload.detection.version_detector import Detection, VersionDetector, create_detector
from migrator.payload.json_pointer import Json
from migrator.rules.table import RuleTable


def detect(envelope: Json, table: RuleTable | None = None) -> Detection:
    """Detect the version of a webhook, with the confidence and the reasons; without `table`, of the shipped API.

    Never raises: anything that is not a webhook, or fits several versions, is ambiguous.
    """
    detector = _create_shipped_detector() if table is None else create_detector(table)
    return detector.detect_version(envelope)


@cache
def _create_shipped_detector() -> VersionDetector:
    from migrator.rules.load import load_rules

    return create_detector(load_rules().table())
