"""Match rows with OpenAPI descriptions: the paths below a server, their bodies and responses."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import DataFindings
from migrator.data.finders.body_documents import claim_answer, claim_behaviour, claim_request
from migrator.data.finders.data_urls import DataUrl, claim_urls_in
from migrator.data.finders.json_schemas import claim_response_schema, claim_schema
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import TextPiece, join_pieces
from migrator.findings.ledger import OccurrenceState

#: Servers that a path is joined to: descriptions list a handful.
_MOST = 20


def claim_operations(found: DataFindings, tree: DataTree, variables: Variables) -> Iterator[DataUrl]:
    """Claim the paths that descriptions of an API list, and the bodies described below them."""
    for root in tree.roots():
        if not any(True for _ in tree.values_at(root, "openapi", "swagger")):
            continue
        servers = _find_servers(tree, root)
        for paths in tree.values_at(root, "paths"):
            for path in tree.children_of(paths):
                yield from _claim_path(found, tree, path, servers, variables)


def _claim_path(
    found: DataFindings, tree: DataTree, path: int, servers: list[TextPiece], variables: Variables
) -> Iterator[DataUrl]:
    key = tree.nodes[path].key
    if key is None:
        return
    own = [text for listed in tree.values_at(path, "servers") for text in _list_servers(tree, listed)]
    for server in [*own, *servers][:_MOST] or [key.slice_piece(0, 0)]:
        address = next(claim_urls_in(found, variables.fill_in(join_pieces([_strip_server(server), key])), path), None)
        if address is not None:
            _claim_described(found, tree, path, address)
            yield address
            return


def _claim_described(found: DataFindings, tree: DataTree, path: int, address: DataUrl) -> None:
    bodies: list[tuple[DataTree, int]] = []
    answering: set[int] = set()
    for index in tree.subtree_of(path):
        node = tree.nodes[index]
        key = node.key.text if node.key is not None else None
        answers = key == "responses" or node.parent in answering
        if answers:
            answering.add(index)
        if key == "schema" and node.shape is DataKind.OBJECT:
            (claim_response_schema if answers else claim_schema)(found, tree, index, address)
        elif key in ("example", "value") and node.shape in (DataKind.OBJECT, DataKind.ARRAY):
            (claim_answer if answers else claim_request)(found, tree, index, address)
            bodies += [] if answers else [(tree, index)]
        elif key == "operationId" and node.text is not None:
            for name in found.words.methods:
                if name in node.text.text:
                    where = node.text.offsets[node.text.text.index(name)]
                    found.explain_occurrence(
                        where, OccurrenceState.OTHER, "the name that this file gives to an operation"
                    )
    claim_behaviour(found, address, bodies)


def _find_servers(tree: DataTree, root: int) -> list[TextPiece]:
    found = [text for servers in tree.values_at(root, "servers") for text in _list_servers(tree, servers)]
    hosts = [text for host in tree.values_at(root, "host") if (text := tree.string_of(host)) is not None]
    bases = [text for base in tree.values_at(root, "basePath") if (text := tree.string_of(base)) is not None]
    for host in hosts:
        found.append(join_pieces([TextPiece("https://", (host.offsets[0],) * 9), host, *bases[:1]]))
    return found


def _list_servers(tree: DataTree, servers: int) -> Iterator[TextPiece]:
    for server in tree.children_of(servers):
        for url in tree.values_at(server, "url"):
            text = tree.string_of(url)
            if text is not None:
                yield text


def _strip_server(server: TextPiece) -> TextPiece:
    return server.slice_piece(0, len(server.text.rstrip("/")))
