"""Read the JSON that programs write in strings, for the readers of programming languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from migrator.data.data_findings import Found, found_in
from migrator.data.finders.body_documents import claim_request
from migrator.data.finders.data_urls import Address
from migrator.data.formats.data_tree import Broken, Tree
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.text_piece import Piece, unescaped
from migrator.findings.reading import Place
from migrator.matching.vocabulary import Lexicon


class EmbeddedJsonReader:
    """Read strings of one file as JSON: as they are, with escapes undone, or with doubled quotes made single."""

    def __init__(self, words: Lexicon, text: str) -> None:
        self._words, self._text = words, text

    def __call__(self, text: str, offsets: Sequence[int]) -> EmbeddedDocument | None:
        """Return the object or array that a text is; None if it is neither, or more than one."""
        for piece in _interpretations(Piece(text, offsets)):
            tree = _scan_one(piece)
            if tree is not None:
                return EmbeddedDocument(self, tree)
        return None

    @cached_property
    def found(self) -> Found:
        """The findings of all documents of the file, made when the first is needed."""
        return found_in(self._words, self._text, read_snippet=None)


@dataclass(frozen=True, slots=True)
class EmbeddedDocument:
    """A JSON document inside a string."""

    reader: EmbeddedJsonReader
    tree: Tree

    def key_spans(self, path: Sequence[str | None]) -> Iterator[tuple[int, int]]:
        """Yield the span of each key at a path from the root."""
        for node in self.tree.at(0, path):
            key = self.tree.nodes[node].key
            if key is not None:
                yield key.span()

    def request_places(self, method: str, evidence: str) -> list[Place]:
        """Return the matches in the document as the body of a request."""
        found = self.reader.found
        claim_request(found, self.tree, 0, Address(0, method, None, (0, 0), evidence))
        places = list(found.places.values())
        found.places.clear()
        return places


def _interpretations(piece: Piece) -> Iterator[Piece]:
    """Yield the texts that a string may mean, the likeliest first."""
    yield piece
    if "\\" in piece.text:
        yield unescaped(piece)
    if '""' in piece.text:
        yield _undouble_quotes(piece)


def _undouble_quotes(piece: Piece) -> Piece:
    """Return a piece in which each doubled quote is a single one, as verbatim strings of C# write it."""
    kept: list[int] = []
    at = 0
    while at < len(piece.text):
        kept.append(at)
        at += 2 if piece.text.startswith('""', at) else 1
    return Piece("".join(piece.text[i] for i in kept), [*(piece.places[i] for i in kept), piece.places[-1]])


def _scan_one(piece: Piece) -> Tree | None:
    try:
        tree = scan_json(piece)
    except Broken:
        return None
    return tree if tree.nodes[0].last == len(tree.nodes) else None
