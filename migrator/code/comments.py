"""The comments of a file, and what they ask of migrator."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass

from migrator.code.source import Source

_IGNORE = re.compile(r"#\s*migrator:\s*ignore(?P<file>-file)?(?:\[(?P<ids>[^\]]*)\])?(?![\w-])")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and the offset at which it starts."""

    text: str
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Suppression:
    """``# migrator: ignore[id, ...] reason``: no ids mean every rule, no line the whole file."""

    line: int | None
    ids: frozenset[str]

    def covers(self, rule: str, first: int, last: int) -> bool:
        """Whether a finding of a rule on these lines is not wanted."""
        return (self.line is None or first <= self.line <= last) and (not self.ids or rule in self.ids)


def comments_of(source: Source) -> tuple[Comment, ...]:
    """Every comment, as far as the file can be read; none at all where nothing speaks of migrator."""
    if "migrator" not in source.text:
        return ()
    found: list[Comment] = []
    bounds = zip(source.starts, [*source.starts[1:], len(source.text)], strict=True)
    lines = [source.text[start:end].rstrip("\r\n") + "\n" for start, end in bounds]
    try:
        for token in tokenize.generate_tokens(io.StringIO("".join(lines)).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                found.append(Comment(token.string, source.starts[row - 1] + column, row))
    except (tokenize.TokenError, SyntaxError):
        return tuple(found)
    return tuple(found)


def suppressions_of(comments: tuple[Comment, ...]) -> tuple[Suppression, ...]:
    """What the comments ask to leave alone."""
    found: list[Suppression] = []
    for comment in comments:
        match = _IGNORE.search(comment.text)
        if match:
            ids = frozenset(filter(None, (part.strip() for part in (match["ids"] or "").split(","))))
            found.append(Suppression(None if match["file"] else comment.line, ids))
    return tuple(found)
