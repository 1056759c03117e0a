"""Convert pydantic's errors to problems with file, row, key, message and hint."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from migrator.rules.checks.step_schema import WHERE_TAGS
from migrator.rules.rule import Kind
from migrator.rules.table_errors import FILE_HEAD, TableProblem, format_row_title

_KINDS = ", ".join(Kind)
_SCHEMA = "`migrator rules --format json-schema` lists every key and its type"

_MESSAGES = {
    "extra_forbidden": "there is no such key here",
    "missing": "the key is missing",
    "string_type": "expected a string",
    "tuple_type": "expected a list",
    "union_tag_not_found": "the row has no kind",
    "union_tag_invalid": "there is no such kind",
}

_HINTS = {
    "extra_forbidden": f"remove it or correct its spelling; {_SCHEMA}",
    "missing": f"add it; {_SCHEMA}",
    "string_type": 'write it in quotes, such as "3.1"',
    "union_tag_not_found": f"give it one of: {_KINDS}",
    "union_tag_invalid": f"use one of: {_KINDS}",
    "string_pattern_mismatch": "write the name as it is sent over the wire",
    "enum": "use one of the listed values",
    "literal_error": "use one of the listed values",
    "too_short": "give it at least one entry",
    "string_too_short": "write a text",
    "tuple_type": "write a list in brackets; each row needs its own [[rule]]",
    "version": 'write numbers and dots in quotes, such as "3.1"',
    "json_path": "use $, .key and [*] only",
    "scalar": "compare with one plain value",
    "bool_type": "write true or false",
    "no_rows": "add a [[rule]]; a file that extends a step may have `drop` instead",
}

_PATTERN_HINTS = {
    "id": "use small letters, digits, hyphens and dots, such as webhook-renamed",
    "path": "begin with / and contain {version} and {method}, such as /v{version}/{method}",
    "legacy_paths": "begin with / and end in {method}",
    "url": "write the whole URL, from https:// on",
}


def convert_errors(error: ValidationError, data: dict[str, Any], file: str) -> list[TableProblem]:
    """Return one problem for each defect, in the order of the file."""
    return [
        _convert_error(detail, data, file)
        for detail in error.errors(include_url=False)
        if not _repeats_other_error(detail)
    ]


def _repeats_other_error(detail: ErrorDetails) -> bool:
    """Return whether an error only repeats another: pydantic counts a list without its invalid entries."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _convert_error(detail: ErrorDetails, data: dict[str, Any], file: str) -> TableProblem:
    row, location = _locate_row(list(detail["loc"]), data)
    kind = detail["type"]
    hint = _HINTS.get(kind, _SCHEMA)
    if kind.startswith("union_tag"):
        location = ["kind"]
    if kind == "string_pattern_mismatch":
        hint = next(
            (_PATTERN_HINTS[part] for part in location if isinstance(part, str) and part in _PATTERN_HINTS), hint
        )
    return TableProblem(file, row, _format_key(location), _MESSAGES.get(kind, detail["msg"]), hint)


def _locate_row(location: list[int | str], data: dict[str, Any]) -> tuple[str, list[int | str]]:
    """Return the part of the file that contains a location, and the rest of the location without pydantic's tags."""
    match location:
        case ["rule", int(index), *rest]:
            row = data["rule"][index]
            return format_row_title(index, row.get("id") if isinstance(row, dict) else None), _without_tag(rest[1:])
        case ["api", "names", int(index), *rest] if isinstance(data.get("api"), dict):
            listed = data["api"]["names"][index]
            return f"[[api.names]] ({listed.get('id') if isinstance(listed, dict) else index + 1})", rest
        case [("api" | "places") as part, _, *_] if isinstance(data.get(part), dict):
            return f"[{part}]", location[1:]
    return FILE_HEAD, location


def _without_tag(location: list[int | str]) -> list[int | str]:
    match location:
        case ["where", tag, *rest] if tag in WHERE_TAGS:
            return ["where", *rest]
    return location


def _format_key(location: list[int | str]) -> str:
    """Return the key of a location: ``["where", 0, "path"]`` -> ``where[0].path``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
