"""Find what rows say of the calls themselves: keys that are gone from their bodies, and changed behaviour."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.code.jsontext import top_level
from migrator.languages.kinds import CALL, MEMBER, NAME, OBJECT, STRING
from migrator.languages.program import Call, Program
from migrator.rules.rule import Kind, Rule

_NESTED = "take the body out of it by hand"


def find_bodies(program: Program) -> None:
    """Conclude about the bodies of all calls that were found."""
    program.__dict__.pop("homes", None)
    for call in program.calls:
        _removed(program, call)
        _notes(program, call)


def _removed(program: Program, call: Call) -> None:
    for rule, path in program.words.removed_from(call.method):
        for start, end in _keys(program, call, path):
            program.add(start, end, rule, rule.new, (f"the body of {call.method}", *call.evidence))


def _notes(program: Program, call: Call) -> None:
    words = program.words
    for rule, _ in words.lexicon.for_request(call.method, Kind.BEHAVIOUR, Kind.MANUAL):
        if not program.says(rule.answered_by) and not _says_the_same(program, call, rule):
            program.add(call.start, call.end, rule, rule.new, call.evidence)
    for rule, path in words.lexicon.for_request(call.method, Kind.UNNEST):
        for start, end in _keys(program, call, path):
            program.add(start, end, rule, rule.new, (f"the body of {call.method}", *call.evidence), _NESTED)


def _says_the_same(program: Program, call: Call, rule: Rule) -> bool:
    """Whether the body asks, by a key that is now gone, for just what happens now anyway."""
    for other, path in program.words.removed_from(call.method):
        if other.follow_up is None or other.follow_up.method not in rule.answered_by:
            continue
        behind = [program.tree.text[end : end + 80].lstrip("\"' :=>,") for _, end in _keys(program, call, path)]
        if behind and all(text.startswith(other.follow_up.unless or ("\0",)) for text in behind):
            return True
    return False


def _keys(program: Program, call: Call, path: tuple[str | None, ...]) -> Iterator[tuple[int, int]]:
    """Where the bodies of a call write a key: in objects, and in JSON inside of strings."""
    if len(path) != 1:
        return
    tree, objects = program.tree, program.objects
    yield from _set_later(program, call, path[0] or "")
    for body in _bodies(program, call):
        if tree.kind[body] in STRING:
            literal = program.strings.literal(body) or (tree.source(body), tree.start[body])
            found = top_level(literal[0][:20_000]).get(path[0] or "")
            if found is not None:
                yield literal[1] + found[0][0], literal[1] + found[0][1]
            continue
        for key, at, _ in objects.entries(body):
            if key == path[0]:
                text = tree.source(at)
                bare = text.strip("\"'`:[] ")
                start = tree.start[at] + text.index(bare)
                yield start, start + len(bare)


def _set_later(program: Program, call: Call, key: str) -> Iterator[tuple[int, int]]:
    """Where a key of a variable that goes with a call is set: ``body.status = ...``."""
    tree, names = program.tree, program.names
    around = next((above for above in tree.above(call.node, 8) if tree.kind[above] in CALL), None)
    given = names.arguments(around) if around is not None else []
    sent = {names.bare(n) for each in given for n in tree.inside(each, 100) if tree.kind[n] in NAME}
    for target, _ in names.given.get(key, ())[:50]:
        inside = [*tree.children(target)]
        is_member = tree.kind[target] in MEMBER or tree.kind[target] == "call"
        if (
            is_member
            and len(inside) > 1
            and names.bare(inside[0]) in sent
            and tree.home[target] == tree.home[call.node]
        ):
            yield tree.start[inside[-1]], tree.end[inside[-1]]


def _bodies(program: Program, call: Call) -> Iterator[int]:
    """The bodies that go with a call: what is given beside its name, else what stands in the same function."""
    tree = program.tree
    seen: set[int] = set()
    for above in tree.above(call.node, 8):
        if tree.kind[above] in CALL:
            found = [body for body in program.objects.sent(above) if body not in seen]
            seen.update(found)
            yield from found
            yield from (n for n in tree.inside(above) if tree.kind[n] in STRING and "{" in tree.source(n)[:8])
    alone = len(program.homes.get(tree.home[call.node], ())) == 1
    if not seen and alone and tree.home[call.node]:
        for node in tree.inside(tree.home[call.node], 2000):
            if tree.kind[node] in OBJECT and tree.kind[node] not in ("arguments", "value_arguments"):
                yield node
