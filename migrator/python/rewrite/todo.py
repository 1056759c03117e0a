"""TODO comments: how they are written, found again and taken back."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.findings.operation import TextEdit
from migrator.python.rewrite.comment_tokens import CommentToken, comment_tokens

#: Deeply indented code leaves no room: a TODO keeps about six words a line and exceeds the line length.
_LEAST_WIDTH = 40
_MORE = "#   "
_CARRIED = "Comment:"
_FIRST = re.compile(r"# TODO\(migrator (?P<rule>[\w.-]+)\):(?P<text>(?: .*)?)")
_MAY_CONTAIN = "# TODO(migrator "
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class TodoComment:
    """A TODO of migrator in a file: its lines as offsets, what it says and the comments that it carries."""

    start: int
    end: int
    rule: str
    text: str
    carried: tuple[str, ...]


def format_todo(rule: str, text: str, carried: Sequence[str], column: int, line_length: int) -> list[str]:
    """Return the comments of a TODO, one for each line: wrapped, continuation lines indented after the ``#``."""
    width = max(line_length - column, _LEAST_WIDTH)
    lines = _wrap(f"# TODO(migrator {rule}): {text}".rstrip(), width)
    for comment in carried:
        lines += _wrap(f"{_MORE}{_CARRIED} {comment}", width)
    return lines


def plain_comment(comment: str) -> str:
    """Return what a comment says, without its sign."""
    return comment.removeprefix("#").strip()


def find_todos(text: str) -> Iterator[TodoComment]:
    """Find the TODO comments of migrator that have lines to themselves."""
    if _MAY_CONTAIN not in text:
        return
    lines = [token for token in comment_tokens(text) or () if token.is_alone]
    number = 0
    while number < len(lines):
        first = _FIRST.fullmatch(lines[number].text)
        group = [lines[number]]
        number += 1
        if first is None:
            continue
        while number < len(lines) and _continues(group[-1], lines[number]):
            group.append(lines[number])
            number += 1
        said, carried = _unwrap([first["text"], *(line.text[len(_MORE) :] for line in group[1:])])
        yield TodoComment(group[0].start, group[-1].end, first["rule"], said, carried)


def take_back_todo(text: str, todo: TodoComment) -> TextEdit:
    """Return the edit that removes a TODO comment and restores the comments that it carries."""
    indent = text[todo.start : text.index("#", todo.start)]
    found = _LINE_END.search(text, todo.start)
    newline = found[0] if found else "\n"
    kept = "".join(f"{indent}# {comment}{newline}" for comment in todo.carried)
    return TextEdit(todo.start, todo.end, kept)


def is_said_above(todos: Sequence[TodoComment], offset: int, rule: str, text: str) -> bool:
    """Return whether the TODO comments directly above a line, one above the other, already say a text."""
    above = {todo.end: todo for todo in todos}
    while (todo := above.get(offset)) is not None:
        if todo.rule == rule and todo.text.split() == text.split():
            return True
        offset = todo.start
    return False


def _wrap(line: str, width: int) -> list[str]:
    return textwrap.wrap(
        line, width, subsequent_indent=_MORE, break_long_words=False, break_on_hyphens=False, expand_tabs=False
    )


def _unwrap(lines: list[str]) -> tuple[str, tuple[str, ...]]:
    said: list[str] = []
    carried: list[list[str]] = []
    for line in lines:
        if line.startswith(_CARRIED):
            carried.append([line.removeprefix(_CARRIED)])
        else:
            (carried[-1] if carried else said).append(line)
    return " ".join(said).strip(), tuple(" ".join(parts).strip() for parts in carried)


def _continues(above: CommentToken, line: CommentToken) -> bool:
    return line.start == above.end and line.column == above.column and line.text.startswith(_MORE)
