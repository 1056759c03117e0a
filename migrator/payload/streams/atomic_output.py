"""Outputs that are written whole or not at all."""

from __future__ import annotations

import contextlib
import gzip
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast


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
            self.temporary.replace(self.target)

    def discard(self) -> None:
        """Discard the written bytes, unless they were kept."""
        if self.target is not None:
            with contextlib.suppress(OSError):
                self.stream.close()
        if self.temporary is not None:
            self.temporary.unlink(missing_ok=True)


def open_output(path: str) -> AtomicOutput:
    """Open an output; a name that ends in .gz is compressed, and a device or pipe is written to directly.

    Raises OSError.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        return AtomicOutput(_compress(target, target.open("wb")), target=target)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    stream = temporary.open("xb", buffering=1 << 20)
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
    return AtomicOutput(_compress(target, stream), temporary, target)


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
