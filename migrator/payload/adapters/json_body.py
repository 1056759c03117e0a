"""Decode and encode bodies that are JSON and can be written back without loss."""

from __future__ import annotations

import json
from math import isfinite

from migrator.payload.json_pointer import Json


class NotJson(ValueError):
    """Report bytes that are not JSON, or contain a value that cannot be written back."""


def decode_body(content: bytes) -> Json:
    """Parse a body. Raises NotJson, also for NaN, infinite numbers and nesting beyond Python's limit."""
    try:
        return json.loads(content, parse_constant=_parse_finite, parse_float=_parse_finite)
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except ValueError:
        raise NotJson("not JSON") from None


def encode_body(document: Json) -> bytes:
    """Serialise a document in ASCII, so that every string survives."""
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def _parse_finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise NotJson("a number is not finite")
    return number
