"""Recognise Python files by their suffix, and scripts by their first line."""

from __future__ import annotations

#: The suffixes of Python files and notebooks.
PYTHON = (".py", ".pyi", ".pyw", ".ipynb")


def is_python(path: str, raw: bytes) -> bool:
    """Return whether a file is Python: by its suffix or, if its name has no dot, by its first line."""
    name = path.rpartition("/")[2]
    return name.endswith(PYTHON) or ("." not in name and script_interpreter(raw).startswith("python"))


def script_interpreter(raw: bytes) -> str:
    """Return the program named by the first line of a script, or an empty string."""
    if not raw.startswith(b"#!"):
        return ""
    words = raw[2:200].partition(b"\n")[0].decode("latin-1").split()
    names = [word.rpartition("/")[2] for word in words if not word.startswith("-") and "=" not in word]
    name = (names[1:2] if names[:1] == ["env"] else names[:1]) or [""]
    return name[0].rstrip("0123456789.")
