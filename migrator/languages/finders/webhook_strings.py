"""Find the names of webhooks where a program compares, looks up, registers or lists them."""

from __future__ import annotations

import re

from migrator.languages.grammar.node_kinds import (
    AROUND,
    BINARY,
    CALL,
    CASE,
    LIST,
    NAME,
    OBJECT,
    PAIR,
    STRING,
    SUBSCRIPT,
    SWITCH,
)
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.matching.vocabulary import RenamedName

_EQUALS = re.compile(r"^(?:===?|!==?|<>|=|in|-eq|==|eql\?)$")
_COMPARES = re.compile(
    r"equals|includes?|contains|in_array|strcmp|startswith|start_with|has|indexof|key\?|any", re.IGNORECASE
)
_ENTERS = re.compile(
    r"(?:on|once|when|add|set|put|bind|store|register|subscribe|handle|addlistener|addeventlistener|withaction)",
    re.IGNORECASE,
)
_BOTH = "both names are handled on purpose"
_BODIES = frozenset({"statement_block", "block", "compound_statement", "function_body"})
_BLOCKS = frozenset({"object", "statement_block", "block", "compound_statement"})
#: Two names may meet by chance in a list of words; three of the same API do not, in a file that hints at it.
_TOGETHER = 3
#: Uses of one constant that are judged: generated code has thousands, which all look alike.
_USES = 100


def find_webhooks(program: ParsedProgram, spots: list[tuple[int, str]]) -> None:
    """Conclude about the old names of webhooks at the given bytes."""
    tree = program.tree
    for start, name in spots:
        named = program.words.webhooks.get(name)
        node = tree.innermost_at(start)
        if named is None:
            continue
        why = (
            _find_evidence(program, node) if is_whole(program, node, name) else _judge_json(program, node, start, name)
        )
        if why is not None and _handles_both(program, node, named.new):
            add(program, start, name, RenamedName(named.rule, None), why, _BOTH)
        elif why is not None:
            add(program, start, name, named, why)


def add(
    program: ParsedProgram, start: int, name: str, named: RenamedName, why: str, message: str | None = None
) -> None:
    """Conclude about a name."""
    held = message or (None if named.new else program.words.describe_removal(name))
    program.add_match(start, start + len(name), named.rule, named.new, (why,), held)


def _handles_both(program: ParsedProgram, node: int, new: str | None) -> bool:
    """Return whether the newer name is handled beside a string: in the same condition, switch, list or table."""
    tree = program.tree
    if new is None or new not in program.short_strings:
        return new is not None and _has_key(program, node, new)
    others = program.short_strings[new]
    chosen = False
    for above in tree.ancestors_of(node, 12):
        kind = tree.kind[above]
        if kind in _BODIES or (kind in CALL and not _COMPARES.search(program.bindings.callee_of(above))):
            break
        if kind in BINARY or kind in LIST or kind in OBJECT or kind in CASE or kind in SWITCH:
            chosen = any(tree.start[above] <= tree.start[n] < tree.end[above] for n in others)
        if chosen:
            return True
    return _has_key(program, node, new)


def _has_key(program: ParsedProgram, node: int, new: str) -> bool:
    """Return whether the table in which a string is a key also has the newer name as a key."""
    tree = program.tree
    for above in tree.ancestors_of(node, 3):
        if tree.kind[above] in OBJECT:
            keys = (next(iter(tree.children_of(pair)), pair) for pair in tree.children_of(above))
            return any(
                tree.source_of(key).strip("\"'`:") == new for key in keys if tree.end[key] - tree.start[key] < 60
            )
    return False


def is_whole(program: ParsedProgram, node: int, name: str) -> bool:
    """Return whether a node is a string, or a key or a case, that is just this name."""
    tree = program.tree
    if tree.parent[node] and tree.kind[tree.parent[node]] in STRING and tree.kind[node] not in STRING:
        node = tree.parent[node]
    if tree.end[node] - tree.start[node] > len(name) + 20:
        return False
    text = tree.source_of(node)
    if tree.kind[node] in STRING:
        literal = program.strings.plain_parts(node)
        return literal is not None and literal[0].strip() == name
    return tree.kind[node] in NAME and text == name and tree.name[node] in ("key", "name", "property", "")


def _find_evidence(program: ParsedProgram, node: int) -> str | None:
    """Return why a name is that of a webhook, by what is done with it."""
    tree = program.tree
    if tree.parent[node] and tree.kind[tree.parent[node]] in STRING:
        node = tree.parent[node]
    return (
        _judge_use(program, node)
        or _looked_up(program, node)
        or _judge_listener(program, node)
        or _judge_constant(program, node)
        or _judge_list(program, node)
    )


def _judge_use(program: ParsedProgram, node: int) -> str | None:
    return _judge_value(program, node) or _judge_comparison(program, node)


def _judge_constant(program: ParsedProgram, node: int) -> str | None:
    """Return why a constant with the name is a webhook's, by what is done with it here or in another file."""
    for name in program.names_holding(node, 2):
        if name not in program.meanings:
            program.meanings[name] = _stands_for(program, name)
        if (why := program.meanings[name]) is not None:
            return why
    return None


def _stands_for(program: ParsedProgram, name: str) -> str | None:
    for user in (program, *program.programs_using()):
        for use in user.nodes_named(name)[:_USES]:
            if (why := _judge_use(user, use)) is not None:
                return f"{why}; `{name}` stands for it" + (f" in {user.path}" if user is not program else "")
    return None


def _judge_listener(program: ParsedProgram, node: int) -> str | None:
    """Return a handler that is entered under the name where the same object is asked for the handler of a webhook."""
    tree = program.tree
    call = tree.parent[tree.parent[node]]
    call = tree.parent[call] if tree.kind[call] not in CALL else call
    callee = program.bindings.callee_of(call) if tree.kind[call] in CALL else ""
    owner = program.bindings.receiver_of(call) if _ENTERS.fullmatch(callee.rpartition(".")[2]) else None
    for use in program.lookups.get(program.bindings.bare_name(owner), ()) if owner is not None else ():
        if (why := program.reads.evidence_at(use)) is not None:
            return f"{why}, and passed to `{program.bindings.bare_name(owner or 0)}`"
    return None


def _judge_json(program: ParsedProgram, node: int, start: int, name: str) -> str | None:
    """Return a webhook, or a body that registers one, that is written as JSON inside a string."""
    tree, form = program.tree, program.words.envelope
    outer = node if tree.kind[node] in STRING else tree.parent[node]
    begin = tree.start[outer]
    if form is None or tree.kind[outer] not in STRING or "{" not in tree.text[begin : begin + 40]:
        return None
    keys = program.keys_in_json(outer)
    where = keys.get(form.name, (None, None))[1]
    if where != (start - begin, start - begin + len(name)):
        return None
    why = program.words.judge_keys(keys.keys(), program.hint, program.is_foreign)
    return why.replace("are read off it", "are written together") if why else None


def _judge_value(program: ParsedProgram, node: int) -> str | None:
    """Return the value of a key of a webhook, or of a body that registers one."""
    form = program.words.envelope
    path: list[str] = []
    for key, owner in program.objects.keys_around(node):
        path.append(key)
        if form is not None and path == [form.name]:
            keys = program.objects.keys_of(owner)
            if (why := program.words.judge_keys(keys, None)) is not None:
                return why.replace("are read off it", "are written together")
        if (why := _judge_body(program, owner, tuple(reversed(path)))) is not None:
            return why
    return _judge_type(program, node)


def _judge_body(program: ParsedProgram, owner: int, path: tuple[str, ...]) -> str | None:
    """Return why a body with a webhook at this path goes to the API: the call around it, or its function, says so."""
    tree = program.tree
    for call in program.calls_by_function.get(tree.home[owner], ()):
        wanted = {tuple(step for step in steps if step) for steps in program.words.request_webhook_paths(call.method)}
        if path in wanted:
            return f"the body of {call.method}; {call.evidence[0]}"
    return None


def _judge_type(program: ParsedProgram, node: int) -> str | None:
    """Return a type that allows the name in a field called like that of a webhook."""
    tree, form = program.tree, program.words.envelope
    for owner in tree.ancestors_of(node, 12) if form is not None and program.reads.types else ():
        keys = program.reads.types.get(owner, set())
        if why := program.words.judge_keys(keys, program.hint, program.is_foreign):
            return why.replace("are read off it", "are declared together")
    return None


def _judge_comparison(program: ParsedProgram, node: int) -> str | None:
    """Return a comparison with the name of a webhook, or a case of a switch on it."""
    tree, inner = program.tree, node
    for above in tree.ancestors_of(node, 12):
        kind = tree.kind[above]
        if kind in BINARY:
            sides = [*tree.children_of(above)]
            sign = tree.text[tree.end[sides[0]] : tree.start[sides[-1]]].strip() if len(sides) > 1 else ""
            if not _EQUALS.match(sign):
                return None
            other = sides[-1] if inner == sides[0] else sides[0]
            return program.reads.evidence_at(other)
        if kind in SWITCH and (tree.kind[inner] in CASE or tree.name[inner] == "body"):
            subject = next(iter(tree.children_of(above)), above)
            return program.reads.evidence_at(subject) if subject != inner else None
        if kind in CALL:
            return _judge_membership(program, above, inner)
        if kind in _BLOCKS or (kind in PAIR and len([*tree.children_of(above)]) > 1):
            return None
        inner = above
    return None


def _judge_membership(program: ParsedProgram, call: int, inner: int) -> str | None:
    """Return why a name is compared by a call: ``"name".equals(hook.action)``, ``in_array(hook.action, [...])``."""
    if not _COMPARES.search(program.bindings.callee_of(call)):
        return None
    receiver = program.bindings.receiver_of(call)
    others = [*program.bindings.arguments_of(call), *([receiver] if receiver is not None else [])]
    found = (program.reads.evidence_at(other) for other in others if not _contains_name(program, other, inner))
    return next((why for why in found if why), None)


def _contains_name(program: ParsedProgram, outer: int, inner: int) -> bool:
    tree = program.tree
    return tree.start[outer] <= tree.start[inner] and tree.end[inner] <= tree.end[outer]


def _looked_up(program: ParsedProgram, node: int) -> str | None:
    """Return a key of a table, or a member of a list, in which the name of a webhook is looked up."""
    tree = program.tree
    for above in tree.ancestors_of(node, 4):
        if tree.kind[above] not in OBJECT and tree.kind[above] not in LIST:
            continue
        outer = above
        while outer and tree.kind[tree.parent[outer]] in AROUND:
            outer = tree.parent[outer]
        index = [*tree.children_of(tree.parent[outer])][-1]
        if tree.kind[tree.parent[outer]] in SUBSCRIPT and index != outer and (why := program.reads.evidence_at(index)):
            return f"{why}, and looked up in a table"
        held = (above, *tree.ancestors_of(above, 6))
        for name in sorted({name for holder in held for name in program.names_by_value.get(holder, ())}):
            for use in program.lookups.get(name, ()):
                if (why := program.reads.evidence_at(use)) is not None:
                    return f"{why}, and looked up in `{name}`"
    return None


def _judge_list(program: ParsedProgram, node: int) -> str | None:
    """Return why several names of webhooks in one list, table or type are webhooks, in a file with a hint."""
    tree, words = program.tree, program.words
    if program.hint is None or program.is_foreign:
        return None
    for above in tree.ancestors_of(node, 4):
        if tree.kind[above] in LIST or tree.kind[above] in OBJECT or tree.kind[above].endswith("union_type"):
            if above not in program.lists:
                short = (n for n in tree.descendants_of(above, 600) if tree.end[n] - tree.start[n] < 60)
                found = {tree.source_of(n).strip("\"'`:") for n in short}
                program.lists[above] = len(found & words.all_webhooks)
            if (count := program.lists[above]) >= _TOGETHER:
                return f"{count} names of webhooks together; the file says {program.hint!r}"
    return None
