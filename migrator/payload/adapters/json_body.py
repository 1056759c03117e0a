"""Bodies of requests and answers: JSON that can be read and written back without loss, or not JSON at all."""

from __future__ import annotations

import json
from math import isfinite

from migrator.payload.json_pointer import Json


class NotJson(ValueError):
    """The bytes are not JSON, or hold what cannot be written back."""


def decoded(content: bytes) -> Json:
    """The document in a body. Raises NotJson, also for NaN, infinite numbers and nesting beyond Python's limit."""
    try:
        return json.loads(content, parse_constant=_number, parse_float=_number)
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except ValueError:
        raise NotJson("it is not JSON") from None


def encoded(document: Json) -> bytes:
    """The body for a document, in ASCII, so that every string survives."""
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise NotJson("a number is not finite")
    return number
