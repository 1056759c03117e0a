"""Find renamed and removed keys that a program reads off webhooks, and the scopes that it names."""

from __future__ import annotations

import re

from migrator.languages.grammar.node_kinds import MEMBER, NAME, STRING
from migrator.languages.reading.object_literals import plain
from migrator.languages.reading.parsed_program import Program
from migrator.languages.reading.webhook_reads import Thing
from migrator.matching.vocabulary import Path
from migrator.rules.rule import Kind, Rule


def find_reads(program: Program) -> None:
    """Conclude about the keys that are read off webhooks."""
    form = program.words.envelope
    if form is None:
        return
    for rule, path in program.words.for_webhook(Kind.RENAME_KEY, Kind.REMOVE_KEY):
        if len(path) == 1:
            _top(program, rule, path)
        elif len(path) == 2 and path[0] in form.body and _handles(program, rule):
            _inner(program, rule, path)


def _top(program: Program, rule: Rule, path: Path) -> None:
    form = program.words.envelope
    for read in program.reads.all:
        keys = program.reads.keys[read.thing]
        if form is None or read.key != path[0] or rule.new in keys or not form.distinctive & keys:
            continue
        why = program.reads.why(read.thing)
        if why is not None:
            program.add(*_span(program, read.node, read.key), rule, rule.new, (why,))


def _inner(program: Program, rule: Rule, path: Path) -> None:
    """Claim a key that is read off the body of a webhook, or off a variable with the body."""
    tree, names, reads = program.tree, program.names, program.reads
    if path[1] is None or path[1] not in tree.text:
        return
    bodies = {read.node: read for read in reads.all if read.key == path[0]}
    held = {name: read.thing for node, read in bodies.items() for name in program.holders.get(node, ())}
    held |= {tree.source(node): read.thing for node, read in bodies.items() if tree.kind[node] in NAME}
    for found in re.finditer(rf"\b{re.escape(path[1])}\b", tree.text):
        node = tree.at(found.start())
        for above in (node, *tree.above(node, 4)):
            inside = [*tree.children(above)]
            owner = names.inner(inside[0]) if inside else above
            thing = bodies[owner].thing if owner in bodies else held.get(names.bare(owner))
            if thing is not None and owner != node and above != owner and tree.end[owner] <= found.start():
                if (why := _certain(program, thing)) is not None:
                    program.add(*found.span(), rule, rule.new, (why,))
                break


def _certain(program: Program, thing: Thing) -> str | None:
    form = program.words.envelope
    keys = program.reads.keys[thing]
    return program.reads.why(thing) if form and keys & form.distinctive else program.reads.proven


def _handles(program: Program, rule: Rule) -> bool:
    """Return whether the file handles one of the webhooks that a row is about."""
    wanted = {place.name for place in rule.where}
    return any(place.old in wanted for place in program.places.values())


def find_scopes(program: Program) -> None:
    """Conclude about the strings that name a scope whose reach changed."""
    for rule in program.words.rules(Kind.SCOPE):
        name = rule.old or rule.new or ""
        if program.hint is None or not name:
            continue
        for found in re.finditer(rf"(?<![\w.:-]){re.escape(name)}(?![\w.:-])", program.tree.text):
            node = program.tree.at(found.start())
            if any(program.tree.kind[n] in STRING for n in (node, program.tree.parent[node])):
                seen = (f"the scope {name} is named; the file says {program.hint!r}",)
                program.add(*found.span(), rule, rule.new, seen)


def _span(program: Program, node: int, key: str) -> tuple[int, int]:
    """Return the span of the key of a read."""
    tree = program.tree
    for inner in reversed(tree.inside(node, 60)):
        text = tree.source(inner)
        if tree.kind[inner] not in MEMBER and plain(text) == key and "(" not in text:
            lead = len(text) - len(text.lstrip("\"'`:"))
            return tree.start[inner] + lead, tree.end[inner] - (len(text) - len(text.rstrip("\"'`:")))
    return tree.start[node], tree.end[node]
