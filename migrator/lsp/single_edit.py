"""Make one edit by itself: of a single finding, or a suppression comment; only where it is valid alone."""

from __future__ import annotations

import re
from bisect import bisect_left

from migrator.findings.finding import Edit, Finding
from migrator.python.analysis.module import Module
from migrator.python.recognition.claims import TextChange
from migrator.python.rewrite.gate import obstacle_to
from migrator.python.source.comments import parse_directives
from migrator.python.source.notebook import Notebook
from migrator.python.source.source_file import SourceFile, Unreadable, apply_edits
from migrator.python.source.syntax import parse_source

_IGNORE = re.compile(r"#\s*migrator:\s*ignore\[(?P<ids>[^\]]*)\]")


def edits_alone(module: Module, finding: Finding) -> tuple[Edit, ...]:
    """Return the edits of a finding if they are valid without those of others; otherwise nothing."""
    edits = tuple(sorted(set(finding.edits)))
    changes = [_character_change(module.source, edit) for edit in edits]
    try:
        after = apply_edits(module.source.raw, list(edits))
    except ValueError:
        return ()
    return () if obstacle_to(module.source, module.tree, after, changes) else edits


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
        parse_source(after)
    except Unreadable:
        return False
    return parse_directives(after).covers_lines(rule, first, last)


def _character_change(source: SourceFile, edit: Edit) -> TextChange:
    """Convert an edit of bytes to one of characters."""
    file = source.file if isinstance(source, Notebook) else source
    ends = [
        at - file.mark if file.is_ascii else len(source.raw[file.mark : at].decode(file.encoding, "ignore"))
        for at in (edit.start, edit.end)
    ]
    if isinstance(source, Notebook):
        ends = [bisect_left(source.places, at) for at in ends]
    return TextChange(ends[0], ends[1], edit.replacement.decode(file.encoding))


def _code_offset(source: SourceFile, line: int, column: int) -> int:
    """Return the offset in the code of a line and column of the file."""
    if isinstance(source, Notebook):
        return bisect_left(source.places, source.file.line_starts[line - 1] + column - 1)
    return source.line_starts[line - 1] + column - 1
