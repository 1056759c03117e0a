"""Evaluate the strings of a program: how they are written, and what code makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from migrator.languages.grammar.node_kinds import AROUND, BINARY, CALL, JOINED, MEMBER, NAME, PUT_IN, STRING, WRITTEN
from migrator.languages.grammar.string_parts import UNKNOWN, StringPart, StringParts, cut_part, show_parts
from migrator.languages.grammar.syntax_tree import SyntaxTree
from migrator.languages.reading.bindings import NameBindings

#: No more of a string is put together, from so many alternatives, through so many names.
LONGEST = 2000
MOST = 6
DEPTH = 10

_QUOTE = re.compile(r"""[@$a-zA-Z]{0,3}(\"{3}|'{3}|["'`]|:(?=[a-zA-Z_]))""")
_FORMATS = re.compile(r"(?:sprintf|format|formatted|printf|fprintf|errorf)$", re.IGNORECASE)
_HOLE = re.compile(r"%(?:\d+\$)?[-+#0]*[svdq]|\{(\w*)\}")
_JOINS = frozenset({"join", "URI.join", "JoinPath", "Combine", "urljoin"})
_ADDRESSES = frozenset({"URL", "Uri", "URI"})
_KEEPS = frozenset({"freeze", "trim", "toString", "strip", "chomp", "TrimEnd", "strval", "to_s", "trimEnd", "dup"})
_DEFAULTS = re.compile(r"env|fetch|default|config|option|get", re.IGNORECASE)
_SHELL_DEFAULT = re.compile(r"\$\{\w+:?[-=]([^}]*)\}")
_INLINE = re.compile(r"\$(\w+)")


class StringEvaluator:
    """Evaluate the strings of one file, as far as it writes them.

    `inline` says that a name behind a dollar sign is put into every string, though the grammar does not tell. `abroad`
    tells what other files give to a name that this one, `path`, does not.
    """

    def __init__(
        self,
        tree: SyntaxTree,
        names: NameBindings,
        inline: bool = False,
        path: str = "",
        abroad: Callable[[str], Iterable[tuple[StringEvaluator, int]]] = lambda _: (),
    ) -> None:
        self.tree, self.names, self.inline, self.path, self.abroad = tree, names, inline, path, abroad
        self._known: dict[int, tuple[StringParts, ...]] = {}

    def find_roots(self) -> Iterator[int]:
        """Yield the nodes that make a string of their own, and are no part of another."""
        tree = self.tree
        for node, kind in enumerate(tree.kind):
            if kind in STRING or kind in JOINED:
                above = tree.parent[node]
                while tree.kind[above] in AROUND and above:
                    above = tree.parent[above]
                if tree.kind[above] in JOINED or tree.kind[above] in STRING or self._is_addition(above):
                    continue
                yield node
            elif self._is_interpolated(node) if kind in CALL else self._is_whole_sum(node):
                yield node

    def plain_text(self, node: int) -> str | None:
        """Return the text of a string without interpolation, without a look at any other; None for anything else."""
        if self.tree.kind[node] not in STRING or any(
            self.tree.kind[child] not in WRITTEN for child in self.tree.children_of(node)
        ):
            return None
        start, end = self._unquoted_span(node)
        return self.tree.text[start:end]

    def plain_parts(self, node: int) -> tuple[str, int] | None:
        """Return the text of a string and its position, if it has no interpolation."""
        if self.tree.kind[node] not in STRING:
            return None
        shape = self._eval_string(node, 0)
        if not shape or any(piece.start is None or piece.path != self.path for piece in shape):
            return None
        return show_parts(shape), shape[0].start or 0

    def eval_strings(self, node: int, depth: int = 0) -> tuple[StringParts, ...]:
        """Return the strings that an expression can make."""
        if depth > DEPTH:
            return UNKNOWN
        if node not in self._known:
            self._known[node] = UNKNOWN
            found = self._eval_node(node, depth)
            self._known[node] = tuple(found)[:MOST] or UNKNOWN
        return self._known[node] if not depth else tuple(map(_shorten_part, self._known[node]))

    def _eval_node(self, node: int, depth: int) -> Iterable[StringParts]:
        tree, kind = self.tree, self.tree.kind[node]
        if kind in STRING and kind not in PUT_IN:
            return self._eval_interpolated(node, depth)
        if kind in JOINED:
            return self._join_alternatives(self.eval_strings(child, depth + 1) for child in tree.children_of(node))
        if kind in BINARY:
            return self._eval_binary(node, depth)
        if kind in AROUND or kind in PUT_IN:
            if kind == "expansion" and (default := _SHELL_DEFAULT.match(tree.source_of(node))):
                return ((StringPart(default[1], tree.start[node] + default.start(1), self.path),),)
            inner = next((child for child in tree.children_of(node) if "brace" not in tree.kind[child]), None)
            return UNKNOWN if inner is None else self.eval_strings(inner, depth + 1)
        if kind in NAME or kind in MEMBER:
            return self._eval_name(node, depth)
        if kind in CALL:
            return self._eval_call(node, depth)
        if kind in ("ternary_expression", "conditional_expression", "conditional"):
            parts = list(tree.children_of(node))[1:]
            return [shape for part in parts for shape in self.eval_strings(part, depth + 1) if shape != UNKNOWN[0]]
        return UNKNOWN

    def _eval_name(self, node: int, depth: int) -> Iterable[StringParts]:
        values = [(self, value) for value in self.names.values_of(node)]
        if not values and not self.names.is_parameter(node):
            values = [*islice(self.abroad(self.names.bare_name(node)), MOST)]
        return [shape for strings, value in values for shape in strings.eval_strings(value, depth + 1)] or UNKNOWN

    def _eval_string(self, node: int, depth: int) -> StringParts:
        return next(iter(self._eval_interpolated(node, depth)))

    def _eval_interpolated(self, node: int, depth: int) -> Iterable[StringParts]:
        """Return a string with its interpolated parts."""
        tree = self.tree
        start, end = self._unquoted_span(node)
        parts: list[tuple[StringParts, ...]] = []
        for child in tree.children_of(node):
            if tree.kind[child] in WRITTEN or tree.start[child] < start:
                continue
            parts += [self._part_between(start, tree.start[child]), self.eval_strings(child, depth + 1)]
            start = tree.end[child]
        if self.inline:
            for found in _INLINE.finditer(tree.text, start, end):
                values = [
                    v
                    for _, value in self.names.assigned.get(found[1], ())[:1]
                    for v in self.eval_strings(value, depth + 1)
                ]
                parts += [self._part_between(start, found.start()), tuple(values) or UNKNOWN]
                start = found.end()
        return self._join_alternatives((*parts, self._part_between(start, end)))

    def _part_between(self, start: int, end: int) -> tuple[StringParts, ...]:
        text = self.tree.text[start : max(start, end)]
        return ((StringPart(text, start, self.path),),) if text else ((),)

    def _unquoted_span(self, node: int) -> tuple[int, int]:
        """Return the span of a string without its quotes."""
        tree = self.tree
        start, end = tree.start[node], tree.end[node]
        last = [*tree.children_of(node)][-1:] if tree.kind[node] == "heredoc_body" else []
        if last and tree.kind[last[0]] == "heredoc_end":
            return start, tree.start[last[0]]
        quote = _QUOTE.match(tree.text, start, end)
        if quote is None or tree.kind[node] in ("word", "heredoc_body", "text", "jsx_text", "hash_key_symbol"):
            return start, end
        closing = quote[1]
        if closing != ":" and tree.text.endswith(closing, quote.end(), end):
            end -= len(closing)
        return quote.end(), end

    def _eval_binary(self, node: int, depth: int) -> Iterable[StringParts]:
        sign = self._binary_sign(node)
        if sign == "+" or sign == "." or sign == "..":
            return self._join_alternatives([self.eval_strings(part, depth + 1) for part in self._flatten_sum(node)])
        left, right = self._binary_sides(node)
        if sign in ("||", "??", "?:", "or"):
            return [s for side in (left, right) for s in self.eval_strings(side, depth + 1) if s != UNKNOWN[0]]
        if sign == "%":
            return self._fill_template(
                left, [right] if self.tree.kind[right] != "array" else [*self.tree.children_of(right)], depth
            )
        return UNKNOWN

    def _flatten_sum(self, node: int) -> list[int]:
        """Return the parts of a chain of additions, however long it is."""
        found: list[int] = []
        while self.tree.kind[node] in BINARY and self._is_addition(node) and len(found) < 50:
            node, right = self._binary_sides(node)
            found.append(right)
        return [node, *reversed(found)]

    def _binary_sides(self, node: int) -> tuple[int, int]:
        inside = list(self.tree.children_of(node))
        return (inside[0], inside[-1]) if inside else (node, node)

    def _binary_sign(self, node: int) -> str:
        left, right = self._binary_sides(node)
        return self.tree.text[self.tree.end[left] : self.tree.start[right]].strip() if left != right else ""

    def _is_whole_sum(self, node: int) -> bool:
        return self._is_addition(node) and not self._is_addition(self.tree.parent[node])

    def _is_addition(self, node: int) -> bool:
        return self.tree.kind[node] in BINARY and self._binary_sign(node) in ("+", ".", "..", "%")

    def _is_interpolated(self, node: int) -> bool:
        callee = self.names.callee_of(node)
        return (
            bool(_FORMATS.search(callee)) or callee.rpartition(".")[2] in _JOINS or callee in ("URL", "Uri", "concat")
        )

    def _eval_call(self, node: int, depth: int) -> Iterable[StringParts]:
        callee, arguments = self.names.callee_of(node), self.names.arguments_of(node)
        last = callee.rpartition(".")[2]
        receiver = self.names.receiver_of(node)
        if _FORMATS.search(callee):
            named = receiver is not None and self.tree.kind[receiver] in STRING
            values = [receiver, *arguments] if named and receiver is not None else arguments
            start = next(
                (i for i, v in enumerate(values[:2]) if _HOLE.search(show_parts(self.eval_strings(v, depth + 1)[0]))),
                None,
            )
            return UNKNOWN if start is None else self._fill_template(values[start], values[start + 1 :], depth)
        if last in _KEEPS and receiver is not None:
            return self.eval_strings(receiver, depth + 1)
        if last == "concat" and receiver is not None:
            return self._join_alternatives([self.eval_strings(part, depth + 1) for part in (receiver, *arguments)])
        if last in _JOINS or last in _ADDRESSES:
            return self._eval_path(receiver, arguments, depth)
        if _DEFAULTS.search(callee) and arguments and self.tree.kind[arguments[-1]] in STRING:
            default = self.eval_strings(arguments[-1], depth + 1)
            return default if "://" in show_parts(default[0]) else UNKNOWN
        return UNKNOWN

    def _eval_path(self, receiver: int | None, arguments: list[int], depth: int) -> Iterable[StringParts]:
        """Return parts that are joined by slashes; ``new URL(path, base)`` names the base last."""
        if receiver is not None and self.tree.kind[receiver] in ("array", "array_creation_expression"):
            arguments = [*self.tree.children_of(receiver)]
        found = [self.eval_strings(argument, depth + 1) for argument in arguments]
        if len(found) == 2 and "://" not in show_parts(found[0][0]) and "://" in show_parts(found[1][0]):
            found.reverse()
        parts: list[tuple[StringParts, ...]] = []
        for each in found:
            bare = parts and not show_parts(parts[-1][0]).endswith("/") and not show_parts(each[0]).startswith("/")
            parts += [((StringPart("/", None),),), each] if bare else [each]
        return self._join_alternatives(parts)

    def _fill_template(self, template: int, values: list[int], depth: int) -> Iterable[StringParts]:
        """Return a template with its holes filled by values."""
        shape = self.eval_strings(template, depth + 1)[0]
        parts: list[tuple[StringParts, ...]] = []
        given = iter(values)
        for piece in shape:
            done = 0
            for hole in _HOLE.finditer(piece.text if piece.start is not None else ""):
                parts.append(((cut_part(piece, done, hole.start()),),))
                number = hole[1] or ""
                value = values[int(number)] if number.isdigit() and int(number) < len(values) else next(given, None)
                parts.append(UNKNOWN if value is None else self.eval_strings(value, depth + 1))
                done = hole.end()
            parts.append(((cut_part(piece, done, len(piece.text)),),))
        return self._join_alternatives(parts)

    def _join_alternatives(self, parts: Iterable[tuple[StringParts, ...]]) -> Iterable[StringParts]:
        """Return every string that the alternatives of the parts make together, as far as they are few."""
        made: list[list[StringPart]] = [[]]
        for part in parts:
            few = part if len(made) * len(part) <= MOST else part[:1]
            if len(few) > 1:
                made = [[*one] for one in made for _ in few]
            for index, one in enumerate(made):
                one += few[index % len(few)] if few else ()
        return [tuple(one) for one in made]


def _shorten_part(shape: StringParts) -> StringParts:
    """Return a string as a part of another: one that is very long is no part of a URL."""
    return shape if sum(len(piece.text) for piece in shape) <= LONGEST else UNKNOWN[0]
