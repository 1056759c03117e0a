"""One file of a programming language for one chain: its tree, and the conclusions about it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from migrator.findings.reading import Place, Spot
from migrator.languages.grammar.imported_modules import imports_of
from migrator.languages.grammar.node_kinds import CLASS, FUNCTION, NAME, STRING, SUBSCRIPT
from migrator.languages.grammar.string_expressions import Shape, Strings
from migrator.languages.grammar.syntax_tree import Tree
from migrator.languages.reading.bindings import Bindings
from migrator.languages.reading.object_literals import Objects
from migrator.languages.reading.webhook_reads import Reads
from migrator.matching.json_keys import top_level
from migrator.matching.occurrences import spots
from migrator.matching.reader_protocols import JsonDocument, JsonReader, JsonReaderFactory
from migrator.matching.url_patterns import SeenUrl
from migrator.matching.vocabulary import Lexicon
from migrator.rules.rule import Rule

#: Calls of one function that are kept: a body in a longer function cannot be attributed to one of them anyway.
_FEW = 50
#: Bytes of a string that are searched for JSON keys: no request body that somebody wrote out is longer.
_LONGEST = 20_000
#: Bytes of the longest string that can be a name; the longest of the shipped tables has 30.
_SHORT = 60
#: Uses of one constant that are followed: generated code has thousands, which all look alike.
_USES = 100
_MEMBERS = re.compile(r"in_array|array_key_exists|includes|contains|has", re.IGNORECASE)


@dataclass(slots=True)
class Call:
    """A method of the API that a program evidently calls: the node with its name, and why."""

    method: str
    node: int
    start: int
    end: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarePath:
    """A string that is the path of a method without a host."""

    node: int
    shape: Shape
    url: SeenUrl


@dataclass(frozen=True, slots=True)
class Base:
    """A string that is the base URL of all APIs on a host of the API, with the span of its version."""

    span: tuple[int, int]
    version: str
    evidence: str


class LinkedPrograms(Protocol):
    """The programs of a tree and which of them see the names of which, as a program asks for them."""

    #: A file that contains the host of the API in whatever language; None where no file does.
    based: str | None
    programs: Mapping[str, Program]

    def seen(self, path: str, /) -> tuple[Program, ...]:
        """Return the programs whose names the program at `path` sees."""
        ...

    def users(self, path: str, /) -> tuple[Program, ...]:
        """Return the programs that see the names of the program at `path`."""
        ...


@dataclass
class Program:
    """A parsed file; finders add `places` and `spots`, and `speaks`, why it certainly calls the API.

    `near` knows the other programs of the tree, if there are any.
    """

    path: str
    tree: Tree
    words: Lexicon
    json_readers: JsonReaderFactory
    inline: bool = False
    places: dict[tuple[int, int, str], Place] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    paths: list[BarePath] = field(default_factory=list)
    bases: list[Base] = field(default_factory=list)
    elsewhere: list[tuple[int, int]] = field(default_factory=list)
    together: dict[int, int] = field(default_factory=dict)
    stands: dict[str, str | None] = field(default_factory=dict)
    json: dict[int, JsonDocument | None] = field(default_factory=dict)
    speaks: str | None = None
    near: LinkedPrograms | None = None

    @cached_property
    def old(self) -> list[tuple[int, str]]:
        """The old names in its bytes, with their starts."""
        return spots(self.tree.text.encode("latin-1"), sorted(self.words.names))

    @cached_property
    def json_reader(self) -> JsonReader:
        """The reader of the JSON in its strings."""
        return self.json_readers(self.words, self.tree.text)

    @cached_property
    def names(self) -> Bindings:
        """The values of its names."""
        return Bindings(self.tree)

    @cached_property
    def strings(self) -> Strings:
        """The strings that it makes."""
        return Strings(self.tree, self.names, self.inline, self.path, self._abroad)

    def seen(self, path: str) -> Program | None:
        """Return the program at a path: this one, or another of the tree."""
        if path == self.path:
            return self
        return self.near.programs.get(path) if self.near is not None else None

    def _abroad(self, name: str) -> Iterator[tuple[Strings, int]]:
        """Yield the values that the programs which this one sees give to a name."""
        for other in self.near.seen(self.path) if self.near is not None else ():
            yield from ((other.strings, value) for value in other.names.shown(name))

    @cached_property
    def objects(self) -> Objects:
        """The objects that it writes out."""
        return Objects(self.tree, self.names, self.strings)

    @cached_property
    def hint(self) -> str | None:
        """The word that hints at the API."""
        return self.words.hint(self.tree.text)

    @cached_property
    def foreign(self) -> bool:
        """Whether it has marks of a neighbouring API."""
        return self.words.is_foreign(self.tree.text)

    @cached_property
    def reads(self) -> Reads:
        """The keys that it reads off webhooks."""
        return Reads(self.tree, self.names, self.words, self.hint, self.foreign)

    def line(self, node: int) -> int:
        """Return the line in which a node starts."""
        return bisect_right(self._lines, self.tree.start[node])

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\n", self.tree.text))]

    def add(
        self, start: int, end: int, rule: Rule, new: str | None, evidence: tuple[str, ...], message: str | None = None
    ) -> None:
        """Conclude that a row applies to a span; the first conclusion about it counts."""
        old = self.tree.text[start:end]
        old = old if len(old) < 200 else rule.old or old[:200]
        self.places.setdefault((start, end, rule.id), Place(start, end, rule, old, new, evidence, message))

    def taken(self) -> set[int]:
        """Return the bytes about which something is concluded: all of a short span, and the first of a long one."""
        return {at for start, end, _ in self.places for at in range(start, min(end, start + 200))}

    @cached_property
    def homes(self) -> dict[int, list[Call]]:
        """The calls of each function, as far as they are few; asked when all URLs are found."""
        found: dict[int, list[Call]] = {}
        for call in self.calls:
            calls = found.setdefault(self.tree.home[call.node], [])
            if len(calls) < _FEW:
                calls.append(call)
        return found

    def says(self, words: tuple[str, ...]) -> bool:
        """Return whether the file contains one of some words."""
        if words not in self._said:
            self._said[words] = any(word in self.tree.text for word in words)
        return self._said[words]

    @cached_property
    def _said(self) -> dict[tuple[str, ...], bool]:
        return {}

    def keys_in_json(self, node: int) -> dict[str, tuple[tuple[int, int], tuple[int, int] | None]]:
        """Return the ranges of the keys and strings of the JSON in a string, in its source."""
        if node not in self._json:
            start = self.tree.start[node]
            self._json[node] = top_level(self.tree.text[start : min(self.tree.end[node], start + _LONGEST)])
        return self._json[node]

    @cached_property
    def _json(self) -> dict[int, dict[str, tuple[tuple[int, int], tuple[int, int] | None]]]:
        return {}

    @cached_property
    def holders(self) -> dict[int, list[str]]:
        """The names that each expression is assigned to."""
        found: dict[int, list[str]] = {}
        for name, values in self.names.given.items():
            for _, value in values:
                found.setdefault(value, []).append(name)
        for name, members in self.names.members.items():
            for value in members:
                found.setdefault(value, []).append(name)
        return found

    def holding(self, node: int, steps: int) -> list[str]:
        """Return the names that an expression, or one of so many around it, is assigned to."""
        around = (node, *self.tree.above(node, steps))
        return list(dict.fromkeys(name for each in around for name in self.holders.get(each, ())))

    def users(self) -> tuple[Program, ...]:
        """Return the other programs that see its names."""
        return self.near.users(self.path) if self.near is not None else ()

    def occurring(self, name: str) -> list[int]:
        """Return the nodes that are a name."""
        return self._occurring.get(name, [])

    @cached_property
    def _occurring(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for node, kind in enumerate(self.tree.kind):
            if kind in NAME:
                found.setdefault(self.names.bare(node), []).append(node)
        return found

    @cached_property
    def texts(self) -> dict[str, list[int]]:
        """The nodes of short strings without interpolation, by their text."""
        found: dict[str, list[int]] = {}
        for node, kind in enumerate(self.tree.kind):
            if kind in STRING and self.tree.end[node] - self.tree.start[node] < _SHORT:
                found.setdefault(self.strings.written(node) or "", []).append(node)
        return found

    @cached_property
    def heredocs(self) -> dict[int, int]:
        """The bodies of heredocs, by the nodes at which they begin."""
        kinds = self.tree.kind
        begun = [node for node, kind in enumerate(kinds) if kind == "heredoc_beginning"]
        return dict(zip(begun, (n for n, kind in enumerate(kinds) if kind == "heredoc_body"), strict=False))

    def elsewhere_used(self, node: int) -> Iterator[tuple[Program, int]]:
        """Yield the uses of a constant with an expression, in functions of this program and of those that see it."""
        for name in self.holding(node, 2) if not self.tree.home[node] else ():
            for user in (self, *self.users()):
                yield from ((user, use) for use in user.occurring(name)[:_USES] if user.tree.home[use])

    @cached_property
    def declared(self) -> set[str]:
        """The classes that it declares."""
        tree = self.tree
        found = (tree.child(node, "name") for node, kind in enumerate(tree.kind) if kind in CLASS)
        return {tree.source(name)[:80] for name in found if name is not None}

    @cached_property
    def functions(self) -> set[str]:
        """The functions and methods that it defines."""
        tree = self.tree
        found = (tree.child(node, "name") for node, kind in enumerate(tree.kind) if kind in FUNCTION)
        return {tree.source(name)[:80] for name in found if name is not None}

    @cached_property
    def uses(self) -> dict[str, list[int]]:
        """The expressions that are looked up in each name."""
        found: dict[str, list[int]] = {}
        for node, kind in enumerate(self.tree.kind):
            if kind in SUBSCRIPT:
                inside = [*self.tree.children(node)]
                if len(inside) > 1:
                    found.setdefault(self.names.bare(inside[0]), []).append(inside[-1])
        for node in self.tree.calls:
            receiver = self.names.receiver(node)
            if receiver is not None:
                found.setdefault(self.names.bare(receiver), []).extend(self.names.arguments(node)[:2])
            elif _MEMBERS.search(self.names.callee(node)):
                given = self.names.arguments(node)[:2]
                for one, other in zip(given, reversed(given), strict=True):
                    found.setdefault(self.names.bare(one), []).append(other)
        return found

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """The modules and packages that the file names where it imports: each with its node."""
        return list(imports_of(self.tree, self.names, self.strings))
