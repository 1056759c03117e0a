"""Find the modules and packages that a program imports."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.languages.grammar.node_kinds import IMPORT
from migrator.languages.grammar.string_expressions import StringEvaluator
from migrator.languages.grammar.syntax_tree import SyntaxTree
from migrator.languages.reading.bindings import NameBindings

_LOADS = frozenset({"require", "import", "require_relative", "load", "source", "."})


def find_imports(tree: SyntaxTree, names: NameBindings, strings: StringEvaluator) -> Iterator[tuple[int, str]]:
    """Yield each module with the node that imports it; no other string is looked at, for those may hang on imports."""
    for node, kind in enumerate(tree.kind):
        if kind in IMPORT:
            source = tree.child_named(node, "source")
            inside = (
                tree.descendants_of(node, 60) if kind != "export_statement" else [source] if source is not None else []
            )
            words = [found for n in inside if (found := strings.plain_text(n))]
            yield from ((node, word) for word in words or _dotted_name(tree, node))
    for node in tree.calls:
        if names.callee_of(node) in _LOADS:
            for argument in names.arguments_of(node)[:1]:
                if found := strings.plain_text(argument):
                    yield node, found


def _dotted_name(tree: SyntaxTree, node: int) -> list[str]:
    """Return the path in a statement such as ``using static Acme.Bots;`` or ``use Acme\\Bots as B;``."""
    text = tree.source_of(node)[:300] if tree.kind[node] != "export_statement" else ""
    words = text.strip("; \n").split(" as ")[0].split("=")[-1].split()
    return [words[-1].lstrip("\\")] if words else []
