"""Prefilter: decide from the bytes whether a file can contain anything that is edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from migrator.files.byte_search import make_finder
from migrator.matching.selection import Options, SelectedChain


def build_edit_test(options: Options) -> Callable[[bytes], bool]:
    """Return a test of bytes: whether they contain an old name, key or version, which an edit would replace.

    A chain that takes back what an earlier run wrote edits comments, too: then every file passes.
    """
    if any(step.reversed_rules for chain in options.selected for step in chain.selected.steps):
        return lambda _: True
    words = {word.lower().encode() for chain in options.selected for word in _find_words(chain)}
    find = make_finder(sorted(words))
    return lambda raw: bool(find(raw.lower()))


def _find_words(chain: SelectedChain) -> Iterator[str]:
    for step in chain.selected.steps:
        yield str(step.source)
        yield from (rule.old for rule in step.rules if rule.old)
