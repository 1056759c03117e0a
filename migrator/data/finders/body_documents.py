"""Match the rows with request and response bodies that are written down."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import Found, Path
from migrator.data.finders.data_urls import Address
from migrator.data.formats.data_tree import Shape, Tree
from migrator.rules.rule import Kind, Rule

_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)


def claim_request(found: Found, tree: Tree, root: int, address: Address) -> None:
    """Claim the keys and the names of webhooks in the body of a request."""
    method = address.method
    if method is None:
        return
    for inner in _unwrapped(found, tree, root, address, method):
        why = (address.why, f"the body of {method}, at {tree.pointer(inner) or 'its root'}")
        for rule, path in found.words.for_request(method, *_KEYS):
            if rule.active:
                _claim_key(found, tree, inner, rule, path, why)
        for path in found.words.webhook_paths(method):
            _claim_names(found, tree, inner, path, why)


def claim_answer(found: Found, tree: Tree, root: int, address: Address) -> None:
    """Claim the names of webhooks in the answer of a method."""
    if address.method is None:
        return
    why = (address.why, f"the answer of {address.method}")
    for path in found.answers(address.method):
        _claim_names(found, tree, root, path, why)


def claim_behaviour(found: Found, address: Address, bodies: list[tuple[Tree, int]]) -> None:
    """Claim a call whose meaning changed, unless the file answers the change or the body asks for nothing else."""
    if address.method is None:
        return
    for rule, _ in found.words.for_request(address.method, Kind.BEHAVIOUR, Kind.MANUAL):
        if not found.is_answered(rule) and not _says_the_same(found, rule, address.method, bodies):
            found.claim(rule, address.span, rule.old, rule.new, (address.why,))


def _says_the_same(found: Found, rule: Rule, method: str, bodies: list[tuple[Tree, int]]) -> bool:
    """Return whether the body asks, by a removed key, for just what happens now anyway."""
    for path, unless in found.words.answered_keys(method, rule):
        held = [tree.string(node) for tree, root in bodies for node in tree.at(root, path)]
        if held and all(value is not None and value.text in unless for value in held):
            return True
    return False


def _unwrapped(found: Found, tree: Tree, root: int, address: Address, method: str) -> Iterator[int]:
    """Yield the body, and what is inside a wrapper that versions up to the one of the URL had around it."""
    yield root
    for rule, path in found.words.for_request(method, Kind.UNNEST):
        if rule.active and _speaks_before(found, rule, address.version):
            for inner in tree.at(root, path):
                _claim_key(found, tree, root, rule, path, (address.why, f"the body of {method}"))
                yield inner


def _speaks_before(found: Found, rule: Rule, version: str | None) -> bool:
    """Return whether a URL of a version, or of none, is older than the change of a row."""
    steps = found.words.chain.whole.steps
    sources = [str(step.source) for step in steps]
    first = sources.index(version) if version in sources else (0 if version is None else len(steps))
    return any(rule in step.rules for step in steps[first:])


def _claim_key(found: Found, tree: Tree, root: int, rule: Rule, path: Path, why: tuple[str, ...]) -> None:
    for node in tree.at(root, path):
        key = tree.nodes[node].key
        if key is not None:
            found.claim(rule, key.span(), rule.old, rule.new, why)


def _claim_names(found: Found, tree: Tree, root: int, path: Path, why: tuple[str, ...]) -> None:
    for node in tree.at(root, path):
        text = tree.string(node)
        named = found.words.webhooks.get(text.text) if text is not None else None
        if text is not None and named is not None:
            found.claim(named.rule, text.span(), text.text, named.new, (*why, f"at {tree.pointer(node)}"))


def registrations(found: Found, tree: Tree) -> None:
    """Claim the names of webhooks at paths that only the body of a registration has."""
    paths = found.long_paths
    if not paths:
        return
    form = found.words.envelope
    marks = form.distinctive if form is not None else frozenset[str]()
    for index, node in enumerate(tree.nodes):
        named = found.words.webhooks.get(node.text.text) if node.shape is Shape.TEXT and node.text else None
        if named is None or node.text is None or not any(_ends(tree.path(index), path) for path in paths):
            continue
        around = [above for above, _ in zip(tree.above(index), range(3), strict=False)]
        keys = frozenset(key for above in around for key in marks & tree.keys(above))
        if keys or found.hint:
            sign = f"beside {', '.join(sorted(keys))}" if keys else f"the file says {found.hint!r}"
            why = f"{tree.pointer(index)} is where webhooks are registered; {sign}"
            found.claim(named.rule, node.text.span(), node.text.text, named.new, (why,))


def _ends(path: list[str | None], end: Path) -> bool:
    return tuple(path[-len(end) :]) == end
