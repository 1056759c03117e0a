"""Format a run as one JSON document with a published schema."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, cast

from migrator.findings.finding import Applicability
from migrator.report.printable import escape_json
from migrator.report.run_result import RunResult

#: The version of the format. It rises when a key is removed or changes its meaning, not when one is added.
FORMAT = 1


def report_document(run: RunResult, places: bool = False) -> dict[str, Any]:
    """Return the run as a JSON value: ``{"version", "summary", "findings", "errors", "stale", "names", ...}``.

    Names and notes are set on request; the ledger has totals only, unless `places` is set.
    """
    from migrator.findings.ledger import Ledger
    from migrator.report.machine.ledger_json import ledger_document

    value = {
        "version": FORMAT,
        "summary": _run_summary(run),
        "findings": [finding.as_json() for finding in run.findings],
        "errors": [{"path": each.path, "line": each.line, "message": each.message} for each in run.failures],
        "stale": [stale.as_json() for stale in run.stale],
        "names": [name.as_json() for name in run.names],
        "notes": [note.as_json() for note in run.notes],
        "before_deploy": [task.as_json() for task in run.tasks],
        "rows": [row.as_json() for row in run.seen.rows] if run.seen else [],
        "ledger": ledger_document(run.ledger or Ledger(), places),
    }
    return cast("dict[str, Any]", escape_json(value))


def json_text(run: RunResult, places: bool = False) -> str:
    """Return the document as ASCII text, one finding on each line."""
    value = report_document(run, places)
    parts = [f'"version": {value["version"]}', f'"summary": {json.dumps(value["summary"])}']
    parts += [
        f'"{key}": {_json_lines(value[key])}'
        for key in ("findings", "errors", "stale", "names", "notes", "before_deploy", "rows")
    ]
    parts.append(f'"ledger": {json.dumps(value["ledger"])}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json_lines(items: list[Any]) -> str:
    return "[\n" + ",\n".join(map(json.dumps, items)) + "\n]" if items else "[]"


def _run_summary(run: RunResult) -> dict[str, Any]:
    of_kind = {kind: sum(finding.applicability is kind for finding in run.findings) for kind in Applicability}
    return {
        "steps": [{"api": chain.api.id, "from": str(chain.source), "to": str(chain.target)} for chain in run.chains],
        "versions": [spoken.as_json() for spoken in run.versions],
        "files": {
            "searched": run.searched,
            "with_findings": sum(bool(result.findings) for result in run.results),
            "changed": len(run.changed),
            "written": len(run.written or ()),
            "failed": len({failure.path for failure in run.failures}),
            "outside": len(run.outside),
        },
        "findings": {
            "total": len(run.findings),
            **{kind.value: number for kind, number in of_kind.items()},
            "applied": len(run.applied),
            "left": len(run.left),
            "known": len(run.known),
        },
        "rules": [asdict(count) | {"left": count.left} for count in run.count_rules()],
    }
