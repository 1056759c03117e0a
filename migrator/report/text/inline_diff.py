"""Format the change of a few lines as a diff without a header."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.findings.finding import FileResult
from migrator.report.printable import escape_controls
from migrator.report.redact import redact_secrets
from migrator.report.text.colors import Paint
from migrator.report.text.unified_diff import unified_diff

_COLORS = {"-": "red", "+": "green"}


def inline_diff(result: FileResult[bytes], paint: Paint, *, around: bool) -> Iterator[str]:
    """Yield removed and added lines, with context if `around` is set; without line endings, secrets redacted."""
    for number, line in enumerate(unified_diff(result)):
        if number > 1 and line[0] in ("-+ " if around else "-+"):
            yield paint(escape_controls(redact_secrets(line.rstrip("\r\n"))), fg=_COLORS.get(line[0]))
