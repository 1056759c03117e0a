"""Texts that say themselves what is to be done with them.

``«old→new»`` renames, ``‹entry›`` drops an entry, ``⟨statement⟩`` drops a statement; each is a finding of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.findings.operation import (
    AddComment,
    DropEntry,
    DropStatement,
    Operation,
    RenameText,
    Rewrite,
    splice_text,
)
from migrator.python.rewrite.apply import apply_plans
from migrator.python.rewrite.nesting import Plan
from migrator.python.source.source_file import source_from_text
from migrator.python.source.syntax import parse_source

_MARK = re.compile("«([^«»→]*)→([^«»]*)»|‹([^‹›]*)›|⟨([^⟨⟩]*)⟩")
RULE = "create-bot-status"


@dataclass(frozen=True)
class Asked:
    """A text without its marks, and the operations of each finding."""

    text: str
    plans: tuple[Plan, ...]

    @property
    def rewrites(self) -> list[Rewrite]:
        source = source_from_text("a.py", self.text)
        return apply_plans(source, parse_source(source), self.plans)

    @property
    def after(self) -> str:
        rewrites = self.rewrites
        assert [rewrite.obstacle for rewrite in rewrites if rewrite.obstacle] == []
        return splice_text(self.text, [edit for rewrite in rewrites for edit in rewrite.edits])


def asked(marked: str, todo: str | None = None) -> Asked:
    """Read the marks of a text; with a `todo`, each entry or statement that is dropped leaves it to be done."""
    plans: list[Plan] = []
    pieces: list[str] = []
    done = offset = 0
    for mark in _MARK.finditer(marked):
        pieces += marked[done : mark.start()], next(group for group in (mark[1], mark[3], mark[4]) if group is not None)
        offset += mark.start() - done
        span = offset, offset + len(pieces[-1])
        operation: Operation
        if mark[1] is not None:
            operation = RenameText("rename", *span, mark[2])
        else:
            operation = (DropEntry if mark[3] is not None else DropStatement)(RULE, *span)
        plans.append((AddComment(RULE, *span, todo), operation) if todo and mark[1] is None else (operation,))
        offset = span[1]
        done = mark.end()
    return Asked("".join([*pieces, marked[done:]]), tuple(plans))
