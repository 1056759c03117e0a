"""Compile the fast paths of a plan: generated functions for the usual document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from migrator.payload.json_pointer import Json
from migrator.payload.loss import Missing
from migrator.payload.plans.codegen import UNUSUAL, GeneratedCode
from migrator.payload.translation import Translation

#: Returns a document for a document, or UNUSUAL.
DocumentFunction = Callable[[Any], Any]
#: Returns a translation for a document, or UNUSUAL.
TranslationFunction = Callable[[Any], Any]
#: Returns a translation for bytes and their decoded members, which it modifies; or UNUSUAL.
BytesFunction = Callable[[bytes, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class FastPaths:
    """Hold the functions that translate the usual document of one kind and name; the others get UNUSUAL.

    `document` is None if every document is unchanged.
    """

    document: DocumentFunction | None
    translation: TranslationFunction
    bytes: BytesFunction


_ONLY_OBJECTS = "if given.__class__ is not dict: return UNUSUAL"


def decline(*_: Json) -> Json:
    """Return UNUSUAL: the fast path of a plan that has none."""
    return UNUSUAL


NO_FAST_PATHS: Final = FastPaths(decline, decline, decline)


@dataclass(frozen=True, slots=True)
class ConstantResult:
    """Hold what is equal for every usual document: `needs` are keys that are absent, and whose values are `missing`."""

    applied: tuple[str, ...]
    method: str | None
    needs: tuple[str, ...]
    missing: tuple[Missing, ...]


def compile_document_function(script: GeneratedCode) -> DocumentFunction | None:
    """Compile the function that returns the document alone; None when every document is unchanged."""
    return _compile_function("given", (*script.lines, "return document"), script.values) if script.lines else None


def compile_translation_function(script: GeneratedCode, outcome: ConstantResult) -> TranslationFunction:
    """Compile the function that returns the whole translation."""
    lines = [_ONLY_OBJECTS] if script.lines or outcome.needs else []
    lines += [*_generate_needs(outcome), *script.lines, _generate_return("document" if script.lines else "given")]
    return _compile_function("given", lines, {**script.values, **_result_values(outcome)})


def compile_bytes_function(script: GeneratedCode, outcome: ConstantResult) -> BytesFunction:
    """Compile the function that translates bytes."""
    if not script.lines:
        return _compile_bytes(script, outcome, (_generate_return("data"),))
    if script.edits is None:
        return decline
    lines = (*script.lines, "edited = EDIT(data)", "if edited is None: return UNUSUAL", _generate_return("edited"))
    return _compile_bytes(script, outcome, lines)


def _compile_bytes(script: GeneratedCode, outcome: ConstantResult, lines: tuple[str, ...]) -> BytesFunction:
    values = {**script.values, **_result_values(outcome), "EDIT": script.edits}
    return _compile_function("data, given", (*_generate_needs(outcome), *lines), values)


def _generate_needs(outcome: ConstantResult) -> Iterable[str]:
    return (f"if {key!r} in given: return UNUSUAL" for key in outcome.needs)


def _generate_return(document: str) -> str:
    return f"return TRANSLATION({document}, (), (), APPLIED, METHOD, MISSING)"


def _result_values(outcome: ConstantResult) -> Mapping[str, Any]:
    said = {"APPLIED": outcome.applied, "METHOD": outcome.method, "MISSING": outcome.missing}
    return {"TRANSLATION": Translation, **said}


def _compile_function(arguments: str, lines: Iterable[str], values: Mapping[str, Any]) -> Callable[..., Any]:
    source = "\n    ".join((f"def function({arguments}):", *lines))
    names = {**values, "UNUSUAL": UNUSUAL}
    exec(compile(source, "<plan>", "exec"), names)
    function: Callable[..., Any] = names["function"]
    return function
