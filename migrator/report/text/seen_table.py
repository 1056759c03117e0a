"""Format where the rows of the table are in use as a table."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.report.phrases import pluralize
from migrator.report.row_use import CAN_GO, RowUse, SeenRows, format_moment
from migrator.report.text.colors import Paint

_ANSWERS = {True: "yes", False: "-", None: "?"}


def seen_table(seen: SeenRows, paint: Paint) -> Iterator[str]:
    """Yield a line for each row, a second one below a row that nothing uses, and what is not known."""
    window = f"the last {pluralize(seen.days, 'day')}, of traffic since {format_moment(seen.since)}"
    yield f"\n{paint('Rows in use', bold=True)}: {window}.\n"
    heads = f"{'in code':>10}{'on the wire':>13}{'registered':>12}  {'last seen':<20}  row"
    yield paint(heads, bold=True) + "\n"
    for row in seen.rows:
        yield _row_line(row)
        if row.can_go:
            yield f"{'':>37}{CAN_GO}\n"
    yield from _unknown_lines(seen)


def _row_line(row: RowUse) -> str:
    cells = f"{_ANSWERS[row.in_code]:>10}{_ANSWERS[row.on_wire]:>13}{_ANSWERS[row.registered]:>12}"
    last = "never" if row.last_seen is None else format_moment(row.last_seen)
    return f"{cells}  {last:<20}  {row.rule}\n"


def _unknown_lines(seen: SeenRows) -> Iterator[str]:
    if any(row.in_code is None for row in seen.rows):
        yield "  ? in code: not every file could be read, or the row is of the reference (`--show notes`).\n"
    if any(row.on_wire is None for row in seen.rows):
        yield "  ? on the wire: traffic has not been watched for so long.\n"
    if any(row.registered is None for row in seen.rows):
        yield "  ? registered: `--webhooks FILE` reads what a live account has registered.\n"
