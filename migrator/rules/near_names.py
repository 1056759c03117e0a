"""Recognise misspellings of a name: each of its words is right, or one letter away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrator.rules.spellings import split_words

#: Words that are shorter have a neighbour with another meaning one letter away: get and set.
_SHORTEST_MISSPELT = 4

#: Names with their words, by the number of words.
WordIndex = Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]]


def index_words(names: Iterable[str]) -> WordIndex:
    """Index names by the number of their words."""
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for name in sorted(names):
        words = split_words(name)
        found.setdefault(len(words), []).append((name, words))
    return {count: tuple(each) for count, each in found.items()}


def find_near_names(name: str, index: WordIndex) -> tuple[str, ...]:
    """Return the names of which another is a misspelling, or that name in another spelling."""
    given = split_words(name)
    alike = index.get(len(given), ())
    return tuple(known for known, right in alike if known != name and all(map(_is_near_word, given, right)))


def _is_near_word(word: str, right: str) -> bool:
    """Return whether a word is another with at most one letter added, removed, replaced or moved by one."""
    if word == right:
        return True
    if abs(len(word) - len(right)) > 1 or max(len(word), len(right)) < _SHORTEST_MISSPELT:
        return False
    shorter, longer = sorted((word, right), key=len)
    start = next((at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    swapped = shorter[:start] + shorter[start + 1 : start + 2] + shorter[start] + shorter[start + 2 :]
    return longer in (swapped, shorter[:start] + longer[start] + shorter[start + 1 :])
