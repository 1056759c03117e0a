"""Parse a file to a syntax tree whose positions are right on every Python from 3.11 on, and read its nodes."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.python.source.newer_grammar import blank_newer_grammar
from migrator.python.source.source_file import SourceFile, Unreadable
from migrator.python.source.string_literals import ReplacementField, tokenize_strings

#: Fields without nodes, or with nodes that nothing reads.
_PLAIN = frozenset(
    {"id", "attr", "arg", "name", "asname", "module", "level", "kind", "conversion", "ctx", "op", "ops", "kwd_attrs"}
    | {"rest", "simple", "tag", "type_comment", "type_ignores", "lineno", "n", "s"}
)
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    kind: () if kind is ast.Constant else tuple(name for name in kind._fields if name not in _PLAIN)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
#: The statements that define a function.
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: How many levels of syntax may be nested. Python 3.11 parses no more, 3.13 some 10,000, 3.14 as many as its stack can
#: take; the time that the analysis takes grows with the square of them. A file with more is unread, with its old names.
_DEEPEST = 3000
_TOO_DEEP = "is nested too deeply to be parsed"
#: Expressions that may do something when they are evaluated.
_IMPURE = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
#: What `ast` says of Python 2.
_OLDER = re.compile(r"Missing parentheses in call to|leading zeros in decimal|Function parameters cannot")
_FORMATTED = re.compile(r"[fFtT][rR]?['\"]|[rR][fFtT]['\"]")


@dataclass(frozen=True, slots=True)
class ParsedTree:
    """A syntax tree, and the spans of the text that only newer versions of Python can read: they are not in it."""

    tree: ast.Module
    unread: tuple[tuple[int, int], ...] = ()


def parse_newer_source(source: SourceFile) -> ParsedTree:
    """Parse a file without what only newer versions of Python can read. Raises Unreadable if that is not the reason."""
    try:
        return ParsedTree(parse_source(source))
    except Unreadable as error:
        blanked = None if _OLDER.search(str(error)) else blank_newer_grammar(source.text)
        if blanked is None:
            raise
    return ParsedTree(_parse_text(blanked.text, source), blanked.spans)


def parse_source(source: SourceFile) -> ast.Module:
    """Parse a file. Raises Unreadable, with the line, if it is not Python or nested too deeply for the parser."""
    return _parse_text(source.text, source)


def _parse_text(text: str, source: SourceFile) -> ast.Module:
    """Parse a text whose positions are those of a file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise Unreadable(f"is not valid Python {running_version()}: {error.msg}", error.lineno) from None
    except ValueError as error:
        raise Unreadable(f"is not valid Python: {error}") from None
    except (RecursionError, MemoryError):
        raise Unreadable(_TOO_DEEP) from None
    if sys.version_info >= (3, 12) and not _is_shallow(tree):
        raise Unreadable(_TOO_DEEP)
    if sys.version_info < (3, 12) and _FORMATTED.search(source.text):
        _fix_field_positions(tree, source)
    return tree


def child_nodes(node: ast.AST) -> list[ast.AST]:
    """Return the nodes directly inside a node, in the order of its fields, without operators and contexts."""
    found: list[ast.AST] = []
    for name in _FIELDS[type(node)]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def _is_shallow(tree: ast.AST) -> bool:
    """Return whether no more than `_DEEPEST` levels of a tree are nested."""
    level, depth = [tree], 0
    while level and depth <= _DEEPEST:
        level, depth = [child for node in level for child in child_nodes(node)], depth + 1
    return not level


def is_pure(value: ast.expr) -> bool:
    """Return whether nothing is lost when an expression is not evaluated."""
    return not any(isinstance(node, _IMPURE) for node in ast.walk(value))


def parameter_defaults(args: ast.arguments) -> dict[str, ast.expr]:
    """Return the defaults of parameters that have one, by name."""
    positional = [parameter.arg for parameter in args.posonlyargs + args.args]
    found = dict(zip(positional[::-1], args.defaults[::-1], strict=False))
    return found | {p.arg: value for p, value in zip(args.kwonlyargs, args.kw_defaults, strict=True) if value}


def keyword_value(call: ast.Call, name: str) -> ast.expr | None:
    """Return the argument that a call passes by name, or None."""
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def dotted_names(node: ast.AST) -> tuple[str, ...]:
    """Return the names of ``a.b.c`` and of ``a.b.c(...)``; after any other expression, the names that follow it."""
    found: list[str] = []
    while True:
        match node:
            case ast.Call(func=inner):
                node = inner
            case ast.Attribute(value=inner, attr=name):
                found.append(name)
                node = inner
            case ast.Name(id=name):
                return (name, *reversed(found))
            case _:
                return tuple(reversed(found))


#: Expressions that identify an object, such as ``self.clients["main"]``, are short. A longer one is compared by its
#: position: it is then equal to itself alone, and less is known of the object.
_MAX_LINES, _MAX_CHARACTERS = 3, 200


def compact_source(source: SourceFile, node: ast.expr) -> str:
    """Return the source of a short expression without whitespace, or its position if it is long."""
    if node.end_lineno is None or node.end_lineno - node.lineno > _MAX_LINES:
        return f"{node.lineno}:{node.col_offset}"
    start, end = node_span(source, node)
    return (
        "".join(source.text[start:end].split()) if end - start < _MAX_CHARACTERS else f"{node.lineno}:{node.col_offset}"
    )


def node_span(source: SourceFile, node: ast.expr | ast.stmt | ast.keyword | ast.pattern) -> tuple[int, int]:
    """Return the offsets at which a node starts and ends."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return source.offset(node.lineno, node.col_offset), source.offset(node.end_lineno, node.end_col_offset)


def iter_self_assignments(
    nodes: list[ast.AST], function: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[tuple[str, ast.expr]]:
    """Yield what the nodes of a method assign to attributes of its first parameter, by name."""
    first = (function.args.posonlyargs + function.args.args)[:1]
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                pairs: list[tuple[ast.AST, ast.expr]] = [(target, value) for target in targets]
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                pairs = [(target, value)]
            case ast.withitem(optional_vars=ast.expr() as target, context_expr=value):
                pairs = [(target, value)]
            case _:
                continue
        for place, assigned in pairs:
            match place, assigned:
                case ast.Tuple(elts=places), ast.Tuple(elts=elements):
                    pairs += zip(places, elements, strict=False)
                case ast.Attribute(value=ast.Name(id=owner), attr=name), _ if first and owner == first[0].arg:
                    yield name, assigned


def replacement_fields(source: SourceFile, node: ast.JoinedStr) -> list[ReplacementField]:
    """Return the replacement fields of an f-string in order, those of concatenated tokens included."""
    return [
        part
        for token in tokenize_strings(source.text, *node_span(source, node))
        for part in token.parts
        if type(part) is ReplacementField
    ]


def running_version() -> str:
    """Return the version of Python that reads the files."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _fix_field_positions(tree: ast.AST, source: SourceFile) -> None:
    """Parse each f-string field at its position, as Python before 3.12 gives wrong positions inside f-strings."""
    for node in _iter_fstrings(tree):
        values = [value for value in node.values if isinstance(value, ast.FormattedValue)]
        fields = replacement_fields(source, node)
        if len(values) == len(fields):
            for value, field in zip(values, fields, strict=True):
                value.value = _parse_field(source, field) or value.value


def _iter_fstrings(tree: ast.AST) -> Iterator[ast.JoinedStr]:
    """Yield every f-string, an outer one before those in its fields."""
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.JoinedStr):
            yield node
        todo.extend(child_nodes(node))


def _parse_field(source: SourceFile, field: ReplacementField) -> ast.expr | None:
    try:
        expression = ast.parse(f"({source.text[field.start : field.end]})", mode="eval").body
    except SyntaxError:
        return None
    line, column = source.position(field.start)
    before = len(source.text[field.start - column + 1 : field.start].encode())
    for node in ast.walk(expression):
        if isinstance(node, (ast.expr, ast.keyword, ast.arg)):
            _shift_position(node, line - 1, before - 1)
    return expression


def _shift_position(node: ast.expr | ast.keyword | ast.arg, lines: int, columns: int) -> None:
    if node.lineno == 1:
        node.col_offset += columns
    if node.end_lineno == 1 and node.end_col_offset is not None:
        node.end_col_offset += columns
    node.lineno += lines
    if node.end_lineno is not None:
        node.end_lineno += lines
