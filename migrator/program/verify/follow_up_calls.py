"""Judge what a removed value leaves to do: the call that a TODO asks for is made somewhere near."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from migrator.program.verify.aligned_lines import Place

_ASKED = re.compile(r"call\s+(?:#\s*)?(\w+)\(")
#: A call may be made by a helper of a helper of the function; beyond, it is hardly about the same value.
_DEPTH = 3
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    text: str


def asked_call(lines: Sequence[str], todo: int) -> str:
    """Return the name of the method that a TODO asks to call, empty if it asks for none."""
    match = _ASKED.search("\n".join(lines[todo : todo + 4]))
    return match[1] if match else ""


class FollowUpCalls:
    """The functions of a program, to ask which of them make a call, directly or through others."""

    def __init__(self, files: Mapping[str, Sequence[str]]) -> None:
        self._files = files

    def is_made(self, call: str, place: Place) -> bool:
        """Return whether the function at a place makes a call, or a function that calls it does."""
        block = self._block_at(place)
        makers = self._makers(call)
        if _mentions(block.text, makers):
            return True
        callers = (other for other in self._blocks if block.name and _mentions(other.text, {block.name}))
        return any(_mentions(other.text, makers) for other in callers if other.text != block.text)

    def _makers(self, call: str) -> set[str]:
        names = {call}
        for _ in range(_DEPTH):
            names |= {block.name for block in self._blocks if block.name and _mentions(block.text, names)}
        return names

    def _block_at(self, place: Place) -> _Block:
        lines = self._files[place.path]
        functions = [
            function
            for function in _functions("\n".join(lines))
            if function.lineno - 1 <= place.index < (function.end_lineno or 0)
        ]
        if not functions:
            return _Block("", _code(lines))
        inner = functions[-1]
        return _Block(inner.name, _code(lines[inner.lineno - 1 : inner.end_lineno]))

    @cached_property
    def _blocks(self) -> list[_Block]:
        found = []
        for lines in self._files.values():
            for function in _functions("\n".join(lines)):
                found.append(_Block(function.name, _code(lines[function.lineno - 1 : function.end_lineno])))
        return found


def _functions(text: str) -> Iterator[_Function]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    yield from (node for node in ast.walk(tree) if isinstance(node, _Function))


def _code(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def _mentions(text: str, names: set[str]) -> bool:
    return re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)", text) is not None
