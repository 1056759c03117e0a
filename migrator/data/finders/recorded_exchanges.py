"""Match rows with requests and responses in collections and recorded traffic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from migrator.data.data_findings import DataFindings
from migrator.data.finders.body_documents import claim_answer, claim_behaviour, claim_request
from migrator.data.finders.data_urls import DataUrl
from migrator.data.formats.data_tree import DataKind, DataTree, FormatError
from migrator.data.formats.json_scanner import scan_json

Root = tuple[DataTree, int]
_BODY = ("body", "json", "data", "payload", "postData", "content", "request_body", "requestBody", "jsonBody", "params")
_ANSWER = ("response", "responses", "answer", "reply", "result", "response_body", "responseBody")
_SENT = ("request", "originalRequest", "req")
#: Keys between a body and its content.
_INSIDE = ("text", "raw", "string", "body", "json", "content", "data")
_DEEPEST = 4
#: An object with more URLs with methods than this is a list of URLs and no exchange.
_MOST = 8
#: A longer string is not read as JSON: bodies of the API are smaller, and archives of traffic embed files.
_LONGEST = 4_000_000


def claim_exchanges(found: DataFindings, tree: DataTree, addresses: Sequence[DataUrl]) -> Iterator[range]:
    """Claim the bodies of requests and responses around URLs, and yield the nodes of each exchange."""
    owned = [(address, _find_owner(tree, address.node)) for address in addresses if address.method is not None]
    count = Counter(owner for _, owner in owned)
    for address, owner in owned:
        if owner is not None and count[owner] <= _MOST and _claim_exchange(found, tree, address, owner):
            yield tree.subtree_of(owner)


def _claim_exchange(found: DataFindings, tree: DataTree, address: DataUrl, owner: int) -> bool:
    """Claim one exchange; return False where the object has a URL, but nothing that is sent or answered."""
    sent = [root for node in tree.values_at(owner, *_BODY) for root in find_roots(tree, node)]
    for inner, root in sent:
        claim_request(found, inner, root, address)
    if sent:
        claim_behaviour(found, address, sent)
    answers = list(_find_responses(tree, owner))
    if found.response_paths(address.method or ""):
        for inner, root in (root for node in answers for root in find_roots(tree, node)):
            claim_answer(found, inner, root, address)
    return bool(sent or answers)


def find_roots(tree: DataTree, node: int, depth: int = 0) -> Iterator[Root]:
    """Yield what may be a document at a node: the node, what it wraps, or the JSON that it is as a string."""
    inner = parse_nested(tree, node)
    if inner is not None:
        yield inner, 0
    if tree.nodes[node].shape is DataKind.TEXT or tree.nodes[node].shape is DataKind.OTHER:
        return
    yield tree, node
    if depth < _DEEPEST:
        inside: Iterable[int] = tree.children_of(node) if tree.is_array(node) else tree.values_at(node, *_INSIDE)
        for child in inside:
            yield from find_roots(tree, child, depth + 1)


def parse_nested(tree: DataTree, node: int) -> DataTree | None:
    """Return the JSON that a string is; None for any other string."""
    text = tree.string_of(node)
    if text is None or len(text.text) > _LONGEST or text.text.lstrip()[:1] not in ("{", "["):
        return None
    if node not in tree.nested:
        try:
            inner = scan_json(text)
        except FormatError:
            tree.nested[node] = None
        else:
            tree.nested[node] = inner if inner.nodes[0].last == len(inner.nodes) else None
    return tree.nested[node]


def _find_owner(tree: DataTree, node: int) -> int | None:
    """Return the object that describes the exchange: the one with the URL, or with the parts of the URL."""
    if node < 0 or tree.nodes[node].shape is DataKind.OBJECT or tree.nodes[node].parent < 0:
        return None
    owner = tree.nodes[node].parent
    key = tree.nodes[owner].key
    if tree.nodes[owner].parent >= 0 and key is not None and key.text in ("url", "uri"):
        owner = tree.nodes[owner].parent
    return owner if tree.nodes[owner].shape is DataKind.OBJECT else None


def _find_responses(tree: DataTree, owner: int) -> Iterator[int]:
    """Yield the responses in the object, or beside it if it is only the request."""
    yield from tree.values_at(owner, *_ANSWER)
    key = tree.nodes[owner].key
    around = tree.nodes[owner].parent
    if around >= 0 and key is not None and key.text in _SENT:
        yield from tree.values_at(around, *_ANSWER)
        if key.text == "originalRequest":
            yield from tree.values_at(around, "body")
