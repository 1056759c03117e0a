"""Extract the comments of a file and its ``migrator: ignore`` directives."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.matching.suppressions import DIRECTIVE, Suppression, Suppressions, parse_directive
from migrator.python.source.source_file import SourceFile
from migrator.python.source.statement_lines import StatementLines

_IGNORE = re.compile(rf"#\s*{DIRECTIVE}")
#: A line that begins with a closing bracket, which only continues the statement above it.
_CLOSING = re.compile(r"[ \t\f]*[)\]}]")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and the offset at which it starts. `below` is the line of code under a comment on its own line.

    Further comments may be between the two.
    """

    text: str
    start: int
    line: int
    below: int | None = None


def extract_comments(source: SourceFile) -> tuple[Comment, ...]:
    """Return every comment, up to where the file cannot be tokenised; none if the file does not mention migrator."""
    if "migrator" not in source.text:
        return ()
    found: list[Comment] = []
    bounds = zip(source.line_starts, [*source.line_starts[1:], len(source.text)], strict=True)
    lines = [source.text[start:end].rstrip("\r\n") + "\n" for start, end in bounds]
    try:
        for token in tokenize.generate_tokens(io.StringIO("".join(lines)).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                below = row + 1 if lines[row - 1][:column].isspace() or not column else None
                found.append(Comment(token.string, source.line_starts[row - 1] + column, row, below))
    except (tokenize.TokenError, SyntaxError):
        pass
    return tuple(_attach_to_code(found))


def _attach_to_code(comments: list[Comment]) -> Iterator[Comment]:
    """Yield the comments, those of one block attached to the same line of code."""
    below: dict[int, int] = {}
    for comment in reversed(comments):
        if comment.below is not None:
            below[comment.line] = below.get(comment.below, comment.below)
    return (replace(comment, below=below.get(comment.line)) for comment in comments)


def parse_directives(source: SourceFile, tree: ast.Module) -> Suppressions:
    """Return the suppressions in the comments of a file: each covers the statement that it is on, ends or precedes."""
    matches = [(comment, match) for comment in extract_comments(source) if (match := _IGNORE.search(comment.text))]
    statements = StatementLines(tree) if matches else None
    found: list[Suppression] = []
    for comment, match in matches:
        first, last = comment.line, comment.below or comment.line
        if statements is not None:
            covered = statements.find_lines(last)
            if covered == (last, last):
                covered = statements.find_lines(_skip_closing_brackets(source, last))
            first, last = min(first, covered[0]), max(last, covered[1])
        found.append(parse_directive(match, source.displayed_position(comment.start)[0], first, last))
    return Suppressions(found)


def _skip_closing_brackets(source: SourceFile, line: int) -> int:
    """Return the last line of the value before a line of closing brackets: a parenthesised value ends before them."""
    while 1 < line <= len(source.line_starts) and _CLOSING.match(source.text, source.line_starts[line - 1]):
        line -= 1
    return line
