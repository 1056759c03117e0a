"""Find URLs that a Postman collection splits: lists of the labels of a host and of the segments of a path."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import DataFindings
from migrator.data.finders.data_urls import DataUrl, claim_urls_in
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataTree
from migrator.data.formats.text_piece import TextPiece, join_pieces
from migrator.findings.ledger import OccurrenceState


def claim_split_urls(found: DataFindings, tree: DataTree, variables: Variables) -> Iterator[DataUrl]:
    """Claim the methods and versions in URLs that are only written in parts; explain parts beside the whole URL."""
    for index, node in enumerate(tree.nodes):
        if node.key is None or node.key.text != "path" or not tree.is_array(index) or node.parent < 0:
            continue
        segments = [text for child in tree.children_of(index) if (text := tree.string_of(child)) is not None]
        if any(tree.string_of(raw) is not None for raw in tree.values_at(node.parent, "raw")):
            for segment in segments:
                if segment.text in found.words.methods:
                    found.explain_occurrence(
                        segment.offsets[0], OccurrenceState.MANUAL, "a part of the URL that is written beside it"
                    )
        elif segments:
            piece = variables.fill_in(_join_url(tree, node.parent, segments))
            yield from claim_urls_in(found, piece, index)


def _join_url(tree: DataTree, url: int, segments: list[TextPiece]) -> TextPiece:
    labels = [text for host in tree.values_at(url, "host") for text in _list_strings(tree, host)]
    pieces: list[TextPiece] = []
    for text in labels:
        pieces += [_make_separator(".", text)] * bool(pieces) + [text]
    if labels and "://" not in labels[0].text and "{{" not in labels[0].text:
        pieces.insert(0, _make_separator("https://", labels[0]))
    for segment in segments:
        pieces += [_make_separator("/", segment), segment]
    return join_pieces(pieces)


def _list_strings(tree: DataTree, index: int) -> Iterator[TextPiece]:
    for node in (*tree.children_of(index),) if tree.is_array(index) else (index,):
        text = tree.string_of(node)
        if text is not None:
            yield text


def _make_separator(text: str, before: TextPiece) -> TextPiece:
    """Return characters that are written nowhere."""
    return TextPiece(text, (before.offsets[0],) * (len(text) + 1))
