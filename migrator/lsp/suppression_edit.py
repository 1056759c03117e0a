"""Make the edit that adds a suppression comment for a finding, only where it suppresses it."""

from __future__ import annotations

import re
from bisect import bisect_left

from migrator.findings.finding import Edit, Finding
from migrator.python.analysis.module import Module
from migrator.python.source.comments import parse_directives
from migrator.python.source.notebook import Notebook
from migrator.python.source.source_file import SourceFile, Unreadable, apply_edits
from migrator.python.source.syntax import parse_newer_source

_IGNORE = re.compile(r"#\s*migrator:\s*ignore\[(?P<ids>[^\]]*)\]")


def suppression_edit(module: Module, finding: Finding) -> Edit | None:
    """Return the edit that adds a suppression comment for a finding, or None if none of its lines can take one."""
    source = module.source
    first = source.position(_code_offset(source, finding.line, finding.column))[0]
    last = source.position(_code_offset(source, finding.end_line, finding.end_column))[0]
    for line in range(first, last + 1):
        edit = _add_comment(source, line, finding.rule)
        if _is_suppressed(source, edit, finding.rule, first, last):
            return edit
    return None


def _add_comment(source: SourceFile, line: int, rule: str) -> Edit:
    start = source.line_starts[line - 1]
    text = source.text[start : source.line_end(start)].rstrip("\r\n")
    found = _IGNORE.search(text)
    if found:
        at = start + found.end("ids")
        return source.make_edit(at, at, f", {rule}" if found["ids"].strip() else rule)
    end = start + len(text.rstrip())
    return source.make_edit(end, start + len(text), f"  # migrator: ignore[{rule}]")


def _is_suppressed(source: SourceFile, edit: Edit, rule: str, first: int, last: int) -> bool:
    """Return whether the edited text is Python in which a comment, not a string, suppresses the finding."""
    try:
        after = source.with_bytes(apply_edits(source.raw, [edit]))
        tree = parse_newer_source(after).tree
    except Unreadable:
        return False
    return parse_directives(after, tree).covers_lines(rule, first, last)


def _code_offset(source: SourceFile, line: int, column: int) -> int:
    """Return the offset in the code of a line and column of the file."""
    if isinstance(source, Notebook):
        return bisect_left(source.places, source.file.line_starts[line - 1] + column - 1)
    return source.line_starts[line - 1] + column - 1
