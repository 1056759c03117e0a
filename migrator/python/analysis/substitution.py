"""Match the arguments of a call to parameters, and substitute them for the parameters in values."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from migrator.python.analysis import strings
from migrator.python.analysis.classes import method
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, Function
from migrator.python.analysis.values import (
    Callable,
    Display,
    Hole,
    Instance,
    Item,
    Many,
    Spot,
    Text,
    Value,
    Values,
    one_of,
)
from migrator.python.source.syntax import defaults, path_names


@dataclass(frozen=True, slots=True)
class Passed:
    """The arguments of a call by parameter, defaults included, and those of the call that created the bound object."""

    ev: Evaluator
    target: Callable
    site: Spot
    via: tuple[tuple[Callable, Spot], ...] = ()

    def get(self, parameter: Binding, default: Values = (), /) -> Values:
        """Return the alternatives for a parameter."""
        target = self.target
        if parameter.scope.node is target.node:
            found = self.ev.memo.get_or_find(
                (target, self.site, parameter), _passed, self.ev, target, self.site, parameter
            )
            return put_in(self.ev, found, self.via)
        if isinstance(target.bound, Instance):
            return _made_with(self.ev, target.bound).get(parameter, default)
        return default


Arguments = Passed | dict[Binding, Values]


def arguments(ev: Evaluator, target: Callable, site: Spot) -> Arguments:
    """Return the arguments of a call by parameter, each evaluated on demand."""
    return Passed(ev, target, site)


def _passed(ev: Evaluator, target: Callable, site: Spot, parameter: Binding) -> Values:
    if parameter.node is target.node.args.kwarg:
        return (Display(site),)
    if parameter.node is target.node.args.vararg:
        return _rest(ev, target, site)
    spot = argument(target, site, parameter.name)
    return ev.eval(spot.module, spot.node) if spot and isinstance(spot.node, ast.expr) else ()


def _rest(ev: Evaluator, target: Callable, site: Spot) -> Values:
    """Return the positional arguments beyond the named parameters."""
    assert isinstance(site.node, ast.Call)
    named = len(target.node.args.posonlyargs + target.node.args.args) - _skipped(target)
    return (Many(one_of([value for node in site.node.args[named:] for value in ev.eval(site.module, node)])),)


def argument(target: Callable, site: Spot, name: str) -> Spot | None:
    """Return the expression that a call passes for a parameter, or its default."""
    assert isinstance(site.node, ast.Call)
    call, args, module = site.node, target.node.args, site.module
    by_name = not any(parameter.arg == name for parameter in args.posonlyargs)
    if keyword := next((k for k in call.keywords if k.arg == name and by_name), None):
        return Spot(module, keyword.value)
    passed = [(module, value) for value in call.args]
    if target.given is not None and isinstance(target.given.node, ast.Call):
        partial, module = target.given.node, target.given.module
        if keyword := next((k for k in partial.keywords if k.arg == name), None):
            return Spot(module, keyword.value)
        passed = [*((module, value) for value in partial.args[target.first :]), *passed]
    positional = [parameter.arg for parameter in args.posonlyargs + args.args]
    order = positional[_skipped(target) :]
    index = order.index(name) if name in order else len(passed)
    if index < len(passed) and not any(isinstance(value, ast.Starred) for _, value in passed[: index + 1]):
        return Spot(*passed[index])
    written = defaults(args).get(name)
    return Spot(target.module, written) if written else None


def default(ev: Evaluator, parameter: Binding) -> Values:
    """Return the alternatives for the default of a parameter."""
    function, module = parameter.scope.node, ev.home(parameter)
    if not isinstance(function, Function) or module is None:
        return ()
    written = defaults(function.args).get(parameter.name)
    return ev.eval(module, written) if written else ()


def substituted(ev: Evaluator, values: Values, given: Arguments, step: str = "") -> Values:
    """Return the values with arguments substituted for parameters; a changed string adds `step` to its trail."""
    found: list[Value] = []
    for value in values:
        match value:
            case Text(parts=parts) if any(type(p) is Hole and _given(p.item, given) for p in parts):
                pieces = [_piece(ev, part, given) for part in parts]
                steps = (*value.trail, step) if step else value.trail
                found += [
                    replace(text, trail=tuple(dict.fromkeys((*steps, *text.trail))))
                    for text in strings.concatenated(pieces)
                    if isinstance(text, Text)
                ]
            case Item(path=path) if outers := _given(value, given):
                found += [inner for outer in outers for inner in ev.walk(outer, path)]
            case Many(members=members):
                found.append(Many(substituted(ev, members, given, step)))
            case _:
                found.append(value)
    return one_of(found)


def put_in(ev: Evaluator, values: Values, frames: tuple[tuple[Callable, Spot], ...]) -> Values:
    """Return the values with the arguments of each call in `frames` substituted, innermost first."""
    for target, site in frames:
        values = substituted(ev, values, arguments(ev, target, site))
    return values


def with_arguments_of(ev: Evaluator, instance: Instance, values: Values) -> Values:
    """Return the values with the arguments of the call that created the instance substituted."""
    return substituted(ev, values, _made_with(ev, instance), f"`{instance.cls.node.name}` created at {instance.call}")


def _made_with(ev: Evaluator, instance: Instance) -> Arguments:
    """Return the arguments of the call that created an instance, by parameter of its constructor."""
    if instance.call is None:
        return {}
    maker = method(ev, instance, "__init__")
    return Passed(ev, replace(maker, bound=instance.cls), instance.call, instance.via) if maker else {}


def _skipped(target: Callable) -> int:
    """Return the number of leading parameters that the caller does not pass, such as ``self``."""
    decorators = (
        [] if isinstance(target.node, ast.Lambda) else [".".join(path_names(d)) for d in target.node.decorator_list]
    )
    if "staticmethod" in decorators:
        return 0
    if target.bound is None:
        return int(_is_given_itself(target))
    constructor = not isinstance(target.node, ast.Lambda) and target.node.name == "__init__"
    return int(isinstance(target.bound, Instance) or "classmethod" in decorators or constructor)


def _is_given_itself(target: Callable) -> bool:
    """Return True if a decorator has ``bind=True``, as a Celery task that receives itself as first argument."""
    made = [] if isinstance(target.node, ast.Lambda) else target.node.decorator_list
    keywords = [keyword for decorator in made if isinstance(decorator, ast.Call) for keyword in decorator.keywords]
    return any(k.arg == "bind" and isinstance(k.value, ast.Constant) and k.value.value is True for k in keywords)


def _given(item: Item | None, given: Arguments) -> Values:
    return given.get(item.parameter, ()) if item is not None and item.parameter is not None else ()


def _piece(ev: Evaluator, part: object, given: Arguments) -> Values:
    if isinstance(part, Hole) and part.item and (outers := _given(part.item, given)):
        return one_of([v for outer in outers for v in ev.walk(outer, part.item.path)])
    return (Text((part,)),)  # type: ignore[arg-type]  # a part of a text is one of these two
