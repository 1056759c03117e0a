"""Documents in bytes: only values that a plan reads are decoded; all others keep their bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from migrator.payload.json_pointer import Json
from migrator.payload.plans.codegen import DocumentAccess
from migrator.payload.translation_errors import DocumentError

#: Decodes an object to its members with raw values. Raises ValueError, RecursionError.
decode_members: Final[Callable[[bytes | msgspec.Raw], dict[str, Any]]] = msgspec.json.Decoder(
    dict[str, msgspec.Raw]
).decode
#: Decodes a raw string. Raises ValueError.
decode_text: Final[Callable[[bytes | msgspec.Raw], str]] = msgspec.json.Decoder(str).decode
#: Decodes any raw value. Raises ValueError, RecursionError.
decode_value: Final[Callable[[bytes | msgspec.Raw], Json]] = msgspec.json.Decoder().decode
#: Encodes a document, which may contain raw values. Raises ValueError, TypeError, RecursionError.
encode_json: Final[Callable[[Json], bytes]] = msgspec.json.Encoder().encode

#: Access to decoded members, which have no other owner: they are changed in place, and decoded where they are read.
WIRE: Final = DocumentAccess(
    root="document = given",
    open=(
        "{inner} = {at}.get({key!r})",
        "if {inner}.__class__ is RAW: {at}[{key!r}] = {inner} = MEMBERS({inner})",
        "if {inner}.__class__ is not dict: return UNUSUAL",
    ),
    own=(),
    read=("if {inner}.__class__ is RAW: {inner} = VALUE({inner})",),
    values={"RAW": msgspec.Raw, "MEMBERS": decode_members, "VALUE": decode_value},
)


def parse_document(data: bytes) -> Json:
    """Parse a whole document. Raises DocumentError when it is not JSON in UTF-8."""
    try:
        return decode_value(data)
    except RecursionError:
        raise DocumentError("", "nested too deeply") from None
    except ValueError as error:
        raise DocumentError("", f"not JSON in UTF-8: {error}") from None


def serialize_document(document: Json) -> bytes:
    """Serialise a document, which may contain raw values, in compact form. Raises DocumentError."""
    try:
        return encode_json(document)
    except RecursionError:
        raise DocumentError("", "nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise DocumentError("", f"cannot be written as JSON: {error}") from None
