"""Decide which files a run may ever write to, when it is recorded and again when it is undone."""

from __future__ import annotations

import re

from migrator.files.python_files import is_python

#: Folders of version control systems: what they contain can make the system run a command.
VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".jj", ".bzr", ".sl", "_darcs", ".pijul"})
#: HFS+ ignores these characters in names.
_IGNORED = dict.fromkeys([*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF])
#: The short name that NTFS gives to a name that starts with a dot.
_SHORT = re.compile(r"(?:git|hg|svn|jj|bzr|sl)~\d+\Z")


def refusal_reason(path: str, before: bytes, *, named: bool = False) -> str | None:
    """Return the reason why no run may write to a file, given its resolved path with slashes and its original bytes.

    A file is Python by its name or first line, unless it was `named` on the command line or by a link.
    """
    for part in path.split("/"):
        if is_version_control(part):
            return f"is inside {part}, where nothing is ever written"
    if not named and not is_python(path, before):
        return "is not a Python file"
    return None


def is_version_control(part: str) -> bool:
    """Recognise a folder by any spelling that a file system takes for the same name."""
    name = part.translate(_IGNORED).partition(":")[0].rstrip(" .").casefold()
    return name in VERSION_CONTROL or _SHORT.match(name) is not None
