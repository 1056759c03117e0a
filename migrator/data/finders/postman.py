"""Find URLs that a Postman collection splits: lists of the labels of a host and of the segments of a path."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import Found
from migrator.data.finders.data_urls import Address, addresses_in
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import Tree
from migrator.data.formats.text_piece import Piece, joined
from migrator.findings.ledger import State


def apart(found: Found, tree: Tree, variables: Variables) -> Iterator[Address]:
    """Claim the methods and versions in URLs that are only written in parts; explain parts beside the whole URL."""
    for index, node in enumerate(tree.nodes):
        if node.key is None or node.key.text != "path" or not tree.is_array(index) or node.parent < 0:
            continue
        segments = [text for child in tree.inner(index) if (text := tree.string(child)) is not None]
        if any(tree.string(raw) is not None for raw in tree.held(node.parent, "raw")):
            for segment in segments:
                if segment.text in found.words.methods:
                    found.spot(segment.places[0], State.MANUAL, "a part of the URL that is written beside it")
        elif segments:
            piece = variables.filled(_put_together(tree, node.parent, segments))
            yield from addresses_in(found, piece, index)


def _put_together(tree: Tree, url: int, segments: list[Piece]) -> Piece:
    labels = [text for host in tree.held(url, "host") for text in _strings(tree, host)]
    pieces: list[Piece] = []
    for text in labels:
        pieces += [_sign(".", text)] * bool(pieces) + [text]
    if labels and "://" not in labels[0].text and "{{" not in labels[0].text:
        pieces.insert(0, _sign("https://", labels[0]))
    for segment in segments:
        pieces += [_sign("/", segment), segment]
    return joined(pieces)


def _strings(tree: Tree, index: int) -> Iterator[Piece]:
    for node in (*tree.inner(index),) if tree.is_array(index) else (index,):
        text = tree.string(node)
        if text is not None:
            yield text


def _sign(text: str, before: Piece) -> Piece:
    """Return characters that are written nowhere."""
    return Piece(text, (before.places[0],) * (len(text) + 1))
