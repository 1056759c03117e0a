"""Find recorded webhooks, and bodies that register webhooks, by the keys of their objects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from migrator.data.data_findings import DataFindings
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.rules.rule import Kind
from migrator.rules.table import Envelope

_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)
_CARRIED = "a recorded webhook: `migrator translate` carries it"
_TAKEN_OUT = "a recorded webhook inside of other data: `migrator translate` carries it once it stands alone"


def claim_recorded_webhooks(found: DataFindings, tree: DataTree, alone: bool) -> Iterator[range]:
    """Claim the rows on webhooks and registrations in a tree, and yield the nodes of recorded webhooks.

    `alone` says that nothing else is in the file.
    """
    form = found.words.envelope
    if form is None:
        return
    for index, node in enumerate(tree.nodes):
        if node.key is None or node.key.text != form.name or node.shape is not DataKind.TEXT or node.parent < 0:
            continue
        keys = frozenset(tree.keys_of(node.parent) & _known_keys(form))
        if found.words.judge_keys(keys, found.hint, found.foreign) is None:
            continue
        recorded = bool(keys & form.body)
        if recorded:
            yield tree.subtree_of(node.parent)
        around = list(islice(tree.ancestors_of(node.parent), 2))
        outside = alone and len(around) < 2 and all(map(tree.is_array, around))
        _claim_webhook(found, tree, index, recorded, outside)


def _claim_webhook(found: DataFindings, tree: DataTree, index: int, recorded: bool, outside: bool) -> None:
    form, text, holder = found.words.envelope, tree.string_of(index), tree.nodes[index].parent
    assert form is not None
    assert text is not None
    shown = ", ".join(f"`{key}`" for key in sorted(form.keys & tree.keys_of(holder)))
    what = "a webhook" if recorded else "the registration of a webhook"
    message = (_CARRIED if outside else _TAKEN_OUT) if recorded else None
    hint = f"; the file says {found.hint!r}" if not tree.keys_of(holder) & form.distinctive else ""
    why = (f"{tree.pointer_to(holder) or 'the document'} is {what}, with {shown}{hint}",)
    named = found.words.webhooks.get(text.text)
    if named is not None:
        found.claim_span(named.rule, text.span_of(), text.text, named.new, why, message)
        if not recorded and not hint:
            found.registered.add((*text.span_of(), named.rule.id))
    if recorded:
        for rule, path in found.words.rows_for_webhook(*_KEYS, name=text.text):
            for node in tree.find_at(holder, path) if rule.active else ():
                key = tree.nodes[node].key
                if key is not None:
                    found.claim_span(rule, key.span_of(), rule.old, rule.new, why, message)


def _known_keys(form: Envelope) -> frozenset[str]:
    return form.keys | form.foreign | form.body | form.distinctive | {form.name}
