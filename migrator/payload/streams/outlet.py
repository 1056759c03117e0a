"""A file that is written whole or not at all."""

# ruff: noqa: PTH - the functions of os say which call is atomic and which one follows a link.
from __future__ import annotations

import contextlib
import gzip
import os
import secrets
from dataclasses import dataclass
from typing import BinaryIO, cast


@dataclass(frozen=True, slots=True)
class Outlet:
    """A stream whose bytes appear under a name when they are kept. Without a name they go where the stream goes."""

    stream: BinaryIO
    temporary: str | None = None
    target: str | None = None

    def keep(self) -> None:
        """Put what was written in its place. Raises OSError."""
        self.stream.flush()
        if self.temporary is not None and self.target is not None:
            self.stream.close()
            os.replace(self.temporary, self.target)

    def discard(self) -> None:
        """Forget what was written, unless it was kept."""
        if self.temporary is not None:
            with contextlib.suppress(OSError):
                self.stream.close()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.temporary)


def outlet(path: str) -> Outlet:
    """The outlet to a path; a name that ends in .gz is packed, and a device or a pipe is written to as it is.

    Raises OSError.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        return Outlet(_packed(path, open(target, "wb")))
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name}.{secrets.token_hex(4)}.tmp")
    stream = open(temporary, "xb", buffering=1 << 20)
    if os.path.exists(target):
        os.chmod(temporary, os.stat(target).st_mode & 0o777)
    return Outlet(_packed(path, stream), temporary, target)


def _packed(path: str, stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", _Packed(stream)) if path.endswith(".gz") else stream


class _Packed(gzip.GzipFile):
    """A packed stream that closes the file below it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(fileobj=stream, mode="wb", mtime=0, filename="")
        self._below = stream

    def close(self) -> None:
        super().close()
        self._below.close()
