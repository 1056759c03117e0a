"""Run all finders of data over a tree, whichever format it was written in."""

from __future__ import annotations

import re

from migrator.data.data_findings import Found
from migrator.data.finders.body_documents import registrations
from migrator.data.finders.configured_names import names_beside
from migrator.data.finders.data_urls import addresses
from migrator.data.finders.embedded_commands import commands
from migrator.data.finders.json_schemas import envelope_schemas
from migrator.data.finders.openapi import operations
from migrator.data.finders.postman import apart
from migrator.data.finders.recorded_exchanges import exchanges, nested
from migrator.data.finders.recorded_webhooks import envelopes
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import Shape, Tree
from migrator.findings.ledger import State
from migrator.rules.rule import Kind

#: JSON in strings of JSON is inspected this deep: recorded traffic nests twice, the rest is only accounted for.
_DEEPEST = 4
_OPAQUE = "in a document of the API, at a path that has no name of it"


def look(found: Found, tree: Tree, *, alone: bool, depth: int = 0) -> None:
    """Claim everything in a tree that is evidence of the API; `alone` when it is all that a file of JSON holds."""
    documents = list(envelopes(found, tree, alone))
    registrations(found, tree)
    envelope_schemas(found, tree)
    variables = Variables(tree)
    described = list(operations(found, tree, variables))
    seen = [*addresses(found, tree, variables), *apart(found, tree, variables)]
    documents += exchanges(found, tree, seen)
    documents += [tree.below(address.node) for address in described]
    names_beside(found, tree, [*seen, *described], documents)
    commands(found, tree, variables)
    _scopes(found, tree)
    if depth < _DEEPEST:
        _strings(found, tree, depth)
    _rest(found, tree, documents)


def _strings(found: Found, tree: Tree, depth: int) -> None:
    """Look into the strings that are themselves JSON."""
    for index, node in enumerate(tree.nodes):
        if node.shape is Shape.TEXT and node.text is not None and found.marks.are_in(node.text.text):
            inner = nested(tree, index)
            if inner is not None:
                look(found, inner, alone=False, depth=depth + 1)


def _scopes(found: Found, tree: Tree) -> None:
    for rule in found.words.rules(Kind.SCOPE):
        name = rule.old or rule.new or ""
        if not name or found.hint is None or name not in found.text:
            continue
        pattern = re.compile(rf"(?<![\w.:-]){re.escape(name)}(?![\w.:-])")
        for node in tree.nodes:
            for match in pattern.finditer(node.text.text) if node.text is not None else ():
                why = (f"the scope {name} is named; the file says {found.hint!r}",)
                assert node.text is not None
                found.claim(rule, node.text.span(*match.span()), rule.old, rule.new, why)


def _rest(found: Found, tree: Tree, documents: list[range]) -> None:
    """Explain the names in documents that no match covers: they are data of users."""
    names = found.names
    done = -1
    for nodes in sorted(documents, key=lambda each: (each.start, -each.stop)):
        for index in range(max(nodes.start, done), nodes.stop):
            node = tree.nodes[index]
            for piece in (node.key, node.text):
                for match in names.finditer(piece.text) if piece is not None else ():
                    _opaque(found, piece.span(*match.span()) if piece is not None else (0, 0), len(match[0]))
        done = max(done, nodes.stop)


def _opaque(found: Found, span: tuple[int, int], length: int) -> None:
    if span[1] - span[0] == length and span not in found.covered:
        found.spot(span[0], State.OTHER, _OPAQUE)
