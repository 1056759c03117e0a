"""Derive the other spellings of a wire name, so that no table lists them."""

from __future__ import annotations

import re

_HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")
_CAPITALS = re.compile(r"[A-Z0-9]+")


def split_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: ``getParcelLabels`` -> ``("get", "parcel", "labels")``."""
    return tuple(word.lower() for word in (_CAPITALS if name.isupper() else _HUMP).findall(name))


def to_snake_case(name: str) -> str:
    """Return a name in snake case: ``getParcelLabels`` -> ``get_parcel_labels``."""
    return "_".join(split_words(name))


def to_camel_case(name: str) -> str:
    """Return a name in camel case: ``get_parcel_labels`` -> ``getParcelLabels``."""
    first, *rest = split_words(name)
    return first + "".join(word.capitalize() for word in rest)


def to_pascal_case(name: str) -> str:
    """Return a name in Pascal case: ``get_parcel_labels`` -> ``GetParcelLabels``."""
    return "".join(word.capitalize() for word in split_words(name))


def to_upper_case(name: str) -> str:
    """Return a name in upper case: ``get_parcel_labels`` -> ``GET_PARCEL_LABELS``."""
    return to_snake_case(name).upper()


def to_title_case(name: str) -> str:
    """Return a name in title case: ``get_parcel_labels`` -> ``Get Parcel Labels``."""
    return " ".join(word.capitalize() for word in split_words(name))


def derive_spellings(name: str) -> tuple[str, ...]:
    """Return every spelling of a wire name, the wire name first, each once."""
    return tuple(
        dict.fromkeys(
            (
                name,
                to_snake_case(name),
                to_camel_case(name),
                to_pascal_case(name),
                to_upper_case(name),
                to_title_case(name),
            )
        )
    )
