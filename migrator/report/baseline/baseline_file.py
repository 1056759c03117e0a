"""Read and write a baseline: sorted JSON with one entry on each line, which version control can merge."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from migrator.report.baseline.known_findings import BaselineEntry

#: The version of the file format.
FORMAT = 1
_HEAD = "migrator-baseline"
_DIGEST = re.compile(r"[0-9a-f]+\Z")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})", re.MULTILINE)


class BadBaseline(ValueError):
    """A baseline cannot be used; the message says how to fix it, `line` is the line if known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def dump_baseline(rows: Iterable[BaselineEntry]) -> bytes:
    """Return the entries as an ASCII file. A comma leads each entry, so that no line depends on its neighbours."""
    lines = [f'[{{"{_HEAD}": {FORMAT}}}']
    lines += [f",{json.dumps([row.path, row.rule, row.place, row.around])}" for row in sorted(rows)]
    return ("\n".join((*lines, "]")) + "\n").encode("ascii")


def parse_baseline(data: bytes) -> tuple[tuple[int, BaselineEntry], ...]:
    """Return the entries that `dump` wrote, with line numbers (1 in a reformatted file). Raises BadBaseline."""
    value = _load_json(data)
    head = value[0] if isinstance(value, list) and value else None
    form = head.get(_HEAD) if isinstance(head, dict) else None
    if not isinstance(value, list) or not isinstance(form, int) or isinstance(form, bool):
        raise BadBaseline("not a baseline of migrator; name another file")
    if form > FORMAT:
        raise BadBaseline(f"format {form} is newer than {FORMAT}, the newest that this migrator reads: upgrade it", 1)
    laid_out = data.count(b"\n") == len(value) + 1
    return tuple(
        (index + 1 if laid_out else 1, _parse_entry(value[index], index, laid_out)) for index in range(1, len(value))
    )


def _load_json(data: bytes) -> object:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadBaseline(f"not UTF-8; {_REMEDY}", data.count(b"\n", 0, error.start) + 1) from None
    if conflict := _CONFLICT.search(text):
        message = "merge conflict: delete the markers and keep the entries of both sides"
        raise BadBaseline(message, text.count("\n", 0, conflict.start()) + 1)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadBaseline(f"not JSON ({error.msg}); {_REMEDY}", error.lineno) from None
    except (ValueError, RecursionError):
        raise BadBaseline("not a baseline of migrator; name another file") from None


def _parse_entry(value: object, index: int, laid_out: bool) -> BaselineEntry:
    line = index + 1 if laid_out else None
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(part, str) for part in value):
        raise BadBaseline(f"/{index} must be a list of four strings: path, rule, two digests; {_REMEDY}", line)
    row = BaselineEntry(*value)
    if not _DIGEST.match(row.place) or not _DIGEST.match(row.around):
        raise BadBaseline(f"/{index} must end in two digests; {_REMEDY}", line)
    return row


_REMEDY = "fix it, or delete the file and run `migrator audit --write-baseline`"
