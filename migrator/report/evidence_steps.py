"""Format the evidence of a finding: the steps that fit on a line, or all of them in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrator.findings.finding import Finding
from migrator.findings.messages import split_counted
from migrator.report.code_frame import cell_width, shorten
from migrator.report.printable import escape_line

#: The location at the end of a step: "(client.py:30)" or "called at bots.py:31".
_LOCATION = re.compile(r"(?: called at | \()(?P<path>[^()]+):\d+\)?\Z")


def order_steps(finding: Finding) -> list[str]:
    """Return the evidence in reading order: about the occurrence itself, through its own file, to the API.

    The finder starts at the other end, with the URL. A sentence that it repeats for another line is returned once.
    """
    sentences: dict[str, str] = {}
    steps, counted = split_counted(finding.evidence)
    for step in steps:
        sentences.setdefault(step if " called at " in step else _LOCATION.sub("", step), step)
    from_the_occurrence = list(sentences.values())[::-1]
    return [*sorted(from_the_occurrence, key=lambda step: _reading_distance(step, finding.path)), *counted]


def _reading_distance(step: str, path: str) -> int:
    """Return 0 for a step without a location, 1 for one in the finding's file, 2 for one elsewhere."""
    found = _LOCATION.search(step)
    if found is None:
        return 0
    return 1 if found["path"] == path else 2


def join_steps(steps: Sequence[str], width: int) -> str:
    """Join the steps that fit on one line, and count the others; cut a single step that does not fit."""
    shown: list[str] = []
    for number, step in enumerate(steps):
        left = len(steps) - number - 1
        more = f"; and {left} more" if left else ""
        if shown and cell_width(escape_line("; ".join((*shown, step)) + more)) > width:
            return f"{'; '.join(shown)}; and {left + 1} more"
        shown.append(step if shown else shorten(step, width - len(more)))
    return "; ".join(shown)
