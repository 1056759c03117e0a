"""The ways a wire name is spelled in other places: derived from the name, never listed in a table."""

from __future__ import annotations

import re

_HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_CAPITALS = re.compile(r"[A-Z0-9]+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name in any spelling, in lower case: ``getParcelLabels`` -> ``("get", "parcel", "labels")``."""
    return tuple(word.lower() for word in (_CAPITALS if name.isupper() else _HUMP).findall(name))


def snake(name: str) -> str:
    """``getParcelLabels`` -> ``get_parcel_labels``."""
    return "_".join(words(name))


def camel(name: str) -> str:
    """``get_parcel_labels`` -> ``getParcelLabels``."""
    first, *rest = words(name)
    return first + "".join(word.capitalize() for word in rest)


def pascal(name: str) -> str:
    """``get_parcel_labels`` -> ``GetParcelLabels``."""
    return "".join(word.capitalize() for word in words(name))


def upper(name: str) -> str:
    """``get_parcel_labels`` -> ``GET_PARCEL_LABELS``."""
    return snake(name).upper()


def title(name: str) -> str:
    """``get_parcel_labels`` -> ``Get Parcel Labels``."""
    return " ".join(word.capitalize() for word in words(name))


def spellings(name: str) -> tuple[str, ...]:
    """Every spelling of a wire name, the wire name first, each once."""
    return tuple(dict.fromkeys((name, snake(name), camel(name), pascal(name), upper(name), title(name))))
