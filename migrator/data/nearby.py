"""Find names in configuration by what stands around them: a URL of the API, or a key that says whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.code.lexicon import Named
from migrator.data.addresses import Address
from migrator.data.found import Found, listed
from migrator.data.piece import Piece
from migrator.data.tree import Node, Shape, Tree


def names_beside(found: Found, tree: Tree, bases: Sequence[Address], documents: Sequence[range]) -> None:
    """Claim the names in objects that hold a URL of the API, and those below a key that speaks of the API.

    The latter only where some URL of the API is in the file. What belongs to a document is left alone.
    """
    if not bases:
        return
    names = {**found.words.webhooks, **found.words.methods}
    closed = _marked(tree, documents)
    beside = _beside(tree, bases)
    worded = _worded(found, tree)
    for index, node in enumerate(tree.nodes):
        if closed[index]:
            continue
        for piece in _pieces(node, names):
            if piece.places[0] in found.spots:
                continue
            if index in beside:
                found.name(piece, names, (f"{tree.pointer(index)} stands beside the {beside[index]}",))
            elif index in worded and not found.foreign:
                why = f"{tree.pointer(index)} speaks of {worded[index]!r}, and the file has the {bases[0].why}"
                found.name(piece, names, (why,))


def _pieces(node: Node, names: dict[str, Named]) -> list[Piece]:
    found = [node.text] if node.shape is Shape.TEXT else []
    return [piece for piece in (*found, node.key) if piece is not None and any(True for _ in listed(piece.text, names))]


def _beside(tree: Tree, bases: Sequence[Address]) -> dict[int, str]:
    """The nodes in objects that directly hold a URL, and that URL."""
    holders: dict[int, str] = {}
    for base in bases:
        holder = tree.nodes[base.node].parent if base.node >= 0 else -1
        if holder >= 0 and tree.nodes[holder].shape is Shape.OBJECT:
            holders.setdefault(holder, base.why)
    found: dict[int, str] = {}
    for index, node in enumerate(tree.nodes):
        why = found.get(node.parent) or holders.get(node.parent)
        if why is not None:
            found[index] = why
    return found


def _worded(found: Found, tree: Tree) -> dict[int, str]:
    """The nodes whose key, or the key of what holds them, has a word of the API."""
    worded: dict[int, str] = {}
    for index, node in enumerate(tree.nodes):
        word = found.words.hint(node.key.text) if node.key is not None else None
        word = word or worded.get(node.parent)
        if word is not None:
            worded[index] = word
    return worded


def _marked(tree: Tree, ranges: Sequence[range]) -> bytearray:
    marked = bytearray(len(tree.nodes))
    done = 0
    for each in sorted(ranges, key=lambda nodes: nodes.start):
        start = max(done, each.start)
        if start < each.stop:
            marked[start : each.stop] = b"\1" * (each.stop - start)
            done = each.stop
    return marked
