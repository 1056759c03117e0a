"""Find names in configuration by their surroundings: a URL of the API, or a key that says whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrator.data.data_findings import DataFindings, find_listed_names
from migrator.data.finders.data_urls import DataUrl
from migrator.data.formats.data_tree import DataKind, DataNode, DataTree
from migrator.data.formats.text_piece import TextPiece
from migrator.matching.vocabulary import RenamedName

#: ``NAME=value`` in a list, as containers are given their environment.
_ASSIGNED = re.compile(r"[A-Za-z_]\w{0,99}=")
_LOOPS = ("loop", "with_items", "with_list", "for_each", "matrix")


def claim_configured_names(
    found: DataFindings, tree: DataTree, bases: Sequence[DataUrl], documents: Sequence[range]
) -> None:
    """Claim the names in objects that contain a URL of the API, and those below a key with a word of the API.

    The latter only where some URL of the API is in the file. What belongs to a document is left alone.
    """
    if not bases:
        return
    names = {**found.words.webhooks, **found.words.methods}
    closed = _mark_ranges(tree, documents)
    beside = _find_neighbours(tree, bases)
    worded = _find_worded(found, tree)
    for index, node in enumerate(tree.nodes):
        if closed[index]:
            continue
        for piece in _pieces_of(node, names):
            if piece.offsets[0] in found.spots:
                continue
            if index in beside:
                found.claim_names(piece, names, (f"{tree.pointer_to(index)} is beside the {beside[index]}",))
            elif index in worded and not found.foreign:
                why = f"{tree.pointer_to(index)} mentions {worded[index]!r}, and the file has the {bases[0].why}"
                found.claim_names(piece, names, (why,))


def _pieces_of(node: DataNode, names: dict[str, RenamedName]) -> list[TextPiece]:
    found = [node.text] if node.shape is DataKind.TEXT else []
    if node.text is not None and node.key is None and (assigned := _ASSIGNED.match(node.text.text)):
        found = [node.text.slice_piece(assigned.end(), len(node.text.text))]
    return [
        piece
        for piece in (*found, node.key)
        if piece is not None and any(True for _ in find_listed_names(piece.text, names))
    ]


def _find_neighbours(tree: DataTree, bases: Sequence[DataUrl]) -> dict[int, str]:
    """Return the nodes in objects that directly contain a URL, and that URL; and the loop values of a task with one."""
    holders: dict[int, DataUrl] = {}
    found: dict[int, str] = {}
    for base in bases:
        holder = tree.nodes[base.node].parent if base.node >= 0 else -1
        if holder >= 0 and tree.nodes[holder].shape is DataKind.OBJECT:
            holders.setdefault(holder, base)
            outer = tree.nodes[holder].parent
            is_task = outer >= 0 and tree.nodes[outer].parent >= 0 and tree.is_array(tree.nodes[outer].parent)
            found |= dict.fromkeys(tree.values_at(outer, *_LOOPS) if is_task else (), base.why)
    for index, node in enumerate(tree.nodes):
        near = holders.get(node.parent)
        why = found.get(node.parent) or (near.why if near is not None and _is_beside(tree, index, near.node) else None)
        if why is not None:
            found[index] = why
    return found


def _is_beside(tree: DataTree, one: int, other: int) -> bool:
    """Return whether two values of an object belong together: where keys have dots, only below the same name."""
    keys = [key.text for index in (one, other) if (key := tree.nodes[index].key) is not None]
    return not any("." in key for key in keys) or len({key.partition(".")[0] for key in keys}) == 1


def _find_worded(found: DataFindings, tree: DataTree) -> dict[int, str]:
    """Return the nodes whose key, or the key of a node around them, has a word of the API."""
    worded: dict[int, str] = {}
    for index, node in enumerate(tree.nodes):
        name = node.key.text if node.key is not None else ""
        if not name and node.text is not None and (assigned := _ASSIGNED.match(node.text.text)):
            name = assigned[0]
        word = found.words.find_hint(name)
        word = word or worded.get(node.parent)
        if word is not None:
            worded[index] = word
    return worded


def _mark_ranges(tree: DataTree, ranges: Sequence[range]) -> bytearray:
    marked = bytearray(len(tree.nodes))
    done = 0
    for each in sorted(ranges, key=lambda nodes: nodes.start):
        start = max(done, each.start)
        if start < each.stop:
            marked[start : each.stop] = b"\1" * (each.stop - start)
            done = each.stop
    return marked
