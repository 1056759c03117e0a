"""Decode documents in bytes only as far as a plan reads them, and encode values."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import msgspec

from migrator.payload.json_pointer import Json
from migrator.payload.translation_errors import DocumentError

#: Decodes an object to its members with raw values. Raises ValueError, RecursionError.
decode_members: Final[Callable[[bytes | msgspec.Raw], dict[str, Any]]] = msgspec.json.Decoder(
    dict[str, msgspec.Raw]
).decode
#: Decodes a raw string. Raises ValueError.
decode_text: Final[Callable[[bytes | msgspec.Raw], str]] = msgspec.json.Decoder(str).decode
#: Decodes any raw value. Raises ValueError, RecursionError.
decode_value: Final[Callable[[bytes | msgspec.Raw], Json]] = msgspec.json.Decoder().decode
#: Checks that bytes are one JSON value. Raises ValueError, RecursionError.
check_json: Final[Callable[[bytes], msgspec.Raw]] = msgspec.json.Decoder(msgspec.Raw).decode

_encode_exactly: Final = msgspec.json.Encoder(decimal_format="number").encode


def encode_json(value: Json) -> bytes:
    """Serialise what is reported or sent, with every digit of a number and every half of a surrogate pair.

    Raises TypeError, RecursionError.
    """
    try:
        return _encode_exactly(value)
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), default=float).encode("ascii")


def encode_text(value: Json) -> str:
    """Serialise a value that a rule adds to a document, in ASCII and compact. Raises DocumentError."""
    try:
        try:
            return json.dumps(value, separators=(",", ":"), allow_nan=False)
        except (TypeError, ValueError):
            return _write_exactly(value)
    except RecursionError:
        raise DocumentError("", "nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise DocumentError("", f"cannot be written as JSON: {error}") from None


def _write_exactly(value: Json) -> str:
    """Serialise a value with numbers that the standard library does not write. Raises TypeError, ValueError."""
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(Decimal(value))  # Python itself writes no more than some thousand digits
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_write_exactly, value))}]"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return f"{{{','.join(f'{json.dumps(key)}:{_write_exactly(each)}' for key, each in value.items())}}}"
    return json.dumps(value, allow_nan=False)
