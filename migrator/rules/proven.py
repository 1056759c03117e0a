"""Whether a table was checked before, byte by byte and by the same checks, so that it need not be checked again.

A table inside an installed wheel was checked when that was made. Elsewhere the bytes that were found good are kept
beside the compiled modules of this package, and go when those go.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_HERE = Path(__file__).parent
_KEPT = _HERE / "__pycache__" / "tables.proven"


def is_proven(tables: Mapping[str, bytes]) -> bool:
    """Whether these very bytes, under these names, have passed these very checks."""
    try:
        return _KEPT.read_bytes() == _record(tables)
    except OSError:
        return False


def keep_proof(tables: Mapping[str, bytes]) -> None:
    """Remember that these tables have passed every check; nothing happens where nothing can or shall be written."""
    if sys.dont_write_bytecode and not _KEPT.parent.is_dir():
        return
    fresh = _KEPT.with_name(f"{_KEPT.name}.{os.getpid()}")
    with suppress(OSError):
        _KEPT.parent.mkdir(exist_ok=True)
        fresh.write_bytes(_record(tables))
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
