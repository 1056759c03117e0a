"""What holds for the result of every migration, whatever it was asked to change."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from itertools import pairwise

from migrator.findings.finding import Applicability, Edit, FileResult, Finding

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_QUOTES = re.compile(r"\b[rbfuRBFU]{0,2}(?:\"+|'+)|[\"'\s\\]+")


def text_of(raw: bytes) -> str:
    """A source file's text in the encoding that it declares, without a byte order mark, with the line ends it has."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    return raw.decode(encoding)


def assert_laws(result: FileResult[bytes], raw: bytes, *, unsafe: bool) -> None:
    """The result parses, differs from the source by the edits alone, and its findings are honest."""
    assert result.error is None, result.error
    assert result.before == raw
    assert isinstance(result.after, bytes)
    ast.parse(result.after)
    assert spliced(raw, result) == result.after, "bytes outside the edits must stay identical"
    lines = _LINE.findall(text_of(raw))
    for finding in result.findings:
        _assert_position(finding, lines)
    for finding in result.applied:
        _assert_appliable(finding, result, unsafe=unsafe)
    for finding in result.findings:
        assert finding.applicability is Applicability.MANUAL or finding.evidence, f"no evidence: {finding}"
        assert finding.message, f"no message: {finding}"
        assert finding.advice, f"no advice: {finding}"


def spliced(raw: bytes, result: FileResult[bytes]) -> bytes:
    """The source with the edits of the applied findings put in."""
    edits = sorted({edit for finding in result.applied for edit in finding.edits})
    _assert_apart(edits, raw)
    parts, end = [], 0
    for edit in edits:
        parts += [raw[end : edit.start], edit.replacement]
        end = edit.end
    return b"".join([*parts, raw[end:]])


def _assert_apart(edits: list[Edit], raw: bytes) -> None:
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(raw), f"outside of the file: {edit}"
    for first, second in pairwise(edits):
        assert first.end <= second.start, f"edits overlap: {first}, {second}"


def _assert_position(finding: Finding, lines: list[str]) -> None:
    assert 1 <= finding.line <= finding.end_line <= len(lines), f"no such line: {finding}"
    start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
    assert (1, 1) <= start < end, f"nothing is marked: {finding}"
    assert finding.column <= len(lines[finding.line - 1]), f"no such column: {finding}"
    segment = marked_text(finding, lines)
    if finding.old is not None and finding.applicability is not Applicability.MANUAL:
        shown = finding.old in segment or finding.old in _QUOTES.sub("", segment)
        assert shown, f"{finding.old!r} is not at {start}..{end}: {segment!r}"


def marked_text(finding: Finding, lines: list[str]) -> str:
    """The part of the source that a finding points at."""
    if finding.line == finding.end_line:
        return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]
    first = lines[finding.line - 1][finding.column - 1 :]
    last = lines[finding.end_line - 1][: finding.end_column - 1]
    return "".join([first, *lines[finding.line : finding.end_line - 1], last])


def _assert_appliable(finding: Finding, result: FileResult[bytes], *, unsafe: bool) -> None:
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    assert finding in result.findings, f"applied, but not among the findings: {finding}"
    assert finding.applicability in allowed, f"applied, though it is {finding.applicability}: {finding}"
    assert finding.edits, f"applied without an edit: {finding}"
