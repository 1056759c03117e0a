"""Read JSON text: parse it without losing a number, and find the members of its objects and arrays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Final, NoReturn

import msgspec

from migrator.payload.json_pointer import Json, describe_type
from migrator.payload.translation_errors import DocumentError, NotJsonError

BOM: Final = b"\xef\xbb\xbf"

_BEFORE_ELEMENT: Final = re.compile(rb"[\[,]?[ \t\r\n]*,?[ \t\r\n]*")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
#: A float has at least 15 significant digits, so that no shorter spelling loses one of them.
_EXACT_LENGTH: Final = 15


@dataclass(frozen=True, slots=True)
class JsonText:
    """Hold a text of JSON, its value, and the byte order mark that stood before it."""

    text: str
    value: Json
    mark: bytes


@dataclass(frozen=True, slots=True)
class TextMember:
    """Locate a member of an object or array in a text: its key, if it has one, and its value.

    `start` is where the key begins, or the value of an element; `key_end` is where the key ends.
    """

    key: str
    start: int
    key_end: int
    value_start: int
    end: int


def parse_json(data: bytes) -> JsonText:
    """Parse a document, with or without a byte order mark. Raises NotJsonError when it is not JSON in UTF-8."""
    mark = BOM if data.startswith(BOM) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
        return JsonText(text, _DECODER.decode(text), mark)
    except RecursionError:
        raise NotJsonError("nested too deeply") from None
    except ValueError as error:
        raise NotJsonError(f"not JSON in UTF-8: {error}") from None


def skip_space(text: str, at: int) -> int:
    """Return the position of the next character that is not whitespace."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def find_end(text: str, start: int) -> int:
    """Return the end of the value that starts at a position; the text is valid JSON."""
    return _scan_value(text, start)[1]


def scan_object(text: str, start: int) -> Iterator[TextMember]:
    """Yield the members of the object that starts at a position, equal keys included; the text is valid JSON."""
    at = skip_space(text, start + 1)
    while text[at] != "}":
        key, key_end = _scan_value(text, at)
        value_start = skip_space(text, skip_space(text, key_end) + 1)
        end = find_end(text, value_start)
        yield TextMember(key, at, key_end, value_start, end)
        at = _next_member(text, end)


def scan_array(text: str, start: int) -> Iterator[TextMember]:
    """Yield the elements of the array that starts at a position; the text is valid JSON."""
    at = skip_space(text, start + 1)
    while text[at] != "]":
        end = find_end(text, at)
        yield TextMember("", at, at, at, end)
        at = _next_member(text, end)


def split_array(data: bytes) -> list[tuple[int, int]]:
    """Return the spans of the elements of an array in bytes. Raises DocumentError when it is not an array."""
    try:
        if not data.isascii():
            data.decode("utf-8")
        sizes = [memoryview(element).nbytes for element in _decode_elements(data)]
    except (ValueError, RecursionError):
        sizes = _measure_elements(parse_json(data))
    spans: list[tuple[int, int]] = []
    end = data.index(b"[")
    for size in sizes:
        before = _BEFORE_ELEMENT.match(data, end)
        start = before.end() if before else end
        end = start + size
        spans.append((start, end))
    return spans


def _measure_elements(given: JsonText) -> list[int]:
    if not isinstance(given.value, list):
        raise DocumentError("", f"expected an array, got {describe_type(given.value)}")
    text = given.text
    return [len(text[each.start : each.end].encode()) for each in scan_array(text, skip_space(text, 0))]


def _next_member(text: str, end: int) -> int:
    at = skip_space(text, end)
    return skip_space(text, at + 1) if text[at] == "," else at


def _parse_integer(text: str) -> int | Decimal:
    try:
        return int(text)
    except ValueError:  # longer than Python converts
        return Decimal(text)


def _parse_float(text: str) -> float | Decimal:
    """Return a float, or a Decimal for a number that a float cannot represent."""
    number = float(text)
    if len(text) <= _EXACT_LENGTH and number and isfinite(number):
        return number
    try:
        exact = Decimal(text)
    except InvalidOperation:  # an exponent beyond that of Decimal
        return number
    return number if isfinite(number) and Decimal(repr(number)) == exact else exact


def _reject_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_int=_parse_integer, parse_float=_parse_float, parse_constant=_reject_constant)
# Scans one value of valid JSON: its value, and where it ends. The standard library documents the scanner only as a
# part of its decoder.
_scan_value: Final[Callable[[str, int], tuple[Any, int]]] = vars(_DECODER)["scan_once"]
_decode_elements: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
