"""The tests that code makes of a part of a name: methods of strings, and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable

PartTest = Callable[[str, str], bool]
CONTAINS = str.__contains__
PARTS: dict[str, PartTest] = {
    "startswith": str.startswith,
    "removeprefix": str.startswith,
    "endswith": str.endswith,
    "removesuffix": str.endswith,
    "replace": CONTAINS,
    "partition": CONTAINS,
    "rpartition": CONTAINS,
    "split": CONTAINS,
    "find": CONTAINS,
    "index": CONTAINS,
}

#: A repeated group that repeats inside, such as ``(a+)+``: matching it may take exponential time.
_NESTED_REPEAT = re.compile(r"[*+}]\)[*+{]")


def create_regex_test(how: str) -> PartTest:
    """Return the test of a name that a function of `re` makes; no name passes a pattern that may never end."""

    def test(name: str, pattern: str) -> bool:
        try:
            return _NESTED_REPEAT.search(pattern) is None and getattr(re, how)(pattern, name) is not None
        except re.error:
            return False

    return test
