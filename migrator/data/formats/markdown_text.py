"""Read Markdown: the code in its fences by the reader of its language, the rest for URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.data.data_findings import Found, decoded, found_in
from migrator.data.formats.data_tree import Broken
from migrator.data.formats.dispatch import Format, look_at_text
from migrator.data.formats.plain_lines import look_at_lines, say_of_the_rest
from migrator.findings.ledger import State
from migrator.findings.reading import Reading
from migrator.matching.reader_protocols import SnippetReader
from migrator.matching.vocabulary import Lexicon

_FENCE = re.compile(r"[ \t>*+-]*(?:\d+[.)][ \t]+)?(?P<sign>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w+#.-]*)[^\n]*")
#: Programs in fences behind this offset are read line by line: the line of each is counted from the start of the file.
_FURTHEST = 1_000_000
_FORMATS = {
    "json": Format.JSON,
    "jsonc": Format.JSON,
    "json5": Format.JSON,
    "yaml": Format.YAML,
    "yml": Format.YAML,
    "toml": Format.TOML,
    "ini": Format.LINES,
    "env": Format.LINES,
    "dotenv": Format.LINES,
    "properties": Format.LINES,
}


@dataclass(frozen=True, slots=True)
class Fence:
    """The code between two fences, and the language that the first names."""

    language: str
    start: int
    end: int


def read_markdown(path: str, raw: bytes, words: Lexicon, read_snippet: SnippetReader) -> Reading:
    """Return what is found in a Markdown file: in its fenced code, and in the URLs of everything else."""
    found = found_in(words, decoded(raw), read_snippet)
    found.comments += _comments(found.text)
    if not found.marks.are_in(found.text):
        return found.reading()
    done = 0
    for fence in fences(found.text):
        _prose(found, done, fence.start)
        _code(found, path, fence)
        done = fence.end
    _prose(found, done, len(found.text))
    return found.reading()


def fences(text: str) -> Iterator[Fence]:
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
            yield Fence(opened["language"].lower(), min(opened.end() + 1, at), at)
            opened = None
        at = end + 1
    if opened is not None:
        yield Fence(opened["language"].lower(), min(opened.end() + 1, len(text)), len(text))


def _code(found: Found, path: str, fence: Fence) -> None:
    form = _FORMATS.get(fence.language)
    code = found.text[fence.start : fence.end]
    if form is not None and code.strip():
        inner = Found(found.words, code, found.hint, found.foreign, found.read_snippet)
        try:
            look_at_text(inner, form, alone=False)
        except Broken:
            pass
        else:
            _put(found, inner, fence.start)
            return
    if found.read_snippet is not None and found.marks.are_in(code) and fence.start < _FURTHEST:
        line = found.text.count("\n", 0, fence.start) + 1
        reading = found.read_snippet(path, code, line, fence.language, found.words)
        if reading is not None:
            _put_reading(found, reading, fence.start)
            return
    look_at_lines(found, fence.start, fence.end)


def _put_reading(found: Found, reading: Reading, by: int) -> None:
    for place in reading.places:
        span = (place.start + by, place.end + by)
        found.claim(place.rule, span, place.old, place.new, place.evidence, place.message)
    for spot in reading.spots:
        found.spot(spot.start + by, spot.state, spot.reason)
    found.comments += [(start + by, end + by) for start, end in reading.comments]


def _put(found: Found, inner: Found, by: int) -> None:
    for place in inner.places.values():
        span = (place.start + by, place.end + by)
        found.claim(place.rule, span, place.old, place.new, place.evidence, place.message)
    for spot in inner.spots.values():
        found.spot(spot.start + by, spot.state, spot.reason)
    found.comments += [(start + by, end + by) for start, end in inner.comments]


def _prose(found: Found, start: int, end: int) -> None:
    look_at_lines(found, start, end)
    say_of_the_rest(found, start, end, State.COMMENT, "in the prose of a document")


def _comments(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            return
        yield at, end + 3
        at = text.find("<!--", end)
