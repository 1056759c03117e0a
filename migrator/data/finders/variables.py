"""Fill in variables in texts, ``{{base_url}}/path`` or ``${BASE}/path``, from what the same file says of them."""

from __future__ import annotations

import re
from functools import cached_property

from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import TextPiece, join_pieces
from migrator.matching.urls import GAP

_HOLE = re.compile(
    r"""\$?\{\{(?P<double>[^{}\n]{1,120}+)\}\}
    | \$\{(?P<braced>[A-Za-z_][\w.]{0,99}+)(?::?[-=](?P<else>[^{}\n]{0,300}+)|[^{}\n]{0,100}+)\}
    | \$(?P<bare>[A-Za-z_]\w{0,99}+)
    | %\((?P<percent>[^()\n]{1,100}+)\)s
    | \{(?P<single>[A-Za-z_][\w.]{0,60}+)\}""",
    re.VERBOSE,
)
#: Length of a text with its variables filled in, and how often variables in variables are looked up: URLs are shorter,
#: and files that use more levels are not written by hand. Beyond that a variable stays a gap.
_LONGEST = 4_000
_DEEPEST = 6
#: Characters that are filled in in one file, so that variables in variables cannot grow without end.
_MOST = 2_000_000
_VALUES = ("value", "default", "currentValue", "initialValue")
_NAMES = ("key", "name", "id")
_SCOPES = ("_.", "env.", "vars.", "inputs.")


class Variables:
    """The values that a file gives to names: `name: value`, or an object of a name and its value."""

    def __init__(self, tree: DataTree, most: int = _MOST) -> None:
        self.tree = tree
        #: How many characters may still be filled in.
        self.left = most

    def fill_in(self, piece: TextPiece) -> TextPiece:
        """Return a piece with its variables filled in, as far as they are known; the others become a gap."""
        if len(piece.text) > _LONGEST or not any(sign in piece.text for sign in ("{", "$", "%(")):
            return piece
        for _ in range(_DEEPEST):
            grown, changed = self._fill_once(piece)
            if not changed or len(grown.text) > min(_LONGEST, self.left):
                break
            self.left -= len(grown.text)
            piece = grown
        return _replace_unknown(piece)

    def _fill_once(self, piece: TextPiece) -> tuple[TextPiece, bool]:
        parts: list[TextPiece] = []
        done, changed = 0, False
        for match in _HOLE.finditer(piece.text):
            value = self._look_up(match, piece)
            if value is not None:
                parts += [piece.slice_piece(done, match.start()), value]
                done, changed = match.end(), True
        return join_pieces([*parts, piece.slice_piece(done, len(piece.text))]), changed

    def _look_up(self, match: re.Match[str], piece: TextPiece) -> TextPiece | None:
        name = next(match[g] for g in ("double", "braced", "bare", "percent", "single") if match[g]).strip(" -~\t")
        for scope in _SCOPES:
            name = name.removeprefix(scope)
        known = self._known_values.get(name)
        if known is not None and match[0] in known.text:
            known = None  # `URL: ${URL:-https://...}` passes on a variable of the same name
        if known is None and match["else"]:
            known = piece.slice_piece(*match.span("else"))
        return known if known is not None and len(known.text) <= _LONGEST else None

    @cached_property
    def _known_values(self) -> dict[str, TextPiece]:
        named: dict[str, TextPiece] = {}
        simple: dict[str, TextPiece] = {}
        for index, node in enumerate(self.tree.nodes):
            if node.shape is DataKind.TEXT and node.key is not None and node.text is not None:
                simple.setdefault(node.key.text, node.text)
            elif node.shape is DataKind.OBJECT:
                value = self._string_at(index, _VALUES)
                name = self._string_at(index, _NAMES) or node.key
                if value is not None and name is not None:
                    named.setdefault(name.text, value)
        return {**simple, **named}

    def _string_at(self, index: int, keys: tuple[str, ...]) -> TextPiece | None:
        found = (self.tree.string_of(child) for key in keys for child in self.tree.values_at(index, key))
        return next((piece for piece in found if piece is not None), None)


def _replace_unknown(piece: TextPiece) -> TextPiece:
    parts: list[TextPiece] = []
    done = 0
    for match in _HOLE.finditer(piece.text):
        hole = TextPiece(GAP, (piece.offsets[match.start()], piece.offsets[match.end()]))
        parts += [piece.slice_piece(done, match.start()), hole]
        done = match.end()
    return join_pieces([*parts, piece.slice_piece(done, len(piece.text))])
