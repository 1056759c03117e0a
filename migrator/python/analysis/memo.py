"""Memoise lookups that may, through recursive code, ask for themselves."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import ParamSpec

from migrator.python.analysis.values import Values

P = ParamSpec("P")
#: Nested lookups. Each takes up to about ten Python frames, so that 60 stay well below the default recursion limit of
#: 1,000. The next one finds nothing: the value is unknown, and names in it are listed as name only.
_MAX_DEPTH = 60
#: Evaluations of a key whose result depends on a lookup in progress. The second adds what the recursion contributes;
#: a third settles mutual recursion of two functions. The last result is kept.
_MAX_TRIES = 3


class Memo:
    """Results by key. `known` contains the final ones and may be read directly."""

    def __init__(self) -> None:
        self.known: dict[Hashable, Values] = {}
        self._provisional: dict[Hashable, tuple[Values, int]] = {}
        self._tries: dict[Hashable, int] = {}
        self._open: dict[Hashable, int] = {}
        self._lowest = 0

    def get_or_find(self, key: Hashable, find: Callable[P, Values], *args: P.args, **kwargs: P.kwargs) -> Values:
        """Memoise `find(...)` under `key`. A recursive lookup of the same key contributes no values.

        A result that used the lookup of an outer key is provisional: kept until the outer lookup ends, and found again
        at most `_MAX_TRIES` times. Without the first, recursive code would be walked along every path; without the
        second, once per starting point.
        """
        if (known := self.known.get(key)) is not None:
            return known
        if self._provisional and key in self._provisional:
            found, lowest = self._provisional[key]
            self._lowest = min(self._lowest, lowest)
            return found
        depth = len(self._open)
        if key in self._open or depth > _MAX_DEPTH:
            self._lowest = min(self._lowest, self._open.get(key, 0))
            return ()
        outer, self._lowest = self._lowest, depth
        self._open[key] = depth
        try:
            found = find(*args, **kwargs)
        finally:
            del self._open[key]
        self._keep_result(key, found, depth)
        self._lowest = min(outer, self._lowest) if depth else 0
        return found

    def invalidate_kind(self, kind: str) -> None:
        """Drop the results whose key is a tuple that begins with `kind`."""
        for key in [key for key in self.known if isinstance(key, tuple) and key[0] == kind]:
            del self.known[key]

    def _keep_result(self, key: Hashable, found: Values, depth: int) -> None:
        if self._lowest >= depth:
            self.known[key] = found
            for other in [other for other, (_, lowest) in self._provisional.items() if lowest >= depth]:
                del self._provisional[other]
            return
        tries = self._tries[key] = self._tries.get(key, 0) + 1
        if tries >= _MAX_TRIES:
            self.known[key] = found
        else:
            self._provisional[key] = found, self._lowest
