"""Load the files of the scanned tree as modules, each parsed once on first use, and resolve imports to them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import AnyStr

from migrator.matching.configuration import NO_CONFIGURATION, Configuration
from migrator.matching.selection import FileReader
from migrator.python.analysis.module import Module
from migrator.python.source.import_paths import candidate_paths, is_settings_path
from migrator.python.source.notebook import read_notebook
from migrator.python.source.source_file import SourceFile, Unreadable, read_source, source_from_text

#: Names that begin with the package of a module; only in a package itself is `__name__` one.
_OWN_PACKAGE = ("__package__", "__name__")


def read_import_call(call: ast.Call) -> tuple[str, int] | None:
    """Return the name, and the number of its leading dots, in ``import_module("name")`` and ``__import__("name")``.

    A name in the package of the module itself is relative: ``import_module(f"{__package__}.name")``.
    """
    match call:
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"), args=[given, *rest]
        ):
            name = _read_module_name(given)
            package = rest[0] if rest else next((k.value for k in call.keywords if k.arg == "package"), None)
            if name is None:
                return None
            dotted = name.lstrip(".")
            if dotted != name and isinstance(package, ast.Constant) and isinstance(package.value, str):
                return f"{package.value}.{dotted}", 0
            return dotted, len(name) - len(dotted)
    return None


def _read_module_name(node: ast.expr) -> str | None:
    """Return the name of a module that is written, or that follows the name of the importer's own package."""
    match node:
        case ast.Constant(value=str(name)):
            return name
        case (
            ast.JoinedStr(values=[ast.FormattedValue(value=ast.Name(id=own)), ast.Constant(value=str(name))])
            | ast.BinOp(left=ast.Name(id=own), op=ast.Add(), right=ast.Constant(value=str(name)))
        ) if own in _OWN_PACKAGE and name.startswith("."):
            return name
    return None


def _read_source_file(path: str, text: bytes | str) -> SourceFile:
    """Read a file as a notebook or as Python, by its name. Raises Unreadable."""
    if path.endswith(".ipynb"):
        return read_notebook(path, text if isinstance(text, bytes) else source_from_text(path, text).raw)
    return read_source(path, text) if isinstance(text, bytes) else source_from_text(path, text)


class Project:
    """The files that are scanned together; `reader` fetches further ones of the same tree when they are imported."""

    def __init__(
        self,
        files: Mapping[str, AnyStr],
        reader: FileReader | None = None,
        configuration: Configuration = NO_CONFIGURATION,
    ) -> None:
        self.configuration = configuration
        self._files: dict[str, bytes | str] = dict(files)
        self._reader = reader
        self._modules: dict[str, Module | Unreadable | None] = {}
        self._found: dict[tuple[str, str, int], list[Module]] = {}
        self._homes: dict[ast.AST, Module] = {}
        self._loaded: list[Module] = []
        self._calls: dict[str, list[tuple[Module, ast.Call]]] = {}
        self._indexed = 0
        self._imports: dict[Module, set[Module]] = {}

    def load_module(self, path: str) -> Module:
        """Return a file as a module. Raises Unreadable."""
        found = self._load_path(path)
        if isinstance(found, Unreadable):
            raise found
        if found is None:
            raise Unreadable("is not part of the scanned tree")
        return found

    def read_file(self, path: str) -> bytes | None:
        """Return the bytes of a further file of the tree, such as one of settings; None if it cannot be read."""
        known = self._files.get(path)
        if known is not None:
            return known if isinstance(known, bytes) else known.encode("utf-8", "surrogatepass")
        try:
            return self._reader(path) if self._reader is not None else None
        except OSError:
            return None

    def loaded_modules(self) -> list[Module]:
        """Return the modules that were parsed so far, in the order of parsing."""
        return list(self._loaded)

    @cached_property
    def has_getattr_classes(self) -> bool:
        """Return True if a class of the loaded modules may define ``__getattr__``."""
        return any("__getattr__" in module.source.text for module in self.loaded_modules())

    def find_calls(self, name: str) -> list[tuple[Module, ast.Call]]:
        """Return the calls of a name in the modules that were parsed so far."""
        for module in self._loaded[self._indexed :]:
            for called, nodes in module.calls.items():
                self._calls.setdefault(called, []).extend((module, node) for node in nodes)
        self._indexed = len(self._loaded)
        return list(self._calls.get(name, ()))

    def module_of(self, tree: ast.AST) -> Module | None:
        """Return the module of a syntax tree."""
        return self._homes.get(tree)

    @cached_property
    def settings_modules(self) -> list[Module]:
        """Return the Django settings modules among the given files."""
        found = [self._load_path(path) for path in list(self._files) if is_settings_path(path)]
        return [module for module in found if isinstance(module, Module)]

    def imported_modules(self, module: Module) -> set[Module]:
        """Return the modules of the tree that a module imports."""
        if module not in self._imports:
            self._imports[module] = {inner for inner in self._find_imported(module) if inner} - {module}
        return self._imports[module]

    def _find_imported(self, module: Module) -> set[Module | None]:
        found: set[Module | None] = set()
        for node in module.nodes:
            if isinstance(node, ast.Import):
                found |= {self.find_module(alias.name, module) for alias in node.names}
            elif isinstance(node, ast.Call) and (named := read_import_call(node)) is not None:
                found.add(self.find_module(named[0], module, named[1]))
            elif isinstance(node, ast.ImportFrom):
                home = node.module or ""
                found.add(self.find_module(home, module, node.level))
                found |= {
                    self.find_module(f"{home}.{alias.name}" if home else alias.name, module, node.level)
                    for alias in node.names
                    if alias.name != "*"
                }
        return found

    def find_reached(self, modules: Iterable[Module]) -> list[Module]:
        """Return the further modules that the given ones import, and those that imported packages import in turn."""
        known = dict.fromkeys(modules)
        given = len(known)
        todo = list(known)
        for module in todo:
            near = sorted(self.imported_modules(module) - known.keys(), key=lambda inner: inner.path)
            known |= dict.fromkeys(near)
            todo += (inner for inner in near if inner.path.endswith("__init__.py"))
        return list(known)[given:]

    def find_module(self, dotted: str, importer: Module, level: int = 0) -> Module | None:
        """Return the module that `importer` means by a dotted name; `level` counts the dots of a relative import."""
        path = importer.path.replace("\\", "/")
        key = (path[: path.rfind("/") + 1], dotted, level)
        if key not in self._found:
            # The importer itself may be the first match: a second one is enough.
            self._found[key] = list(islice(self._search_modules(*key), 2))
        return next((module for module in self._found[key] if module is not importer), None)

    def _search_modules(self, folder: str, dotted: str, level: int) -> Iterator[Module]:
        return (
            found
            for path in candidate_paths(folder, dotted, level)
            if isinstance(found := self._load_path(path), Module)
        )

    def _load_path(self, path: str) -> Module | Unreadable | None:
        if path not in self._modules:
            self._modules[path] = self._parse_path(path)
        return self._modules[path]

    def _parse_path(self, path: str) -> Module | Unreadable | None:
        if path not in self._files:
            if self._reader is None:
                return None
            try:
                self._files[path] = self._reader(path)
            except OSError:
                return None
        try:
            module = Module(_read_source_file(path, self._files[path]))
        except Unreadable as error:
            return error
        self._homes[module.tree] = module
        self._loaded.append(module)
        return module
