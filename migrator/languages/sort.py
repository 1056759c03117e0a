"""Which files are Python: the others are read by the readers of this package."""

from __future__ import annotations

_PYTHON = (".py", ".pyi", ".pyw", ".ipynb")


def is_python(path: str, raw: bytes) -> bool:
    """Whether a file is for the finder of Python, by its suffix or its first line."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_PYTHON) or ("." not in name and interpreter(raw).startswith("python"))


def interpreter(raw: bytes) -> str:
    """The program that the first line of a script names; empty where it names none."""
    if not raw.startswith(b"#!"):
        return ""
    words = raw[2:200].partition(b"\n")[0].decode("latin-1").split()
    names = [word.rpartition("/")[2] for word in words if not word.startswith("-") and "=" not in word]
    name = (names[1:2] if names[:1] == ["env"] else names[:1]) or [""]
    return name[0].rstrip("0123456789.")
