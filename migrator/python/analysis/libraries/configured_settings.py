"""Evaluate settings that files of configuration give: variables of the environment, keys of YAML, JSON and TOML."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.matching.configuration import ConfiguredUrl
from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.values import (
    ClassValue,
    ExternalName,
    ExternalObject,
    LiteralPart,
    ModuleNode,
    Reference,
    SourceExpr,
    StringValue,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import compact_source, dotted_names

#: Functions that read a whole file of configuration, by the names that YAML, JSON and TOML libraries give them.
_LOADERS = re.compile(
    r"\b(?:safe_load|full_load|loads?|load_all|from_yaml|from_json|dotenv_values|(?:Raw)?ConfigParser)\("
)


#: The mark of a file in the source of a call of one of them; without one it reads an answer or a message.
_FILES = re.compile(
    r"open\(|read_text\(|read_bytes\(|\bload\(|path|file|\bf\b|dotenv_values|ConfigParser", re.IGNORECASE
)
_READERS = frozenset({"getenv", "config", "env", "get_env", "str", "url"})
_STORES = frozenset({"environ", "env", "settings", "config", "conf"})
_PREFIX = re.compile(r"env_prefix[\"']?\s*[=:]\s*[\"'](\w*)[\"']")


@dataclass(frozen=True, slots=True)
class ConfiguredOrigin(ModuleNode):
    """The expression that reads a setting: its characters are in the file of configuration, not in the code."""

    urls: tuple[ConfiguredUrl, ...] = ()

    def __hash__(self) -> int:
        return hash(self.node)


def eval_variable(ev: Evaluator, site: ModuleNode, owner: ast.expr, name: str) -> Values:
    """Return the URLs that the configuration gives to a variable of the environment, read as ``os.environ["NAME"]``."""
    is_environment = dotted_names(owner)[-1:] == ("environ",)
    return _make_values(site, ev.project.configuration.find_urls(_path_of(site), name)) if is_environment else ()


def eval_read_variable(ev: Evaluator, site: ModuleNode) -> Values:
    """Return the URLs that the configuration gives to a setting that a function reads: ``os.getenv("NAME")``."""
    match site.node:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]) if _reads_settings(site.node):
            return _make_values(site, ev.project.configuration.find_urls(_path_of(site), name))
    return ()


def eval_declared_setting(ev: Evaluator, cls: ClassValue, name: str, node: ast.AST) -> Values:
    """Return the URLs that the configuration gives to a field of a settings class that has no default."""
    site = ModuleNode(cls.module, node)
    lineage = classes.resolve_lineage(ev, cls) if ev.project.configuration.urls else ()
    if not any(isinstance(base, ExternalName) and base.dotted.endswith("Settings") for base in lineage):
        return ()
    prefix = _PREFIX.search(ast.get_source_segment(cls.module.source.text, cls.node) or "")
    wanted = f"{prefix[1] if prefix else ''}{name}"
    return _make_values(site, ev.project.configuration.find_urls(_path_of(site), wanted))


def _reads_settings(call: ast.Call) -> bool:
    """Return whether a function reads settings, by its name; ``get`` does where that of its object says so."""
    *owners, name = ("", *dotted_names(call))
    return name in _READERS or (name == "get" and owners[-1].lower() in _STORES)


def eval_loaded_key(ev: Evaluator, site: ModuleNode, bases: Iterable[Value], key: str) -> Values:
    """Return the URLs under a key of a file of configuration that the module loads."""
    urls = list(ev.project.configuration.find_urls(_path_of(site), key))
    texts = [text for base in bases if (text := _read_source(ev, base))] if urls else []
    loaded = [text for text in texts if _LOADERS.search(text) and _FILES.search(text)]
    found = (url for url in urls if any(_is_of_file(site.module, text, url) for text in loaded))
    return _make_values(site, found)


def _make_values(site: ModuleNode, urls: Iterable[ConfiguredUrl]) -> Values:
    by_value: dict[str, list[ConfiguredUrl]] = {}
    for url in urls:
        by_value.setdefault(url.value, []).append(url)
    return merge_alternatives(
        [
            StringValue(
                (LiteralPart(value, ConfiguredOrigin(site.module, site.node, tuple(found))),),
                tuple(f"`{url.name}` ({url.location})" for url in found),
            )
            for value, found in by_value.items()
        ]
    )


def _read_source(ev: Evaluator, value: Value) -> str | None:
    """Return the source of the expression that made an object."""
    if isinstance(value, ExternalObject):
        call = value.call
        return compact_source(call.module.source, call.node) if isinstance(call.node, ast.expr) else None
    root = value.root if isinstance(value, Reference) else None
    if isinstance(root, Binding):
        module = ev.module_of(root)
        return compact_source(module.source, root.value) if module is not None and root.value is not None else None
    return root.text if isinstance(root, SourceExpr) else None


def _is_of_file(module: Module, text: str, url: ConfiguredUrl) -> bool:
    """Return whether a loader is given the file: by its name, or by a name of the module that holds its name."""
    name = url.path.rpartition("/")[2]
    return name in text or name in module.source.text


def find_origins(text: StringValue) -> Iterator[ConfiguredOrigin]:
    """Yield the settings that parts of a string are read from."""
    return (p.origin for p in text.parts if isinstance(p, LiteralPart) and isinstance(p.origin, ConfiguredOrigin))


def _path_of(site: ModuleNode) -> str:
    return site.module.path.replace("\\", "/")
