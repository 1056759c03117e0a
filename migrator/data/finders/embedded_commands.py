"""Read the shell commands in strings of data, such as those of pipelines and playbooks."""

from __future__ import annotations

import re

from migrator.data.data_findings import DataFindings
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import TextPiece

_COMMAND = re.compile(r"\b(?:curl|wget|https?\s+(?:-|POST\b))\s*")
#: A longer text is no command; and each command costs a parse, so that a log of them is read only this far.
_LONGEST = 100_000
_MOST = 300


def claim_commands(found: DataFindings, tree: DataTree, variables: Variables) -> None:
    """Claim what the commands in a tree send."""
    left = _MOST
    for index, node in enumerate(tree.nodes):
        text = node.text if node.shape is DataKind.TEXT else None
        if text is None or len(text.text) > _LONGEST or not _COMMAND.search(text.text):
            continue
        piece = variables.fill_in(text)
        if left and found.marks.are_in(piece.text):
            left -= 1
            _read_command(found, piece, tree.pointer_to(index))


def _read_command(found: DataFindings, piece: TextPiece, where: str) -> None:
    read = found.read_snippet
    reading = read(where, piece.text, 1, "sh", found.words) if read is not None else None
    for place in reading.matches if reading is not None else ():
        span = piece.span_of(place.start, place.end)
        found.claim_span(place.rule, span, place.old, place.new, place.evidence, place.message)
