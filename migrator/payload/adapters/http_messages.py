"""Requests and answers as the core sees them, whichever HTTP library sends them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, TypeAlias

#: Names and values in the order of the message, as ISO 8859-1, equal names included.
Headers: TypeAlias = tuple[tuple[str, str], ...]

#: Headers that describe the bytes of one body and are wrong for another.
DIGESTS: Final = frozenset({"etag", "digest", "content-md5", "content-digest", "repr-digest"})
#: Headers that say where a body ends.
FRAMING: Final = frozenset({"content-length", "transfer-encoding"})
#: More digits than the length of any body has, and fewer than Python refuses to convert.
_MOST_DIGITS: Final = 40
#: Statuses whose answers have no body.
_WITHOUT_BODY: Final = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """Describe a request; `content` is its body as sent, packed if a header says so and not `is_unpacked`."""

    verb: str
    url: str
    headers: Headers
    content: bytes
    is_follow_up: bool = False
    is_unpacked: bool = False

    @property
    def encoding(self) -> str:
        """Return the content encoding of `content`."""
        return "" if self.is_unpacked else get_header(self.headers, "content-encoding")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Describe an answer; `content` is its body, None if it was not read, and packed if it is not `is_unpacked`."""

    status: int
    headers: Headers
    content: bytes | None = None
    is_unpacked: bool = False

    @property
    def encoding(self) -> str:
        """Return the content encoding of `content`."""
        return "" if self.is_unpacked else get_header(self.headers, "content-encoding")

    @property
    def is_success(self) -> bool:
        """Return whether the status is one of success."""
        return 200 <= self.status < 300


def needs_reading(sent: HttpRequest, status: int) -> bool:
    """Return whether the body of an answer is to be read: that of a follow-up, or of a success that has one."""
    if sent.is_follow_up:
        return True
    return 200 <= status < 300 and sent.verb.upper() != "HEAD" and status not in _WITHOUT_BODY


def parse_length(value: str) -> int | None:
    """Return a Content-Length; None if it is not a number. One with more digits than any body has is merely large."""
    value = value.strip()
    if not value.isascii() or not value.isdigit():
        return None
    digits = value.lstrip("0")[:_MOST_DIGITS]
    return int(digits or "0")


def get_header(headers: Headers, name: str) -> str:
    """Return the value of a header, several of one name joined by commas; "" if there is none."""
    return ", ".join(value for each, value in headers if each.lower() == name)


def without_headers(headers: Headers, names: Container[str]) -> Headers:
    """Return the headers without those of the given names in lower case."""
    return tuple((name, value) for name, value in headers if name.lower() not in names)


def describe_answer_body(headers: Headers, content: bytes) -> Headers:
    """Return the headers of an answer for another body: its length if one was stated, and no digest of the old one."""
    kept = without_headers(headers, DIGESTS)
    return tuple((name, str(len(content)) if name.lower() == "content-length" else value) for name, value in kept)


def describe_request_body(headers: Headers, content: bytes) -> Headers:
    """Return the headers of a request for another body, which is sent in one piece."""
    return (*without_headers(headers, FRAMING | DIGESTS), ("Content-Length", str(len(content))))


def describe_follow_up(headers: Headers, content: bytes) -> Headers:
    """Return the headers of a further call: those of the request it belongs to, but for its own plain JSON body."""
    kept = without_headers(headers, {"content-encoding", "content-type", "expect"})
    return describe_request_body((*kept, ("Content-Type", "application/json")), content)
