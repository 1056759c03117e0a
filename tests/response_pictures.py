"""Compare what a program can see of two responses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

_SIMPLE = (str, bytes, int, float, bool, type(None))


def picture(thing: Any, ignored: Collection[str] = ()) -> dict[str, Any]:
    """Every public attribute of an object that is no method: its value if that is simple, else how it is written."""
    seen = {}
    for name in dir(thing):
        if name.startswith("_") or name in ignored:
            continue
        try:
            value = getattr(thing, name)
        except Exception as error:
            seen[name] = f"raises {type(error).__name__}"
        else:
            if not callable(value):
                seen[name] = _show(value)
    return seen


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What is different between two pictures, by the way to it."""
    found = {}
    for name in sorted({*one, *other}):
        left, right = one.get(name, "absent"), other.get(name, "absent")
        if isinstance(left, dict) and isinstance(right, dict):
            found.update({f"{name}: {inner}": pair for inner, pair in differences(left, right).items()})
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            pairs = differences(*(dict(zip(map(str, range(len(each))), each, strict=True)) for each in (left, right)))
            found.update({f"{name}: {inner}": pair for inner, pair in pairs.items()})
        elif left != right:
            found[name] = (left, right)
    return found


def _show(value: Any) -> Any:
    if isinstance(value, _SIMPLE):
        return value
    if isinstance(value, Mapping):
        return [(str(key), _show(each)) for key, each in value.items()]
    if isinstance(value, (list, tuple)):
        return [_show(each) for each in value]
    text = f"{type(value).__name__} {value!r}"
    return type(value).__name__ if " at 0x" in text else text
