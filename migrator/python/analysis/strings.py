"""Evaluate string operations, part by part: f-strings, ``+``, ``%``, ``format``, ``join`` and other methods."""

from __future__ import annotations

import ast
import re
from itertools import product

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.configured_settings import ConfiguredOrigin
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import (
    MAX_ALTERNATIVES,
    CollectionValue,
    LiteralPart,
    ModuleNode,
    StringValue,
    UnknownPart,
    Values,
    concatenate,
    merge_alternatives,
    strip_known_ends,
    to_string,
)
from migrator.python.source.string_literals import ReplacementField, SourceRun, find_source_span, tokenize_strings
from migrator.python.source.syntax import node_span

_PERCENT = re.compile(r"%(?:\((\w+)\))?[-#0 +]*+\d*+(?:\.\d++)?([a-zA-Z%])")
_BRACES = re.compile(r"\{\{|\}\}|\{(\w*+)[^{}]*+\}")
_TRIMS = {"strip": (True, True), "lstrip": (True, False), "rstrip": (False, True)}
#: Separators of lists that are written as one string.
_LISTS = (None, ",", ";", "|", " ", "\n", ", ")
_UNCHANGED = frozenset({"encode", "lower", "casefold", "decode"})
#: Methods whose result is the string, apart from its case or some characters at its ends.
PRESERVING_METHODS = _UNCHANGED | _TRIMS.keys()


def eval_literal(module: Module, node: ast.Constant) -> StringValue:
    """Return a string literal, implicitly concatenated tokens included."""
    value = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
    assert isinstance(value, str)
    return StringValue((LiteralPart(value, ModuleNode(module, node)),))


def source_runs(spot: ModuleNode) -> list[SourceRun]:
    """Return the source spans of the characters of a string; for an f-string, of those outside its fields."""
    source = spot.module.source
    assert isinstance(spot.node, ast.expr)
    start, end = node_span(source, spot.node)
    if isinstance(spot.node, ast.Constant) and source.text[start:end] == spot.node.value:
        return [SourceRun(end - start, start, end)]  # the name of an attribute
    tokens = tokenize_strings(source.text, start, end)
    return [part for token in tokens for part in token.parts if type(part) is SourceRun]


def source_span(lit: LiteralPart, start: int, end: int) -> tuple[int, int] | None:
    """Return the source span of ``lit.text[start:end]``, or None if it is split over several tokens or escapes."""
    if lit.origin is None or isinstance(lit.origin, ConfiguredOrigin):
        return None
    return find_source_span(source_runs(lit.origin), lit.offset + start, lit.offset + end)


def eval_fstring(ev: Evaluator, module: Module, node: ast.JoinedStr) -> Values:
    """Return the alternatives for an f-string."""
    source = module.source
    fields = iter([value for value in node.values if isinstance(value, ast.FormattedValue)])
    spot, at = ModuleNode(module, node), 0
    pieces: list[Values] = []
    for token in tokenize_strings(source.text, *node_span(source, node)):
        for part in token.parts:
            if type(part) is ReplacementField:
                field = next(fields, None)
                pieces.append(() if field is None else ev.eval(module, field.value))
            elif type(part) is SourceRun:
                text = source.text[part.start : part.end] if part.is_verbatim else "\ufffd" * part.length
                pieces.append((StringValue((LiteralPart(text, spot, at),)),))
                at += part.length
    return concatenate_alternatives(pieces)


def concatenate_alternatives(pieces: list[Values]) -> Values:
    """Return every combination of the alternatives of the pieces; above the limit, ambiguous pieces become unknown."""
    count = 1
    for piece in pieces:
        count *= max(1, len(piece))
    if count > MAX_ALTERNATIVES:
        pieces = [piece if len(piece) < 2 else () for piece in pieces]
    filled: list[Values] = [piece or (StringValue((UnknownPart(),)),) for piece in pieces]
    return merge_alternatives([concatenate([to_string(value) for value in choice]) for choice in product(*filled)])


def eval_percent(ev: Evaluator, module: Module, template: StringValue, argument: ast.expr) -> Values:
    """Return the alternatives for ``template % argument``."""
    elements = argument.elts if isinstance(argument, ast.Tuple) else [argument]
    positions = iter(elements)

    def fill(match: re.Match[str]) -> ast.expr | str | None:
        if match[2] == "%":
            return "%"
        if match[1]:
            return _entry_value(argument, match[1])
        return next(positions, None)

    return _fill_template(ev, module, template, _PERCENT, fill)


def eval_format(ev: Evaluator, module: Module, template: StringValue, call: ast.Call) -> Values:
    """Return the alternatives for ``template.format(...)``."""
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    count = iter(range(len(call.args)))

    def fill(match: re.Match[str]) -> ast.expr | str | None:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        name = match[1] or str(next(count, ""))
        return call.args[int(name)] if name.isdigit() and int(name) < len(call.args) else named.get(name)

    return _fill_template(ev, module, template, _BRACES, fill)


def eval_string_method(ev: Evaluator, module: Module, text: StringValue, call: ast.Call, name: str) -> Values | None:
    """Return the result of a string method, or None if it is not a string or not modelled."""
    if name == "format":
        return eval_format(ev, module, text, call)
    if name == "join" and call.args:
        return _eval_join(ev, module, text, call.args[0])
    if name in _TRIMS:
        characters = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        left, right = _TRIMS[name]
        return (strip_known_ends(text, characters if isinstance(characters, str) else None, left=left, right=right),)
    if name in ("removesuffix", "removeprefix") and call.args:
        return _remove_affix(ev, module, text, call.args[0], name)
    if name == "replace" and len(call.args) > 1:
        return _eval_replace(ev, module, text, call.args[0], call.args[1])
    if name == "split":
        return _eval_split(text, call)
    if name in _UNCHANGED:
        return (text,)
    return None


def _eval_split(text: StringValue, call: ast.Call) -> Values | None:
    """Return the pieces of a list written as one string, as in ``"a,b".split(",")``; None for unusual separators."""
    separator = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if (
        len(text.parts) != 1
        or not isinstance(whole := text.parts[0], LiteralPart)
        or (call.args and separator not in _LISTS)
    ):
        return None
    pieces = re.finditer(rf"[^{re.escape(separator)}]+" if isinstance(separator, str) else r"\S+", whole.text)
    return (
        CollectionValue(
            merge_alternatives([StringValue((whole.slice(*piece.span()),), text.trail) for piece in pieces])
        ),
    )


def _remove_affix(ev: Evaluator, module: Module, text: StringValue, affix: ast.expr, name: str) -> Values:
    known = next((value.known for value in ev.eval(module, affix) if isinstance(value, StringValue)), None)
    end = text.parts[-1 if name == "removesuffix" else 0] if text.parts else None
    if known and isinstance(end, LiteralPart):
        if name == "removesuffix" and end.text.endswith(known):
            return (StringValue((*text.parts[:-1], end.slice(0, len(end.text) - len(known))), text.trail),)
        if name == "removeprefix" and end.text.startswith(known):
            return (StringValue((end.slice(len(known), len(end.text)), *text.parts[1:]), text.trail),)
    return (text,)


def _eval_replace(ev: Evaluator, module: Module, text: StringValue, old: ast.expr, new: ast.expr) -> Values:
    known = next((value.known for value in ev.eval(module, old) if isinstance(value, StringValue)), None)
    if not known:
        return (StringValue((UnknownPart(),)),)
    pieces: list[Values] = []
    for part in text.parts:
        if isinstance(part, UnknownPart):
            pieces.append((StringValue((part,)),))
            continue
        at = 0
        for found in re.finditer(re.escape(known), part.text):
            pieces += [(StringValue((part.slice(at, found.start()),)),), ev.eval(module, new)]
            at = found.end()
        pieces.append((StringValue((part.slice(at, len(part.text)),)),))
    return concatenate_alternatives(pieces)


def eval_urljoin(ev: Evaluator, module: Module, base: ast.expr, tail: ast.expr) -> Values:
    """Return the alternatives for ``urljoin(base, tail)``.

    A tail without a leading slash replaces what follows the last slash of the base.
    """
    found = []
    for first, second in product(ev.eval(module, base), ev.eval(module, tail)):
        head, rest = to_string(first), to_string(second)
        start = rest.parts[0] if rest.parts else None
        if isinstance(start, LiteralPart) and re.match(r"[a-z]+://", start.text):
            found.append(rest)
        else:
            rooted = isinstance(start, LiteralPart) and start.text.startswith("/")
            found.append(concatenate([_origin_of(head) if rooted else _folder_of(head), rest]))
    return merge_alternatives(found)


def _folder_of(text: StringValue) -> StringValue:
    last = text.parts[-1] if text.parts else None
    if isinstance(last, LiteralPart) and "/" in last.text:
        return StringValue((*text.parts[:-1], last.slice(0, last.text.rindex("/") + 1)), text.trail)
    return text


def _origin_of(text: StringValue) -> StringValue:
    first = text.parts[0] if text.parts else None
    if isinstance(first, LiteralPart) and (match := re.match(r"[a-z]+://[^/]*", first.text)):
        return StringValue((first.slice(0, match.end()),), text.trail)
    return StringValue((UnknownPart(),))


def _eval_join(ev: Evaluator, module: Module, glue: StringValue, argument: ast.expr) -> Values:
    if not isinstance(argument, (ast.List, ast.Tuple)):
        return ()
    pieces: list[Values] = []
    for index, element in enumerate(argument.elts):
        pieces += [(glue,)] if index else []
        pieces.append(ev.eval(module, element))
    return concatenate_alternatives(pieces)


def _entry_value(argument: ast.expr, key: str) -> ast.expr | None:
    if isinstance(argument, ast.Dict):
        for name, value in zip(argument.keys, argument.values, strict=True):
            if isinstance(name, ast.Constant) and name.value == key:
                return value
    return None


def _fill_template(ev: Evaluator, module: Module, template: StringValue, form: re.Pattern[str], fill: object) -> Values:
    assert callable(fill)
    pieces: list[Values] = []
    for part in template.parts:
        if isinstance(part, UnknownPart):
            pieces.append((StringValue((part,)),))
            continue
        done = 0
        for match in form.finditer(part.text):
            pieces.append((StringValue((part.slice(done, match.start()),)),))
            filled = fill(match)
            if isinstance(filled, str):
                pieces.append((StringValue((LiteralPart(filled),)),))
            else:
                pieces.append(() if filled is None else ev.eval(module, filled))
            done = match.end()
        pieces.append((StringValue((part.slice(done, len(part.text)),)),))
    return concatenate_alternatives(pieces)
