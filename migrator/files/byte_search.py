"""Search bytes for many strings at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

#: Searches the bytes of a file; the result is truthy if something was found.
FindBytes = Callable[[bytes], object]

#: Up to this many needles, comparing all pairs costs less than the searches it saves. More are searched as they are.
_FEW = 200


def make_finder(needles: Iterable[bytes]) -> FindBytes:
    """Return a function that reports whether bytes contain one of the needles."""
    return _make_automaton(tuple(needles))


# A run searches for about ten sets of needles; an editor or a test asks for the same ones with every document.
@lru_cache(maxsize=64)
def _make_automaton(needles: tuple[bytes, ...]) -> FindBytes:
    """Make the automaton, and keep it for the next question.

    A needle that contains another one is dropped: the shorter one finds it, and each further needle costs time.
    """
    if not needles:
        return lambda _: False
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    shortest: Sequence[bytes] = needles
    if len(needles) < _FEW:
        shortest = [needle for needle in needles if not any(other in needle for other in needles if other != needle)]
    # Only this match kind searches with SIMD, eight times as fast as the default.
    return BytesAhoCorasick(shortest, matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes
