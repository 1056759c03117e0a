"""Unpack bodies by their Content-Encoding, within a limit, and pack them again."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Final

#: The largest unpacked body of a request or an answer, in bytes: no documented one comes near, yet it fits in memory.
DEFAULT_UNPACKED_LIMIT: Final = 1 << 26
#: The content codings that can be unpacked: br and zstd if their libraries are installed.
KNOWN_CODINGS: Final = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
#: More codings than anyone applies to one body; each further one is another chance to unpack a bomb.
_MOST_CODINGS: Final = 3
#: A window above 8 MiB is not sent over HTTP (RFC 9659), and would have to be allocated.
_LARGEST_ZSTD_WINDOW: Final = 1 << 23
_GZIP, _ZLIB, _RAW = 31, 15, -15


class UnreadableBodyError(ValueError):
    """Report a body that cannot be read, without any of its bytes."""


class BodyTooLargeError(UnreadableBodyError):
    """Report a body that exceeds the limit when it is unpacked."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it unpacks to more than {limit} bytes")


@dataclass(frozen=True, slots=True)
class UnpackedBody:
    """Hold an unpacked body and how to pack another like it."""

    content: bytes
    packers: tuple[Callable[[bytes], bytes], ...] = ()

    def pack_again(self, content: bytes) -> bytes:
        """Return another body in the encoding of this one."""
        for pack in self.packers:
            content = pack(content)
        return content


def unpack_body(content: bytes, encoding: str, limit: int) -> UnpackedBody:
    """Return a body without its content encoding. Raises UnreadableBodyError, BodyTooLargeError."""
    codings = [coding for each in encoding.split(",") if (coding := each.strip().lower()) not in ("", "identity")]
    if not content or not codings:
        return UnpackedBody(content)
    if len(codings) > _MOST_CODINGS:
        raise UnreadableBodyError(f"it has {len(codings)} content codings")
    packers = []
    for coding in reversed(codings):
        content, pack = _unpack_coding(content, coding, limit)
        packers.append(pack)
    return UnpackedBody(content, tuple(reversed(packers)))


def pack_body(content: bytes, coding: str) -> bytes:
    """Return a body in one content coding, for a client that unpacks before anyone else sees it."""
    match coding.strip().lower():
        case "gzip" | "x-gzip":
            return _pack_gzip(content)
        case "deflate":
            return zlib.compress(content)
        case "br":
            packed: bytes = _import_coder("br", "brotli", "brotlicffi").compress(content)
            return packed
    return content


def _unpack_coding(content: bytes, coding: str, limit: int) -> tuple[bytes, Callable[[bytes], bytes]]:
    match coding:
        case "gzip" | "x-gzip":
            return _inflate(content, _GZIP, limit), _pack_gzip
        case "deflate":
            # The standard means zlib's format, but some servers send the bare one.
            window = _ZLIB if content[0] & 15 == 8 and int.from_bytes(content[:2]) % 31 == 0 else _RAW
            return _inflate(content, window, limit), lambda body: _deflate(body, window)
        case "br":
            return _unpack_brotli(content, limit)
        case "zstd":
            return _unpack_zstandard(content, limit)
    raise UnreadableBodyError(f"its content encoding {coding[:20]!r} is not supported")


def _inflate(content: bytes, window: int, limit: int) -> bytes:
    """Return what zlib unpacks; a gzip file may have several members."""
    parts, left = [], limit
    while content:
        stream = zlib.decompressobj(window)
        try:
            part = stream.decompress(content, left + 1)
        except zlib.error:
            raise UnreadableBodyError("it is not in its content encoding") from None
        left -= len(part)
        if left < 0:
            raise BodyTooLargeError(limit)
        if not stream.eof:
            raise UnreadableBodyError("its packed content ends early")
        parts.append(part)
        content = stream.unused_data.lstrip(b"\0")
        if content and window != _GZIP:
            raise UnreadableBodyError("its packed content is followed by something else")
    return b"".join(parts)


def _pack_gzip(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _deflate(body: bytes, window: int) -> bytes:
    stream = zlib.compressobj(wbits=window)
    return stream.compress(body) + stream.flush()


def _unpack_brotli(content: bytes, limit: int) -> tuple[bytes, Callable[[bytes], bytes]]:
    brotli = _import_coder("br", "brotli", "brotlicffi")
    stream = brotli.Decompressor()
    parts, left = [], limit
    try:
        while not stream.is_finished():
            part = stream.process(content, output_buffer_limit=left + 1)
            parts.append(part)
            left -= len(part)
            content = b""
            if left < 0:
                raise BodyTooLargeError(limit)
            if not part and not stream.is_finished():
                raise UnreadableBodyError("its packed content ends early")
    except TypeError:  # releases before 1.2 unpack without a limit
        raise UnreadableBodyError("the installed brotli cannot unpack it within a limit") from None
    except brotli.error:
        raise UnreadableBodyError("it is not in its content encoding") from None
    return b"".join(parts), brotli.compress


def _unpack_zstandard(content: bytes, limit: int) -> tuple[bytes, Callable[[bytes], bytes]]:
    """Unpack with the standard library of Python 3.14, its backport, or zstandard, of which httpx uses the last."""
    try:
        zstd = _import_coder("zstd", "compression.zstd", "backports.zstd")
    except UnreadableBodyError:
        return _unpack_with_zstandard(content, limit)
    options = {zstd.DecompressionParameter.window_log_max: _LARGEST_ZSTD_WINDOW.bit_length() - 1}
    parts, left = [], limit
    try:
        while content:
            stream = zstd.ZstdDecompressor(options=options)
            parts.append(stream.decompress(content, left + 1))
            left -= len(parts[-1])
            if left < 0:
                raise BodyTooLargeError(limit)
            if not stream.eof:
                raise UnreadableBodyError("its packed content ends early")
            content = stream.unused_data
    except zstd.ZstdError:
        raise UnreadableBodyError("it is not in its content encoding") from None
    return b"".join(parts), zstd.compress


def _unpack_with_zstandard(content: bytes, limit: int) -> tuple[bytes, Callable[[bytes], bytes]]:
    zstandard = _import_coder("zstd", "backports.zstd", "zstandard")
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_ZSTD_WINDOW)
    parts = []
    try:
        if len(unpacker.stream_reader(BytesIO(content), read_across_frames=True).read(limit + 1)) > limit:
            raise BodyTooLargeError(limit)
        while content:  # now that it is known to be small: the reader does not tell where a frame ends early
            stream = unpacker.decompressobj()
            parts.append(stream.decompress(content))
            if not stream.eof:
                raise UnreadableBodyError("its packed content ends early")
            content = stream.unused_data
    except zstandard.ZstdError:
        raise UnreadableBodyError("it is not in its content encoding") from None
    return b"".join(parts), zstandard.ZstdCompressor().compress


def _import_coder(coding: str, *names: str) -> ModuleType:
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise UnreadableBodyError(f"its content encoding {coding!r} needs {' or '.join(names)}")
