"""The state of one transformation: where nodes are, which operations are left, and what was changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import CodeRange

from migrator.findings.operation import AddComment, Drop, Operation
from migrator.python.rewrite.todo import TodoComment, plain_comment
from migrator.python.rewrite.zones import Zone
from migrator.python.source.source_file import SourceFile

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Task:
    """The operations to carry out on a source, and the comment that says what a removal leaves to be done.

    `todos` are the TODO comments that are there already. `origin` is the offset in the source at which the module
    starts that is transformed.
    """

    source: SourceFile
    operations: Sequence[Operation]
    duties: Mapping[Drop, AddComment]
    todos: Sequence[TodoComment]
    line_length: int
    origin: int = 0


class RewriteState:
    """State that the parts of a transformer share.

    `pending` are the operations that were not carried out yet, `zones` the stretches that were changed, `carried` the
    comments of removed code until a TODO takes them, `removed` the lines of which no statement is left, and `written`
    the text of the comments that are added.
    """

    def __init__(self, task: Task, code: str, position: Callable[[cst.CSTNode], CodeRange]) -> None:
        self.task = task
        self.zones: list[Zone] = []
        self.pending: dict[Operation, None] = dict.fromkeys(sorted(task.operations, key=lambda o: (o.start, o.end)))
        self.carried: dict[Drop, list[str]] = {}
        self.removed: dict[cst.CSTNode, tuple[Drop, ...]] = {}
        self.written: dict[cst.EmptyLine, str] = {}
        self._position = position
        ends = [*(match.end() for match in _LINE_END.finditer(code)), len(code)]
        self._starts = [task.origin, *(task.origin + end for end in ends)]  # LibCST ends the last line, too
        self._first = sorted(operation.start for operation in self.pending)
        self._last = sorted(operation.end for operation in self.pending)

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return the offsets in the source of a node, its decorators included."""
        position = self._position(node)
        first = position.start
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and node.decorators:
            first = self._position(node.decorators[0]).start
        return self._starts[first.line - 1] + first.column, self._starts[position.end.line - 1] + position.end.column

    def contains_operation(self, node: cst.CSTNode) -> bool:
        """Return whether an operation is inside a node, or partly, carried out or not."""
        start, end = self.span(node)
        return bisect_left(self._first, end) > bisect_right(self._last, start)

    def inside(self, node: cst.CSTNode) -> list[Operation]:
        """Return the operations inside a node that were not carried out yet."""
        start, end = self.span(node)
        return [operation for operation in self.pending if start <= operation.start and operation.end <= end]

    def finish(self, operations: Iterable[Operation]) -> None:
        """Mark operations as carried out."""
        for operation in operations:
            del self.pending[operation]

    def carry(self, operations: Sequence[Drop], comments: Iterable[cst.Comment]) -> None:
        """Keep what comments say on removed code until the statement around it is left."""
        said = [text for comment in comments if (text := plain_comment(comment.value))]
        if operations and said:
            self.carried.setdefault(operations[0], []).extend(said)

    def line_start(self, node: cst.CSTNode) -> int:
        """Return the offset at which the first line of a node starts."""
        return self.task.source.line_start(self.span(node)[0])

    def newline(self, offset: int) -> str:
        """Return how the line of an offset ends."""
        source = self.task.source
        line = source.text[source.line_start(offset) : source.line_end(offset)]
        return line[len(line.rstrip("\r\n")) :] or source.newline
