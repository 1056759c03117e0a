"""Parse the JSON paths of a table: ``$``, ``.key`` and ``[*]``, nothing else."""

from __future__ import annotations

import re

#: Stands for ``[*]`` in a parsed path: every element of an array.
EACH = None

_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_PART = re.compile(rf"\.({_KEY})|\[\*\]")

#: The pattern of a path, in a form that JSON Schema also accepts.
PATH_PATTERN = rf"^\$(\.{_KEY}|\[\*\])*$"


def parse_path(path: str) -> tuple[str | None, ...]:
    """Parse a path: ``$.actions[*].name`` -> ``("actions", EACH, "name")``. Raises ValueError for any other form."""
    if path.endswith("\n") or not re.match(PATH_PATTERN, path):
        raise ValueError(f"{path!r} is not a path such as $.actions[*].name")
    return tuple(match[1] for match in _PART.finditer(path))
