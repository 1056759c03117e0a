"""One file of a programming language for one chain: its tree, and the conclusions about it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from migrator.findings.reading import ExplainedName, TextMatch
from migrator.languages.grammar.imported_modules import find_imports
from migrator.languages.grammar.node_kinds import CLASS, FUNCTION, NAME, STRING, SUBSCRIPT
from migrator.languages.grammar.string_expressions import StringEvaluator
from migrator.languages.grammar.syntax_tree import SyntaxTree
from migrator.languages.reading.bindings import NameBindings
from migrator.languages.reading.object_literals import ObjectLiterals
from migrator.languages.reading.program_facts import BarePath, BaseUrl, ProgramCall
from migrator.languages.reading.webhook_reads import WebhookReads
from migrator.matching.json_keys import find_top_level_keys
from migrator.matching.occurrences import find_occurrences
from migrator.matching.reader_protocols import JsonDocument, JsonReader, JsonReaderFactory
from migrator.matching.vocabulary import Vocabulary
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


class LinkedPrograms(Protocol):
    """The programs of a tree and which of them see the names of which, as a program asks for them."""

    #: A file that contains the host of the API in whatever language; None where no file does.
    based: str | None
    programs: Mapping[str, ParsedProgram]

    def programs_seen_by(self, path: str, /) -> tuple[ParsedProgram, ...]:
        """Return the programs whose names the program at `path` sees."""
        ...

    def users_of(self, path: str, /) -> tuple[ParsedProgram, ...]:
        """Return the programs that see the names of the program at `path`."""
        ...


@dataclass
class ParsedProgram:
    """A parsed file; finders add `places` and `spots`, and `speaks`, why it certainly calls the API.

    `near` knows the other programs of the tree, if there are any.
    """

    path: str
    tree: SyntaxTree
    words: Vocabulary
    json_readers: JsonReaderFactory
    inline: bool = False
    places: dict[tuple[int, int, str], TextMatch] = field(default_factory=dict)
    spots: dict[int, ExplainedName] = field(default_factory=dict)
    calls: list[ProgramCall] = field(default_factory=list)
    paths: list[BarePath] = field(default_factory=list)
    bases: list[BaseUrl] = field(default_factory=list)
    elsewhere: list[tuple[int, int]] = field(default_factory=list)
    lists: dict[int, int] = field(default_factory=dict)
    meanings: dict[str, str | None] = field(default_factory=dict)
    json_documents: dict[int, JsonDocument | None] = field(default_factory=dict)
    speaks: str | None = None
    near: LinkedPrograms | None = None

    @cached_property
    def old_names(self) -> list[tuple[int, str]]:
        """The old names in its bytes, with their starts."""
        return find_occurrences(self.tree.text.encode("latin-1"), sorted(self.words.old_names))

    @cached_property
    def json_reader(self) -> JsonReader:
        """The reader of the JSON in its strings."""
        return self.json_readers(self.words, self.tree.text)

    @cached_property
    def bindings(self) -> NameBindings:
        """The values of its names."""
        return NameBindings(self.tree)

    @cached_property
    def strings(self) -> StringEvaluator:
        """The strings that it makes."""
        return StringEvaluator(self.tree, self.bindings, self.inline, self.path, self._values_abroad)

    def program_at(self, path: str) -> ParsedProgram | None:
        """Return the program at a path: this one, or another of the tree."""
        if path == self.path:
            return self
        return self.near.programs.get(path) if self.near is not None else None

    def _values_abroad(self, name: str) -> Iterator[tuple[StringEvaluator, int]]:
        """Yield the values that the programs which this one sees give to a name."""
        for other in self.near.programs_seen_by(self.path) if self.near is not None else ():
            yield from ((other.strings, value) for value in other.bindings.visible_values(name))

    @cached_property
    def objects(self) -> ObjectLiterals:
        """The objects that it writes out."""
        return ObjectLiterals(self.tree, self.bindings, self.strings)

    @cached_property
    def hint(self) -> str | None:
        """The word that hints at the API."""
        return self.words.find_hint(self.tree.text)

    @cached_property
    def is_foreign(self) -> bool:
        """Return whether it has marks of a neighbouring API."""
        return self.words.has_foreign_marks(self.tree.text)

    @cached_property
    def reads(self) -> WebhookReads:
        """The keys that it reads off webhooks."""
        return WebhookReads(self.tree, self.bindings, self.words, self.hint, self.is_foreign)

    def line_of(self, node: int) -> int:
        """Return the line in which a node starts."""
        return bisect_right(self._line_starts, self.tree.start[node])

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\n", self.tree.text))]

    def add_match(
        self, start: int, end: int, rule: Rule, new: str | None, evidence: tuple[str, ...], message: str | None = None
    ) -> None:
        """Conclude that a row applies to a span; the first conclusion about it counts."""
        old = self.tree.text[start:end]
        old = old if len(old) < 200 else rule.old or old[:200]
        self.places.setdefault((start, end, rule.id), TextMatch(start, end, rule, old, new, evidence, message))

    def covered_bytes(self) -> set[int]:
        """Return the bytes about which something is concluded: all of a short span, and the first of a long one."""
        return {at for start, end, _ in self.places for at in range(start, min(end, start + 200))}

    @cached_property
    def calls_by_function(self) -> dict[int, list[ProgramCall]]:
        """The calls of each function, as far as they are few; asked when all URLs are found."""
        found: dict[int, list[ProgramCall]] = {}
        for call in self.calls:
            calls = found.setdefault(self.tree.home[call.node], [])
            if len(calls) < _FEW:
                calls.append(call)
        return found

    def contains_word(self, words: tuple[str, ...]) -> bool:
        """Return whether the file contains one of some words."""
        if words not in self._contained_words:
            self._contained_words[words] = any(word in self.tree.text for word in words)
        return self._contained_words[words]

    @cached_property
    def _contained_words(self) -> dict[tuple[str, ...], bool]:
        return {}

    def keys_in_json(self, node: int) -> dict[str, tuple[tuple[int, int], tuple[int, int] | None]]:
        """Return the ranges of the keys and strings of the JSON in a string, in its source."""
        if node not in self._json_keys:
            start = self.tree.start[node]
            self._json_keys[node] = find_top_level_keys(
                self.tree.text[start : min(self.tree.end[node], start + _LONGEST)]
            )
        return self._json_keys[node]

    @cached_property
    def _json_keys(self) -> dict[int, dict[str, tuple[tuple[int, int], tuple[int, int] | None]]]:
        return {}

    @cached_property
    def names_by_value(self) -> dict[int, list[str]]:
        """The names that each expression is assigned to."""
        found: dict[int, list[str]] = {}
        for name, values in self.bindings.assigned.items():
            for _, value in values:
                found.setdefault(value, []).append(name)
        for name, members in self.bindings.members.items():
            for value in members:
                found.setdefault(value, []).append(name)
        return found

    def names_holding(self, node: int, steps: int) -> list[str]:
        """Return the names that an expression, or one of so many around it, is assigned to."""
        around = (node, *self.tree.ancestors_of(node, steps))
        return list(dict.fromkeys(name for each in around for name in self.names_by_value.get(each, ())))

    def programs_using(self) -> tuple[ParsedProgram, ...]:
        """Return the other programs that see its names."""
        return self.near.users_of(self.path) if self.near is not None else ()

    def nodes_named(self, name: str) -> list[int]:
        """Return the nodes that are a name."""
        return self._nodes_by_name.get(name, [])

    @cached_property
    def _nodes_by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for node, kind in enumerate(self.tree.kind):
            if kind in NAME:
                found.setdefault(self.bindings.bare_name(node), []).append(node)
        return found

    @cached_property
    def short_strings(self) -> dict[str, list[int]]:
        """The nodes of short strings without interpolation, by their text."""
        found: dict[str, list[int]] = {}
        for node, kind in enumerate(self.tree.kind):
            if kind in STRING and self.tree.end[node] - self.tree.start[node] < _SHORT:
                found.setdefault(self.strings.plain_text(node) or "", []).append(node)
        return found

    @cached_property
    def heredocs(self) -> dict[int, int]:
        """The bodies of heredocs, by the nodes at which they begin."""
        kinds = self.tree.kind
        begun = [node for node, kind in enumerate(kinds) if kind == "heredoc_beginning"]
        return dict(zip(begun, (n for n, kind in enumerate(kinds) if kind == "heredoc_body"), strict=False))

    def uses_elsewhere(self, node: int) -> Iterator[tuple[ParsedProgram, int]]:
        """Yield the uses of a constant with an expression, in functions of this program and of those that see it."""
        for name in self.names_holding(node, 2) if not self.tree.home[node] else ():
            for user in (self, *self.programs_using()):
                yield from ((user, use) for use in user.nodes_named(name)[:_USES] if user.tree.home[use])

    @cached_property
    def declared_classes(self) -> set[str]:
        """The classes that it declares."""
        tree = self.tree
        found = (tree.child_named(node, "name") for node, kind in enumerate(tree.kind) if kind in CLASS)
        return {tree.source_of(name)[:80] for name in found if name is not None}

    @cached_property
    def defined_functions(self) -> set[str]:
        """The functions and methods that it defines."""
        tree = self.tree
        found = (tree.child_named(node, "name") for node, kind in enumerate(tree.kind) if kind in FUNCTION)
        return {tree.source_of(name)[:80] for name in found if name is not None}

    @cached_property
    def lookups(self) -> dict[str, list[int]]:
        """The expressions that are looked up in each name."""
        found: dict[str, list[int]] = {}
        for node, kind in enumerate(self.tree.kind):
            if kind in SUBSCRIPT:
                inside = [*self.tree.children_of(node)]
                if len(inside) > 1:
                    found.setdefault(self.bindings.bare_name(inside[0]), []).append(inside[-1])
        for node in self.tree.calls:
            receiver = self.bindings.receiver_of(node)
            if receiver is not None:
                found.setdefault(self.bindings.bare_name(receiver), []).extend(self.bindings.arguments_of(node)[:2])
            elif _MEMBERS.search(self.bindings.callee_of(node)):
                given = self.bindings.arguments_of(node)[:2]
                for one, other in zip(given, reversed(given), strict=True):
                    found.setdefault(self.bindings.bare_name(one), []).append(other)
        return found

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """The modules and packages that the file names where it imports: each with its node."""
        return list(find_imports(self.tree, self.bindings, self.strings))
