"""Recognise webhooks in a program by the keys that are read off its objects, as in Python."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from migrator.languages.grammar.node_kinds import CALL, FIELD, MEMBER, NAME, STRING, SUBSCRIPT
from migrator.languages.grammar.syntax_tree import SyntaxTree
from migrator.languages.reading.bindings import NameBindings
from migrator.languages.reading.object_literals import wire_name
from migrator.matching.vocabulary import Vocabulary

_PUTS = re.compile(r"^(?:put|set|add|append|store|write|register|on|log|print|header|emit|equals)", re.IGNORECASE)
_GETS = re.compile(r"(?:data_?|array_?|arr_?)?(?:get|dig|fetch|pathor|result)", re.IGNORECASE)
_SPACE = re.compile(r"\s+|[!$?]")
_TAG = re.compile(r"""(?:json|bson|form):\\?["']([\w-]+)|JsonProperty(?:Name)?\("(\w+)|SerializedName\("(\w+)""")
_JQ = re.compile(r"\.(\w+)")
#: An object: how it is written, and the outermost function in which that is.
ObjectIdentity = tuple[str, int]


@dataclass(frozen=True, slots=True)
class KeyRead:
    """A key that is read off an object at a node."""

    thing: ObjectIdentity
    key: str
    node: int


class WebhookReads:
    """The keys that one file reads off its objects, as far as webhooks have them."""

    def __init__(
        self, tree: SyntaxTree, names: NameBindings, words: Vocabulary, hint: str | None, foreign: bool
    ) -> None:
        self.tree, self.names, self.words = tree, names, words
        self.hint, self.foreign = hint, foreign
        form = words.envelope
        self.known_keys = (form.keys | form.foreign) if form else frozenset()
        self.all: list[KeyRead] = []
        self.at: dict[int, KeyRead] = {}
        self.keys: dict[ObjectIdentity, set[str]] = defaultdict(set)
        for read in self._find_reads() if form else ():
            self.all.append(read)
            self.at[read.node] = read
            self.keys[read.thing].add(read.key)
        self.types = self._find_types() if form else {}
        self.name_variables = dict(self._find_held_names()) if form else {}

    @cached_property
    def type_evidence(self) -> str | None:
        """The evidence that a type which the file declares is a webhook's."""
        return next((why for keys in self.types.values() if (why := self.words.judge_keys(keys, None))), None)

    @cached_property
    def certain_evidence(self) -> str | None:
        """The evidence that an object of the file is certainly a webhook."""
        form = self.words.envelope
        sets = [*self.keys.values(), *self.types.values()] if form else []
        found = (self.words.judge_keys(keys, None) for keys in sets if form and form.distinctive & keys)
        return next((why for why in found if why), None)

    def evidence_for(self, thing: ObjectIdentity) -> str | None:
        """Return the evidence that an object is a webhook; None when there is none."""
        seen = self.words.judge_keys(self.keys[thing], self.hint, self.foreign)
        form = self.words.envelope
        if form is None or (seen and form.distinctive & self.keys[thing]) or self.keys[thing] & form.foreign:
            return seen
        return self.type_evidence or seen

    def evidence_at(self, node: int) -> str | None:
        """Return the evidence that an expression is the name of a webhook; None when there is none."""
        form = self.words.envelope
        for inner in self.tree.descendants_of(node, 60) if form else ():
            read = self.at.get(inner)
            if read is not None and form is not None and read.key == form.name:
                return self.evidence_for(read.thing)
            if self.tree.kind[inner] in NAME and (why := self._evidence_for_name(inner)):
                return why
        return None

    def _evidence_for_name(self, node: int) -> str | None:
        """Return the evidence that a variable has the name of a webhook, or is named after it among webhooks."""
        name = self.names.bare_name(node)
        thing = self.name_variables.get((name, self.tree.outer[node])) or self.name_variables.get((name, 0))
        if thing is not None:
            return self.evidence_for(thing)
        form = self.words.envelope
        if form is None or wire_name(name) != form.name or self.names.assigned.get(name):
            return None
        proven = self.certain_evidence
        return f"{proven}, and `{name}` is called like its name" if proven else None

    def _find_reads(self) -> Iterator[KeyRead]:
        for node, kind in enumerate(self.tree.kind):
            if kind in MEMBER or kind in SUBSCRIPT:
                yield from self._read_member(node)
            elif kind in CALL:
                yield from self._read_call(node)
            elif kind == "object_pattern":
                yield from self._read_pattern(node)

    def _read_member(self, node: int) -> Iterator[KeyRead]:
        tree = self.tree
        inside = [*tree.children_of(node)]
        if len(inside) < 2 or not tree.end[inside[-1]] - tree.start[inside[-1]] < 40:
            return
        key = wire_name(tree.source_of(inside[-1]).strip("[]().?"))
        above = tree.parent[node]
        if key in self.known_keys and (tree.kind[above] not in CALL or self.names.receiver_of(above) != inside[0]):
            yield KeyRead(self._identify(inside[0]), key, node)

    def _read_call(self, node: int) -> Iterator[KeyRead]:
        """Yield the keys in ``hook.get("action")``, ``hook.getAction()``, ``hook.action`` of Ruby, ``jq .action``."""
        names, tree = self.names, self.tree
        receiver, arguments, callee = names.receiver_of(node), names.arguments_of(node), names.callee_of(node)
        last = callee.rpartition(".")[2]
        if callee == "jq":
            words = (_JQ.findall(tree.source_of(argument)[:200]) for argument in arguments)
            yield from (KeyRead(("jq", 0), key, node) for found in words for key in found if key in self.known_keys)
        elif arguments and tree.kind[arguments[0]] in STRING:
            key = wire_name(tree.source_of(arguments[0])[:40])
            if key in self.known_keys and not _PUTS.match(last) and len(arguments) < 3:
                yield KeyRead(
                    self._identify(receiver) if receiver is not None else (callee, tree.outer[node]), key, node
                )
        elif len(arguments) > 1 and tree.kind[arguments[1]] in STRING:
            path, _, key = tree.source_of(arguments[1])[1:80].rpartition(".")
            if wire_name(key) in self.known_keys and _GETS.fullmatch(last):
                thing = ".".join(filter(None, (tree.source_of(arguments[0])[:80], path)))
                yield KeyRead((thing, tree.outer[node]), wire_name(key), node)
        elif not arguments and receiver is not None and wire_name(last) in self.known_keys:
            yield KeyRead(self._identify(receiver), wire_name(last), node)

    def _read_pattern(self, node: int) -> Iterator[KeyRead]:
        """Yield the keys in ``const { action, secret_key } = hook``."""
        tree, above = self.tree, self.tree.parent[node]
        value = tree.child_named(above, "value", "right") if tree.kind[above] != "required_parameter" else None
        thing = self._identify(value) if value is not None else (f"parameter {node}", tree.outer[node])
        for child in tree.children_of(node):
            key = wire_name(tree.source_of(next(iter(tree.children_of(child)), child))[:40])
            if key in self.known_keys:
                yield KeyRead(thing, key, child)

    def _identify(self, node: int) -> ObjectIdentity:
        """Return the identity of an object: its text; a variable assigned from another object is that object."""
        tree = self.tree
        node = self.names.unwrap_node(node)
        if tree.kind[node] in NAME:
            values = self.names.values_of(node)
            if len(values) == 1 and tree.kind[values[0]] in MEMBER:
                node = values[0]
        return _SPACE.sub("", tree.source_of(node)[:120]), tree.outer[node]

    def _find_held_names(self) -> Iterator[tuple[tuple[str, int], ObjectIdentity]]:
        """Yield the variables that have the name of a webhook, each with the webhook."""
        form = self.words.envelope
        given: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for name, values in self.names.assigned.items():
            for target, value in values:
                given[value].append((name, target))
        for read in self.all:
            if form is None or read.key != form.name:
                continue
            if self.tree.kind[read.node] in ("shorthand_property_identifier_pattern", "pair_pattern"):
                name = self.tree.source_of([*self.tree.descendants_of(read.node)][-1])
                yield (name, self.tree.outer[read.node]), read.thing
            for value in (read.node, *self.tree.ancestors_of(read.node, 6)):
                for name, target in given.get(value, ()):
                    yield (name, self.tree.outer[target]), read.thing

    def _find_types(self) -> dict[int, set[str]]:
        """Return the declared types that have the keys of a webhook, each with those."""
        tree = self.tree
        found: dict[int, set[str]] = defaultdict(set)
        for node, kind in enumerate(tree.kind):
            if kind in FIELD:
                tag = _TAG.search(tree.source_of(node)[:300])
                name = next(filter(None, tag.groups()), "") if tag else self._field_name(node)
                if wire_name(name) in self.known_keys:
                    found[tree.parent[node]].add(wire_name(name))
        return found

    def find_fields(self, key: str) -> Iterator[tuple[int, int, int]]:
        """Yield the declared fields with a key: the type, and the span of the key or of the name."""
        tree = self.tree
        for found in re.finditer(rf"(?i)\b{re.escape(key).replace('_', '_?')}\b", tree.text):
            node = tree.innermost_at(found.start())
            field = next((n for n in (node, *tree.ancestors_of(node, 6)) if tree.kind[n] in FIELD), None)
            if field is None:
                continue
            tag = _TAG.search(tree.source_of(field)[:300])
            name = next(filter(None, tag.groups()), "") if tag else self._field_name(field)
            if wire_name(name) == key and found[0] == name:
                yield tree.parent[field], *found.span()

    def _field_name(self, node: int) -> str:
        names = [inner for inner in self.tree.descendants_of(node, 12) if self.tree.name[inner] in ("name", "property")]
        return self.tree.source_of(names[0])[:60] if names else ""
