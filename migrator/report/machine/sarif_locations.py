"""Convert locations and edits to SARIF: URIs, regions in UTF-16 code units, replacements, fingerprints."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from migrator.findings.finding import Edit, Finding
from migrator.report.printable import printable
from migrator.report.sections import Sources
from migrator.report.source_lines import Lines

#: The base of relative paths.
HOME = "%SRCROOT%"
_DRIVE = re.compile(r"[A-Za-z]:/")
#: IANA's names of encodings, where Python's differ in more than case.
_IANA = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "latin-1": "ISO-8859-1", "ascii": "US-ASCII"}


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Identifies findings by values that stay the same when lines are added above them."""

    sources: Sources
    _seen: Counter[str] = field(default_factory=Counter)

    def of(self, finding: Finding) -> str:
        """Hash the rule, file, line without whitespace and name; a counter tells equal ones apart."""
        line = self.sources.lines(finding.path).line(finding.line)
        parts = (finding.rule, finding.path, "".join(line.split()), finding.old or "")
        key = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._seen[key] += 1
        return f"{key}:{self._seen[key]}"


def message(text: str) -> dict[str, Any]:
    """Return a message object, with the braces and brackets escaped that SARIF would interpret."""
    return {"text": printable(text).replace("{", "{{").replace("}", "}}").replace("](", "\\](")}


def uri(path: str) -> str:
    """Return a path as a URI reference: relative as given, absolute with ``file:``; every byte is preserved."""
    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/~")
    if path.startswith("/"):
        return f"file://{quoted}"
    return f"file:///{path[:2]}{quoted[4:]}" if _DRIVE.match(path) else quoted


def location(path: str, place: dict[str, Any] | None) -> dict[str, Any]:
    """Return a location in a file, or of the whole file."""
    physical: dict[str, Any] = {"artifactLocation": _artifact_location(path)}
    if place is not None:
        physical["region"] = place
    return {"physicalLocation": physical}


def artifact(path: str, sources: Sources) -> dict[str, Any]:
    """Return a file with its encoding."""
    return {"location": _artifact_location(path), "encoding": _encoding(sources.lines(path).encoding)}


def region(finding: Finding, lines: Lines) -> dict[str, Any]:
    """Return the region of a finding."""
    return {
        "startLine": finding.line,
        "startColumn": lines.column(finding.line, finding.column),
        "endLine": finding.end_line,
        "endColumn": lines.column(finding.end_line, finding.end_column),
    }


def fixes(finding: Finding, lines: Lines) -> list[dict[str, Any]]:
    """Return the edits of a finding as one fix."""
    change = {
        "artifactLocation": _artifact_location(finding.path),
        "replacements": [_replacement(edit, lines) for edit in sorted(set(finding.edits))],
    }
    return [{"description": message(finding.message), "artifactChanges": [change]}]


def _artifact_location(path: str) -> dict[str, Any]:
    found = uri(path)
    return {"uri": found} if found.startswith("file:") else {"uri": found, "uriBaseId": HOME}


def _replacement(edit: Edit, lines: Lines) -> dict[str, Any]:
    (line, column), (end_line, end_column) = lines.place(edit.start), lines.place(edit.end)
    deleted = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    replacement: dict[str, Any] = {"deletedRegion": deleted}
    if edit.replacement:
        replacement["insertedContent"] = {"text": lines.decoded(edit.replacement)}
    return replacement


def _encoding(name: str) -> str:
    known = codecs.lookup(name).name
    return _IANA.get(name) or _IANA.get(known) or known.replace("_", "-").upper()
