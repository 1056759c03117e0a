"""Documents as bytes: only what a plan looks at is read, and all other values keep the bytes that came."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from migrator.payload.errors import DocumentError
from migrator.payload.skeleton import Skeleton
from migrator.payload.translation import Json

_FIELDS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_VALUE: Final = msgspec.json.Decoder()
_ENCODER: Final = msgspec.json.Encoder()


def fields(data: bytes) -> dict[str, Any]:
    """The members of an object, their values as they came. Raises DocumentError for anything but an object."""
    try:
        if not data.isascii():
            data.decode("utf-8")
        return _FIELDS.decode(data)
    except (ValueError, RecursionError):
        found = parse(data)
    raise DocumentError("", f"an object is expected here, not {_kind(found)}")


def parse(data: bytes | msgspec.Raw) -> Json:
    """A whole document. Raises DocumentError when it is not JSON in UTF-8."""
    try:
        return _VALUE.decode(data)
    except RecursionError:
        raise DocumentError("", "it is nested too deeply") from None
    except ValueError as error:
        raise DocumentError("", f"it is not JSON in UTF-8: {error}") from None


def serialize(document: Json) -> bytes:
    """A document, or one whose values are partly as they came, in compact form. Raises DocumentError."""
    try:
        return _ENCODER.encode(document)
    except RecursionError:
        raise DocumentError("", "it is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise DocumentError("", f"it cannot be written as JSON: {error}") from None


def opened(members: dict[str, Any], seen: Skeleton) -> dict[str, Any]:
    """The members of an object with those read that a plan looks at."""
    read = dict(members)
    for key, inside in seen.items():
        if key in read:
            read[key] = _opened(read[key], inside)
    return read


def _opened(value: msgspec.Raw, inside: Skeleton | None) -> Json:
    if inside is None:
        return parse(value)
    try:
        return opened(_FIELDS.decode(value), inside)
    except (ValueError, RecursionError):
        return parse(value)


def _kind(value: Json) -> str:
    from migrator.payload.pointer import kind_of

    return kind_of(value)
