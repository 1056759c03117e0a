"""Tokenise string literals: map the characters of a value to the characters of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = re.compile(r"([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_GAP = re.compile(r"(?:\s|\\\r?\n|#[^\r\n]*)*")
_ESCAPE = re.compile(
    r"\\(?:\r\n|[\r\n]|N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\\'\"abfnrtv])|\r\n"
)
_LINE_CONTINUATIONS = ("\\\n", "\\\r\n", "\\\r")
_RAW_ESCAPES = ("\\\\", "\\'", '\\"')
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class SourceRun:
    """A run of characters of a value: `length` of them, from the source between `start` and `end`."""

    length: int
    start: int
    end: int

    @property
    def is_verbatim(self) -> bool:
        """Return True if the source contains the characters as they are, without escapes."""
        return self.end - self.start == self.length


@dataclass(frozen=True, slots=True)
class ReplacementField:
    """A replacement field of an f-string: the span of its expression."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StringToken:
    """One string token: its span, its prefix in lower case, and its content in order."""

    start: int
    end: int
    prefix: str
    parts: tuple[SourceRun | ReplacementField, ...]


def tokenize_strings(text: str, start: int, end: int) -> list[StringToken]:
    """Return the tokens of the string expression from `start` to `end`; several if they are implicitly concatenated."""
    found = []
    while start < end:
        token = _tokenize_string(text, start)
        if token is None:
            return []
        found.append(token)
        gap = _GAP.match(text, token.end, end)
        start = gap.end() if gap else end
    return found


def find_source_span(runs: list[SourceRun], start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the source for the value from `start` to `end`, or None if it is not verbatim in one run."""
    at = 0
    for run in runs:
        if at <= start and end <= at + run.length and run.is_verbatim:
            return run.start + start - at, run.start + end - at
        at += run.length
    return None


def _tokenize_string(text: str, start: int) -> StringToken | None:
    opened = _OPEN.match(text, start)
    if opened is None:
        return None
    prefix, quote = opened[1].lower(), opened[2]
    scanner = _BodyScanner(text, quote, raw="r" in prefix, fields="f" in prefix or "t" in prefix)
    end = scanner.scan_body(opened.end())
    return None if end is None else StringToken(start, end + len(quote), prefix, tuple(scanner.parts))


class _BodyScanner:
    """Scan the body of one token and collect its parts."""

    def __init__(self, text: str, quote: str, *, raw: bool, fields: bool) -> None:
        self.text, self.quote, self.raw, self.fields = text, quote, raw, fields
        self.parts: list[SourceRun | ReplacementField] = []

    def scan_body(self, at: int) -> int | None:
        """Collect up to the closing quote and return its offset; None if it is missing."""
        text, plain = self.text, at
        while at < len(text):
            if text.startswith(self.quote, at):
                self._add_run(plain, at)
                return at
            at, plain = self._scan_character(at, plain)
        return None

    def _scan_character(self, at: int, plain: int) -> tuple[int, int]:
        text, char = self.text, self.text[at]
        if char in "\\\r":
            escape = _ESCAPE.match(text, at)
            if escape and (not self.raw or char == "\r"):
                self._add_run(plain, at)
                self.parts.append(SourceRun(0 if escape[0] in _LINE_CONTINUATIONS else 1, at, escape.end()))
                return escape.end(), escape.end()
            return at + (2 if text[at : at + 2] in _RAW_ESCAPES else 1), plain
        if self.fields and char in "{}":
            self._add_run(plain, at)
            if text.startswith(char * 2, at):
                self.parts.append(SourceRun(1, at, at + 2))
                return at + 2, at + 2
            after = self._scan_field(at + 1) if char == "{" else at + 1
            return after, after
        return at + 1, plain

    def _add_run(self, start: int, end: int) -> None:
        if end > start:
            self.parts.append(SourceRun(end - start, start, end))

    def _scan_field(self, start: int) -> int:
        """Record the field that starts here and return the offset after its closing brace."""
        self.parts.append(ReplacementField(start, self._skip_expression(start)))
        return self._skip_field(start)

    def _skip_field(self, start: int) -> int:
        at = self._skip_expression(start)
        while at < len(self.text) and self.text[at] not in ":}":
            at += 1
        return self._skip_format(at + 1) if self.text[at : at + 1] == ":" else at + 1

    def _skip_expression(self, at: int) -> int:
        depth, text = 0, self.text
        while at < len(text):
            char = text[at]
            if char in "'\"":
                token = _tokenize_string(text, _prefix_start(text, at))
                at = token.end if token else at + 1
                continue
            if depth == 0 and (char in ":}" or (char == "!" and text[at + 1 : at + 2] != "=")):
                return at
            # ``{value=}`` and ``{value = !r}``; the blanks around a sign are few.
            if depth == 0 and re.match(r"=\s*[!:}]", text[at : at + 20]) and text[at - 1] not in "=!<>":
                return at
            depth += (char in _OPENING) - (char in _CLOSING)
            at += 1
        return at

    def _skip_format(self, at: int) -> int:
        while at < len(self.text) and self.text[at] != "}":
            at = self._skip_field(at + 1) if self.text[at] == "{" else at + 1
        return at + 1


def _prefix_start(text: str, at: int) -> int:
    start = at
    while start > 0 and at - start < 2 and text[start - 1].isalpha():
        start -= 1
    before = text[start - 1 : start]
    return at if before.isalnum() or before == "_" else start
