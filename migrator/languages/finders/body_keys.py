"""Match rows with the calls themselves: removed keys in their bodies, and changed behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.findings.messages import RESPONSE_CHANGED
from migrator.languages.grammar.node_kinds import BINARY, STRING
from migrator.languages.reading.json_strings import json_in
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.program_facts import ProgramCall
from migrator.languages.reading.request_bodies import find_later_keys, find_request_bodies
from migrator.rules.rule import Kind, Rule

_NESTED = "move the body out of it by hand"


def find_bodies(program: ParsedProgram) -> None:
    """Conclude about the bodies of all calls that were found."""
    program.__dict__.pop("homes", None)
    for call in program.calls:
        _claim_removed_keys(program, call)
        _claim_notes(program, call)
        for user, use in program.uses_elsewhere(call.node):
            _claim_removed_keys(user, replace(call, node=use))


def _claim_removed_keys(program: ParsedProgram, call: ProgramCall) -> None:
    for rule, path in program.words.rows_for_request(call.method, Kind.REMOVE_KEY):
        for start, end in _find_keys(program, call, path):
            program.add_match(start, end, rule, rule.new, (f"the body of {call.method}", *call.evidence))
    for body in find_request_bodies(program, call):
        if program.tree.kind[body] in STRING or program.tree.kind[body] in BINARY:
            _claim_json_body(program, call, body)


def _claim_json_body(program: ParsedProgram, call: ProgramCall, node: int) -> None:
    """Conclude about a body that is written as JSON in a string."""
    document = json_in(program, node)
    for place in document.request_places(call.method, call.evidence[0]) if document is not None else ():
        program.add_match(place.start, place.end, place.rule, place.new, place.evidence, place.message)


def _claim_notes(program: ParsedProgram, call: ProgramCall) -> None:
    words = program.words
    for rule, _ in words.rows_for_request(call.method, Kind.BEHAVIOUR, Kind.MANUAL):
        if not program.contains_word(rule.answered_by) and not _says_the_same(program, call, rule):
            program.add_match(call.start, call.end, rule, rule.new, call.evidence)
    for rule, _ in words.rows_for_response(call.method):
        if not program.contains_word(rule.answered_by):
            program.add_match(call.start, call.end, rule, None, call.evidence, RESPONSE_CHANGED)
    for rule, path in words.rows_for_request(call.method, Kind.UNNEST):
        for start, end in _find_keys(program, call, path):
            program.add_match(start, end, rule, rule.new, (f"the body of {call.method}", *call.evidence), _NESTED)


def _says_the_same(program: ParsedProgram, call: ProgramCall, rule: Rule) -> bool:
    """Return whether the body asks, by a removed key, for just what happens now anyway."""
    for path, unless in program.words.answered_keys(call.method, rule):
        behind = [program.tree.text[end : end + 80].lstrip("\\\"' :=>,]") for _, end in _find_keys(program, call, path)]
        if behind and all(text.startswith(unless or ("\0",)) for text in behind):
            return True
    return False


def _find_keys(program: ParsedProgram, call: ProgramCall, path: tuple[str | None, ...]) -> Iterator[tuple[int, int]]:
    """Yield the spans at which the bodies of a call write a key: in objects, and in JSON inside strings."""
    if len(path) != 1:
        return
    tree = program.tree
    yield from find_later_keys(program, call, path[0] or "")
    for body in find_request_bodies(program, call):
        if tree.kind[body] in STRING or tree.kind[body] in BINARY:
            document = json_in(program, body)
            if document is not None:
                yield from document.key_spans(path)
            continue
        for name, at, _ in program.objects.entries_of(body):
            if name == path[0]:
                text = tree.source_of(at)
                bare = text.strip("\"'`:[] ")
                start = tree.start[at] + text.index(bare)
                yield start, start + len(bare)
