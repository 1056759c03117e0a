"""Find calls through a library of the API, which spells the names in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from migrator.languages.grammar.node_kinds import CALL, MEMBER, NAME, STRING
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.program_facts import ProgramCall
from migrator.matching.urls import service_name

_TURNED = "the library calls it `{}`; its newer version has another name for it"
#: Receivers per file that are resolved: each costs a walk; names on further ones are only accounted for.
_MOST = 300
_WORD = re.compile(r"[A-Za-z_]\w*")


def find_library_calls(program: ParsedProgram) -> None:
    """Conclude about the methods and webhooks that are reached through a library of the API."""
    packages = _find_packages(program)
    if not packages:
        return
    path, own = packages[0][1], {name for node, path in packages for name in _library_names(program, node, path)}
    speaking = next((path for _, path in packages if _is_api(program, path)), None)
    program.speaks = program.speaks or (f"package {speaking} is imported" if speaking is not None else None)
    clients: dict[str, bool] = {}
    for node, spelt, owner in _find_members(program):
        text = f"{program.tree.outer[owner]} {program.tree.source_of(owner)[:200]}"
        if text not in clients and len(clients) < _MOST:
            clients[text] = _is_client(program, owner, own)
        if clients.get(text):
            why = f"package {path} is imported, and `{program.tree.source_of(owner)[:60]}` is of it"
            _claim_members(program, node, spelt, why)


def find_calls_through_others(program: ParsedProgram) -> None:
    """Conclude about methods called on library objects that another file of the program has."""
    if program.near is None or _find_packages(program):
        return
    holders = [other for other in program.near.programs_seen_by(program.path) if _find_packages(other)]
    for node, spelt, owner in _find_members(program) if holders else ():
        is_call = any(program.tree.kind[above] in CALL for above in program.tree.ancestors_of(node, 2))
        is_own = any(spelt in other.defined_functions for other in (program, *holders))
        if is_call and not is_own and program.words.sdk_names[spelt].rule.old in program.words.methods:
            package = _find_packages(holders[0])[0][1]
            why = f"`{program.tree.source_of(owner)[:60]}` is of {holders[0].path}, which imports package {package}"
            _claim_members(program, node, spelt, why)


def _claim_members(program: ParsedProgram, node: int, spelt: str, why: str) -> None:
    named = program.words.sdk_names[spelt]
    span = program.tree.start[node], program.tree.end[node]
    program.add_match(*span, named.rule, named.new, (why,), _TURNED.format(spelt))
    if named.rule.old in program.words.methods:
        program.calls.append(ProgramCall(named.rule.old or "", node, *span, (why,)))


def _find_members(program: ParsedProgram) -> Iterator[tuple[int, str, int]]:
    """Yield each member spelt like a name of the API: its node, its spelling, and what it is a member of."""
    derived = program.words.sdk_names
    for found in re.finditer(rf"\b(?:{'|'.join(map(re.escape, derived))})\b", program.tree.text):
        node = program.tree.innermost_at(found.start())
        owner = _owner_of(program, node)
        if owner is not None and program.tree.kind[node] in NAME:
            yield node, found[0], owner


def _find_packages(program: ParsedProgram) -> list[tuple[int, str]]:
    return [(node, path) for node, path in program.imports if _is_sdk(program, path)]


def _is_api(program: ParsedProgram, path: str) -> bool:
    """Return whether a package is of this API alone, or of its webhooks, and not of its neighbours too."""
    return service_name(program.words.api) in path or "webhook" in path


def _is_sdk(program: ParsedProgram, path: str) -> bool:
    patterns = [pattern for sdk in program.words.api.sdks for pattern in sdk.packages]
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _library_names(program: ParsedProgram, node: int, path: str) -> Iterator[str]:
    """Yield the names that an import brings."""
    tree = program.tree
    above = tree.parent[node]
    if tree.kind[node] in CALL:
        yield from _WORD.findall(tree.source_of(above)[:200].partition("=")[0])
    brought = [
        n for n in tree.descendants_of(node, 200) if tree.kind[n] in NAME or tree.kind[n] == "package_identifier"
    ]
    yield from (tree.source_of(n) for n in brought)
    yield re.split(r"[/.\\]", path)[-1]


def _owner_of(program: ParsedProgram, node: int) -> int | None:
    """Return the expression of which a name is a member."""
    tree = program.tree
    if tree.kind[tree.parent[node]] in STRING:
        return None
    above = tree.parent[node]
    inside = [*tree.children_of(above)]
    has_members = tree.kind[above] in MEMBER or tree.kind[above] in CALL or tree.kind[above] == "qualified_type"
    return inside[0] if has_members and inside and inside[0] < node else None


def _is_client(program: ParsedProgram, owner: int, own: set[str]) -> bool:
    """Return whether an expression is the library itself, or made by it, or declared as one of its types."""
    tree, names = program.tree, program.bindings
    words = _WORD.findall(tree.source_of(owner)[:200])
    if own & set(words[:1]):
        return True
    values = names.values_of(owner)
    if any(own & set(_WORD.findall(tree.source_of(value)[:120].partition("(")[0])) for value in values):
        return True
    name = re.escape(names.bare_name(owner))
    declared = re.compile(
        rf"\b{name}\b\s{{0,4}}[:?]{{0,2}}\s{{0,4}}[*&]?([\w.]{{1,80}})|\b([\w.]{{1,80}})[?*]?\s{name}\b"
    )
    found = (own & set(_WORD.findall(match[1] or match[2] or "")) for match in declared.finditer(tree.text))
    return bool(name) and any(found)
