"""A piece of text, with the offset of each of its characters in a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

_ESCAPED = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<sign>.))|[^\\]++|\\", re.DOTALL)
#: Characters of the longest escape, ``\\uXXXX``.
_WIDEST = 6
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A text as it is meant; `places` are the offsets in the file of each character, and of the end.

    What was written in escapes stands at the offset at which its escape begins.
    """

    text: str
    places: Sequence[int]

    def part(self, start: int, end: int) -> Piece:
        """Return the characters from `start` up to `end`."""
        return Piece(self.text[start:end], self.places[start : end + 1])

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return the range of characters in the file; the last ends where the next starts, unless that is elsewhere."""
        stop = len(self.text) if end is None else end
        if isinstance(self.places, range) or start == stop:
            return self.places[start], self.places[stop]
        first, last, tail = self.places[start], self.places[stop], self.places[stop - 1] + 1
        wide = not stop - start <= last - first <= _WIDEST * (stop - start)
        return first, max(tail, first + 1) if wide or tail - first == stop - start else last


def plain(text: str, start: int, end: int) -> Piece:
    """Return a stretch of a file without escapes."""
    return Piece(text[start:end], range(start, end + 1))


def unescaped(piece: Piece) -> Piece:
    """Return a piece with the escapes of JSON strings undone."""
    if "\\" not in piece.text:
        return piece
    texts: list[str] = []
    places: list[int] = []
    for match in _ESCAPED.finditer(piece.text):
        code, sign = match["code"], match["sign"]
        if code or sign:
            texts.append(chr(int(code, 16)) if code else _SIGNS.get(sign, sign))
            places.append(piece.places[match.start()])
        else:
            texts.append(match[0])
            places += piece.places[match.start() : match.end()]
    places.append(piece.places[len(piece.text)])
    return Piece("".join(texts), places)


def joined(pieces: Sequence[Piece]) -> Piece:
    """Return pieces one after the other, wherever they are."""
    if len(pieces) == 1:
        return pieces[0]
    heads = (piece.places[: len(piece.text)] for piece in pieces)
    last = pieces[-1].places[len(pieces[-1].text)] if pieces else 0
    return Piece("".join(piece.text for piece in pieces), [*chain.from_iterable(heads), last])
