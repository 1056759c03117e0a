"""Match rows with the calls themselves: removed keys in their bodies, and changed behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.languages.grammar.node_kinds import BINARY, STRING
from migrator.languages.reading.json_strings import json_in
from migrator.languages.reading.parsed_program import Call, Program
from migrator.languages.reading.request_bodies import bodies, set_later
from migrator.rules.rule import Kind, Rule

_NESTED = "move the body out of it by hand"


def find_bodies(program: Program) -> None:
    """Conclude about the bodies of all calls that were found."""
    program.__dict__.pop("homes", None)
    for call in program.calls:
        _removed(program, call)
        _notes(program, call)
        for user, use in program.elsewhere_used(call.node):
            _removed(user, replace(call, node=use))


def _removed(program: Program, call: Call) -> None:
    for rule, path in program.words.for_request(call.method, Kind.REMOVE_KEY):
        for start, end in _keys(program, call, path):
            program.add(start, end, rule, rule.new, (f"the body of {call.method}", *call.evidence))
    for body in bodies(program, call):
        if program.tree.kind[body] in STRING or program.tree.kind[body] in BINARY:
            _json(program, call, body)


def _json(program: Program, call: Call, node: int) -> None:
    """Conclude about a body that is written as JSON in a string."""
    document = json_in(program, node)
    for place in document.request_places(call.method, call.evidence[0]) if document is not None else ():
        program.add(place.start, place.end, place.rule, place.new, place.evidence, place.message)


def _notes(program: Program, call: Call) -> None:
    words = program.words
    for rule, _ in words.for_request(call.method, Kind.BEHAVIOUR, Kind.MANUAL):
        if not program.says(rule.answered_by) and not _says_the_same(program, call, rule):
            program.add(call.start, call.end, rule, rule.new, call.evidence)
    for rule, path in words.for_request(call.method, Kind.UNNEST):
        for start, end in _keys(program, call, path):
            program.add(start, end, rule, rule.new, (f"the body of {call.method}", *call.evidence), _NESTED)


def _says_the_same(program: Program, call: Call, rule: Rule) -> bool:
    """Return whether the body asks, by a removed key, for just what happens now anyway."""
    for path, unless in program.words.answered_keys(call.method, rule):
        behind = [program.tree.text[end : end + 80].lstrip("\\\"' :=>,]") for _, end in _keys(program, call, path)]
        if behind and all(text.startswith(unless or ("\0",)) for text in behind):
            return True
    return False


def _keys(program: Program, call: Call, path: tuple[str | None, ...]) -> Iterator[tuple[int, int]]:
    """Yield the spans at which the bodies of a call write a key: in objects, and in JSON inside strings."""
    if len(path) != 1:
        return
    tree = program.tree
    yield from set_later(program, call, path[0] or "")
    for body in bodies(program, call):
        if tree.kind[body] in STRING or tree.kind[body] in BINARY:
            document = json_in(program, body)
            if document is not None:
                yield from document.key_spans(path)
            continue
        for name, at, _ in program.objects.entries(body):
            if name == path[0]:
                text = tree.source(at)
                bare = text.strip("\"'`:[] ")
                start = tree.start[at] + text.index(bare)
                yield start, start + len(bare)
