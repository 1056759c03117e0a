"""Match rows with JSON Schema and OpenAPI descriptions of documents."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from migrator.data.data_findings import DataFindings, Path
from migrator.data.finders.data_urls import DataUrl
from migrator.data.formats.data_tree import DataTree
from migrator.data.formats.text_piece import TextPiece
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind

_EITHER = ("allOf", "oneOf", "anyOf")
_VALUES = ("const", "default", "example")
_LISTS = ("enum", "examples")
#: References that are followed from one schema: descriptions refer to themselves in circles.
_MOST = 200
_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)


def claim_schema(found: DataFindings, tree: DataTree, schema: int, address: DataUrl) -> None:
    """Claim the properties and the values in the schema of the body of a request."""
    if address.method is None:
        return
    why = (address.why, f"the schema of the body of {address.method}")
    for rule, path in found.words.rows_for_request(address.method, *_KEYS):
        if rule.active:
            for node in (*find_subschemas(tree, schema, path), *_find_required(tree, schema, path)):
                name = tree.nodes[node].key or tree.string_of(node)
                if name is not None:
                    found.claim_span(rule, name.span_of(), rule.old, rule.new, why)
    for path in found.words.request_webhook_paths(address.method):
        claim_values(found, tree, schema, path, why)


def claim_response_schema(found: DataFindings, tree: DataTree, schema: int, address: DataUrl) -> None:
    """Claim the values in the schema of a method's response."""
    for path in found.response_paths(address.method or ""):
        claim_values(found, tree, schema, path, (address.why, f"the schema of the answer of {address.method}"))


def claim_values(found: DataFindings, tree: DataTree, schema: int, path: Path, why: tuple[str, ...]) -> None:
    """Claim the names of webhooks that a schema allows at a path."""
    for node in find_subschemas(tree, schema, path):
        for text in schema_values(tree, node):
            named = found.words.webhooks.get(text.text)
            if named is not None:
                found.claim_span(named.rule, text.span_of(), text.text, named.new, why)


def claim_webhook_schemas(found: DataFindings, tree: DataTree) -> None:
    """Claim the names of webhooks in schemas whose properties are those of a webhook, or of its registration."""
    form = found.words.envelope
    if form is None:
        return
    for index, node in enumerate(tree.nodes):
        if node.key is None or node.key.text != "properties" or node.parent < 0:
            continue
        why = found.words.judge_keys(tree.keys_of(index), None)
        if why is None:
            continue
        seen = (f"{tree.pointer_to(index)} describes {why.partition(':')[0]}",)
        claim_values(found, tree, node.parent, (form.name,), seen)
        known = {
            text.text
            for inner in find_subschemas(tree, node.parent, (form.name,))
            for text in schema_values(tree, inner)
        }
        for rule in found.words.rows_of_kinds(*_KEYS):
            paths = [p for p in rule.where if p.document == "webhook" and (p.name is None or p.name in known)]
            for path in dict.fromkeys(parse_path(place.path) for place in paths if rule.active):
                for inner in find_subschemas(tree, node.parent, path):
                    key = tree.nodes[inner].key
                    if key is not None:
                        found.claim_span(rule, key.span_of(), rule.old, rule.new, seen)


def find_subschemas(tree: DataTree, schema: int, path: Path) -> Iterator[int]:
    """Yield the schemas of the values at a path of the documents that a schema describes."""
    schemas = [schema]
    for part in path:
        wanted: list[int] = []
        for each in resolve_schemas(tree, schemas):
            if part is None:
                wanted += tree.values_at(each, "items")
            else:
                wanted += [node for held in tree.values_at(each, "properties") for node in tree.values_at(held, part)]
        schemas = wanted
    yield from schemas


def _find_required(tree: DataTree, schema: int, path: Path) -> Iterator[int]:
    """Yield the entries by which schemas around a path say that it is required."""
    for holder in resolve_schemas(tree, [*find_subschemas(tree, schema, path[:-1])]):
        for listed in tree.values_at(holder, "required"):
            for node in tree.children_of(listed):
                text = tree.string_of(node)
                if text is not None and text.text == path[-1]:
                    yield node


def schema_values(tree: DataTree, schema: int) -> Iterator[TextPiece]:
    """Yield the strings that a schema names as values."""
    for each in resolve_schemas(tree, [schema]):
        nodes = [*tree.values_at(each, *_VALUES)]
        nodes += [inner for listed in tree.values_at(each, *_LISTS) for inner in tree.children_of(listed)]
        for node in nodes:
            text = tree.string_of(node)
            if text is not None:
                yield text


def resolve_schemas(tree: DataTree, schemas: list[int]) -> list[int]:
    """Return schemas and those that they refer to or are composed of, each once."""
    todo, seen = list(schemas), dict.fromkeys(schemas)
    while todo and len(seen) < _MOST:
        schema = todo.pop()
        parts = [inner for either in tree.values_at(schema, *_EITHER) for inner in tree.children_of(either)]
        for reference in tree.values_at(schema, "$ref"):
            text = tree.string_of(reference)
            if text is not None and text.text.startswith("#"):
                parts += _follow_pointer(tree, schema, text.text[1:])
        new = [part for part in parts if part not in seen]
        seen |= dict.fromkeys(new)
        todo += new
    return list(seen)


def _follow_pointer(tree: DataTree, index: int, pointer: str) -> Iterator[int]:
    nodes = [tree.root_of(index)]
    for part in unquote(pointer).split("/")[1:33]:
        name = part.replace("~1", "/").replace("~0", "~")
        nodes = [inner for node in nodes for inner in tree.values_at(node, name)]
    yield from nodes
