"""Read the JSON that programs write in strings, for the readers of programming languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from migrator.data.data_findings import DataFindings, start_findings
from migrator.data.finders.body_documents import claim_request
from migrator.data.finders.data_urls import DataUrl
from migrator.data.formats.data_tree import DataTree, FormatError
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.text_piece import TextPiece, unescape_json
from migrator.findings.reading import TextMatch
from migrator.matching.vocabulary import Vocabulary


class EmbeddedJsonReader:
    """Read strings of one file as JSON: as they are, with escapes undone, or with doubled quotes made single."""

    def __init__(self, words: Vocabulary, text: str) -> None:
        self._words, self._text = words, text

    def __call__(self, text: str, offsets: Sequence[int]) -> EmbeddedDocument | None:
        """Return the object or array that a text is; None if it is neither, or more than one."""
        for piece in _interpret_string(TextPiece(text, offsets)):
            tree = _scan_one(piece)
            if tree is not None:
                return EmbeddedDocument(self, tree)
        return None

    @cached_property
    def findings(self) -> DataFindings:
        """The findings of all documents of the file, made when the first is needed."""
        return start_findings(self._words, self._text, read_snippet=None)


@dataclass(frozen=True, slots=True)
class EmbeddedDocument:
    """A JSON document inside a string."""

    reader: EmbeddedJsonReader
    tree: DataTree

    def key_spans(self, path: Sequence[str | None]) -> Iterator[tuple[int, int]]:
        """Yield the span of each key at a path from the root."""
        for node in self.tree.find_at(0, path):
            key = self.tree.nodes[node].key
            if key is not None:
                yield key.span_of()

    def request_places(self, method: str, evidence: str) -> list[TextMatch]:
        """Return the matches in the document as the body of a request."""
        found = self.reader.findings
        claim_request(found, self.tree, 0, DataUrl(0, method, None, (0, 0), evidence))
        places = list(found.places.values())
        found.places.clear()
        return places


def _interpret_string(piece: TextPiece) -> Iterator[TextPiece]:
    """Yield the texts that a string may mean, the likeliest first."""
    yield piece
    if "\\" in piece.text:
        yield unescape_json(piece)
    if '""' in piece.text:
        yield _undouble_quotes(piece)


def _undouble_quotes(piece: TextPiece) -> TextPiece:
    """Return a piece in which each doubled quote is a single one, as verbatim strings of C# write it."""
    kept: list[int] = []
    at = 0
    while at < len(piece.text):
        kept.append(at)
        at += 2 if piece.text.startswith('""', at) else 1
    return TextPiece("".join(piece.text[i] for i in kept), [*(piece.offsets[i] for i in kept), piece.offsets[-1]])


def _scan_one(piece: TextPiece) -> DataTree | None:
    try:
        tree = scan_json(piece)
    except FormatError:
        return None
    return tree if tree.nodes[0].last == len(tree.nodes) else None
