"""Documents as bytes: only what a plan looks at is read, and all other values keep the bytes that came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from migrator.payload.json_pointer import Json
from migrator.payload.plans.codegen import Access
from migrator.payload.translation_errors import DocumentError

#: The members of an object, their values as they came. Raises ValueError, RecursionError.
members: Final[Callable[[bytes | msgspec.Raw], dict[str, Any]]] = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
#: A string as it came. Raises ValueError.
text: Final[Callable[[bytes | msgspec.Raw], str]] = msgspec.json.Decoder(str).decode
#: Any value as it came. Raises ValueError, RecursionError.
value: Final[Callable[[bytes | msgspec.Raw], Json]] = msgspec.json.Decoder().decode
#: A document, or one whose values are partly as they came. Raises ValueError, TypeError, RecursionError.
encode: Final[Callable[[Json], bytes]] = msgspec.json.Encoder().encode

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
    values={"RAW": msgspec.Raw, "MEMBERS": members, "VALUE": value},
)


def parse(data: bytes) -> Json:
    """A whole document. Raises DocumentError when it is not JSON in UTF-8."""
    try:
        return value(data)
    except RecursionError:
        raise DocumentError("", "it is nested too deeply") from None
    except ValueError as error:
        raise DocumentError("", f"it is not JSON in UTF-8: {error}") from None


def serialize(document: Json) -> bytes:
    """A document, or one whose values are partly as they came, in compact form. Raises DocumentError."""
    try:
        return encode(document)
    except RecursionError:
        raise DocumentError("", "it is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise DocumentError("", f"it cannot be written as JSON: {error}") from None
