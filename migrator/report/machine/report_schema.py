"""The JSON Schema of ``--format json``: a contract."""

from __future__ import annotations

from typing import Any

from migrator.findings.finding import Applicability
from migrator.findings.open_task import TaskKind
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
        **_object_schema(
            version={"const": FORMAT},
            summary=_summary_schema(),
            findings=_list_schema(_finding_schema()),
            errors=_list_schema(_error_schema()),
            stale=_list_schema(_stale_schema()),
            names=_list_schema(_name_schema()),
            notes=_with_description(
                _list_schema(_finding_schema()), "With --show notes only: changes that only the reference documents."
            ),
            before_deploy=_with_description(
                _list_schema(_task_schema()), "What is left to do once the edits are made, the most harmful first."
            ),
            rows=_with_description(
                _list_schema(_row_schema()), "With --seen only: where each row of the table is in use."
            ),
            ledger=_with_description(
                ledger_schema(), "The state of every occurrence of every old name in the bytes of the files."
            ),
        ),
    }


def _finding_schema() -> dict[str, Any]:
    return _object_schema(
        rule=_with_description(_TEXT, "The id of the rule."),
        kind={"enum": [kind.value for kind in Kind]},
        path=_with_description(_TEXT, "As given, with slashes; a byte that is not UTF-8 is written as \\xe9."),
        line=_FROM_1,
        column=_with_description(_FROM_1, "In characters."),
        end_line=_FROM_1,
        end_column=_with_description(_FROM_1, "Exclusive."),
        old=_with_description(_TEXT_OR_NULL, "The old name."),
        new=_with_description(_TEXT_OR_NULL, "The new name, if there is one."),
        applicability={"enum": [kind.value for kind in Applicability]},
        evidence=_with_description(_list_schema(_TEXT), "Why the code is believed to use the API."),
        message=_TEXT,
        advice=_TEXT,
    )


def _error_schema() -> dict[str, Any]:
    return _object_schema(path=_TEXT, line={"anyOf": [_FROM_1, {"type": "null"}]}, message=_TEXT)


def _stale_schema() -> dict[str, Any]:
    rules = _with_description(_list_schema(_TEXT), "The ids without a finding; empty if it names none.")
    file = _with_description(_TEXT_OR_NULL, "The file of a baseline entry; null for a comment.")
    what = "An unused suppression comment, or a stale baseline entry."
    return _with_description(_object_schema(path=_TEXT, line=_FROM_1, rules=rules, file=file), what)


def _name_schema() -> dict[str, Any]:
    name = _object_schema(path=_TEXT, line=_FROM_1, column=_FROM_1, name=_TEXT, reason=_TEXT)
    return _with_description(name, "With --show name-only: an old name without evidence that it is the API's.")


def _task_schema() -> dict[str, Any]:
    return _object_schema(
        kind={"enum": [kind.value for kind in TaskKind]},
        rule=_with_description(_TEXT, "The id of the rule."),
        action=_with_description(_TEXT, "What to do."),
        until=_with_description(_TEXT, "What fails until it is done."),
        places=_list_schema(_object_schema(path=_TEXT, line=_FROM_1)),
    )


def _row_schema() -> dict[str, Any]:
    known = {"type": ["boolean", "null"], "description": "Null where it is not known."}
    return _object_schema(
        rule=_TEXT,
        in_code=known,
        on_wire=known,
        registered=known,
        last_seen=_with_description(_TEXT_OR_NULL, "When traffic last needed it, in UTC."),
        can_go=_with_description({"type": "boolean"}, "Whether it is known that nothing uses the row."),
    )


def _summary_schema() -> dict[str, Any]:
    kinds = [kind.value for kind in Applicability]
    files = ("searched", "with_findings", "changed", "written", "failed", "outside")
    return _object_schema(
        steps=_list_schema(_object_schema(**{"api": _TEXT, "from": _TEXT, "to": _TEXT})),
        versions=_with_description(
            _list_schema(_object_schema(api=_TEXT, version=_TEXT, urls=_FROM_1)),
            "The versions in the URLs of the whole project, by which it is known what the code speaks.",
        ),
        files=_object_schema(**dict.fromkeys(files, _COUNT)),
        findings=_object_schema(**dict.fromkeys(("total", *kinds, "applied", "left", "known"), _COUNT)),
        rules=_list_schema(_object_schema(rule=_TEXT, **dict.fromkeys((*kinds, "applied", "left"), _COUNT))),
    )


def _object_schema(**properties: object) -> dict[str, Any]:
    """Return the schema of an object that requires all of the properties; later releases may add others."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_schema(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _with_description(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}
