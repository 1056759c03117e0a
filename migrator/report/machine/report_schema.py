"""The JSON Schema of ``--format json``: a contract."""

from __future__ import annotations

from typing import Any

from migrator.findings.finding import Applicability
from migrator.report.machine.json_report import FORMAT
from migrator.report.machine.ledger_json import ledger_schema
from migrator.rules.rule import Kind

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_FROM_1 = {"type": "integer", "minimum": 1}


def report_schema() -> dict[str, Any]:
    """Return the schema, in the dialect of JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The findings of migrator",
        **_object(
            version={"const": FORMAT},
            summary=_summary(),
            findings=_list(_finding()),
            errors=_list(_error()),
            stale=_list(_stale()),
            names=_list(_name()),
            notes=_said(_list(_finding()), "With --show notes only: changes that only the reference documents."),
            ledger=_said(ledger_schema(), "The state of every occurrence of every old name in the bytes of the files."),
        ),
    }


def _finding() -> dict[str, Any]:
    return _object(
        rule=_said(_TEXT, "The id of the rule."),
        kind={"enum": [kind.value for kind in Kind]},
        path=_said(_TEXT, "As given, with slashes; a byte that is not UTF-8 is written as \\xe9."),
        line=_FROM_1,
        column=_said(_FROM_1, "In characters."),
        end_line=_FROM_1,
        end_column=_said(_FROM_1, "Exclusive."),
        old=_said(_TEXT_OR_NULL, "The old name."),
        new=_said(_TEXT_OR_NULL, "The new name, if there is one."),
        applicability={"enum": [kind.value for kind in Applicability]},
        evidence=_said(_list(_TEXT), "Why the code is believed to use the API."),
        message=_TEXT,
        advice=_TEXT,
    )


def _error() -> dict[str, Any]:
    return _object(path=_TEXT, line={"anyOf": [_FROM_1, {"type": "null"}]}, message=_TEXT)


def _stale() -> dict[str, Any]:
    rules = _said(_list(_TEXT), "The ids without a finding; empty if it names none.")
    file = _said(_TEXT_OR_NULL, "The file of a baseline entry; null for a comment.")
    what = "An unused suppression comment, or a stale baseline entry."
    return _said(_object(path=_TEXT, line=_FROM_1, rules=rules, file=file), what)


def _name() -> dict[str, Any]:
    name = _object(path=_TEXT, line=_FROM_1, column=_FROM_1, name=_TEXT, reason=_TEXT)
    return _said(name, "With --show name-only: an old name without evidence that it is the API's.")


def _summary() -> dict[str, Any]:
    kinds = [kind.value for kind in Applicability]
    files = ("searched", "with_findings", "changed", "written", "failed", "outside")
    return _object(
        steps=_list(_object(**{"api": _TEXT, "from": _TEXT, "to": _TEXT})),
        files=_object(**dict.fromkeys(files, _COUNT)),
        findings=_object(**dict.fromkeys(("total", *kinds, "applied", "left", "known"), _COUNT)),
        rules=_list(_object(rule=_TEXT, **dict.fromkeys((*kinds, "applied", "left"), _COUNT))),
    )


def _object(**properties: object) -> dict[str, Any]:
    """Return the schema of an object that requires all of the properties; later releases may add others."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _said(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}
