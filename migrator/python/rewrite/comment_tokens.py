"""Every comment of a text, with its offsets."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class CommentToken:
    """A comment with its line as offsets, the line ending included; `is_alone` says that nothing else is on it."""

    text: str
    line: int
    column: int
    start: int
    end: int
    is_alone: bool


def comment_tokens(text: str) -> list[CommentToken] | None:
    """Return the comments of a text in order; None when it cannot be split into tokens."""
    ends = [match.end() for match in _LINE_END.finditer(text)]
    starts, stops = [0, *ends], [*ends, len(text)]
    lines = [_LINE_END.sub("\n", text[start:stop]) for start, stop in zip(starts, stops, strict=True)]
    found: list[CommentToken] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO("".join(lines), newline="\n").readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                is_alone = not lines[row - 1][:column].strip()
                found.append(CommentToken(token.string, row, column, starts[row - 1], stops[row - 1], is_alone))
    except (tokenize.TokenError, SyntaxError):
        return None
    return found
