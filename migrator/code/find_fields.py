"""Find the keys of requests that are renamed or gone, and take them out where nothing else depends on them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.code.bodies import Entry, Unseen, entries, feeds_only, is_parameter, within
from migrator.code.claims import Change, Claim, Claims, Strength
from migrator.code.clients import client_of, defined_here, made_at
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import Surroundings
from migrator.code.find_urls import readable
from migrator.code.jsontext import top_level
from migrator.code.lexicon import Lexicon
from migrator.code.modules import Module
from migrator.code.removal import comment_above, is_pure, without_element, without_statement
from migrator.code.requests import Request, Sites, requests_in, resolved
from migrator.code.syntax import span
from migrator.code.texts import runs, written
from migrator.code.urls import located
from migrator.code.values import Display, Spot, Text, Value, Values
from migrator.rules.rule import Kind, Rule

Named = tuple[Module, int, int]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that the code sends: the calls on its way, what is known of its body, and why it is the API's."""

    spot: Spot
    method: str
    calls: frozenset[ast.AST]
    bodies: Values
    strength: Strength
    evidence: tuple[str, ...]
    name: Named


def sent_in(ev: Evaluator, words: Lexicon, around: Surroundings, sites: Sites, module: Module) -> Iterator[Sent]:
    """Every request that a module sends, by URL or by a client."""
    for request in requests_in(ev, words.api, sites, module):
        if request.url is None or request.url.legacy:
            continue
        seen = f"{request.method} is called by URL {readable(request.url.shape)} ({request.spot})"
        calls = frozenset({request.spot.node, *(site.node for _, site in request.frames)})
        spot = request.frames[-1][1] if request.frames else request.spot
        strength = around.strength_of(request.url.trust, module)
        if strength is None:
            continue
        yield Sent(
            spot, request.method, calls, request.bodies, strength, (seen, *request.text.trail), _named(request, spot)
        )
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for value in resolved(ev, sites, ev.eval(module, node.func.value)):
                known = client_of(ev, value)
                if known and not defined_here(ev, value, node.func.attr):
                    body = ev.keyword(node, known[0].body) if known[0].body else None
                    spot = Spot(module, node)
                    bodies: Values = ev.eval(module, body) if body is not None else (Display(spot),)
                    seen = f"{node.func.attr} of the client {known[1]}{made_at(value)}"
                    end = span(module.source, node.func)[1]
                    name = (module, end - len(node.func.attr), end)
                    yield Sent(spot, node.func.attr, frozenset({node}), bodies, Strength.STRONG, (seen,), name)


def _named(request: Request, spot: Spot) -> Named:
    """Where the name of the method is written; the called function where it is put together."""
    place = located(request.text, request.url.method) if request.url and request.url.method else None
    where = written(*place) if place and place[0].spot else None
    if place and place[0].spot and where:
        return place[0].spot.module, *where
    assert isinstance(spot.node, ast.Call)
    return spot.module, *span(spot.module.source, spot.node.func)


def find_fields(ev: Evaluator, words: Lexicon, sent: list[Sent], claims: Claims) -> None:
    """Claim every key of the requests that a row renames or removes."""
    for request in sent:
        for rule, path in words.for_request(request.method, Kind.REMOVE_KEY, Kind.RENAME_KEY):
            if rule.active:
                _claim(ev, rule, request, path, claims)


def _claim(ev: Evaluator, rule: Rule, request: Sent, path: tuple[str | None, ...], claims: Claims) -> None:
    holders = [inner for body in request.bodies for inner in ev.walk(body, path[:-1])]
    found = [entry for holder in holders for entry in entries(ev, holder, str(path[-1]))]
    unseen = [holder for holder in holders if not isinstance(holder, (Display, Text))]
    for holder in holders:
        keys = top_level(holder.known or "") if isinstance(holder, Text) else {}
        if isinstance(holder, Text) and path[-1] in keys:
            place = keys[str(path[-1])][0]
            claims.name(rule, holder, place, request.strength, request.evidence, "it stands in JSON in a string", None)
    for entry in found:
        if isinstance(entry, Entry):
            obstacle = _obstacle(ev, entry, rule, request.calls)
            _claim_entry(rule, request, entry, obstacle, claims)
    hidden = [entry for entry in found if isinstance(entry, Unseen)]
    if (hidden or unseen) and not any(isinstance(entry, Entry) for entry in found):
        _claim_unseen(rule, request, hidden[0].spot if hidden else None, unseen, claims)


def _claim_unseen(rule: Rule, request: Sent, hidden: Spot | None, unseen: Sequence[Value], claims: Claims) -> None:
    module, *where = request.name
    if hidden is not None and isinstance(hidden.node, ast.expr):
        module, where = hidden.module, [*span(hidden.module.source, hidden.node)]
    what = "by the caller" if unseen and all(is_parameter(value) for value in unseen) else "elsewhere"
    claims.at(
        rule,
        module,
        (where[0], where[1]),
        request.strength,
        request.evidence,
        f"the body is built {what}: make sure that it does not hold `{rule.old}`",
    )


def _obstacle(ev: Evaluator, entry: Entry, rule: Rule, calls: frozenset[ast.AST]) -> str:
    module = entry.spot.module
    if rule.kind is Kind.REMOVE_KEY and not is_pure(entry.value):
        return "the value is made by a call, which would no longer happen"
    if any(not feeds_only(ev, module, name, calls) for name in entry.names):
        return "the dict is also used for something else"
    if not entry.names and not within(module, entry.spot.node, calls):
        return "the dict is made away from the call and may be used for something else"
    return ""


def _claim_entry(rule: Rule, request: Sent, entry: Entry, obstacle: str, claims: Claims) -> None:
    module = entry.spot.module
    where = _key_span(entry)
    changes: tuple[Change, ...] = ()
    if not obstacle and rule.kind is Kind.RENAME_KEY:
        changes = (Change(*where, rule.new or ""),)
    elif not obstacle:
        changes = _removed(rule, entry)
    claim = Claim(rule, module, *where, rule.old, rule.new, request.strength, request.evidence, obstacle, changes)
    claims.add(claim)


def _key_span(entry: Entry) -> tuple[int, int]:
    module, key = entry.spot.module, entry.key
    if isinstance(key, ast.keyword):
        start = span(module.source, key)[0]
        return start, start + len(key.arg or "")
    if isinstance(key, ast.Constant):
        first = runs(Spot(module, key))
        return first[0].start, first[-1].end
    assert isinstance(entry.spot.node, ast.stmt)
    return span(module.source, entry.spot.node)


def _removed(rule: Rule, entry: Entry) -> tuple[Change, ...]:
    module, node = entry.spot.module, entry.spot.node
    if isinstance(node, ast.stmt):
        change = without_statement(module, node)
    else:
        assert isinstance(node, (ast.Dict, ast.Call))
        assert entry.element is not None
        change = without_element(module, node, entry.element)
    todo = _todo(rule, entry)
    return (change,) if todo is None else (comment_above(module, node, todo), change)


def _todo(rule: Rule, entry: Entry) -> str | None:
    """What is left to do, said where the key was; None when leaving it out says the same."""
    source = entry.spot.module.source.text[slice(*span(entry.spot.module.source, entry.value))]
    value = entry.value.value if isinstance(entry.value, ast.Constant) else None
    call = rule.follow_up
    if call is None:
        return f"TODO(migrator {rule.id}): {rule.advice}"
    if value in call.unless:
        return None
    mapped = call.values.get(value) if isinstance(value, str) else None
    shown = f'"{mapped}"' if mapped else " ".join(source.split())
    given = {name: _source_of(argument.origin, argument.path) for name, argument in call.arguments.items()}
    listed = ", ".join(f"{name}={where or shown}" for name, where in given.items())
    values = "" if mapped else f", where {_values(call.values)}"
    return f"TODO(migrator {rule.id}): call {call.method}({listed}) of the {call.api} API{values}"


def _source_of(origin: str, path: str | None) -> str:
    return "" if origin == "value" else f"<{(path or '$').removeprefix('$.')} of the {origin}>"


def _values(values: dict[str, str]) -> str:
    return ", ".join(f"{old!r} is {new!r}" for old, new in values.items() if old != new)


def texts_at(ev: Evaluator, request: Sent, path: tuple[str | None, ...]) -> list[Text]:
    """The strings that the bodies of a request hold at a path."""
    return [value for body in request.bodies for value in ev.walk(body, path) if isinstance(value, Text)]
