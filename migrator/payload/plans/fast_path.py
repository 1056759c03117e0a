"""Compile the fast paths of a plan: generated functions for the usual document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from migrator.payload.json_pointer import Json
from migrator.payload.loss import Missing
from migrator.payload.plans.codegen import UNUSUAL, Script
from migrator.payload.translation import Translation

#: Returns a document for a document, or UNUSUAL.
Quick = Callable[[Any], Any]
#: Returns a translation for a document, or UNUSUAL.
Say = Callable[[Any], Any]
#: Returns a translation for bytes and their decoded members, which it modifies; or UNUSUAL.
Wire = Callable[[bytes, dict[str, Any]], Any]

_ONLY_OBJECTS = "if given.__class__ is not dict: return UNUSUAL"


def never(*_: Json) -> Json:
    """Return UNUSUAL: the fast path of a plan that has none."""
    return UNUSUAL


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what is equal for every usual document: `needs` are keys that are absent, and whose values are `missing`."""

    applied: tuple[str, ...]
    method: str | None
    needs: tuple[str, ...]
    missing: tuple[Missing, ...]


def quick(script: Script) -> Quick | None:
    """Compile the function that returns the document alone; None when every document is unchanged."""
    return _function("given", (*script.lines, "return document"), script.values) if script.lines else None


def say(script: Script, outcome: Outcome) -> Say:
    """Compile the function that returns the whole translation."""
    lines = [_ONLY_OBJECTS] if script.lines or outcome.needs else []
    lines += [*_needs(outcome), *script.lines, _returned("document" if script.lines else "given")]
    return _function("given", lines, {**script.values, **_values(outcome)})


def wire(script: Script, outcome: Outcome, encode: Callable[[Json], bytes]) -> Wire:
    """Compile the function that translates bytes."""
    lines = [*_needs(outcome), *script.lines, _returned("ENCODE(document)" if script.lines else "data")]
    return _function("data, given", lines, {**script.values, **_values(outcome), "ENCODE": encode})


def _needs(outcome: Outcome) -> Iterable[str]:
    return (f"if {key!r} in given: return UNUSUAL" for key in outcome.needs)


def _returned(document: str) -> str:
    return f"return TRANSLATION({document}, (), (), APPLIED, METHOD, MISSING)"


def _values(outcome: Outcome) -> Mapping[str, Any]:
    said = {"APPLIED": outcome.applied, "METHOD": outcome.method, "MISSING": outcome.missing}
    return {"TRANSLATION": Translation, **said}


def _function(arguments: str, lines: Iterable[str], values: Mapping[str, Any]) -> Callable[..., Any]:
    source = "\n    ".join((f"def function({arguments}):", *lines))
    names = {**values, "UNUSUAL": UNUSUAL}
    exec(compile(source, "<plan>", "exec"), names)
    function: Callable[..., Any] = names["function"]
    return function
