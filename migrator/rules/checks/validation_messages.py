"""From what pydantic found wrong to a problem that names file, row, key and the way out."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from migrator.rules.checks.step_schema import WHERE_TAGS
from migrator.rules.rule import Kind
from migrator.rules.table_errors import HEAD, Problem, row_title

_KINDS = ", ".join(Kind)
_SCHEMA = "`migrator rules --format json-schema` lists every key and what it may hold"

_MESSAGES = {
    "extra_forbidden": "there is no such key here",
    "missing": "the key is missing",
    "string_type": "a string is expected",
    "tuple_type": "a list is expected",
    "union_tag_not_found": "the row has no kind",
    "union_tag_invalid": "there is no such kind",
}

_HINTS = {
    "extra_forbidden": f"remove it or mend its spelling; {_SCHEMA}",
    "missing": f"add it; {_SCHEMA}",
    "string_type": 'write it in quotes, such as "3.1"',
    "union_tag_not_found": f"give it one of: {_KINDS}",
    "union_tag_invalid": f"use one of: {_KINDS}",
    "string_pattern_mismatch": "write the name as it is sent over the wire",
    "enum": "write one of the values that are listed",
    "literal_error": "write one of the values that are listed",
    "too_short": "give it at least one entry",
    "string_too_short": "say it in words",
    "tuple_type": "write a list in brackets; each row stands under a [[rule]] of its own",
    "version": 'write numbers and dots in quotes, such as "3.1"',
    "json_path": "use $, .key and [*] only",
    "scalar": "compare with one plain value",
}

_PATTERN_HINTS = {
    "id": "use small letters, digits, hyphens and dots, such as webhook-renamed",
    "path": "begin with / and say where {version} and {method} stand, such as /v{version}/{method}",
    "legacy_paths": "begin with / and end in {method}",
    "url": "write the whole URL, from https:// on",
}


def problems_of(error: ValidationError, data: dict[str, Any], file: str) -> list[Problem]:
    """One problem for each defect, in the order of the file."""
    return [_problem(detail, data, file) for detail in error.errors(include_url=False) if not _follows(detail)]


def _follows(detail: ErrorDetails) -> bool:
    """Whether it only repeats another error: pydantic counts a list without its entries that are wrong."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _problem(detail: ErrorDetails, data: dict[str, Any], file: str) -> Problem:
    row, location = _row(list(detail["loc"]), data)
    kind = detail["type"]
    hint = _HINTS.get(kind, _SCHEMA)
    if kind.startswith("union_tag"):
        location = ["kind"]
    if kind == "string_pattern_mismatch":
        hint = next(
            (_PATTERN_HINTS[part] for part in location if isinstance(part, str) and part in _PATTERN_HINTS), hint
        )
    return Problem(file, row, _key(location), _MESSAGES.get(kind, detail["msg"]), hint)


def _row(location: list[int | str], data: dict[str, Any]) -> tuple[str, list[int | str]]:
    """The part of the file that a location is in, and what is left of the location: pydantic's tags are no keys."""
    match location:
        case ["rule", int(index), *rest]:
            row = data["rule"][index]
            return row_title(index, row.get("id") if isinstance(row, dict) else None), _without_tag(rest[1:])
        case [("api" | "places") as part, _, *_] if isinstance(data.get(part), dict):
            return f"[{part}]", location[1:]
    return HEAD, location


def _without_tag(location: list[int | str]) -> list[int | str]:
    match location:
        case ["where", tag, *rest] if tag in WHERE_TAGS:
            return ["where", *rest]
    return location


def _key(location: list[int | str]) -> str:
    """``["where", 0, "path"]`` -> ``where[0].path``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
