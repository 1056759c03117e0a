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
from migrator.report.printable import escape_line
from migrator.report.sections import RunSources
from migrator.report.source_lines import SourceLines

#: The base of relative paths.
HOME = "%SRCROOT%"
_DRIVE = re.compile(r"[A-Za-z]:/")
#: IANA's names of encodings, where Python's differ in more than case.
_IANA = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "latin-1": "ISO-8859-1", "ascii": "US-ASCII"}


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Identifies findings by values that stay the same when lines are added above them."""

    sources: RunSources
    _seen: Counter[str] = field(default_factory=Counter)

    def fingerprint(self, finding: Finding) -> str:
        """Hash the rule, file, line without whitespace and name; a counter tells equal ones apart."""
        line = self.sources.lines_of_file(finding.path).shown_line(finding.line)
        parts = (finding.rule, finding.path, "".join(line.split()), finding.old or "")
        key = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._seen[key] += 1
        return f"{key}:{self._seen[key]}"


def message_object(text: str) -> dict[str, Any]:
    """Return a message object, with the braces and brackets escaped that SARIF would interpret."""
    return {"text": escape_line(text).replace("{", "{{").replace("}", "}}").replace("](", "\\](")}


def path_uri(path: str) -> str:
    """Return a path as a URI reference: relative as given, absolute with ``file:``; every byte is preserved."""
    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/~")
    if path.startswith("/"):
        return f"file://{quoted}"
    return f"file:///{path[:2]}{quoted[4:]}" if _DRIVE.match(path) else quoted


def location_object(path: str, place: dict[str, Any] | None) -> dict[str, Any]:
    """Return a location in a file, or of the whole file."""
    physical: dict[str, Any] = {"artifactLocation": _artifact_location(path)}
    if place is not None:
        physical["region"] = place
    return {"physicalLocation": physical}


def artifact_object(path: str, sources: RunSources) -> dict[str, Any]:
    """Return a file with its encoding."""
    return {"location": _artifact_location(path), "encoding": _iana_encoding(sources.lines_of_file(path).encoding)}


def finding_region(finding: Finding, lines: SourceLines) -> dict[str, Any]:
    """Return the region of a finding."""
    return {
        "startLine": finding.line,
        "startColumn": lines.utf16_column(finding.line, finding.column),
        "endLine": finding.end_line,
        "endColumn": lines.utf16_column(finding.end_line, finding.end_column),
    }


def finding_fixes(finding: Finding, lines: SourceLines) -> list[dict[str, Any]]:
    """Return the edits of a finding as one fix."""
    change = {
        "artifactLocation": _artifact_location(finding.path),
        "replacements": [_replacement_object(edit, lines) for edit in sorted(set(finding.edits))],
    }
    return [{"description": message_object(finding.message), "artifactChanges": [change]}]


def _artifact_location(path: str) -> dict[str, Any]:
    found = path_uri(path)
    return {"uri": found} if found.startswith("file:") else {"uri": found, "uriBaseId": HOME}


def _replacement_object(edit: Edit, lines: SourceLines) -> dict[str, Any]:
    (line, column), (end_line, end_column) = lines.position_of(edit.start), lines.position_of(edit.end)
    deleted = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    replacement: dict[str, Any] = {"deletedRegion": deleted}
    if edit.replacement:
        replacement["insertedContent"] = {"text": lines.decode_bytes(edit.replacement)}
    return replacement


def _iana_encoding(name: str) -> str:
    known = codecs.lookup(name).name
    return _IANA.get(name) or _IANA.get(known) or known.replace("_", "-").upper()
