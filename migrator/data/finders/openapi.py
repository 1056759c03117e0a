"""Match rows with OpenAPI descriptions: the paths below a server, their bodies and responses."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import Found
from migrator.data.finders.body_documents import claim_answer, claim_behaviour, claim_request
from migrator.data.finders.data_urls import Address, addresses_in
from migrator.data.finders.json_schemas import claim_answer_schema, claim_schema
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import Shape, Tree
from migrator.data.formats.text_piece import Piece, joined
from migrator.findings.ledger import State

#: Servers that a path is joined to: descriptions list a handful.
_MOST = 20


def operations(found: Found, tree: Tree, variables: Variables) -> Iterator[Address]:
    """Claim the paths that descriptions of an API list, and the bodies described below them."""
    for root in tree.roots():
        if not any(True for _ in tree.held(root, "openapi", "swagger")):
            continue
        servers = _servers(tree, root)
        for paths in tree.held(root, "paths"):
            for path in tree.inner(paths):
                yield from _path(found, tree, path, servers, variables)


def _path(found: Found, tree: Tree, path: int, servers: list[Piece], variables: Variables) -> Iterator[Address]:
    key = tree.nodes[path].key
    if key is None:
        return
    own = [text for listed in tree.held(path, "servers") for text in _listed(tree, listed)]
    for server in [*own, *servers][:_MOST] or [key.part(0, 0)]:
        address = next(addresses_in(found, variables.filled(joined([_bare(server), key])), path), None)
        if address is not None:
            _described(found, tree, path, address)
            yield address
            return


def _described(found: Found, tree: Tree, path: int, address: Address) -> None:
    bodies: list[tuple[Tree, int]] = []
    answering: set[int] = set()
    for index in tree.below(path):
        node = tree.nodes[index]
        key = node.key.text if node.key is not None else None
        answers = key == "responses" or node.parent in answering
        if answers:
            answering.add(index)
        if key == "schema" and node.shape is Shape.OBJECT:
            (claim_answer_schema if answers else claim_schema)(found, tree, index, address)
        elif key in ("example", "value") and node.shape in (Shape.OBJECT, Shape.ARRAY):
            (claim_answer if answers else claim_request)(found, tree, index, address)
            bodies += [] if answers else [(tree, index)]
        elif key == "operationId" and node.text is not None:
            for name in found.words.methods:
                if name in node.text.text:
                    where = node.text.places[node.text.text.index(name)]
                    found.spot(where, State.OTHER, "the name that this file gives to an operation")
    claim_behaviour(found, address, bodies)


def _servers(tree: Tree, root: int) -> list[Piece]:
    found = [text for servers in tree.held(root, "servers") for text in _listed(tree, servers)]
    hosts = [text for host in tree.held(root, "host") if (text := tree.string(host)) is not None]
    bases = [text for base in tree.held(root, "basePath") if (text := tree.string(base)) is not None]
    for host in hosts:
        found.append(joined([Piece("https://", (host.places[0],) * 9), host, *bases[:1]]))
    return found


def _listed(tree: Tree, servers: int) -> Iterator[Piece]:
    for server in tree.inner(servers):
        for url in tree.held(server, "url"):
            text = tree.string(url)
            if text is not None:
                yield text


def _bare(server: Piece) -> Piece:
    return server.part(0, len(server.text.rstrip("/")))
