"""Tell the version of a webhook without a translator at hand."""

from __future__ import annotations

from migrator.payload.detection.version_detector import Detection
from migrator.payload.detection.version_detector import detect as detect_by
from migrator.payload.json_pointer import Json
from migrator.rules.table import RuleTable


def detect(envelope: Json, table: RuleTable | None = None) -> Detection:
    """Which version a webhook most likely speaks, how sure that is, and why; the shipped API without a table.

    Never raises: what is no webhook, and what fits several versions, is ambiguous.
    """
    if table is None:
        from migrator.rules.load import load_rules

        table = load_rules().table()
    return detect_by(table, envelope)
