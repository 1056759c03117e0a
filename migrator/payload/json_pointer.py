"""Format JSON Pointers (RFC 6901), and read a value by a path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

#: Any JSON value.
Json: TypeAlias = Any


def format_pointer(parts: Iterable[str | int]) -> str:
    """Return a JSON Pointer: ``("a/b", 0)`` -> ``/a~1b/0``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def read_path(value: Json, path: Iterable[str | None]) -> tuple[bool, Json]:
    """Return whether an object has a value at the path, and the value."""
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return False, None
        value = value[key]
    return True, value


def describe_type(value: Json) -> str:
    """Return the JSON type of a value, in words."""
    if value is None:
        return "null"
    for types, words in ((bool, "a boolean"), ((int, float), "a number"), (str, "a string"), (dict, "an object")):
        if isinstance(value, types):
            return words
    return "an array" if isinstance(value, (list, tuple)) else f"a {type(value).__name__}"


def is_same_json(one: Json, other: Json) -> bool:
    """Return whether two values are the same JSON: ``true`` is not ``1``."""
    return type(one) is type(other) and bool(one == other)
