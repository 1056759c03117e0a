"""What the tables hold, remembered with the bytes that passed every check: neither need be parsed or checked again.

It is kept beside the compiled modules of this package, and goes when those go.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_KEPT = _HERE / "__pycache__" / "tables.proven"

Parsed = dict[str, Any]


def remembered(tables: Mapping[str, bytes]) -> Parsed | None:
    """What these very bytes, under these names, held when they passed these very checks."""
    record = _record(tables)
    try:
        kept = _KEPT.read_bytes()
        return dict(marshal.loads(kept[len(record) :])) if kept.startswith(record) else None
    except (OSError, EOFError, ValueError, TypeError):
        return None


def remember(tables: Mapping[str, bytes], parsed: Mapping[str, Any]) -> None:
    """Remember tables that have passed every check; nothing happens where nothing can or shall be written."""
    if sys.dont_write_bytecode and not _KEPT.parent.is_dir():
        return
    fresh = _KEPT.with_name(f"{_KEPT.name}.{os.getpid()}")
    with suppress(OSError, ValueError):  # TOML's dates cannot be kept
        content = _record(tables) + marshal.dumps(dict(parsed))
        _KEPT.parent.mkdir(exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(_KEPT)


def _record(tables: Mapping[str, bytes]) -> bytes:
    """The checks, told apart as Python tells compiled modules apart: by size and time; and the tables as they are."""
    with os.scandir(_HERE) as entries:
        checks = sorted(
            (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
            for entry in entries
            if entry.name.endswith(".py")
        )
    return repr((checks, sorted(tables.items()))).encode()
