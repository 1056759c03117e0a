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
class TextPiece:
    """A text as it is meant; `places` are the offsets in the file of each character, and of the end.

    What was written in escapes stands at the offset at which its escape begins.
    """

    text: str
    offsets: Sequence[int]

    def slice_piece(self, start: int, end: int) -> TextPiece:
        """Return the characters from `start` up to `end`."""
        return TextPiece(self.text[start:end], self.offsets[start : end + 1])

    def span_of(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return the range of characters in the file; the last ends where the next starts, unless that is elsewhere."""
        stop = len(self.text) if end is None else end
        if isinstance(self.offsets, range) or start == stop:
            return self.offsets[start], self.offsets[stop]
        first, last, tail = self.offsets[start], self.offsets[stop], self.offsets[stop - 1] + 1
        wide = not stop - start <= last - first <= _WIDEST * (stop - start)
        return first, max(tail, first + 1) if wide or tail - first == stop - start else last


def plain_piece(text: str, start: int, end: int) -> TextPiece:
    """Return a stretch of a file without escapes."""
    return TextPiece(text[start:end], range(start, end + 1))


def unescape_json(piece: TextPiece) -> TextPiece:
    """Return a piece with the escapes of JSON strings undone."""
    if "\\" not in piece.text:
        return piece
    texts: list[str] = []
    places: list[int] = []
    for match in _ESCAPED.finditer(piece.text):
        code, sign = match["code"], match["sign"]
        if code or sign:
            texts.append(chr(int(code, 16)) if code else _SIGNS.get(sign, sign))
            places.append(piece.offsets[match.start()])
        else:
            texts.append(match[0])
            places += piece.offsets[match.start() : match.end()]
    places.append(piece.offsets[len(piece.text)])
    return TextPiece("".join(texts), places)


def join_pieces(pieces: Sequence[TextPiece]) -> TextPiece:
    """Return pieces one after the other, wherever they are."""
    if len(pieces) == 1:
        return pieces[0]
    heads = (piece.offsets[: len(piece.text)] for piece in pieces)
    last = pieces[-1].offsets[len(pieces[-1].text)] if pieces else 0
    return TextPiece("".join(piece.text for piece in pieces), [*chain.from_iterable(heads), last])
