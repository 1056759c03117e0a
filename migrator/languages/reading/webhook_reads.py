"""Recognise webhooks in a program by the keys that are read off its objects, as in Python."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from migrator.languages.grammar.node_kinds import CALL, FIELD, MEMBER, NAME, STRING, SUBSCRIPT
from migrator.languages.grammar.syntax_tree import Tree
from migrator.languages.reading.bindings import Bindings
from migrator.languages.reading.object_literals import plain
from migrator.matching.vocabulary import Lexicon

_PUTS = re.compile(r"^(?:put|set|add|append|store|write|register|on|log|print|header|emit|equals)", re.IGNORECASE)
_GETS = re.compile(r"(?:data_?|array_?|arr_?)?(?:get|dig|fetch|pathor|result)", re.IGNORECASE)
_SPACE = re.compile(r"\s+|[!$?]")
_TAG = re.compile(r"""(?:json|bson|form):\\?["']([\w-]+)|JsonProperty(?:Name)?\("(\w+)|SerializedName\("(\w+)""")
_JQ = re.compile(r"\.(\w+)")
#: An object: how it is written, and the outermost function in which that is.
Thing = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Read:
    """A key that is read off an object at a node."""

    thing: Thing
    key: str
    node: int


class Reads:
    """The keys that one file reads off its objects, as far as webhooks have them."""

    def __init__(self, tree: Tree, names: Bindings, words: Lexicon, hint: str | None, foreign: bool) -> None:
        self.tree, self.names, self.words = tree, names, words
        self.hint, self.foreign = hint, foreign
        form = words.envelope
        self.wanted = (form.keys | form.foreign) if form else frozenset()
        self.all: list[Read] = []
        self.at: dict[int, Read] = {}
        self.keys: dict[Thing, set[str]] = defaultdict(set)
        for read in self._found() if form else ():
            self.all.append(read)
            self.at[read.node] = read
            self.keys[read.thing].add(read.key)
        self.types = self._types() if form else {}
        self.held = dict(self._held()) if form else {}

    @cached_property
    def typed(self) -> str | None:
        """The evidence that a type which the file declares is a webhook's."""
        return next((why for keys in self.types.values() if (why := self.words.judge(keys, None))), None)

    @cached_property
    def proven(self) -> str | None:
        """The evidence that an object of the file is certainly a webhook."""
        form = self.words.envelope
        sets = [*self.keys.values(), *self.types.values()] if form else []
        found = (self.words.judge(keys, None) for keys in sets if form and form.distinctive & keys)
        return next((why for why in found if why), None)

    def why(self, thing: Thing) -> str | None:
        """Return the evidence that an object is a webhook; None when there is none."""
        seen = self.words.judge(self.keys[thing], self.hint, self.foreign)
        form = self.words.envelope
        if form is None or (seen and form.distinctive & self.keys[thing]) or self.keys[thing] & form.foreign:
            return seen
        return self.typed or seen

    def name_at(self, node: int) -> str | None:
        """Return the evidence that an expression is the name of a webhook; None when there is none."""
        form = self.words.envelope
        for inner in self.tree.inside(node, 60) if form else ():
            read = self.at.get(inner)
            if read is not None and form is not None and read.key == form.name:
                return self.why(read.thing)
            if self.tree.kind[inner] in NAME and (why := self._named(inner)):
                return why
        return None

    def _named(self, node: int) -> str | None:
        """Return the evidence that a variable has the name of a webhook, or is named after it among webhooks."""
        name = self.names.bare(node)
        thing = self.held.get((name, self.tree.outer[node])) or self.held.get((name, 0))
        if thing is not None:
            return self.why(thing)
        form = self.words.envelope
        if form is None or plain(name) != form.name or self.names.given.get(name):
            return None
        proven = self.proven
        return f"{proven}, and `{name}` is called like its name" if proven else None

    def _found(self) -> Iterator[Read]:
        for node, kind in enumerate(self.tree.kind):
            if kind in MEMBER or kind in SUBSCRIPT:
                yield from self._member(node)
            elif kind in CALL:
                yield from self._call(node)
            elif kind == "object_pattern":
                yield from self._pattern(node)

    def _member(self, node: int) -> Iterator[Read]:
        tree = self.tree
        inside = [*tree.children(node)]
        if len(inside) < 2 or not tree.end[inside[-1]] - tree.start[inside[-1]] < 40:
            return
        key = plain(tree.source(inside[-1]).strip("[]().?"))
        above = tree.parent[node]
        if key in self.wanted and (tree.kind[above] not in CALL or self.names.receiver(above) != inside[0]):
            yield Read(self._thing(inside[0]), key, node)

    def _call(self, node: int) -> Iterator[Read]:
        """Yield the keys in ``hook.get("action")``, ``hook.getAction()``, ``hook.action`` of Ruby, ``jq .action``."""
        names, tree = self.names, self.tree
        receiver, arguments, callee = names.receiver(node), names.arguments(node), names.callee(node)
        last = callee.rpartition(".")[2]
        if callee == "jq":
            words = (_JQ.findall(tree.source(argument)[:200]) for argument in arguments)
            yield from (Read(("jq", 0), key, node) for found in words for key in found if key in self.wanted)
        elif arguments and tree.kind[arguments[0]] in STRING:
            key = plain(tree.source(arguments[0])[:40])
            if key in self.wanted and not _PUTS.match(last) and len(arguments) < 3:
                yield Read(self._thing(receiver) if receiver is not None else (callee, tree.outer[node]), key, node)
        elif len(arguments) > 1 and tree.kind[arguments[1]] in STRING:
            path, _, key = tree.source(arguments[1])[1:80].rpartition(".")
            if plain(key) in self.wanted and _GETS.fullmatch(last):
                thing = ".".join(filter(None, (tree.source(arguments[0])[:80], path)))
                yield Read((thing, tree.outer[node]), plain(key), node)
        elif not arguments and receiver is not None and plain(last) in self.wanted:
            yield Read(self._thing(receiver), plain(last), node)

    def _pattern(self, node: int) -> Iterator[Read]:
        """Yield the keys in ``const { action, secret_key } = hook``."""
        tree, above = self.tree, self.tree.parent[node]
        value = tree.child(above, "value", "right") if tree.kind[above] != "required_parameter" else None
        thing = self._thing(value) if value is not None else (f"parameter {node}", tree.outer[node])
        for child in tree.children(node):
            key = plain(tree.source(next(iter(tree.children(child)), child))[:40])
            if key in self.wanted:
                yield Read(thing, key, child)

    def _thing(self, node: int) -> Thing:
        """Return the identity of an object: its text; a variable assigned from another object is that object."""
        tree = self.tree
        node = self.names.inner(node)
        if tree.kind[node] in NAME:
            values = self.names.values(node)
            if len(values) == 1 and tree.kind[values[0]] in MEMBER:
                node = values[0]
        return _SPACE.sub("", tree.source(node)[:120]), tree.outer[node]

    def _held(self) -> Iterator[tuple[tuple[str, int], Thing]]:
        """Yield the variables that have the name of a webhook, each with the webhook."""
        form = self.words.envelope
        given: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for name, values in self.names.given.items():
            for target, value in values:
                given[value].append((name, target))
        for read in self.all:
            if form is None or read.key != form.name:
                continue
            if self.tree.kind[read.node] in ("shorthand_property_identifier_pattern", "pair_pattern"):
                name = self.tree.source([*self.tree.inside(read.node)][-1])
                yield (name, self.tree.outer[read.node]), read.thing
            for value in (read.node, *self.tree.above(read.node, 6)):
                for name, target in given.get(value, ()):
                    yield (name, self.tree.outer[target]), read.thing

    def _types(self) -> dict[int, set[str]]:
        """Return the declared types that have the keys of a webhook, each with those."""
        tree = self.tree
        found: dict[int, set[str]] = defaultdict(set)
        for node, kind in enumerate(tree.kind):
            if kind in FIELD:
                tag = _TAG.search(tree.source(node)[:300])
                name = next(filter(None, tag.groups()), "") if tag else self._field(node)
                if plain(name) in self.wanted:
                    found[tree.parent[node]].add(plain(name))
        return found

    def _field(self, node: int) -> str:
        names = [inner for inner in self.tree.inside(node, 12) if self.tree.name[inner] in ("name", "property")]
        return self.tree.source(names[0])[:60] if names else ""
