"""Match rows with JSON Schema and OpenAPI descriptions of documents."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from migrator.data.data_findings import Found, Path
from migrator.data.finders.data_urls import Address
from migrator.data.formats.data_tree import Tree
from migrator.data.formats.text_piece import Piece
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind

_EITHER = ("allOf", "oneOf", "anyOf")
_VALUES = ("const", "default", "example")
_LISTS = ("enum", "examples")
#: References that are followed from one schema: descriptions refer to themselves in circles.
_MOST = 200
_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)


def claim_schema(found: Found, tree: Tree, schema: int, address: Address) -> None:
    """Claim the properties and the values in the schema of the body of a request."""
    if address.method is None:
        return
    why = (address.why, f"the schema of the body of {address.method}")
    for rule, path in found.words.for_request(address.method, *_KEYS):
        if rule.active:
            for node in (*described(tree, schema, path), *_required(tree, schema, path)):
                name = tree.nodes[node].key or tree.string(node)
                if name is not None:
                    found.claim(rule, name.span(), rule.old, rule.new, why)
    for path in found.words.webhook_paths(address.method):
        claim_values(found, tree, schema, path, why)


def claim_answer_schema(found: Found, tree: Tree, schema: int, address: Address) -> None:
    """Claim the values in the schema of a method's response."""
    for path in found.answers(address.method or ""):
        claim_values(found, tree, schema, path, (address.why, f"the schema of the answer of {address.method}"))


def claim_values(found: Found, tree: Tree, schema: int, path: Path, why: tuple[str, ...]) -> None:
    """Claim the names of webhooks that a schema allows at a path."""
    for node in described(tree, schema, path):
        for text in values(tree, node):
            named = found.words.webhooks.get(text.text)
            if named is not None:
                found.claim(named.rule, text.span(), text.text, named.new, why)


def envelope_schemas(found: Found, tree: Tree) -> None:
    """Claim the names of webhooks in schemas whose properties are those of a webhook, or of its registration."""
    form = found.words.envelope
    if form is None:
        return
    for index, node in enumerate(tree.nodes):
        if node.key is None or node.key.text != "properties" or node.parent < 0:
            continue
        why = found.words.judge(tree.keys(index), None)
        if why is None:
            continue
        seen = (f"{tree.pointer(index)} describes {why.partition(':')[0]}",)
        claim_values(found, tree, node.parent, (form.name,), seen)
        known = {text.text for inner in described(tree, node.parent, (form.name,)) for text in values(tree, inner)}
        for rule in found.words.rules(*_KEYS):
            paths = [p for p in rule.where if p.document == "webhook" and (p.name is None or p.name in known)]
            for path in dict.fromkeys(parse_path(place.path) for place in paths if rule.active):
                for inner in described(tree, node.parent, path):
                    key = tree.nodes[inner].key
                    if key is not None:
                        found.claim(rule, key.span(), rule.old, rule.new, seen)


def described(tree: Tree, schema: int, path: Path) -> Iterator[int]:
    """Yield the schemas of the values at a path of the documents that a schema describes."""
    schemas = [schema]
    for part in path:
        wanted: list[int] = []
        for each in resolved(tree, schemas):
            if part is None:
                wanted += tree.held(each, "items")
            else:
                wanted += [node for held in tree.held(each, "properties") for node in tree.held(held, part)]
        schemas = wanted
    yield from schemas


def _required(tree: Tree, schema: int, path: Path) -> Iterator[int]:
    """Yield the entries by which schemas around a path say that it is required."""
    for holder in resolved(tree, [*described(tree, schema, path[:-1])]):
        for listed in tree.held(holder, "required"):
            for node in tree.inner(listed):
                text = tree.string(node)
                if text is not None and text.text == path[-1]:
                    yield node


def values(tree: Tree, schema: int) -> Iterator[Piece]:
    """Yield the strings that a schema names as values."""
    for each in resolved(tree, [schema]):
        nodes = [*tree.held(each, *_VALUES)]
        nodes += [inner for listed in tree.held(each, *_LISTS) for inner in tree.inner(listed)]
        for node in nodes:
            text = tree.string(node)
            if text is not None:
                yield text


def resolved(tree: Tree, schemas: list[int]) -> list[int]:
    """Return schemas and those that they refer to or are composed of, each once."""
    todo, seen = list(schemas), dict.fromkeys(schemas)
    while todo and len(seen) < _MOST:
        schema = todo.pop()
        parts = [inner for either in tree.held(schema, *_EITHER) for inner in tree.inner(either)]
        for reference in tree.held(schema, "$ref"):
            text = tree.string(reference)
            if text is not None and text.text.startswith("#"):
                parts += _pointed(tree, schema, text.text[1:])
        new = [part for part in parts if part not in seen]
        seen |= dict.fromkeys(new)
        todo += new
    return list(seen)


def _pointed(tree: Tree, index: int, pointer: str) -> Iterator[int]:
    nodes = [tree.root(index)]
    for part in unquote(pointer).split("/")[1:33]:
        name = part.replace("~1", "/").replace("~0", "~")
        nodes = [inner for node in nodes for inner in tree.held(node, name)]
    yield from nodes
