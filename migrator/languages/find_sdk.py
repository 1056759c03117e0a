"""Find what a program calls through a library of the API, which spells the names in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from migrator.languages.kinds import CALL, MEMBER, NAME, STRING
from migrator.languages.program import Call, Program

_TURNED = "the library calls it `{}`; its newer version has another name for it"
#: So many receivers are looked at in one file.
_MOST = 300
_WORD = re.compile(r"[A-Za-z_]\w*")


def find_sdk(program: Program) -> None:
    """Conclude about the methods and webhooks that are reached through a library of the API."""
    packages = [(node, path) for node, path in program.imports if _is_sdk(program, path)]
    if not packages:
        return
    path, own = packages[0][1], {name for node, path in packages for name in _names(program, node, path)}
    derived = program.words.derived
    clients: dict[str, bool] = {}
    for found in re.finditer(rf"\b(?:{'|'.join(map(re.escape, derived))})\b", program.tree.text):
        node = program.tree.at(found.start())
        owner = _owner(program, node)
        named = derived[found[0]]
        if owner is None or program.tree.kind[node] not in NAME:
            continue
        text = f"{program.tree.outer[owner]} {program.tree.source(owner)[:200]}"
        if text not in clients and len(clients) < _MOST:
            clients[text] = _is_client(program, owner, own)
        if not clients.get(text):
            continue
        seen = (f"package {path} is imported, and `{program.tree.source(owner)[:60]}` is of it",)
        program.add(*found.span(), named.rule, named.new, seen, _TURNED.format(found[0]))
        if named.rule.old in program.words.methods:
            program.calls.append(Call(named.rule.old or "", node, *found.span(), seen))


def _is_sdk(program: Program, path: str) -> bool:
    patterns = [pattern for sdk in program.words.api.sdks for pattern in sdk.packages]
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _names(program: Program, node: int, path: str) -> Iterator[str]:
    """The names that an import brings."""
    tree = program.tree
    above = tree.parent[node]
    if tree.kind[node] in CALL:
        yield from _WORD.findall(tree.source(above)[:200].partition("=")[0])
    brought = [n for n in tree.inside(node, 200) if tree.kind[n] in NAME or tree.kind[n] == "package_identifier"]
    yield from (tree.source(n) for n in brought)
    yield re.split(r"[/.\\]", path)[-1]


def _owner(program: Program, node: int) -> int | None:
    """The expression of which a name is a member."""
    tree = program.tree
    if tree.kind[tree.parent[node]] in STRING:
        return None
    above = tree.parent[node]
    inside = [*tree.children(above)]
    if (tree.kind[above] in MEMBER or tree.kind[above] in CALL) and inside and inside[0] < node:
        return inside[0]
    return None


def _is_client(program: Program, owner: int, own: set[str]) -> bool:
    """Whether an expression is the library itself, or made by it, or declared as one of its types."""
    tree, names = program.tree, program.names
    words = _WORD.findall(tree.source(owner)[:200])
    if own & set(words[:1]):
        return True
    values = names.values(owner)
    if any(own & set(_WORD.findall(tree.source(value)[:120].partition("(")[0])) for value in values):
        return True
    name = re.escape(names.bare(owner))
    declared = re.compile(
        rf"\b{name}\b\s{{0,4}}[:?]{{0,2}}\s{{0,4}}[*&]?([\w.]{{1,80}})|\b([\w.]{{1,80}})[?*]?\s{name}\b"
    )
    found = (own & set(_WORD.findall(match[1] or match[2] or "")) for match in declared.finditer(tree.text))
    return bool(name) and any(found)
