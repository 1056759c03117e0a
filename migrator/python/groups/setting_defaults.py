"""Read settings: the defaults that code gives them, and the values that files set."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator

from migrator.python.source.syntax import dotted_names, keyword_value

#: Calls that read a setting by its name: of os, decouple, environs, django-environ, starlette and their like.
_READERS = ("get", "getenv", "setdefault", "config", "env", "str", "url", "get_env", "environ")
_VARIABLE = re.compile(r"[A-Za-z_]\w*")
#: A setting in the files that this module reads: ``NAME=value``, ``NAME: value``, ``ENV NAME value``, and the entry of
#: a list in Kubernetes, whose value is on the next line.
_VALUE = r"""(?<![\w-]){name}["']?(?:[ \t]*[:=][ \t]*|[ \t]+|[ \t]*\n[ \t]*value:[ \t]*)["']?(?P<value>[^\s"',}}]+)"""


def find_setting_defaults(
    nodes: Iterable[ast.AST], is_settings_class: Callable[[ast.ClassDef], bool]
) -> Iterator[tuple[list[str], ast.expr]]:
    """Yield the default of each setting that nodes read or declare, with the names under which it may be set."""
    for node in nodes:
        match node:
            case ast.Call() if (name := read_setting_name(node)) is not None:
                default = keyword_value(node, "default") or (node.args[1] if len(node.args) > 1 else None)
                if default is not None:
                    yield [name], default
            case ast.BoolOp(op=ast.Or(), values=[first, *others]) if (name := read_setting_name(first)) is not None:
                yield from (([name], other) for other in others)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                parts = (inner for part in (test, body) for inner in ast.walk(part))
                names = [name for inner in parts if (name := read_setting_name(inner)) is not None]
                if names:
                    yield names, orelse
            case ast.ClassDef() if is_settings_class(node):
                yield from _find_fields(node)


def find_settings(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the value of each setting of a name, whatever the format of the file; comments set nothing."""
    for found in re.finditer(_VALUE.format(name=re.escape(name)), text, re.IGNORECASE):
        start = text.rfind("\n", 0, found.start()) + 1
        if not text[start : found.start()].lstrip().startswith(("#", ";", "//")):
            yield text.count("\n", 0, found.start("value")) + 1, found["value"]


def read_setting_name(node: ast.AST) -> str | None:
    """Return the name of the variable that an expression reads from the environment."""
    match node:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]) if dotted_names(node)[-1:] != () and (
            dotted_names(node)[-1] in _READERS and _VARIABLE.fullmatch(name)
        ):
            return name
        case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))):
            return name
    return None


def _find_fields(node: ast.ClassDef) -> Iterator[tuple[list[str], ast.expr]]:
    """Yield the default of each field of a settings class, with the names under which it may be set."""
    prefix = _find_prefix(node)
    for statement in node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                default, names = value, [f"{prefix}{name}"]
                if isinstance(value, ast.Call):
                    default = keyword_value(value, "default") or (value.args[0] if value.args else value)
                    given = [keyword_value(value, key) for key in ("alias", "validation_alias", "env")]
                    inner = [n for each in given if each is not None for n in ast.walk(each)]
                    names += [n.value for n in inner if isinstance(n, ast.Constant) and isinstance(n.value, str)]
                yield names, default


def _find_prefix(node: ast.ClassDef) -> str:
    """Return the prefix that a settings class declares, by ``env_prefix``."""
    for inner in ast.walk(node):
        match inner:
            case ast.keyword(arg="env_prefix", value=ast.Constant(value=str(prefix))):
                return prefix
            case ast.Assign(targets=[ast.Name(id="env_prefix")], value=ast.Constant(value=str(prefix))):
                return prefix
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "env_prefix" and isinstance(value, ast.Constant):
                        return str(value.value)
    return ""
