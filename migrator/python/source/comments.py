"""Extract comments and ``migrator: ignore`` directives."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.python.source.source_file import Source

_IGNORE = re.compile(r"#\s*migrator:\s*ignore(?P<file>-file)?(?:\[(?P<ids>[^\]]*)\])?(?![\w-])")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and the offset at which it starts. `below` is the line of code under a comment on its own line.

    Further comments may be between the two.
    """

    text: str
    start: int
    line: int
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """``# migrator: ignore[id, ...] reason``: without ids for every rule, without a line for the whole file.

    A comment on its own line applies to the lines up to `last`, the next one of code.
    """

    line: int | None
    ids: frozenset[str]
    last: int | None = None

    def covers(self, rule: str, first: int, last: int) -> bool:
        """Return True if a finding of a rule on these lines is suppressed."""
        is_there = self.line is None or (first <= (self.last or self.line) and self.line <= last)
        return is_there and (not self.ids or rule in self.ids)


def comments_of(source: Source) -> tuple[Comment, ...]:
    """Return every comment, up to where the file cannot be tokenised; none if the file does not mention migrator."""
    if "migrator" not in source.text:
        return ()
    found: list[Comment] = []
    bounds = zip(source.starts, [*source.starts[1:], len(source.text)], strict=True)
    lines = [source.text[start:end].rstrip("\r\n") + "\n" for start, end in bounds]
    try:
        for token in tokenize.generate_tokens(io.StringIO("".join(lines)).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                below = row + 1 if lines[row - 1][:column].isspace() or not column else None
                found.append(Comment(token.string, source.starts[row - 1] + column, row, below))
    except (tokenize.TokenError, SyntaxError):
        pass
    return tuple(_above_code(found))


def _above_code(comments: list[Comment]) -> Iterator[Comment]:
    """Yield the comments, those of one block attached to the same line of code."""
    below: dict[int, int] = {}
    for comment in reversed(comments):
        if comment.below is not None:
            below[comment.line] = below.get(comment.below, comment.below)
    return (replace(comment, below=below.get(comment.line)) for comment in comments)


def suppressions_of(comments: tuple[Comment, ...]) -> tuple[Suppression, ...]:
    """Return the suppressions that the comments contain."""
    found: list[Suppression] = []
    for comment in comments:
        match = _IGNORE.search(comment.text)
        if match:
            ids = frozenset(filter(None, (part.strip() for part in (match["ids"] or "").split(","))))
            whole = match["file"] is not None
            found.append(Suppression(None if whole else comment.line, ids, None if whole else comment.below))
    return tuple(found)
