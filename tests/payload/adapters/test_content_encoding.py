"""Bodies are unpacked within a limit, and what is packed again reads as before."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest
import zstandard

from migrator.payload.adapters.content_encoding import BodyTooLargeError, UnreadableBodyError, unpack_body

BODY = b'{"action": "thread_closed"}' + b" " * 5000


def pack_bare(content):
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(content) + stream.flush()


PACKED = {
    "gzip": ("gzip", gzip.compress(BODY)),
    "gzip in two members": ("x-gzip", gzip.compress(BODY[:30]) + gzip.compress(BODY[30:])),
    "deflate": ("Deflate", zlib.compress(BODY)),
    "deflate without a header": ("deflate", pack_bare(BODY)),
    "br": ("br", brotli.compress(BODY)),
    "zstd": ("zstd", zstandard.ZstdCompressor().compress(BODY)),
    "zstd in two frames": ("zstd", b"".join(map(zstandard.ZstdCompressor().compress, (BODY[:30], BODY[30:])))),
    "two codings": (" br , gzip,identity", gzip.compress(brotli.compress(BODY))),
}
each_packed = pytest.mark.parametrize(("encoding", "content"), PACKED.values(), ids=PACKED)


@pytest.fixture(params=["as installed", "zstandard alone"])
def libraries(request, monkeypatch):
    if request.param == "zstandard alone":
        for name in ("compression.zstd", "backports.zstd"):
            monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("libraries")
@each_packed
def test_a_body_is_unpacked_and_another_is_packed_like_it(encoding, content):
    unpacked = unpack_body(content, encoding, len(BODY))
    assert unpacked.content == BODY
    again = unpacked.pack_again(b"[1]")
    assert unpack_body(again, encoding, 99).content == b"[1]"


@pytest.mark.usefixtures("libraries")
@each_packed
def test_no_body_is_unpacked_beyond_the_limit(encoding, content):
    with pytest.raises(BodyTooLargeError, match="more than 5026 bytes"):
        unpack_body(content, encoding, len(BODY) - 1)


@pytest.mark.usefixtures("libraries")
@each_packed
@pytest.mark.parametrize("damage", [lambda content: content[:-4], lambda _: b"{}", lambda content: content + b"?"])
def test_a_damaged_body_is_unreadable(encoding, content, damage):
    with pytest.raises(UnreadableBodyError):
        unpack_body(damage(content), encoding, 1 << 20)


@pytest.mark.parametrize("encoding", ["", "identity", " , Identity"])
def test_a_plain_body_is_itself(encoding):
    unpacked = unpack_body(BODY, encoding, 1)
    assert unpacked.content is BODY
    assert unpacked.pack_again(b"x") == b"x"


@pytest.mark.parametrize("encoding", ["compress", "gzip, exi", "gzip, gzip, gzip, gzip"])
def test_an_unknown_encoding_is_unreadable(encoding):
    with pytest.raises(UnreadableBodyError):
        unpack_body(gzip.compress(BODY), encoding, 1 << 20)


@pytest.mark.parametrize(("coding", "needs"), [("br", ("brotli", "brotlicffi")), ("zstd", ("zstandard",))])
def test_the_missing_library_of_an_encoding_is_named(coding, needs, monkeypatch):
    for name in ("compression.zstd", "backports.zstd", *needs):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UnreadableBodyError, match=needs[0]):
        unpack_body(b"?", coding, 1)
