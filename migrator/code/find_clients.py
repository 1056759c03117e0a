"""Find methods that are called on, looked up on or patched into a known client, and the version a client is given."""

from __future__ import annotations

import ast
import re

from migrator.code.claims import Claims, Strength
from migrator.code.clients import client_of, defined_here, made_at
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import Surroundings, is_shown, on_purpose
from migrator.code.lexicon import Lexicon
from migrator.code.modules import Module
from migrator.code.names import member
from migrator.code.requests import Sites, resolved
from migrator.code.syntax import path_names, span
from migrator.code.texts import written
from migrator.code.urls import located
from migrator.code.values import Class, External, Item, Lit, Made, Spot, Text, Value, Values

_LOOKUPS = frozenset({"getattr", "hasattr", "setattr", "delattr", "object", "methodcaller"})
#: Calls whose first argument is a name of the user's own.
_OWN = _LOOKUPS | {
    "get",
    "pop",
    "setdefault",
    "route",
    "command",
    "group",
    "add_argument",
    "add_parser",
    "add_url_rule",
}
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


def find_clients(
    ev: Evaluator, words: Lexicon, around: Surroundings, sites: Sites, module: Module, claims: Claims
) -> None:
    """Claim every use of a renamed method on a client in a module."""
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in words.methods:
            _, end = span(module.source, node)
            where = (end - len(node.attr), end)
            _claim(ev, words, around, module, node, node.attr, ev.eval(module, node.value), where, sites, claims)
        elif isinstance(node, _DEFINES) and node.name in words.methods:
            _override(ev, words, around, module, node, sites, claims)
        elif isinstance(node, ast.Call):
            _lookup(ev, words, around, module, node, sites, claims)
            _patched(ev, words, around, module, node, sites, claims)
            _version(ev, words, module, node, claims)
            _argument(words, around, module, node, claims)


def _claim(
    ev: Evaluator,
    words: Lexicon,
    around: Surroundings,
    module: Module,
    node: ast.AST,
    name: str,
    receiver: Values,
    where: tuple[int, int],
    sites: Sites,
    claims: Claims,
) -> None:
    values = resolved(ev, sites, receiver)
    found = {
        value: client for value in values if (client := client_of(ev, value)) and not defined_here(ev, value, name)
    }
    if module.source.text[slice(*where)] != name:
        return
    named = words.methods[name]
    if not found:
        word = around.hint(module)
        if word and values and all(_is_unknown(words, value) for value in values):
            held = "it is handled on purpose" if named.new and on_purpose(module, node, name, named.new) else ""
            seen = (f"`{name}` of an unknown object; {word}",)
            claims.at(named.rule, module, where, Strength.WEAK, seen, held, named.new)
        return
    evidence = tuple(f"client {client[1]}{made_at(value)}" for value, client in found.items())
    obstacle = ""
    if len(found) < len(values):
        obstacle = "the receiver may also be something else"
    elif named.new is not None and on_purpose(module, node, name, named.new):
        obstacle = "the old and the new name, or their absence, are handled on purpose"
    claims.at(named.rule, module, where, Strength.STRONG, evidence, obstacle, named.new)


def _is_unknown(words: Lexicon, value: Value) -> bool:
    """Whether an object may be a client for all that is known of it."""
    if isinstance(value, (Made, External)):
        return any(word in value.dotted.lower() for word in words.api.words)
    return isinstance(value, Item)


def _decorates(module: Module, node: ast.Call) -> bool:
    return node in getattr(module.parents.get(node), "decorator_list", ())


def _argument(words: Lexicon, around: Surroundings, module: Module, node: ast.Call, claims: Claims) -> None:
    """The whole name as an argument of something unknown, in a module that speaks of the API."""
    word = around.hint(module)
    called = path_names(node) or ("",)
    if not word or is_shown(node) or called[-1] in _OWN or "patch" in called or _decorates(module, node):
        return
    for argument in node.args:
        if isinstance(argument, ast.Constant) and argument.value in words.methods:
            named = words.methods[argument.value]
            place = written(Lit(argument.value, Spot(module, argument)), 0, len(argument.value))
            if place is not None and (module, *place, named.rule.id) not in claims.found:
                seen = (f"`{argument.value}` is an argument of a call; {word}",)
                claims.at(named.rule, module, place, Strength.WEAK, seen, "", named.new)


def _override(
    ev: Evaluator,
    words: Lexicon,
    around: Surroundings,
    module: Module,
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    sites: Sites,
    claims: Claims,
) -> None:
    owner = module.parents.get(node)
    if isinstance(owner, ast.ClassDef):
        start, end = span(module.source, node)
        found = re.compile(rf"def\s+({node.name})\b").search(module.source.text, start, end)
        if found:
            receiver: Values = (Class(module, owner),)
            _claim(ev, words, around, module, node, node.name, receiver, found.span(1), sites, claims)


def _lookup(
    ev: Evaluator, words: Lexicon, around: Surroundings, module: Module, node: ast.Call, sites: Sites, claims: Claims
) -> None:
    """``getattr(client, "name")`` and its relatives, ``methodcaller("name")(client)``."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    pairs: list[tuple[ast.expr, ast.expr]] = []
    if name in _LOOKUPS and name != "methodcaller" and len(node.args) > 1:
        pairs.append((node.args[0], node.args[1]))
    for value in ev.eval(module, node.func) if node.args else ():
        if isinstance(value, Made) and value.dotted.endswith("methodcaller") and isinstance(value.call.node, ast.Call):
            pairs.append((node.args[0], value.call.node.args[0]))
    if name in ("map", "filter") and len(node.args) > 1:
        for value in ev.eval(module, node.args[0]):
            if (
                isinstance(value, Made)
                and value.dotted.endswith("methodcaller")
                and isinstance(value.call.node, ast.Call)
            ):
                members = [m for v in ev.eval(module, node.args[1]) for m in ev.members(v)]
                _claim_texts(ev, words, around, module, tuple(members), value.call.node.args[0], sites, claims)
    for receiver, key in pairs:
        _claim_texts(ev, words, around, module, ev.eval(module, receiver), key, sites, claims)


def _claim_texts(
    ev: Evaluator,
    words: Lexicon,
    around: Surroundings,
    module: Module,
    receiver: Values,
    key: ast.expr,
    sites: Sites,
    claims: Claims,
) -> None:
    for text in ev.eval(module, key):
        if isinstance(text, Text) and text.known in words.methods:
            _claim_text(ev, words, around, receiver, key, text, text.known, sites, claims)


def _claim_text(
    ev: Evaluator,
    words: Lexicon,
    around: Surroundings,
    receiver: Values,
    node: ast.expr,
    text: Text,
    name: str,
    sites: Sites,
    claims: Claims,
) -> None:
    end = len(text.known or "")
    place = located(text, (end - len(name), end))
    if place is not None and place[0].spot is not None and (where := written(*place)) is not None:
        _claim(ev, words, around, place[0].spot.module, node, name, receiver, where, sites, claims)


def _patched(
    ev: Evaluator, words: Lexicon, around: Surroundings, module: Module, node: ast.Call, sites: Sites, claims: Claims
) -> None:
    """``mock.patch("package.Client.name")`` and ``monkeypatch.setattr("package.Client.name", ...)``."""
    called = path_names(node) or ("",)
    if not node.args or not ("patch" in called or called[-1] == "setattr"):
        return
    for text in ev.eval(module, node.args[0]):
        if isinstance(text, Text) and text.known and (name := text.known.rpartition(".")[2]) in words.methods:
            receiver = _dotted(ev, module, text.known.rpartition(".")[0])
            _claim_text(ev, words, around, receiver, node.args[0], text, name, sites, claims)


def _dotted(ev: Evaluator, module: Module, dotted: str) -> Values:
    parts = dotted.split(".")
    for count in range(len(parts) - 1, 0, -1):
        home = ev.project.find(".".join(parts[:count]), module)
        if home is not None:
            found = member(ev, home, parts[count])
            return tuple(v for value in found for v in _follow(ev, value, parts[count + 1 :]))
    return (External(dotted),)


def _follow(ev: Evaluator, value: object, rest: list[str]) -> Values:
    from migrator.code.attributes import attribute

    found: Values = (value,)  # type: ignore[assignment]  # a member of a module is a value
    for name in rest:
        found = tuple(inner for outer in found for inner in attribute(ev, outer, name))
    return found


def _version(ev: Evaluator, words: Lexicon, module: Module, node: ast.Call, claims: Claims) -> None:
    """The version that a client, or its factory, is given."""
    for value in (*ev.eval(module, node), *ev.eval(module, node.func)):
        known = client_of(ev, value)
        if known is None or not isinstance(value, Made) or value.call.node is not node:
            continue
        client, name = known
        named = ev.keyword(node, client.version) if client.version else None
        for argument in [named] if named is not None else node.args:
            for text in ev.eval(module, argument):
                rule = words.versions.get(text.known or "") if isinstance(text, Text) else None
                if rule is not None and isinstance(text, Text) and text.known:
                    place = located(text, (0, len(text.known)))
                    if place and place[0].spot and (where := written(*place)):
                        seen = (f"version of the client {name}", *text.trail)
                        claims.at(rule, place[0].spot.module, where, Strength.STRONG, seen, "", words.target)
