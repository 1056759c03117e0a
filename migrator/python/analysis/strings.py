"""Evaluate string operations, part by part: f-strings, ``+``, ``%``, ``format``, ``join`` and other methods."""

from __future__ import annotations

import ast
import re
from itertools import product

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import LIMIT, Hole, Lit, Many, Spot, Text, Values, as_text, joined, one_of, trimmed
from migrator.python.source.string_literals import Field, Run, literals, span_of
from migrator.python.source.syntax import span

_PERCENT = re.compile(r"%(?:\((\w+)\))?[-#0 +]*+\d*+(?:\.\d++)?([a-zA-Z%])")
_BRACES = re.compile(r"\{\{|\}\}|\{(\w*+)[^{}]*+\}")
_TRIMS = {"strip": (True, True), "lstrip": (True, False), "rstrip": (False, True)}
#: Separators of lists that are written as one string.
_LISTS = (None, ",", ";", "|", " ", "\n", ", ")
_SAME = frozenset({"encode", "lower", "casefold", "decode"})
#: Methods whose result is the string, apart from its case or some characters at its ends.
KEEPING = _SAME | _TRIMS.keys()


def literal(module: Module, node: ast.Constant) -> Text:
    """Return a string literal, implicitly concatenated tokens included."""
    value = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
    assert isinstance(value, str)
    return Text((Lit(value, Spot(module, node)),))


def runs(spot: Spot) -> list[Run]:
    """Return the source spans of the characters of a string; for an f-string, of those outside its fields."""
    source = spot.module.source
    assert isinstance(spot.node, ast.expr)
    start, end = span(source, spot.node)
    if isinstance(spot.node, ast.Constant) and source.text[start:end] == spot.node.value:
        return [Run(end - start, start, end)]  # the name of an attribute
    tokens = literals(source.text, start, end)
    return [part for token in tokens for part in token.parts if type(part) is Run]


def written(lit: Lit, start: int, end: int) -> tuple[int, int] | None:
    """Return the source span of ``lit.text[start:end]``, or None if it is split over several tokens or escapes."""
    if lit.spot is None:
        return None
    return span_of(runs(lit.spot), lit.offset + start, lit.offset + end)


def formatted(ev: Evaluator, module: Module, node: ast.JoinedStr) -> Values:
    """Return the alternatives for an f-string."""
    source = module.source
    fields = iter([value for value in node.values if isinstance(value, ast.FormattedValue)])
    spot, at = Spot(module, node), 0
    pieces: list[Values] = []
    for token in literals(source.text, *span(source, node)):
        for part in token.parts:
            if type(part) is Field:
                field = next(fields, None)
                pieces.append(() if field is None else ev.eval(module, field.value))
            elif type(part) is Run:
                text = source.text[part.start : part.end] if part.direct else "\ufffd" * part.length
                pieces.append((Text((Lit(text, spot, at),)),))
                at += part.length
    return concatenated(pieces)


def concatenated(pieces: list[Values]) -> Values:
    """Return every combination of the alternatives of the pieces; above the limit, ambiguous pieces become unknown."""
    count = 1
    for piece in pieces:
        count *= max(1, len(piece))
    if count > LIMIT:
        pieces = [piece if len(piece) < 2 else () for piece in pieces]
    filled: list[Values] = [piece or (Text((Hole(),)),) for piece in pieces]
    return one_of([joined([as_text(value) for value in choice]) for choice in product(*filled)])


def percent(ev: Evaluator, module: Module, template: Text, argument: ast.expr) -> Values:
    """Return the alternatives for ``template % argument``."""
    elements = argument.elts if isinstance(argument, ast.Tuple) else [argument]
    positions = iter(elements)

    def fill(match: re.Match[str]) -> ast.expr | str | None:
        if match[2] == "%":
            return "%"
        if match[1]:
            return _entry(argument, match[1])
        return next(positions, None)

    return _filled(ev, module, template, _PERCENT, fill)


def formatting(ev: Evaluator, module: Module, template: Text, call: ast.Call) -> Values:
    """Return the alternatives for ``template.format(...)``."""
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    count = iter(range(len(call.args)))

    def fill(match: re.Match[str]) -> ast.expr | str | None:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        name = match[1] or str(next(count, ""))
        return call.args[int(name)] if name.isdigit() and int(name) < len(call.args) else named.get(name)

    return _filled(ev, module, template, _BRACES, fill)


def method(ev: Evaluator, module: Module, text: Text, call: ast.Call, name: str) -> Values | None:
    """Return the result of a string method, or None if it is not a string or not modelled."""
    if name == "format":
        return formatting(ev, module, text, call)
    if name == "join" and call.args:
        return _join(ev, module, text, call.args[0])
    if name in _TRIMS:
        characters = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        left, right = _TRIMS[name]
        return (trimmed(text, characters if isinstance(characters, str) else None, left=left, right=right),)
    if name in ("removesuffix", "removeprefix") and call.args:
        return _without(ev, module, text, call.args[0], name)
    if name == "replace" and len(call.args) > 1:
        return _replaced(ev, module, text, call.args[0], call.args[1])
    if name == "split":
        return _split(text, call)
    if name in _SAME:
        return (text,)
    return None


def _split(text: Text, call: ast.Call) -> Values | None:
    """Return the pieces of a list written as one string, as in ``"a,b".split(",")``; None for unusual separators."""
    separator = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if len(text.parts) != 1 or not isinstance(whole := text.parts[0], Lit) or (call.args and separator not in _LISTS):
        return None
    pieces = re.finditer(rf"[^{re.escape(separator)}]+" if isinstance(separator, str) else r"\S+", whole.text)
    return (Many(one_of([Text((whole.cut(*piece.span()),), text.trail) for piece in pieces])),)


def _without(ev: Evaluator, module: Module, text: Text, affix: ast.expr, name: str) -> Values:
    known = next((value.known for value in ev.eval(module, affix) if isinstance(value, Text)), None)
    end = text.parts[-1 if name == "removesuffix" else 0] if text.parts else None
    if known and isinstance(end, Lit):
        if name == "removesuffix" and end.text.endswith(known):
            return (Text((*text.parts[:-1], end.cut(0, len(end.text) - len(known))), text.trail),)
        if name == "removeprefix" and end.text.startswith(known):
            return (Text((end.cut(len(known), len(end.text)), *text.parts[1:]), text.trail),)
    return (text,)


def _replaced(ev: Evaluator, module: Module, text: Text, old: ast.expr, new: ast.expr) -> Values:
    known = next((value.known for value in ev.eval(module, old) if isinstance(value, Text)), None)
    if not known:
        return (Text((Hole(),)),)
    pieces: list[Values] = []
    for part in text.parts:
        if isinstance(part, Hole):
            pieces.append((Text((part,)),))
            continue
        at = 0
        for found in re.finditer(re.escape(known), part.text):
            pieces += [(Text((part.cut(at, found.start()),)),), ev.eval(module, new)]
            at = found.end()
        pieces.append((Text((part.cut(at, len(part.text)),)),))
    return concatenated(pieces)


def url_joined(ev: Evaluator, module: Module, base: ast.expr, tail: ast.expr) -> Values:
    """Return the alternatives for ``urljoin(base, tail)``.

    A tail without a leading slash replaces what follows the last slash of the base.
    """
    found = []
    for first, second in product(ev.eval(module, base), ev.eval(module, tail)):
        head, rest = as_text(first), as_text(second)
        start = rest.parts[0] if rest.parts else None
        if isinstance(start, Lit) and re.match(r"[a-z]+://", start.text):
            found.append(rest)
        else:
            rooted = isinstance(start, Lit) and start.text.startswith("/")
            found.append(joined([_origin(head) if rooted else _folder(head), rest]))
    return one_of(found)


def _folder(text: Text) -> Text:
    last = text.parts[-1] if text.parts else None
    if isinstance(last, Lit) and "/" in last.text:
        return Text((*text.parts[:-1], last.cut(0, last.text.rindex("/") + 1)), text.trail)
    return text


def _origin(text: Text) -> Text:
    first = text.parts[0] if text.parts else None
    if isinstance(first, Lit) and (match := re.match(r"[a-z]+://[^/]*", first.text)):
        return Text((first.cut(0, match.end()),), text.trail)
    return Text((Hole(),))


def _join(ev: Evaluator, module: Module, glue: Text, argument: ast.expr) -> Values:
    if not isinstance(argument, (ast.List, ast.Tuple)):
        return ()
    pieces: list[Values] = []
    for index, element in enumerate(argument.elts):
        pieces += [(glue,)] if index else []
        pieces.append(ev.eval(module, element))
    return concatenated(pieces)


def _entry(argument: ast.expr, key: str) -> ast.expr | None:
    if isinstance(argument, ast.Dict):
        for name, value in zip(argument.keys, argument.values, strict=True):
            if isinstance(name, ast.Constant) and name.value == key:
                return value
    return None


def _filled(ev: Evaluator, module: Module, template: Text, form: re.Pattern[str], fill: object) -> Values:
    assert callable(fill)
    pieces: list[Values] = []
    for part in template.parts:
        if isinstance(part, Hole):
            pieces.append((Text((part,)),))
            continue
        done = 0
        for match in form.finditer(part.text):
            pieces.append((Text((part.cut(done, match.start()),)),))
            filled = fill(match)
            if isinstance(filled, str):
                pieces.append((Text((Lit(filled),)),))
            else:
                pieces.append(() if filled is None else ev.eval(module, filled))
            done = match.end()
        pieces.append((Text((part.cut(done, len(part.text)),)),))
    return concatenated(pieces)
