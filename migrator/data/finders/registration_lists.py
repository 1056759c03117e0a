"""Find lists of webhooks to register: objects with a receiver's URL beside them, and names of this API alone."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.data.data_findings import DataFindings
from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import TextPiece

#: Names of webhooks in one list. Two may meet by chance, since several are common words; three are proof, as in code.
_CONCLUSIVE = 3
#: Underscores in a name that could hardly be another's, such as `incoming_chat_thread`; `access_granted` could.
_LONG = 2
#: Keys under which the receiver of the webhooks is given, beside the list or in each of its objects.
_RECEIVER = ("url", "callback", "callback_url", "target_url", "webhook_url", "endpoint", "secret_key")


def claim_registration_lists(found: DataFindings, tree: DataTree) -> None:
    """Claim the old names in arrays that list what one receiver is sent, each element one webhook of this API."""
    form = found.words.envelope
    if form is None:
        return
    for index in range(len(tree.nodes)):
        if tree.is_array(index):
            names = list(_read_names(tree, index, form.name))
            listed = {text.text for text in names if text is not None}
            if None in names or len(listed) < _CONCLUSIVE or not listed <= found.words.all_webhooks:
                continue
            if not any(name.count("_") >= _LONG for name in listed):
                continue
            beside = _find_receiver(tree, index)
            if beside is not None and not tree.keys_of(tree.nodes[index].parent) & form.foreign:
                _claim_names(found, tree, index, [name for name in names if name is not None], beside)


def _read_names(tree: DataTree, index: int, key: str) -> Iterator[TextPiece | None]:
    """Yield the name in each element of an array; None for an element without one."""
    for child in tree.children_of(index):
        if tree.nodes[child].shape is DataKind.OBJECT:
            values = [tree.string_of(node) for node in tree.values_at(child, key)]
            yield values[0] if len(values) == 1 and not tree.keys_of(child) & {"payload", "data"} else None
        else:
            yield None


def _find_receiver(tree: DataTree, index: int) -> str | None:
    parent = tree.nodes[index].parent
    if parent < 0 or tree.nodes[parent].shape is not DataKind.OBJECT:
        return None
    near = (*tree.values_at(parent, *_RECEIVER),)
    return next((key.text for node in near if (key := tree.nodes[node].key) is not None), None)


def _claim_names(found: DataFindings, tree: DataTree, index: int, names: list[TextPiece], beside: str) -> None:
    why = f"{tree.pointer_to(index)} lists {len(names)} webhooks of this API, beside `{beside}`"
    for text in names:
        named = found.words.webhooks.get(text.text)
        if named is not None:
            found.claim_span(named.rule, text.span_of(), text.text, named.new, (why,))
            found.registered.add((*text.span_of(), named.rule.id))
