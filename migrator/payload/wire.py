"""Documents as bytes: only what a plan looks at is read, and all other values keep the bytes that came."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from migrator.payload.errors import DocumentError
from migrator.payload.plan import Plan
from migrator.payload.pointer import Json, kind_of
from migrator.payload.quick import UNUSUAL
from migrator.payload.skeleton import Skeleton
from migrator.payload.translation import Translation

_FIELDS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TEXT: Final = msgspec.json.Decoder(str)
_VALUE: Final = msgspec.json.Decoder()
_ENCODER: Final = msgspec.json.Encoder()


def translate_bytes(plan: Plan, data: bytes, members: dict[str, Any]) -> Translation[bytes]:
    """What a plan makes of an object, given in bytes and in its members. Raises DocumentError."""
    if any(key in members for key in plan.needs) or plan.seen is None:
        return whole(plan, data)
    carried = members if plan.quick is None else plan.quick(_opened(members, plan.seen))
    if carried is UNUSUAL:
        return whole(plan, data)
    written = data if plan.quick is None else serialize(carried)
    return Translation(written, (), (), plan.applied, plan.method, plan.missing)


def whole(plan: Plan, data: bytes) -> Translation[bytes]:
    """The same, with all of the document read."""
    document = parse(data)
    translation = plan.translate(document)
    if translation.document is document:
        return translation._replace(document=data)
    return translation._replace(document=None if translation.lost else serialize(translation.document))


def members(data: bytes) -> dict[str, Any]:
    """The members of an object, their values as they came. Raises DocumentError for anything but an object."""
    try:
        if not data.isascii():
            data.decode("utf-8")
        return _FIELDS.decode(data)
    except (ValueError, RecursionError):
        found = kind_of(parse(data))
    raise DocumentError("", f"an object is expected here, not {found}")


def text(value: Json) -> str | None:
    """The string that a member is; None for any other value, or for none."""
    try:
        return None if value is None else _TEXT.decode(value)
    except ValueError:
        return None


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


def _opened(members: dict[str, Any], seen: Skeleton) -> dict[str, Any]:
    """The members of an object, with those read that a plan looks at."""
    read = dict(members)
    for key, inside in seen.items():
        if key in read:
            read[key] = _read(read[key], inside)
    return read


def _read(value: Json, inside: Skeleton | None) -> Json:
    if inside is not None:
        try:
            return _opened(_FIELDS.decode(value), inside)
        except (ValueError, RecursionError):
            pass
    return parse(value)
