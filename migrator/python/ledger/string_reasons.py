"""Explain strings that contain an old name but are not findings."""

from __future__ import annotations

import ast
import re
import unicodedata

from migrator.findings.ledger import OccurrenceState
from migrator.matching.occurrences import OldNames, is_word_character
from migrator.python.analysis.scopes import BindingKind
from migrator.python.ledger.positions import SyntaxPositions
from migrator.python.recognition.context_hints import is_logged
from migrator.python.source.string_literals import ReplacementField, SourceRun, StringToken
from migrator.python.source.syntax import dotted_names
from migrator.rules.hosts import is_known_host

StateReason = tuple[OccurrenceState, str]

_LAST_WORD = re.compile(r"[^\s'\"]*\Z")
_HOST = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@{}]*@)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})(?=[:/?#])"
)
_FILE = re.compile(r"\.(?:cfg|css|csv|gz|html?|ini|js|json|jsonl|log|md|png|pyi?|sql|svg|toml|ts|txt|xml|ya?ml|zip)\b")
_DECORATORS = frozenset({"route", "get", "post", "put", "patch", "delete", "head", "options", "api_route", "websocket"})
_ROUTES = frozenset({"Route", "WebSocketRoute", "Mount", "add_url_rule", "add_route", "add_api_route"})
#: The host of a URL is searched for in at most so many characters before a name: URLs are limited to about 2,000 by
#: browsers and servers. Behind a longer one the host is unknown, and the name is listed as a name only.
_LONGEST_URL = 2000


def judge_string(where: SyntaxPositions, offset: int, name: str, old: OldNames) -> StateReason:
    """Return the state of a name in a string, and the reason."""
    node = where.node_at(offset)
    if isinstance(where.parents.get(node), ast.Expr):
        return OccurrenceState.COMMENT, "in a docstring"
    token = where.token_at(offset)
    if token is None:
        return OccurrenceState.NAME_ONLY, "in a string that could not be parsed"
    parts = [part for each in where.tokens_of(node) for part in each.parts]
    index = next((i for i, p in enumerate(parts) if isinstance(p, SourceRun) and p.start <= offset < p.end), None)
    if index is None:
        return OccurrenceState.NAME_ONLY, "in the format specification of an f-string"
    part = parts[index]
    assert isinstance(part, SourceRun)
    if not part.is_verbatim:
        return OccurrenceState.OTHER, "its first letter is part of an escape sequence, so the text differs"
    text, end = where.module.source.text, offset + len(name)
    before = text[offset - 1] if offset > part.start else _last_character(text, parts[:index])
    after = text[end] if end < part.end else _first_character(text, parts[index + 1 :])
    if is_word_character(before) or is_word_character(after):
        return OccurrenceState.LONGER, "part of a longer word"
    return _find_disproof(where, node, token, offset, name, old) or (
        OccurrenceState.NAME_ONLY,
        _describe_use(where, node, token, name, offset),
    )


def _last_character(text: str, parts: list[SourceRun | ReplacementField]) -> str:
    for part in reversed(parts):
        if isinstance(part, ReplacementField):
            return ""
        if part.length:
            return text[part.end - 1] if part.is_verbatim else _decode_escape(text[part.start : part.end])
    return ""


def _first_character(text: str, parts: list[SourceRun | ReplacementField]) -> str:
    for part in parts:
        if isinstance(part, ReplacementField):
            return ""
        if part.length:
            return text[part.start] if part.is_verbatim else _decode_escape(text[part.start : part.end])
    return ""


def _decode_escape(escape: str) -> str:
    """Return the character of an escape sequence, or a backslash if that is not a letter."""
    kind, rest = escape[1:2], escape[2:]
    if kind in ("x", "u", "U"):
        return chr(int(rest, 16))
    if kind in tuple("01234567"):
        return chr(int(kind + rest, 8))
    if kind == "N":
        try:
            return unicodedata.lookup(rest[1:-1])
        except KeyError:
            return ""
    return "\\"


def _find_disproof(
    where: SyntaxPositions, node: ast.AST, token: StringToken, offset: int, name: str, old: OldNames
) -> StateReason | None:
    """Return the proof that a name in a string is not the API's, if there is one."""
    text = where.module.source.text
    host = _find_host(text[max(token.start, offset - _LONGEST_URL) : offset])
    if host and not is_known_host(host, old.hosts) and text[:offset].endswith(old.paths):
        return OccurrenceState.NAME_ONLY, f"in a path like the API's at {host}, which may be a relay"
    if host and not is_known_host(host, old.hosts):
        return OccurrenceState.OTHER, f"in a URL of another host, {host}"
    if _FILE.match(text, offset + len(name), token.end):
        return OccurrenceState.OTHER, "in the name of a file"
    use, outer = _find_use(where, node)
    if isinstance(outer, ast.Call) and use in outer.args and is_logged(outer):
        return OccurrenceState.OTHER, "in a logged or printed text"
    if isinstance(outer, ast.Assert) or (isinstance(outer, ast.Call) and isinstance(where.parents[outer], ast.Raise)):
        return OccurrenceState.OTHER, "in the message of an error"
    if (
        isinstance(outer, ast.Call)
        and _is_route(where, outer)
        and text[token.end - 1 : token.end]
        and _starts_with_slash(token, text)
    ):
        return OccurrenceState.OTHER, "in the path of a route of this program"
    if _is_exported(where, node, name):
        return OccurrenceState.OTHER, "a name that this module exports"
    return None


def _find_host(before: str) -> str | None:
    stretch = _LAST_WORD.search(before)
    found = _HOST.match(stretch[0]) if stretch else None
    return found[1] if found else None


def _find_use(where: SyntaxPositions, node: ast.AST) -> tuple[ast.AST, ast.AST | None]:
    """Return the whole text that a string becomes part of, and the node that uses it."""
    while True:
        outer = where.parents.get(node)
        if isinstance(outer, ast.Attribute) and outer.attr == "format":
            outer = where.parents.get(outer)
        elif not isinstance(outer, (ast.BinOp, ast.JoinedStr, ast.IfExp)):
            return node, outer
        if outer is None:
            return node, None
        node = outer


def _is_route(where: SyntaxPositions, call: ast.Call) -> bool:
    name = (dotted_names(call) or ("",))[-1]
    decorates = call in getattr(where.parents.get(call), "decorator_list", ())
    return name in _ROUTES or (decorates and name in _DECORATORS)


def _starts_with_slash(token: StringToken, text: str) -> bool:
    first = token.parts[0] if token.parts else None
    return isinstance(first, SourceRun) and text.startswith("/", first.start)


def _is_exported(where: SyntaxPositions, node: ast.AST, name: str) -> bool:
    listed = where.parents.get(node)
    statement = where.parents.get(listed) if isinstance(listed, (ast.List, ast.Tuple)) else None
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    named = any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)
    bindings = where.module.scopes.module.bindings.get(name, []) if named else []
    return bool(bindings) and all(binding.kind is not BindingKind.IMPORT for binding in bindings)


def _describe_use(where: SyntaxPositions, node: ast.AST, token: StringToken, name: str, offset: int) -> str:
    """Describe the use of a string, for the reader to judge."""
    if not isinstance(node, ast.Constant) or node.value not in (name, name.encode()):
        text = where.module.source.text
        near = text[max(token.start, offset - 1) : offset] + text[offset + len(name) : offset + len(name) + 1]
        return "in a path whose host is unknown" if "/" in near else "in a longer text"
    match where.parents.get(node):
        case ast.Compare() | ast.MatchValue():
            return "compared with a value that is not known to come from the API"
        case ast.Dict(keys=keys) if node in keys:
            return "a key of a dict that is not known to be looked up by names of the API"
        case ast.Dict():
            return "a value in a dict that is not known to reach or come from the API"
        case ast.Subscript():
            return "a key that is looked up in an object not known to come from the API"
        case ast.Call() as call:
            return f"passed to {_describe_callee(call)}, which is not known to call the API"
        case ast.keyword(arg=str(key)) as keyword:
            called = _describe_callee(where.parents.get(keyword))
            return f"passed as `{key}` to {called}, which is not known to call the API"
        case ast.List() | ast.Tuple() | ast.Set():
            return "one of several values that are not known to reach the API"
        case ast.Assign() | ast.AnnAssign() | ast.NamedExpr():
            return "assigned to a variable that is not known to reach the API"
    return "a text that is not known to reach or come from the API"


def _describe_callee(call: ast.AST | None) -> str:
    names = dotted_names(call) if call is not None else ()
    return f"`{'.'.join(names)}`" if names else "a call"
