"""The JSON paths that a table uses: ``$``, ``.key`` and ``[*]``, nothing else."""

from __future__ import annotations

import re

#: Stands for ``[*]`` in a parsed path: every element of an array.
EACH = None

_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_PART = re.compile(rf"\.({_KEY})|\[\*\]")

#: What a path looks like, as a regular expression that editors understand too.
PATH_PATTERN = rf"^\$(\.{_KEY}|\[\*\])*$"


def parse_path(path: str) -> tuple[str | None, ...]:
    """``$.actions[*].name`` -> ``("actions", EACH, "name")``. Raises ValueError for any other form."""
    if path.endswith("\n") or not re.match(PATH_PATTERN, path):
        raise ValueError(f"{path!r} is not a path such as $.actions[*].name")
    return tuple(match[1] for match in _PART.finditer(path))
