"""Recognise misspellings of a name: each of its words is right, or one letter away."""

from __future__ import annotations

from migrator.rules.spellings import split_words

#: Words that are shorter have a neighbour with another meaning one letter away: get and set.
_SHORTEST_MISSPELT = 4


def is_near_name(name: str, known: str) -> bool:
    """Return whether a name is a misspelling of a known one, or that name in another spelling."""
    given, right = split_words(name), split_words(known)
    return name != known and len(given) == len(right) and all(map(_is_near_word, given, right))


def _is_near_word(word: str, right: str) -> bool:
    """Return whether a word is another with at most one letter added, removed, replaced or moved by one."""
    if word == right:
        return True
    shorter, longer = sorted((word, right), key=len)
    if len(longer) - len(shorter) > 1 or len(longer) < _SHORTEST_MISSPELT:
        return False
    start = next((at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    swapped = shorter[:start] + shorter[start + 1 : start + 2] + shorter[start] + shorter[start + 2 :]
    return longer in (swapped, shorter[:start] + longer[start] + shorter[start + 1 :])
