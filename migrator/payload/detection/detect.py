"""Detect the version of a webhook without creating a translator."""

from __future__ import annotations

from migrator.payload.detection.version_detector import Detection
from migrator.payload.detection.version_detector import detect_version as detect_by
from migrator.payload.json_pointer import Json
from migrator.rules.table import RuleTable


def detect(envelope: Json, table: RuleTable | None = None) -> Detection:
    """Detect the version of a webhook, with the confidence and the reasons; without `table`, of the shipped API.

    Never raises: anything that is not a webhook, or fits several versions, is ambiguous.
    """
    if table is None:
        from migrator.rules.load import load_rules

        table = load_rules().table()
    return detect_by(table, envelope)
