"""Find the user's state folder, and make folders in it that nobody else can write to.

The records of runs are kept there and not in the project: what travels with a tree must not decide what undo writes.
"""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH102, PTH111, PTH117, PTH118
from __future__ import annotations

import contextlib
import os
import stat
import sys

#: The environment variable that replaces the state folder.
VARIABLE = "MIGRATOR_STATE_DIR"


def state_folder() -> str:
    """Return migrator's state folder of this user, which may not exist. Raises OSError if there is no home folder."""
    if asked := os.environ.get(VARIABLE):
        if not os.path.isabs(asked):
            raise OSError(None, f"{VARIABLE} is not an absolute path")
        return asked
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "") or _in_home("AppData", "Local")
    elif sys.platform == "darwin":
        base = _in_home("Library", "Application Support")
    else:
        # The specification of XDG_STATE_HOME: a relative path is invalid and is ignored.
        base = os.environ.get("XDG_STATE_HOME", "")
        base = base if os.path.isabs(base) else _in_home(".local", "state")
    return os.path.join(base, "migrator")


def make_private(folder: str) -> None:
    """Create a folder for its owner alone, or check that it is one. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    check_private(folder)


def check_private(folder: str) -> None:
    """Check that a path is a folder, not a link, which nobody else can have written to. Raises OSError."""
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(None, "is not a folder")
    if os.name == "posix":
        if status.st_uid != os.geteuid():
            raise PermissionError(None, f"belongs to another user; set {VARIABLE} to a folder of your own")
        if stat.S_IMODE(status.st_mode) & 0o022:
            raise PermissionError(None, "can be written to by other users")


def _in_home(*parts: str) -> str:
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        raise OSError(None, f"there is no home folder; set {VARIABLE}")
    return os.path.join(home, *parts)
