"""Hashes of the shipped tables, recorded when a wheel is built from tables that passed every check.

A table with a recorded hash is loaded without importing pydantic. A checkout has no record: its tables are checked each
time. The record is a plain `sha256sum` file, so that `sha256sum --check` verifies an installation too.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

#: The name of the record, in the folder of the tables.
RECORD_NAME = "SHA256SUMS"


def format_record(tables: Mapping[str, bytes]) -> str:
    """Return the record of tables, given by their paths inside the folder with `/` between the parts."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(tables.items()))


def matches_record(folder: Path, tables: Mapping[Path, bytes]) -> bool:
    """Return whether `tables` are all the tables that the record in `folder` lists, byte for byte, and no others."""
    try:
        record = (folder / RECORD_NAME).read_text("utf-8")
        named = {path.relative_to(folder).as_posix(): content for path, content in tables.items()}
    except (OSError, ValueError):  # there is no record, or a table lies outside the folder
        return False
    return bool(tables) and record == format_record(named)
