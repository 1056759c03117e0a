"""Find recorded webhooks, and bodies that register webhooks, by the keys of their objects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from migrator.data.data_findings import Found
from migrator.data.formats.data_tree import Shape, Tree
from migrator.rules.rule import Kind
from migrator.rules.table import Envelope

_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)
_CARRIED = "a recorded webhook: `migrator translate` carries it"
_TAKEN_OUT = "a recorded webhook inside of other data: `migrator translate` carries it once it stands alone"


def envelopes(found: Found, tree: Tree, alone: bool) -> Iterator[range]:
    """Claim the rows on webhooks and registrations in a tree, and yield the nodes of recorded webhooks.

    `alone` says that nothing else is in the file.
    """
    form = found.words.envelope
    if form is None:
        return
    for index, node in enumerate(tree.nodes):
        if node.key is None or node.key.text != form.name or node.shape is not Shape.TEXT or node.parent < 0:
            continue
        keys = frozenset(tree.keys(node.parent) & _known(form))
        if found.words.judge(keys, found.hint, found.foreign) is None:
            continue
        recorded = bool(keys & form.body)
        if recorded:
            yield tree.below(node.parent)
        around = list(islice(tree.above(node.parent), 2))
        outside = alone and len(around) < 2 and all(map(tree.is_array, around))
        _claim(found, tree, index, recorded, outside)


def _claim(found: Found, tree: Tree, index: int, recorded: bool, outside: bool) -> None:
    form, text, holder = found.words.envelope, tree.string(index), tree.nodes[index].parent
    assert form is not None
    assert text is not None
    shown = ", ".join(f"`{key}`" for key in sorted(form.keys & tree.keys(holder)))
    what = "a webhook" if recorded else "the registration of a webhook"
    message = (_CARRIED if outside else _TAKEN_OUT) if recorded else None
    hint = f"; the file says {found.hint!r}" if not tree.keys(holder) & form.distinctive else ""
    why = (f"{tree.pointer(holder) or 'the document'} is {what}, with {shown}{hint}",)
    named = found.words.webhooks.get(text.text)
    if named is not None:
        found.claim(named.rule, text.span(), text.text, named.new, why, message)
    if recorded:
        for rule, path in found.words.for_webhook(*_KEYS, name=text.text):
            for node in tree.at(holder, path) if rule.active else ():
                key = tree.nodes[node].key
                if key is not None:
                    found.claim(rule, key.span(), rule.old, rule.new, why, message)


def _known(form: Envelope) -> frozenset[str]:
    return form.keys | form.foreign | form.body | form.distinctive | {form.name}
