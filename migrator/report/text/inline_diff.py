"""What becomes of a few lines of code, as a diff without its head."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.findings.finding import FileResult
from migrator.report.printable import visible
from migrator.report.redact import veiled
from migrator.report.text.colors import Paint
from migrator.report.text.unified_diff import unified_diff

_COLORS = {"-": "red", "+": "green"}


def change_lines(result: FileResult[bytes], paint: Paint, *, around: bool) -> Iterator[str]:
    """The lines that go and that come, with those around them if asked for; without line endings and secrets."""
    for number, line in enumerate(unified_diff(result)):
        if number > 1 and line[0] in ("-+ " if around else "-+"):
            yield paint(visible(veiled(line.rstrip("\r\n"))), fg=_COLORS.get(line[0]))
