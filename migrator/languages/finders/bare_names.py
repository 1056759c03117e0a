"""Find old names that nothing else explains in files that evidently call the API, and explain the others."""

from __future__ import annotations

import re
from bisect import bisect_right

from migrator.findings.ledger import OccurrenceState
from migrator.findings.reading import ExplainedName
from migrator.languages.finders.webhook_strings import add, is_whole
from migrator.languages.grammar.node_kinds import CALL, NAME, STRING
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.program_facts import ProgramCall
from migrator.matching.relays import method_paths

_WHY = "nothing shows what the name is for here"
_MAY_RELAY = "in a path like the API's at another host, which may be a relay"
_SHOWS = re.compile(r"log|print|debug|info|warn|error|echo|puts|write_line|throw|trace|fatal", re.IGNORECASE)
_BEFORE = re.compile(r"""[@$]{0,2}["'`]?(?:[\w./${}()>#?:=-]{0,60}[/}])?$""")
_SHORT = 80
_AFTER = re.compile(r"""["'`]?$|\?""")
_JSON = re.compile(r"""["'`]{1,3}\s{0,9}[{\[]""")


def find_mentions(program: ParsedProgram, spots: list[tuple[int, str]], near: str | None) -> None:
    """Conclude about every string that is an old name and that no other finder judged; `near`: why it is the API's."""
    taken = program.covered_bytes()
    for start, name in spots:
        node = program.tree.innermost_at(start)
        why = near if start in taken else near or _find_user(program, node) or _is_behind(program, start)
        if why is None or start in taken:
            continue
        named = program.words.methods.get(name)
        if named is not None and _is_name(program, node, start, name):
            program.add_match(start, start + len(name), named.rule, named.new, (why,), _WHY)
            program.calls.append(ProgramCall(name, node, start, start + len(name), (why,)))
        hook = program.words.webhooks.get(name)
        if hook is not None and not program.is_foreign and _is_string(program, node, name):
            add(program, start, name, hook, why, _WHY)


def _find_user(program: ParsedProgram, node: int) -> str | None:
    """Return another file that calls the API and uses the constant with the string."""
    for name in program.names_holding(node, 4):
        for user in program.programs_using():
            if user.speaks and user.nodes_named(name):
                return f"{user.path} uses `{name}` and calls the API"
    return None


def _is_behind(program: ParsedProgram, start: int) -> str | None:
    """Return a method behind a base of which nothing is known, in a file that hints at the API."""
    is_path = program.hint is not None and program.tree.text[max(0, start - 2) : start] in ("}/", ")/")
    return f"the end of a URL; the file says {program.hint!r}" if is_path else None


def _is_string(program: ParsedProgram, node: int, name: str) -> bool:
    kinds = program.tree.kind
    is_string = kinds[node] in STRING or kinds[program.tree.parent[node]] in STRING
    return is_string and is_whole(program, node, name) and not _is_shown(program, node)


def _is_name(program: ParsedProgram, node: int, start: int, name: str) -> bool:
    """Return whether a string is a method's name, or a path that ends in it."""
    tree = program.tree
    if _is_string(program, node, name):
        return True
    outer = node if tree.kind[node] in STRING else tree.parent[node]
    if tree.kind[outer] not in STRING or _is_shown(program, node):
        return False
    begin, end = tree.start[outer], start + len(name)
    quoted = tree.text[max(begin, start - 1) : start] == tree.text[end : end + 1] == '"'
    if quoted and _JSON.match(tree.text, begin, min(start, begin + 20)):
        return True
    if start - begin > _SHORT:
        return False
    before, behind = tree.text[begin:start], tree.text[end : min(tree.end[outer], end + 2)]
    return _AFTER.match(behind) is not None and _BEFORE.match(before) is not None


def _is_shown(program: ParsedProgram, node: int) -> bool:
    """Return whether a call only prints or logs it."""
    names = (program.bindings.callee_of(n) for n in program.tree.ancestors_of(node, 4) if program.tree.kind[n] in CALL)
    return any(_SHOWS.search(name.rpartition(".")[2]) or "console." in name for name in names)


def explain_rest(program: ParsedProgram, spots: list[tuple[int, str]]) -> None:
    """Explain the other occurrences."""
    tree = program.tree
    comments, elsewhere = sorted(tree.comments), sorted(program.elsewhere)
    for start, name in spots:
        if _covers_span(comments, start):
            program.spots[start] = ExplainedName(start, OccurrenceState.COMMENT, "in a comment")
        elif _covers_span(elsewhere, start):
            relayed = tree.text[max(0, start - _SHORT) : start].endswith(method_paths(program.words.api))
            state = OccurrenceState.NAME_ONLY if relayed else OccurrenceState.OTHER
            program.spots[start] = ExplainedName(start, state, _MAY_RELAY if relayed else "in a URL of another host")
        elif (
            (node := tree.innermost_at(start))
            and tree.kind[node] in NAME
            and tree.source_of(node)[: len(name) + 1] == name
        ):
            program.spots[start] = ExplainedName(
                start, OccurrenceState.NAME_ONLY, "an identifier that nothing shows to be the API's"
            )


def _covers_span(spans: list[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(spans, (offset, 1 << 62)) - 1
    return at >= 0 and offset < spans[at][1]
