"""Plant a tree of files for a test."""

from __future__ import annotations

from pathlib import Path


def plant(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files below a folder, their text in UTF-8 with the line endings that it has; the folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root
