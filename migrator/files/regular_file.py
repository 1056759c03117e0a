"""Open files that configure or record a run: only regular ones, under a limit of size, and links only where asked.

A tree that somebody else wrote may contain a link to a device, a pipe that nobody writes to, or a file without end.
"""

# As in migrator.files.atomic_write.
# ruff: noqa: PTH114
from __future__ import annotations

import contextlib
import errno
import os
import stat

#: Ten times the largest that we know; compiling so many patterns takes five seconds. Beyond it, an error.
IGNORE_LIMIT = 256 << 10
#: pyproject.toml and tables: a hundred times the largest that we know; beyond it, an error.
SETTINGS_LIMIT = 8 << 20
#: Manifests and baselines have about 300 bytes for each file or finding: room for 200,000; beyond it, an error.
LIST_LIMIT = 64 << 20

_CHUNK = 1 << 16
_BINARY = getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
#: Opening a pipe must not wait for a writer, and opening a terminal must not make it ours.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def read_regular(path: str, limit: int, *, follow: bool = False) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes. Raises OSError, also for a link unless `follow`."""
    file = open_regular(path, os.O_RDONLY, follow=follow)
    try:
        if os.fstat(file).st_size > limit:
            raise too_large(limit)
        pieces: list[bytes] = []
        # Files of some file systems, such as /proc, are larger than they say.
        while (left := limit + 1 - sum(map(len, pieces))) > 0 and (piece := os.read(file, min(left, _CHUNK * 16))):
            pieces.append(piece)
    finally:
        close_file(file)
    data = b"".join(pieces)
    if len(data) > limit:
        raise too_large(limit)
    return data


def open_regular(path: str, flags: int, mode: int = 0o600, *, follow: bool = False) -> int:
    """Open a regular file and return its descriptor. Raises OSError, also for a link unless `follow`."""
    if not follow and not _NO_FOLLOW and os.path.islink(path):
        raise _is_link()
    try:
        file = os.open(path, flags | _BINARY | _NO_WAIT | (0 if follow else _NO_FOLLOW), mode)
    except OSError as error:
        # BSD says EMLINK. A pipe without a reader, or a device without a driver, cannot be opened at all.
        if not follow and error.errno in (errno.ELOOP, errno.EMLINK) and os.path.islink(path):
            raise _is_link() from error
        if error.errno in (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP):
            raise _not_regular() from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise _not_regular()
    except BaseException:
        close_file(file)
        raise
    return file


def close_file(file: int) -> None:
    """Close a descriptor that needs no report: it was only read, or what was written is on disk already."""
    with contextlib.suppress(OSError):
        os.close(file)


def too_large(limit: int) -> OSError:
    """Return the error for a file above a limit."""
    size = f"{limit >> 20:,} MiB" if limit >> 20 else f"{limit >> 10:,} KiB"
    return OSError(errno.EFBIG, f"is larger than {size}, the limit for a file of this kind")


def _is_link() -> OSError:
    return OSError(errno.ELOOP, "is a symbolic link, which is not followed")


def _not_regular() -> OSError:
    return OSError(errno.EINVAL, "is not a regular file")
