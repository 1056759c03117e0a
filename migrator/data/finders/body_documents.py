"""Match the rows with request and response bodies that are written down."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import DataFindings, Path
from migrator.data.finders.data_urls import DataUrl
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.findings.messages import RESPONSE_CHANGED
from migrator.rules.rule import Kind, Rule

_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)


def claim_request(found: DataFindings, tree: DataTree, root: int, address: DataUrl) -> None:
    """Claim the keys and the names of webhooks in the body of a request."""
    method = address.method
    if method is None:
        return
    for inner in _unwrap_body(found, tree, root, address, method):
        why = (address.why, f"the body of {method}, at {tree.pointer_to(inner) or 'its root'}")
        for rule, path in found.words.rows_for_request(method, *_KEYS):
            if rule.active:
                _claim_key(found, tree, inner, rule, path, why)
        for path in found.words.request_webhook_paths(method):
            _claim_names(found, tree, inner, path, why)


def claim_answer(found: DataFindings, tree: DataTree, root: int, address: DataUrl) -> None:
    """Claim the names of webhooks in the answer of a method."""
    if address.method is None:
        return
    why = (address.why, f"the answer of {address.method}")
    for path in found.response_paths(address.method):
        _claim_names(found, tree, root, path, why)


def claim_behaviour(found: DataFindings, address: DataUrl, bodies: list[tuple[DataTree, int]]) -> None:
    """Claim a call whose meaning changed, unless the file answers the change or the body asks for nothing else."""
    if address.method is None:
        return
    for rule, _ in found.words.rows_for_request(address.method, Kind.BEHAVIOUR, Kind.MANUAL):
        if not found.is_answered(rule) and not _says_the_same(found, rule, address.method, bodies):
            found.claim_span(rule, address.span, rule.old, rule.new, (address.why,))
    for rule, _ in found.words.rows_for_response(address.method):
        if not found.is_answered(rule):
            found.claim_span(rule, address.span, rule.old, None, (address.why,), RESPONSE_CHANGED)


def _says_the_same(found: DataFindings, rule: Rule, method: str, bodies: list[tuple[DataTree, int]]) -> bool:
    """Return whether the body asks, by a removed key, for just what happens now anyway."""
    for path, unless in found.words.answered_keys(method, rule):
        held = [tree.string_of(node) for tree, root in bodies for node in tree.find_at(root, path)]
        if held and all(value is not None and value.text in unless for value in held):
            return True
    return False


def _unwrap_body(found: DataFindings, tree: DataTree, root: int, address: DataUrl, method: str) -> Iterator[int]:
    """Yield the body, and what is inside a wrapper that versions up to the one of the URL had around it."""
    yield root
    for rule, path in found.words.rows_for_request(method, Kind.UNNEST):
        if rule.active and _is_before(found, rule, address.version):
            for inner in tree.find_at(root, path):
                _claim_key(found, tree, root, rule, path, (address.why, f"the body of {method}"))
                yield inner


def _is_before(found: DataFindings, rule: Rule, version: str | None) -> bool:
    """Return whether a URL of a version, or of none, is older than the change of a row."""
    steps = found.words.chain.whole.steps
    sources = [str(step.source) for step in steps]
    first = sources.index(version) if version in sources else (0 if version is None else len(steps))
    return any(rule in step.rules for step in steps[first:])


def _claim_key(found: DataFindings, tree: DataTree, root: int, rule: Rule, path: Path, why: tuple[str, ...]) -> None:
    for node in tree.find_at(root, path):
        key = tree.nodes[node].key
        if key is not None:
            found.claim_span(rule, key.span_of(), rule.old, rule.new, why)


def _claim_names(found: DataFindings, tree: DataTree, root: int, path: Path, why: tuple[str, ...]) -> None:
    for node in tree.find_at(root, path):
        text = tree.string_of(node)
        named = found.words.webhooks.get(text.text) if text is not None else None
        if text is not None and named is not None:
            found.claim_span(named.rule, text.span_of(), text.text, named.new, (*why, f"at {tree.pointer_to(node)}"))


def claim_registrations(found: DataFindings, tree: DataTree) -> None:
    """Claim the names of webhooks at paths that only the body of a registration has."""
    paths = found.long_paths
    if not paths:
        return
    form = found.words.envelope
    marks = form.distinctive if form is not None else frozenset[str]()
    for index, node in enumerate(tree.nodes):
        named = found.words.webhooks.get(node.text.text) if node.shape is DataKind.TEXT and node.text else None
        if named is None or node.text is None or not any(_ends_with(tree.path_to(index), path) for path in paths):
            continue
        around = [above for above, _ in zip(tree.ancestors_of(index), range(3), strict=False)]
        keys = frozenset(key for above in around for key in marks & tree.keys_of(above))
        if keys or found.hint:
            sign = f"beside {', '.join(sorted(keys))}" if keys else f"the file says {found.hint!r}"
            why = f"{tree.pointer_to(index)} is where webhooks are registered; {sign}"
            found.claim_span(named.rule, node.text.span_of(), node.text.text, named.new, (why,))
            if keys:
                found.registered.add((*node.text.span_of(), named.rule.id))


def _ends_with(path: list[str | None], end: Path) -> bool:
    return tuple(path[-len(end) :]) == end
