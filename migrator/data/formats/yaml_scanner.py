"""Read YAML with positions: the events of PyYAML, so that an alias is never followed."""

from __future__ import annotations

import re

from migrator.data.formats.data_tree import DataKind, DataTree, FormatError
from migrator.data.formats.text_piece import TextPiece, plain_piece, unescape_json

#: PyYAML needs quadratic time for nested brackets; a file with more is read line by line, with an error that says so.
_DEEPEST = 1_000
_BRACKET = re.compile(r"[\[{\]}]")
#: Replaces a byte that is no character.
_LONE = re.compile("[\ud800-\udfff]")
_INDICATOR = re.compile(r"[|>][^\n]*+\n?")


def scan_yaml(text: str) -> DataTree:
    """Return the values in a text, of every document in it. Raises Broken where it is not YAML."""
    import yaml

    if text.count("[") + text.count("{") > _DEEPEST:
        _check_depth(text)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    mark = len(text) - len(text.removeprefix("\ufeff"))
    tree = _YamlEvents(text, mark)
    try:
        for event in yaml.parse(_LONE.sub("_", text[mark:]), Loader=loader):
            tree.take_event(event)
    except yaml.MarkedYAMLError as error:
        where = error.problem_mark
        raise FormatError(error.problem or "this is not YAML", where.index + mark if where else 0) from None
    except yaml.YAMLError as error:
        raise FormatError("it contains characters that YAML forbids", getattr(error, "position", 0) or 0) from None
    if not tree.tree.nodes:
        raise FormatError("there is no value", 0)
    _find_comments(tree.tree, text)
    return tree.tree


class _YamlEvents:
    """Builds the tree; the keys of a mapping and its values come in turns."""

    def __init__(self, text: str, mark: int) -> None:
        self.text, self.mark, self.tree, self.holder = text, mark, DataTree(), -1
        self.keys: list[TextPiece | None] = []
        #: How deep we are in a mapping or list that is itself a key.
        self.skipped = 0

    def take_event(self, event: object) -> None:
        import yaml

        match event:
            case yaml.ScalarEvent() | yaml.AliasEvent():
                self._add_scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open_container(event, isinstance(event, yaml.MappingStartEvent))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close_container(self.mark + event.end_mark.index)  # type: ignore[union-attr]

    def _add_scalar(self, event: object) -> None:
        if self.skipped:
            return
        first, last = self.mark + event.start_mark.index, self.mark + event.end_mark.index  # type: ignore[attr-defined]
        style = getattr(event, "style", "*")
        text = _scalar_piece(self.text, first, last, style)
        if self._wants_key():
            self.keys[-1] = text
            return
        worded = style in ("'", '"', "|", ">") or getattr(event, "implicit", (True, False))[0]
        shape = DataKind.TEXT if worded and style != "*" else DataKind.OTHER
        self.tree.add_value(shape, (first, last), self.holder, self._take_key(), text)

    def _open_container(self, event: object, mapping: bool) -> None:
        if self.skipped or self._wants_key():
            self.skipped += 1
            return
        shape = DataKind.OBJECT if mapping else DataKind.ARRAY
        start = self.mark + event.start_mark.index  # type: ignore[attr-defined]
        self.holder = self.tree.open_node(shape, start, self.holder, self._take_key())
        self.keys.append(None)

    def _close_container(self, end: int) -> None:
        if self.skipped:
            self.skipped -= 1
            if not self.skipped:
                self.keys[-1] = TextPiece("", (end,))
            return
        self.tree.close_node(self.holder, end)
        self.keys.pop()
        self.holder = self.tree.nodes[self.holder].parent

    def _wants_key(self) -> bool:
        inside = self.holder >= 0 and self.tree.nodes[self.holder].shape is DataKind.OBJECT
        return inside and self.keys[-1] is None

    def _take_key(self) -> TextPiece | None:
        if self.holder < 0 or self.tree.nodes[self.holder].shape is not DataKind.OBJECT:
            return None
        key, self.keys[-1] = self.keys[-1], None
        return key


def _scalar_piece(text: str, start: int, end: int, style: str | None) -> TextPiece:
    """Return a scalar as it is meant, as far as the file contains its characters: a folded line ends in a blank."""
    if style in ("'", '"'):
        start = text.find(style, start, end) + 1
        inner = plain_piece(text, start, max(text.rfind(style, start, end), start))
        return unescape_json(inner) if style == '"' else inner
    if style in ("|", ">"):
        head = _INDICATOR.match(text, start, end)
        inner = plain_piece(text, head.end() if head else start, end)
        return inner if style == "|" else _fold_lines(inner)
    return _fold_lines(plain_piece(text, start, end))


def _fold_lines(piece: TextPiece) -> TextPiece:
    return TextPiece(piece.text.replace("\r", " ").replace("\n", " "), piece.offsets) if "\n" in piece.text else piece


def _check_depth(text: str) -> None:
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] in "[{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            raise FormatError(f"more than {_DEEPEST:,} brackets inside of one another", match.start())


def _find_comments(tree: DataTree, text: str) -> None:
    """Return a ``#`` at the start of a line or behind a blank, outside of every scalar, opens a comment."""
    spans = sorted(span for node in tree.nodes for span in _comment_spans(node.start, node.end, node.text, node.key))
    at = 0
    for match in re.finditer(r"(?:(?<=[\s])|\A)#[^\r\n]*+", text):
        while at < len(spans) and spans[at][1] <= match.start():
            at += 1
        if at == len(spans) or spans[at][0] > match.start():
            tree.comments.append(match.span())


def _comment_spans(start: int, end: int, text: TextPiece | None, key: TextPiece | None) -> list[tuple[int, int]]:
    found = [(start, end)] if text is not None else []
    return [*found, key.span_of()] if key is not None and key.text else found
