"""Fill the unknown parts of a string with the arguments that callers pass."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.python.analysis import substitution
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, Function
from migrator.python.analysis.values import Hole, Item, Lit, Text, as_text
from migrator.python.call_graph.same_object import Frame, is_one_object

Sites = dict[Function, list[Frame]]
#: Expansions of one string. A wrapper around every method of an API has one or two hundred callers; with more than 400,
#: the callers that follow are left out, and the names that they pass are listed as name only.
_LIMIT = 400
#: Callers of callers that are followed, and steps into one argument. Wrappers around wrappers have two or three layers,
#: and each multiplies the expansions. Beyond, defaults stand for the arguments.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Expansion:
    """A string with the arguments of one call path substituted; `frames` are the calls of the path, innermost first."""

    text: Text
    frames: tuple[Frame, ...] = ()


def expansions(ev: Evaluator, sites: Sites, text: Text, markers: tuple[str, ...]) -> list[Expansion]:
    """Return the strings that the callers make of this one; itself if there are none or no part is unknown."""
    found = _expanded(ev, sites, text, markers, _DEPTH)
    return [expansion for expansion in found if is_one_object(ev, expansion.text, expansion.frames)]


def _expanded(ev: Evaluator, sites: Sites, text: Text, markers: tuple[str, ...], depth: int) -> list[Expansion]:
    open_parameters = [
        hole.item.parameter for hole in text.parts if isinstance(hole, Hole) and hole.item and hole.item.parameter
    ]
    # A method's call determines the arguments of its object's constructor, if they are known: constructors come last.
    functions = sorted((p.scope.node for p in open_parameters), key=lambda f: getattr(f, "name", "") == "__init__")
    callers = next((sites[f] for f in functions if f in sites), [])
    if not callers or depth == 0 or (depth == _DEPTH and not _may_hold(ev, sites, text, markers)):
        given: substitution.Arguments = (
            {p: v for p in open_parameters if (v := substitution.default(ev, p))} if depth else {}
        )
        texts = substitution.substituted(ev, (text,), given) if given else (text,)
        return [Expansion(inner) for inner in texts if isinstance(inner, Text)]
    found: list[Expansion] = []
    for target, site in callers:
        name = getattr(target.node, "name", "the lambda")
        given = substitution.arguments(ev, target, site)
        for filled in substitution.substituted(ev, (text,), given, f"`{name}` called at {site}"):
            if isinstance(filled, Text) and filled.parts != text.parts:
                found += [
                    Expansion(inner.text, ((target, site), *inner.frames))
                    for inner in _expanded(ev, sites, filled, markers, depth - 1)
                ]
        if len(found) > _LIMIT:
            break
    return found or [Expansion(text)]


def _may_hold(ev: Evaluator, sites: Sites, text: Text, markers: tuple[str, ...]) -> bool:
    """Return True if a string, or the arguments for its parameters, may contain one of the markers."""
    if not markers:
        return True
    barren = ev.barren.setdefault(markers, set())
    todo, seen = [text], set[Item]()
    while todo:
        for part in todo.pop().parts:
            if isinstance(part, Lit):
                if any(marker in part.text for marker in markers) or f"{part.text}/" in markers:
                    return True
            elif (item := part.item) and item.parameter and item not in seen and item not in barren:
                seen.add(item)
                if len(item.path) <= _DEPTH:
                    todo += _given(ev, sites, item, item.parameter)
    barren |= seen
    return False


def _given(ev: Evaluator, sites: Sites, item: Item, parameter: Binding) -> list[Text]:
    """Return the strings that callers pass for a parameter, or for what a path leads to in it."""
    callers = sites.get(parameter.scope.node, ())  # type: ignore[call-overload]  # a function's scope
    given = [substitution.arguments(ev, *frame).get(parameter, ()) for frame in callers]
    outer = dict.fromkeys(value for values in (*given, substitution.default(ev, parameter)) for value in values)
    found = [value for whole in outer for value in ev.walk(whole, item.path)]
    return [as_text(value) for value in found if isinstance(value, (Text, Item))]
