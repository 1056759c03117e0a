"""Read Postman collections: a URL is written there twice, whole and in parts, and both are edited."""

from __future__ import annotations

from migrator.data.data_findings import DataFindings
from migrator.data.formats.data_tree import DataTree
from migrator.findings.reading import TextMatch

Span = tuple[int, int]


def is_collection(tree: DataTree) -> bool:
    """Return whether a tree is a collection of requests."""
    return any({"info", "item"} <= tree.keys_of(root) for root in tree.roots())


def find_saved_responses(tree: DataTree) -> list[range]:
    """Return the nodes of responses that a collection keeps with the requests that they answered."""
    return [
        tree.subtree_of(index)
        for index, node in enumerate(tree.nodes)
        if node.key is not None and node.key.text == "response" and tree.is_array(index)
    ]


def find_path_parts(found: DataFindings, tree: DataTree, index: int, match: TextMatch) -> tuple[Span, ...] | None:
    """Return the spans that repeat a match of a URL in the list of the segments of its path.

    None if the list does not agree with the URL; no span if there is no list, or the match is in another value.
    """
    node, text = tree.nodes[index], tree.string_of(index)
    if text is None or node.key is None or node.key.text != "raw" or node.parent < 0:
        return ()
    lists = [child for child in tree.values_at(node.parent, "path") if tree.is_array(child)]
    start, end = text.span_of()
    if not lists or not start <= match.start < end:
        return ()
    wanted = (match.old, f"v{match.old}")
    segments = (tree.string_of(child) for path in lists for child in tree.children_of(path))
    same = [segment for segment in segments if segment is not None and segment.text in wanted]
    if len(same) != 1 or found.text[slice(*same[0].span_of())] != same[0].text:
        return None
    last = same[0].span_of()[1]
    return ((last - len(match.old or ""), last),)
