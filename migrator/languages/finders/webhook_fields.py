"""Find renamed and removed keys that a program reads off webhooks, and the scopes that it names."""

from __future__ import annotations

import re

from migrator.languages.grammar.node_kinds import MEMBER, NAME, STRING
from migrator.languages.reading.object_literals import wire_name
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.webhook_reads import ObjectIdentity
from migrator.matching.vocabulary import Path
from migrator.rules.rule import Kind, Rule


def find_key_reads(program: ParsedProgram) -> None:
    """Conclude about the keys that are read off webhooks."""
    form = program.words.envelope
    if form is None:
        return
    for rule, path in program.words.rows_for_webhook(Kind.RENAME_KEY, Kind.REMOVE_KEY):
        if len(path) == 1:
            _claim_top_key(program, rule, path)
            _claim_declared_key(program, rule, path)
        elif len(path) == 2 and path[0] in form.body and _handles_webhooks(program, rule):
            _claim_inner_key(program, rule, path)
        if len(path) == 2 and path[0] in form.body:
            _claim_declared_body(program, rule, path)


def _claim_declared_key(program: ParsedProgram, rule: Rule, path: Path) -> None:
    """Claim a key that a type of webhooks declares: a tag of Go, an annotation of Java or C#, a field of TypeScript."""
    form, types = program.words.envelope, program.reads.types
    if path[0] is None or path[0] not in program.tree.text:
        return
    for owner, *span in program.reads.find_fields(path[0]):
        keys = types.get(owner, set())
        why = program.words.judge_keys(keys, program.hint, program.is_foreign)
        if form is not None and why is not None and keys & form.distinctive and rule.new not in keys:
            seen = why.replace("are read off it", "are declared together")
            program.add_match(span[0], span[1], rule, rule.new, (seen,))


def _claim_declared_body(program: ParsedProgram, rule: Rule, path: Path) -> None:
    """Claim a key of the body of a webhook, declared by a type that is called like the webhook beside its envelope."""
    why = program.reads.type_evidence
    if why is None or path[1] is None or path[1] not in program.tree.text:
        return
    hooks = {place.name for place in rule.where if place.name}
    for owner, *span in program.reads.find_fields(path[1]):
        around = (program.tree.child_named(node, "name") for node in program.tree.ancestors_of(owner, 3))
        names = [wire_name(program.tree.source_of(node)[:80]) for node in around if node is not None]
        named = next((name for name in names if any(hook in name for hook in hooks)), None)
        if named is not None:
            seen = why.replace("are read off it", "are declared together")
            program.add_match(span[0], span[1], rule, rule.new, (f"{seen}; the type is called `{named}`",))


def _claim_top_key(program: ParsedProgram, rule: Rule, path: Path) -> None:
    form = program.words.envelope
    for read in program.reads.all:
        keys = program.reads.keys[read.thing]
        if form is None or read.key != path[0] or rule.new in keys or not form.distinctive & keys:
            continue
        why = program.reads.evidence_for(read.thing)
        if why is not None:
            program.add_match(*_span_of_key(program, read.node, read.key), rule, rule.new, (why,))


def _claim_inner_key(program: ParsedProgram, rule: Rule, path: Path) -> None:
    """Claim a key that is read off the body of a webhook, or off a variable with the body."""
    tree, names, reads = program.tree, program.bindings, program.reads
    if path[1] is None or path[1] not in tree.text:
        return
    bodies = {read.node: read for read in reads.all if read.key == path[0]}
    held = {name: read.thing for node, read in bodies.items() for name in program.names_by_value.get(node, ())}
    held |= {tree.source_of(node): read.thing for node, read in bodies.items() if tree.kind[node] in NAME}
    for found in re.finditer(rf"\b{re.escape(path[1])}\b", tree.text):
        node = tree.innermost_at(found.start())
        for above in (node, *tree.ancestors_of(node, 4)):
            inside = [*tree.children_of(above)]
            owner = names.unwrap_node(inside[0]) if inside else above
            thing = bodies[owner].thing if owner in bodies else held.get(names.bare_name(owner))
            if thing is not None and owner != node and above != owner and tree.end[owner] <= found.start():
                if (why := _is_certain(program, thing)) is not None:
                    program.add_match(*found.span(), rule, rule.new, (why,))
                break


def _is_certain(program: ParsedProgram, thing: ObjectIdentity) -> str | None:
    form = program.words.envelope
    keys = program.reads.keys[thing]
    return program.reads.evidence_for(thing) if form and keys & form.distinctive else program.reads.certain_evidence


def _handles_webhooks(program: ParsedProgram, rule: Rule) -> bool:
    """Return whether the file handles one of the webhooks that a row is about."""
    wanted = {place.name for place in rule.where}
    return any(place.old in wanted for place in program.places.values())


def find_scopes(program: ParsedProgram) -> None:
    """Conclude about the strings that name a scope whose reach changed."""
    for rule in program.words.rows_of_kinds(Kind.SCOPE):
        name = rule.old or rule.new or ""
        if program.hint is None or not name:
            continue
        for found in re.finditer(rf"(?<![\w.:-]){re.escape(name)}(?![\w.:-])", program.tree.text):
            node = program.tree.innermost_at(found.start())
            if any(program.tree.kind[n] in STRING for n in (node, program.tree.parent[node])):
                seen = (f"the scope {name} is named; the file says {program.hint!r}",)
                program.add_match(*found.span(), rule, rule.new, seen)


def _span_of_key(program: ParsedProgram, node: int, key: str) -> tuple[int, int]:
    """Return the span of the key of a read."""
    tree = program.tree
    for inner in reversed(tree.descendants_of(node, 60)):
        text = tree.source_of(inner)
        if tree.kind[inner] not in MEMBER and wire_name(text) == key and "(" not in text:
            lead = len(text) - len(text.lstrip("\"'`:"))
            return tree.start[inner] + lead, tree.end[inner] - (len(text) - len(text.rstrip("\"'`:")))
    return tree.start[node], tree.end[node]
