"""Explain a list of the names that only some versions know."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.report.printable import escape_line
from migrator.report.text.colors import Paint
from migrator.rules.table import NameList, RuleTable

_WIDTH = 12


def explain_names(table: RuleTable, names: NameList, paint: Paint) -> Iterator[str]:
    """Yield which versions know the names, what that means for their documents, and where they are documented."""
    until = f" up to {names.until}" if names.until is not None else " on"
    yield f"{paint(names.id, bold=True)}: {escape_line(table.api.title)}, known from {names.since}{until}\n\n"
    rows = [
        ("methods", ", ".join(sorted(names.methods))),
        ("webhooks", ", ".join(sorted(names.webhooks))),
        ("documents", "lost on the way to a version that does not know the name"),
        ("source", f"{names.source.document} of {names.source.version}, {names.source.item}"),
    ]
    for title, text in rows:
        if text:
            head = f"{title:<{_WIDTH}}"
            yield f"{paint(head, dim=True)}{escape_line(text)}\n"
