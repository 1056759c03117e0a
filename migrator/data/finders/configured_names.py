"""Find names in configuration by their surroundings: a URL of the API, or a key that says whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrator.data.data_findings import Found, listed
from migrator.data.finders.data_urls import Address
from migrator.data.formats.data_tree import Node, Shape, Tree
from migrator.data.formats.text_piece import Piece
from migrator.matching.vocabulary import Named

#: ``NAME=value`` in a list, as containers are given their environment.
_ASSIGNED = re.compile(r"[A-Za-z_]\w{0,99}=")
_LOOPS = ("loop", "with_items", "with_list", "for_each", "matrix")


def names_beside(found: Found, tree: Tree, bases: Sequence[Address], documents: Sequence[range]) -> None:
    """Claim the names in objects that contain a URL of the API, and those below a key with a word of the API.

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
                found.name(piece, names, (f"{tree.pointer(index)} is beside the {beside[index]}",))
            elif index in worded and not found.foreign:
                why = f"{tree.pointer(index)} mentions {worded[index]!r}, and the file has the {bases[0].why}"
                found.name(piece, names, (why,))


def _pieces(node: Node, names: dict[str, Named]) -> list[Piece]:
    found = [node.text] if node.shape is Shape.TEXT else []
    if node.text is not None and node.key is None and (assigned := _ASSIGNED.match(node.text.text)):
        found = [node.text.part(assigned.end(), len(node.text.text))]
    return [piece for piece in (*found, node.key) if piece is not None and any(True for _ in listed(piece.text, names))]


def _beside(tree: Tree, bases: Sequence[Address]) -> dict[int, str]:
    """Return the nodes in objects that directly contain a URL, and that URL; and the loop values of a task with one."""
    holders: dict[int, Address] = {}
    found: dict[int, str] = {}
    for base in bases:
        holder = tree.nodes[base.node].parent if base.node >= 0 else -1
        if holder >= 0 and tree.nodes[holder].shape is Shape.OBJECT:
            holders.setdefault(holder, base)
            outer = tree.nodes[holder].parent
            is_task = outer >= 0 and tree.nodes[outer].parent >= 0 and tree.is_array(tree.nodes[outer].parent)
            found |= dict.fromkeys(tree.held(outer, *_LOOPS) if is_task else (), base.why)
    for index, node in enumerate(tree.nodes):
        near = holders.get(node.parent)
        why = found.get(node.parent) or (near.why if near is not None and _is_beside(tree, index, near.node) else None)
        if why is not None:
            found[index] = why
    return found


def _is_beside(tree: Tree, one: int, other: int) -> bool:
    """Return whether two values of an object belong together: where keys have dots, only below the same name."""
    keys = [key.text for index in (one, other) if (key := tree.nodes[index].key) is not None]
    return not any("." in key for key in keys) or len({key.partition(".")[0] for key in keys}) == 1


def _worded(found: Found, tree: Tree) -> dict[int, str]:
    """Return the nodes whose key, or the key of a node around them, has a word of the API."""
    worded: dict[int, str] = {}
    for index, node in enumerate(tree.nodes):
        name = node.key.text if node.key is not None else ""
        if not name and node.text is not None and (assigned := _ASSIGNED.match(node.text.text)):
            name = assigned[0]
        word = found.words.hint(name)
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
