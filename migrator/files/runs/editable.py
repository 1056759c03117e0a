"""Decide which files a run may ever write to, when it is recorded and again when it is undone."""

from __future__ import annotations

import re

from migrator.files.configuration_names import SCRIPTS, is_configuration
from migrator.files.python_files import is_python

#: Folders of version control systems: what they contain can make the system run a command.
VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".jj", ".bzr", ".sl", "_darcs", ".pijul"})
#: HFS+ ignores these characters in names.
_IGNORED = dict.fromkeys([*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF])
_WORDS = re.compile(rb"([A-Za-z0-9_.]+)")
_NAME = re.compile(rb"[a-z]+(?:_[a-z]+)+")
#: The short name that NTFS gives to a name that starts with a dot.
_SHORT = re.compile(r"(?:git|hg|svn|jj|bzr|sl)~\d+\Z")


def refusal_reason(path: str, before: bytes, *, named: bool = False) -> str | None:
    """Return the reason why no run may write to a file, given its resolved path with slashes and its original bytes.

    A file is Python by its name or first line, and configuration by its name, unless it was `named` on the command line
    or by a link.
    """
    for part in path.split("/"):
        if is_version_control(part):
            return f"is inside {part}, where nothing is ever written"
    if not named and not is_python(path, before) and not is_configuration(path):
        return "is neither Python nor configuration"
    return None


def differs_by_names(path: str, one: bytes, other: bytes) -> bool:
    """Return whether two states of a file of configuration differ as an edit of its URLs and names of webhooks can.

    A record cannot make `undo` write anything else to such a file: some of them are run.
    """
    before, after = _WORDS.split(one), _WORDS.split(other)
    if before[::2] != after[::2]:
        return False
    changed = [index for index in range(1, len(before), 2) if before[index] != after[index]]
    others = [index for index in changed if not _is_in_url(before, index)]
    names = all(_NAME.fullmatch(pieces[index]) for index in others for pieces in (before, after))
    return not others or (names and not path.lower().endswith(SCRIPTS))


def _is_in_url(pieces: list[bytes], index: int) -> bool:
    """Return whether a word is in the path of a URL, behind its host."""
    before = b"".join(pieces[max(0, index - 30) : index])
    return re.search(rb"://[\w.-]+/[\w./-]*\Z", before) is not None


def is_version_control(part: str) -> bool:
    """Recognise a folder by any spelling that a file system takes for the same name."""
    name = part.translate(_IGNORED).partition(":")[0].rstrip(" .").casefold()
    return name in VERSION_CONTROL or _SHORT.match(name) is not None
