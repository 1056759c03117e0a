"""Find the body of a call: beside its name, in a variable that it is given, or in the same function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.languages.grammar.node_kinds import AROUND, BINARY, CALL, MEMBER, NAME, OBJECT, STRING, SUBSCRIPT
from migrator.languages.grammar.string_parts import show_parts
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.program_facts import ProgramCall

#: Assignments from variable to variable that are followed; hand-written code rarely has more than two.
_DEEPEST = 3
_PACKS = re.compile(r"marshal|stringify|encode|serialize|to_?json|generate|body", re.IGNORECASE)
_NAMED = re.compile(r"body|payload|param|data|request|json|field|bot|arg|input|content", re.IGNORECASE)
#: What a call is given: arguments, a block, what is written below a command.
_HOLDS = re.compile(r"argument|annotated_lambda|^(?:do_)?block$|heredoc_redirect")
_PUTS = frozenset({"put", "Add", "set", "add", "addProperty", "Set", "append", "store"})


def find_request_bodies(program: ParsedProgram, call: ProgramCall) -> Iterator[int]:
    """Yield the objects, and the strings of JSON, that go with a call."""
    given = list(dict.fromkeys(_find_given(program, call)))
    yield from given or dict.fromkeys(_find_packed(program, call))


def find_later_keys(program: ParsedProgram, call: ProgramCall, key: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a key that is set on a variable of a call: ``body.status = x``, ``body["status"] = x``."""
    tree, names = program.tree, program.bindings
    home, sent = tree.home[call.node], None
    for target in [node for node, _ in (*names.assigned.get(key, ()), *names.assigned_keys.get(key, ()))[:50]]:
        inside = [*tree.children_of(target)]
        has_key = tree.kind[target] in MEMBER or tree.kind[target] in SUBSCRIPT or tree.kind[target] == "call"
        if has_key and len(inside) > 1 and tree.home[target] == home:
            sent = sent if sent is not None else _sent_names(program, call)
            if names.bare_name(inside[0]) in sent:
                yield _span_of_key(program, inside[-1], key)
    for node in program.short_strings.get(key, ())[:50]:
        around = next((above for above in tree.ancestors_of(node, 3) if tree.kind[above] in CALL), None)
        owner = names.receiver_of(around) if around is not None and tree.home[node] == home else None
        if owner is not None and around is not None and names.callee_of(around).rpartition(".")[2] in _PUTS:
            sent = sent if sent is not None else _sent_names(program, call)
            if names.bare_name(owner) in sent and names.arguments_of(around)[:1] == [node]:
                yield _span_of_key(program, node, key)


def _find_given(program: ParsedProgram, call: ProgramCall) -> Iterator[int]:
    """Yield the bodies in the calls around a name, or in variables that they are given."""
    tree, seen = program.tree, set[int]()
    for above in tree.ancestors_of(call.node, 8):
        if tree.kind[above] in CALL or tree.kind[above] == "redirected_statement":
            for held in tree.children_of(above):
                if _HOLDS.search(tree.kind[held]) or tree.name[held] == "argument":
                    yield from _find_written(program, held, call, seen)


def _find_written(
    program: ParsedProgram, held: int, call: ProgramCall, seen: set[int], depth: int = 0
) -> Iterator[int]:
    tree = program.tree
    for node in tree.descendants_of(held, 300):
        kind = tree.kind[node]
        if node in seen or (tree.home[node] != tree.home[call.node] and depth == 0 and not _is_packed(program, node)):
            continue
        if kind == "heredoc_beginning":
            node = program.heredocs.get(node, node)
        if (kind in OBJECT and program.objects.entries_of(node)) or _is_json(program, node):
            seen.add(node)
            yield node
        elif kind in NAME and kind != "property_identifier" and depth < _DEEPEST:
            for value in program.bindings.values_of(node):
                yield from _find_written(program, value, call, seen, depth + 1)


def _find_packed(program: ParsedProgram, call: ProgramCall) -> Iterator[int]:
    """Yield what is made into a body in the function of a call, if it makes no other call."""
    tree, home = program.tree, program.tree.home[call.node]
    if len(program.calls_by_function.get(home, ())) != 1:
        return
    for node in tree.descendants_of(home, 2000):
        is_body = tree.home[node] == home and (tree.kind[node] in OBJECT or _is_json(program, node))
        if is_body and (_is_packed(program, node) or _is_sent(program, node, home)):
            yield node


def _is_sent(program: ParsedProgram, node: int, home: int) -> bool:
    """Return whether a variable with an object is named like a body, or is made into one."""
    for name in program.names_holding(node, 1):
        uses = (use for use in program.nodes_named(name)[:50] if program.tree.home[use] == home)
        if _NAMED.search(name) or any(_is_packed(program, use) for use in uses):
            return True
    return False


def _is_packed(program: ParsedProgram, node: int) -> bool:
    """Return whether a call around an expression makes a body of it."""
    tree = program.tree
    calls = (above for above in tree.ancestors_of(node, 5) if tree.kind[above] in CALL)
    return any(_PACKS.search(program.bindings.callee_of(call).rpartition(".")[2]) for call in calls)


def _is_json(program: ParsedProgram, node: int) -> bool:
    """Return whether a string, or a sum of strings, is written like a JSON object."""
    tree = program.tree
    if tree.kind[node] not in STRING and tree.kind[node] not in BINARY:
        return False
    above = tree.parent[node]
    while tree.kind[above] in AROUND and above:
        above = tree.parent[above]
    is_part = tree.kind[above] in STRING or tree.kind[above] in BINARY
    if is_part or "{" not in tree.text[tree.start[node] : min(tree.end[node], tree.start[node] + 40)]:
        return False
    return show_parts(program.strings.eval_strings(node)[0]).lstrip().startswith("{")


def _sent_names(program: ParsedProgram, call: ProgramCall) -> set[str]:
    """Return the variables that go with a call, and those that go into them."""
    tree, names = program.tree, program.bindings
    around = next((above for above in tree.ancestors_of(call.node, 8) if tree.kind[above] in CALL), None)
    waiting = names.arguments_of(around) if around is not None else []
    found: set[str] = set()
    for _ in range(_DEEPEST):
        inside = [n for each in waiting for n in tree.descendants_of(each, 100) if tree.kind[n] in NAME]
        fresh = [node for node in inside if names.bare_name(node) not in found]
        found.update(names.bare_name(node) for node in fresh)
        waiting = [value for node in fresh for value in names.values_of(node)]
    return found


def _span_of_key(program: ParsedProgram, node: int, key: str) -> tuple[int, int]:
    start = program.tree.text.index(key, program.tree.start[node])
    return start, start + len(key)
