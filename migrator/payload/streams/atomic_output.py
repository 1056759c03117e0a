"""Outputs that are written whole or not at all."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from migrator.files.atomic_write import NEW_FILE, remove_temporary, sync_file, sync_folder
from migrator.files.file_lock import try_lock
from migrator.files.regular_file import close_file, open_regular


@dataclass(frozen=True, slots=True)
class AtomicOutput:
    """Hold a stream whose bytes appear under a name when they are kept.

    Without a temporary file the bytes are written there at once; without a target the stream belongs to the caller.
    """

    stream: BinaryIO
    temporary: Path | None = None
    target: Path | None = None

    def commit(self) -> None:
        """Move the written bytes to their target. Raises OSError."""
        self.stream.flush()
        if self.target is not None:
            self.stream.close()
        if self.temporary is not None and self.target is not None:
            sync_file(str(self.temporary))
            self.temporary.replace(self.target)
            sync_folder(str(self.target.parent))

    def discard(self) -> None:
        """Discard the written bytes, unless they were kept."""
        if self.target is not None:
            with contextlib.suppress(OSError):
                self.stream.close()
        if self.temporary is not None:
            remove_temporary(str(self.temporary))


def open_output(path: str, source: str | None = None) -> AtomicOutput:
    """Open an output; a name that ends in .gz is compressed, and a device or pipe is written to directly.

    An output that replaces a file keeps its mode bits; a new one made from the file `source` is no more readable than
    that. Raises OSError.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        return AtomicOutput(_compress(target, target.open("wb")), target=target)
    sweep_temporaries(target)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    stream = os.fdopen(os.open(temporary, NEW_FILE, _new_mode(target, source)), "wb", buffering=1 << 20)
    try:
        try_lock(stream.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
    except BaseException:
        stream.close()
        remove_temporary(str(temporary))
        raise
    return AtomicOutput(_compress(target, stream), temporary, target)


def sweep_temporaries(target: Path) -> None:
    """Delete the temporary files of killed processes for the same target; those of running ones are locked."""
    own = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.tmp\Z")
    with contextlib.suppress(OSError):
        for path in [path for path in target.parent.iterdir() if own.match(path.name)]:
            file = open_regular(str(path), os.O_RDWR)
            try:
                if try_lock(file):
                    remove_temporary(str(path))
            finally:
                close_file(file)


def _new_mode(target: Path, source: str | None) -> int:
    """Return the mode bits to create a file with, from which the system takes those of the umask."""
    if target.exists():
        return 0o600
    with contextlib.suppress(OSError):
        if source is not None and Path(source).is_file():
            return 0o600 | 0o666 & Path(source).stat().st_mode
    return 0o666


def _compress(target: Path, stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", _ClosingGzip(stream)) if target.suffix == ".gz" else stream


class _ClosingGzip(gzip.GzipFile):
    """Compress a stream and close the file below it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(fileobj=stream, mode="wb", mtime=0, filename="")
        self._below = stream

    def close(self) -> None:
        super().close()
        self._below.close()
