"""How libraries in other languages spell the names of the wire."""

from __future__ import annotations


def spellings(name: str) -> tuple[str, str]:
    """A name in camel case: with a small first letter, and with a capital one."""
    words = name.split("_")
    pascal = "".join(word[:1].upper() + word[1:] for word in words)
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:]), pascal
