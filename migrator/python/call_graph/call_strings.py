"""What the callers of functions make of a text that is open where their arguments come in."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.python.analysis import substitution
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, Function
from migrator.python.analysis.values import Hole, Item, Lit, Text, as_text
from migrator.python.call_graph.same_object import Frame, is_one_object

Sites = dict[Function, list[Frame]]
_LIMIT, _DEPTH = 400, 4


@dataclass(frozen=True, slots=True)
class Expansion:
    """A text with the arguments of one way to call it put in; `frames` are the calls on that way, innermost first."""

    text: Text
    frames: tuple[Frame, ...] = ()


def expansions(ev: Evaluator, sites: Sites, text: Text, markers: tuple[str, ...]) -> list[Expansion]:
    """Every text that the callers make of this one; itself when nobody calls, or nothing is left open."""
    found = _expanded(ev, sites, text, markers, _DEPTH)
    return [expansion for expansion in found if is_one_object(ev, expansion.text, expansion.frames)]


def _expanded(ev: Evaluator, sites: Sites, text: Text, markers: tuple[str, ...], depth: int) -> list[Expansion]:
    open_parameters = [
        hole.item.parameter for hole in text.parts if isinstance(hole, Hole) and hole.item and hole.item.parameter
    ]
    # What an object was made with is told by the call of its method, if that is known at all: constructors come last.
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
    """Whether one of the markers is written in a text, or in what callers pass for its parameters."""
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
    """The texts that callers pass for what is found in a parameter."""
    callers = sites.get(parameter.scope.node, ())  # type: ignore[call-overload]  # a function's scope
    given = [substitution.arguments(ev, *frame).get(parameter, ()) for frame in callers]
    outer = dict.fromkeys(value for values in (*given, substitution.default(ev, parameter)) for value in values)
    found = [value for whole in outer for value in ev.walk(whole, item.path)]
    return [as_text(value) for value in found if isinstance(value, (Text, Item))]
