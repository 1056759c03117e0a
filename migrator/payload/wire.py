"""Documents as bytes: only what a plan looks at is read, and all other values keep the bytes that came."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from migrator.payload.errors import DocumentError
from migrator.payload.pointer import Json, kind_of
from migrator.payload.quick import Access

_members: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_value: Final = msgspec.json.Decoder().decode
_text: Final = msgspec.json.Decoder(str).decode
_encode: Final = msgspec.json.Encoder().encode

#: The members of an object, which nobody else holds: they are changed in place, and opened where they are looked at.
WIRE: Final = Access(
    root="document = given",
    open=(
        "{inner} = {at}.get({key!r})",
        "if {inner}.__class__ is RAW: {at}[{key!r}] = {inner} = MEMBERS({inner})",
        "if {inner}.__class__ is not dict: return UNUSUAL",
    ),
    own=(),
    read=("if {inner}.__class__ is RAW: {inner} = VALUE({inner})",),
    values={"RAW": msgspec.Raw, "MEMBERS": _members, "VALUE": _value},
)


def members(data: bytes) -> dict[str, Any]:
    """The members of an object, their values as they came. Raises DocumentError for anything but an object."""
    try:
        if not data.isascii():
            data.decode("utf-8")
        return _members(data)
    except (ValueError, RecursionError):
        found = kind_of(parse(data))
    raise DocumentError("", f"an object is expected here, not {found}")


def text(value: Json) -> str | None:
    """The string that a member is; None for any other value, or for none."""
    try:
        return None if value is None else _text(value)
    except ValueError:
        return None


def parse(data: bytes) -> Json:
    """A whole document. Raises DocumentError when it is not JSON in UTF-8."""
    try:
        return _value(data)
    except RecursionError:
        raise DocumentError("", "it is nested too deeply") from None
    except ValueError as error:
        raise DocumentError("", f"it is not JSON in UTF-8: {error}") from None


def serialize(document: Json) -> bytes:
    """A document, or one whose values are partly as they came, in compact form. Raises DocumentError."""
    try:
        return _encode(document)
    except RecursionError:
        raise DocumentError("", "it is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise DocumentError("", f"it cannot be written as JSON: {error}") from None
