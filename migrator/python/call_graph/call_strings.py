"""Fill the unknown parts of a string with the arguments that callers pass."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.python.analysis import substitution
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, Function
from migrator.python.analysis.values import LiteralPart, Reference, StringValue, UnknownPart, to_string
from migrator.python.call_graph.same_object import Frame, is_one_object

SitesByFunction = dict[Function, list[Frame]]
#: Expansions of one string. A wrapper around every method of an API has one or two hundred callers; with more than 400,
#: the callers that follow are left out, and the names that they pass are listed as name only.
_MAX_EXPANSIONS = 400
#: Callers of callers that are followed, and steps into one argument. Wrappers around wrappers have two or three layers,
#: and each multiplies the expansions. Beyond, defaults stand for the arguments.
_MAX_CALLERS = 4


@dataclass(frozen=True, slots=True)
class Expansion:
    """A string with the arguments of one call path substituted; `frames` are the calls of the path, innermost first."""

    text: StringValue
    frames: tuple[Frame, ...] = ()


def expand_string(
    ev: Evaluator, sites: SitesByFunction, text: StringValue, markers: tuple[str, ...]
) -> list[Expansion]:
    """Return the strings that the callers make of this one; itself if there are none or no part is unknown."""
    found = _expand_callers(ev, sites, text, markers, _MAX_CALLERS)
    return [expansion for expansion in found if is_one_object(ev, expansion.text, expansion.frames)]


def _expand_callers(
    ev: Evaluator, sites: SitesByFunction, text: StringValue, markers: tuple[str, ...], depth: int
) -> list[Expansion]:
    open_parameters = [
        hole.item.parameter
        for hole in text.parts
        if isinstance(hole, UnknownPart) and hole.item and hole.item.parameter
    ]
    # A method's call determines the arguments of its object's constructor, if they are known: constructors come last.
    functions = sorted((p.scope.node for p in open_parameters), key=lambda f: getattr(f, "name", "") == "__init__")
    callers = next((sites[f] for f in functions if f in sites), [])
    if not callers or depth == 0 or (depth == _MAX_CALLERS and not _may_contain_marker(ev, sites, text, markers)):
        given: substitution.ArgumentMap = (
            {p: v for p in open_parameters if (v := substitution.eval_default(ev, p))} if depth else {}
        )
        texts = substitution.substitute_arguments(ev, (text,), given) if given else (text,)
        return [Expansion(inner) for inner in texts if isinstance(inner, StringValue)]
    found: list[Expansion] = []
    for target, site in callers:
        name = getattr(target.node, "name", "the lambda")
        given = substitution.match_arguments(ev, target, site)
        for filled in substitution.substitute_arguments(ev, (text,), given, f"`{name}` called at {site}"):
            if isinstance(filled, StringValue) and filled.parts != text.parts:
                found += [
                    Expansion(inner.text, ((target, site), *inner.frames))
                    for inner in _expand_callers(ev, sites, filled, markers, depth - 1)
                ]
        if len(found) > _MAX_EXPANSIONS:
            break
    return found or [Expansion(text)]


def _may_contain_marker(ev: Evaluator, sites: SitesByFunction, text: StringValue, markers: tuple[str, ...]) -> bool:
    """Return True if a string, or the arguments for its parameters, may contain one of the markers."""
    if not markers:
        return True
    barren = ev.parameters_without_marker.setdefault(markers, set())
    todo, seen = [text], set[Reference]()
    while todo:
        for part in todo.pop().parts:
            if isinstance(part, LiteralPart):
                if any(marker in part.text for marker in markers) or f"{part.text}/" in markers:
                    return True
            elif (item := part.item) and item.parameter and item not in seen and item not in barren:
                seen.add(item)
                if len(item.path) <= _MAX_CALLERS:
                    todo += _passed_strings(ev, sites, item, item.parameter)
    barren |= seen
    return False


def _passed_strings(ev: Evaluator, sites: SitesByFunction, item: Reference, parameter: Binding) -> list[StringValue]:
    """Return the strings that callers pass for a parameter, or for what a path leads to in it."""
    callers = sites.get(parameter.scope.node, ())  # type: ignore[call-overload]  # a function's scope
    given = [substitution.match_arguments(ev, *frame).get(parameter, ()) for frame in callers]
    outer = dict.fromkeys(value for values in (*given, substitution.eval_default(ev, parameter)) for value in values)
    found = [value for whole in outer for value in ev.follow_path(whole, item.path)]
    return [to_string(value) for value in found if isinstance(value, (StringValue, Reference))]
