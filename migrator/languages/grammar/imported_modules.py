"""Find the modules and packages that a program imports."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.languages.grammar.node_kinds import IMPORT
from migrator.languages.grammar.string_expressions import Strings
from migrator.languages.grammar.syntax_tree import Tree
from migrator.languages.reading.bindings import Bindings

_LOADS = frozenset({"require", "import", "require_relative", "load", "source", "."})


def imports_of(tree: Tree, names: Bindings, strings: Strings) -> Iterator[tuple[int, str]]:
    """Yield each module with the node that imports it; no other string is looked at, for those may hang on imports."""
    for node, kind in enumerate(tree.kind):
        if kind in IMPORT:
            source = tree.child(node, "source")
            inside = tree.inside(node, 60) if kind != "export_statement" else [source] if source is not None else []
            words = [found for n in inside if (found := strings.written(n))]
            yield from ((node, word) for word in words or _dotted(tree, node))
    for node in tree.calls:
        if names.callee(node) in _LOADS:
            for argument in names.arguments(node)[:1]:
                if found := strings.written(argument):
                    yield node, found


def _dotted(tree: Tree, node: int) -> list[str]:
    """Return the path in a statement such as ``using static Acme.Bots;`` or ``use Acme\\Bots as B;``."""
    text = tree.source(node)[:300] if tree.kind[node] != "export_statement" else ""
    words = text.strip("; \n").split(" as ")[0].split("=")[-1].split()
    return [words[-1].lstrip("\\")] if words else []
