"""Read Markdown: the code in its fences by the reader of its language, the rest for URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.data.data_findings import DataFindings, decode_text, start_findings
from migrator.data.formats.data_tree import FormatError
from migrator.data.formats.dispatch import DataFormat, inspect_text
from migrator.data.formats.plain_lines import explain_uncovered, inspect_lines
from migrator.findings.ledger import OccurrenceState
from migrator.findings.reading import Reading
from migrator.matching.reader_protocols import SnippetReader
from migrator.matching.vocabulary import Vocabulary

_FENCE = re.compile(r"[ \t>*+-]*(?:\d+[.)][ \t]+)?(?P<sign>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w+#.-]*)[^\n]*")
#: Programs in fences behind this offset are read line by line: the line of each is counted from the start of the file.
_FURTHEST = 1_000_000
_FORMATS = {
    "json": DataFormat.JSON,
    "jsonc": DataFormat.JSON,
    "json5": DataFormat.JSON,
    "yaml": DataFormat.YAML,
    "yml": DataFormat.YAML,
    "toml": DataFormat.TOML,
    "ini": DataFormat.LINES,
    "env": DataFormat.LINES,
    "dotenv": DataFormat.LINES,
    "properties": DataFormat.LINES,
}


@dataclass(frozen=True, slots=True)
class FencedCode:
    """The code between two fences, and the language that the first names."""

    language: str
    start: int
    end: int


def read_markdown(path: str, raw: bytes, words: Vocabulary, read_snippet: SnippetReader) -> Reading:
    """Return what is found in a Markdown file: in its fenced code, and in the URLs of everything else."""
    found = start_findings(words, decode_text(raw), read_snippet)
    found.comments += _find_comments(found.text)
    if not found.marks.are_in(found.text):
        return found.to_reading()
    done = 0
    for fence in find_fences(found.text):
        _read_prose(found, done, fence.start)
        _read_fence(found, path, fence)
        done = fence.end
    _read_prose(found, done, len(found.text))
    return found.to_reading()


def find_fences(text: str) -> Iterator[FencedCode]:
    """Yield the fenced code of a text; a fence that is not closed reaches to the end."""
    opened: re.Match[str] | None = None
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        end = len(text) if stop < 0 else stop
        match = _FENCE.match(text, at, end)
        if opened is None:
            opened = match
        elif match is not None and match["sign"].startswith(opened["sign"]):
            yield FencedCode(opened["language"].lower(), min(opened.end() + 1, at), at)
            opened = None
        at = end + 1
    if opened is not None:
        yield FencedCode(opened["language"].lower(), min(opened.end() + 1, len(text)), len(text))


def _read_fence(found: DataFindings, path: str, fence: FencedCode) -> None:
    form = _FORMATS.get(fence.language)
    code = found.text[fence.start : fence.end]
    if form is not None and code.strip():
        inner = DataFindings(found.words, code, found.hint, found.foreign, found.read_snippet)
        try:
            inspect_text(inner, form, alone=False)
        except FormatError:
            pass
        else:
            _add_inner(found, inner, fence.start)
            return
    if found.read_snippet is not None and found.marks.are_in(code) and fence.start < _FURTHEST:
        line = found.text.count("\n", 0, fence.start) + 1
        reading = found.read_snippet(path, code, line, fence.language, found.words)
        if reading is not None:
            _add_reading(found, reading, fence.start)
            return
    inspect_lines(found, fence.start, fence.end)


def _add_reading(found: DataFindings, reading: Reading, by: int) -> None:
    for place in reading.matches:
        span = (place.start + by, place.end + by)
        found.claim_span(place.rule, span, place.old, place.new, place.evidence, place.message)
    for spot in reading.explained:
        found.explain_occurrence(spot.start + by, spot.state, spot.reason)
    found.comments += [(start + by, end + by) for start, end in reading.comments]


def _add_inner(found: DataFindings, inner: DataFindings, by: int) -> None:
    for place in inner.places.values():
        span = (place.start + by, place.end + by)
        found.claim_span(place.rule, span, place.old, place.new, place.evidence, place.message)
    for spot in inner.spots.values():
        found.explain_occurrence(spot.start + by, spot.state, spot.reason)
    found.comments += [(start + by, end + by) for start, end in inner.comments]


def _read_prose(found: DataFindings, start: int, end: int) -> None:
    inspect_lines(found, start, end)
    explain_uncovered(found, start, end, OccurrenceState.COMMENT, "in the prose of a document")


def _find_comments(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            return
        yield at, end + 3
        at = text.find("<!--", end)
