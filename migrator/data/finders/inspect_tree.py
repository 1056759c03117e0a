"""Run all finders of data over a tree, whichever format it was written in."""

from __future__ import annotations

import re

from migrator.data.data_findings import DataFindings
from migrator.data.finders.body_documents import claim_registrations
from migrator.data.finders.configured_names import claim_configured_names
from migrator.data.finders.data_urls import claim_urls
from migrator.data.finders.embedded_commands import claim_commands
from migrator.data.finders.json_schemas import claim_webhook_schemas
from migrator.data.finders.openapi import claim_operations
from migrator.data.finders.postman import claim_split_urls
from migrator.data.finders.recorded_exchanges import claim_exchanges, parse_nested
from migrator.data.finders.recorded_webhooks import claim_recorded_webhooks
from migrator.data.finders.registration_lists import claim_registration_lists
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.findings.ledger import OccurrenceState
from migrator.rules.rule import Kind

#: JSON in strings of JSON is inspected this deep: recorded traffic nests twice, the rest is only accounted for.
_DEEPEST = 4
_OPAQUE = "in a document of the API, at a path that has no name of it"


def inspect_tree(found: DataFindings, tree: DataTree, *, alone: bool, depth: int = 0) -> None:
    """Claim everything in a tree that is evidence of the API; `alone` when it is all of a JSON file."""
    documents = list(claim_recorded_webhooks(found, tree, alone))
    claim_registrations(found, tree)
    claim_registration_lists(found, tree)
    claim_webhook_schemas(found, tree)
    variables = Variables(tree)
    described = list(claim_operations(found, tree, variables))
    seen = [*claim_urls(found, tree, variables), *claim_split_urls(found, tree, variables)]
    documents += claim_exchanges(found, tree, seen)
    documents += [tree.subtree_of(address.node) for address in described]
    if not depth:
        found.recorded += documents
    claim_configured_names(found, tree, [*seen, *described], documents)
    claim_commands(found, tree, variables)
    _claim_scopes(found, tree)
    if depth < _DEEPEST:
        _inspect_strings(found, tree, depth)
    _explain_documents(found, tree, documents)


def _inspect_strings(found: DataFindings, tree: DataTree, depth: int) -> None:
    """Look into the strings that are themselves JSON."""
    for index, node in enumerate(tree.nodes):
        if node.shape is DataKind.TEXT and node.text is not None and found.marks.are_in(node.text.text):
            inner = parse_nested(tree, index)
            if inner is not None:
                inspect_tree(found, inner, alone=False, depth=depth + 1)


def _claim_scopes(found: DataFindings, tree: DataTree) -> None:
    for rule in found.words.rows_of_kinds(Kind.SCOPE):
        name = rule.old or rule.new or ""
        if not name or found.hint is None or name not in found.text:
            continue
        pattern = re.compile(rf"(?<![\w.:-]){re.escape(name)}(?![\w.:-])")
        for node in tree.nodes:
            for match in pattern.finditer(node.text.text) if node.text is not None else ():
                why = (f"the scope {name} is named; the file says {found.hint!r}",)
                assert node.text is not None
                found.claim_span(rule, node.text.span_of(*match.span()), rule.old, rule.new, why)


def _explain_documents(found: DataFindings, tree: DataTree, documents: list[range]) -> None:
    """Explain the names in documents that no match covers: they are data of users."""
    names = found.names
    done = -1
    for nodes in sorted(documents, key=lambda each: (each.start, -each.stop)):
        for index in range(max(nodes.start, done), nodes.stop):
            node = tree.nodes[index]
            for piece in (node.key, node.text):
                for match in names.finditer(piece.text) if piece is not None else ():
                    _explain_opaque(found, piece.span_of(*match.span()) if piece is not None else (0, 0), len(match[0]))
        done = max(done, nodes.stop)


def _explain_opaque(found: DataFindings, span: tuple[int, int], length: int) -> None:
    if span[1] - span[0] == length and span not in found.covered:
        found.explain_occurrence(span[0], OccurrenceState.OTHER, _OPAQUE)
