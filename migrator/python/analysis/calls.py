"""What a call gives back, which arguments reach which parameters, and where a function is called."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrator.python.analysis import attributes, names
from migrator.python.analysis import known_functions as builtin
from migrator.python.analysis import strings as texts
from migrator.python.analysis.indirect_calls import asked_for
from migrator.python.analysis.scopes import Binding, Function, parameters
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Hole,
    Instance,
    Item,
    Made,
    Many,
    Spot,
    Text,
    Value,
    Values,
    one_of,
)
from migrator.python.source.syntax import defaults, path_names

if TYPE_CHECKING:
    from migrator.python.analysis.evaluator import Evaluator
    from migrator.python.analysis.module import Module


@dataclass(frozen=True, slots=True)
class Passed:
    """What a call passes for each parameter, defaults included, and what made the object that is called; on demand."""

    ev: Evaluator
    target: Callable
    site: Spot
    via: tuple[tuple[Callable, Spot], ...] = ()

    def get(self, parameter: Binding, default: Values = (), /) -> Values:
        """The alternatives for a parameter."""
        target = self.target
        if parameter.scope.node is target.node:
            found = self.ev.once((target, self.site, parameter), _passed, self.ev, target, self.site, parameter)
            return put_in(self.ev, found, self.via)
        if isinstance(target.bound, Instance):
            return _made_with(self.ev, target.bound).get(parameter, default)
        return default


Arguments = Passed | dict[Binding, Values]


def called(ev: Evaluator, module: Module, node: ast.Call) -> Values:
    """The alternatives for the result of a call."""
    if isinstance(node.func, ast.Attribute):
        special = _method(ev, module, node, node.func)
        if special is not None:
            return special
    if isinstance(node.func, ast.Attribute) and node.func.attr == "__subclasses__":
        return tuple(Many(ev.subclasses(v)) for v in ev.eval(module, node.func.value) if isinstance(v, Class))
    found = [result for value in ev.eval(module, node.func) for result in result_of(ev, value, Spot(module, node))]
    return one_of(found) or (ev.opaque(module, node),)


def result_of(ev: Evaluator, value: Value, site: Spot) -> Values:
    """What calling a value at a place gives back."""
    assert isinstance(site.node, ast.Call)
    match value:
        case Class() if attributes.is_enum(ev, value):
            return ev.eval(site.module, site.node.args[0]) if site.node.args else ()
        case Class():
            return (Instance(value, site),)
        case Callable(module=module, node=ast.Lambda(body=body)):
            return substituted(ev, ev.eval(module, body), arguments(ev, value, site), str(site))
        case Callable(module=module, node=(ast.FunctionDef() | ast.AsyncFunctionDef()) as function):
            found = tuple(_made_in(function, result, (value, site)) for result in names.results(ev, module, function))
            return substituted(ev, found, arguments(ev, value, site), f"`{function.name}` called at {site}")
        case External(dotted=dotted):
            return builtin.result(ev, dotted, site)
        case Made(dotted=dotted) if dotted.endswith("namedtuple"):
            return builtin.record(ev, value, site)
        case Made() if builtin.is_getter(value):
            return builtin.picked(ev, value, site)
        case Item() | Made():
            return builtin.fallback(ev, site)
        case Instance() if (target := attributes.method(ev, value, "__call__")) is not None:
            return result_of(ev, target, site)
    return ()


def arguments(ev: Evaluator, target: Callable, site: Spot) -> Arguments:
    """What a call passes for each parameter."""
    return Passed(ev, target, site)


def _passed(ev: Evaluator, target: Callable, site: Spot, parameter: Binding) -> Values:
    if parameter.node is target.node.args.kwarg:
        return (Display(site),)
    if parameter.node is target.node.args.vararg:
        return _rest(ev, target, site)
    spot = argument(target, site, parameter.name)
    return ev.eval(spot.module, spot.node) if spot and isinstance(spot.node, ast.expr) else ()


def _rest(ev: Evaluator, target: Callable, site: Spot) -> Values:
    """What a call passes beyond the named positions."""
    assert isinstance(site.node, ast.Call)
    named = len(target.node.args.posonlyargs + target.node.args.args) - _skipped(target)
    return (Many(one_of([value for node in site.node.args[named:] for value in ev.eval(site.module, node)])),)


def argument(target: Callable, site: Spot, name: str) -> Spot | None:
    """The expression that a call passes for a parameter, or its default."""
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
    """The default of a parameter."""
    function, module = parameter.scope.node, ev.home(parameter)
    if not isinstance(function, Function) or module is None:
        return ()
    written = defaults(function.args).get(parameter.name)
    return ev.eval(module, written) if written else ()


def substituted(ev: Evaluator, values: Values, given: Arguments, step: str = "") -> Values:
    """The values with what is given in the place of parameters; a string that changes remembers the step."""
    found: list[Value] = []
    for value in values:
        match value:
            case Text(parts=parts) if any(type(p) is Hole and _given(p.item, given) for p in parts):
                pieces = [_piece(ev, part, given) for part in parts]
                steps = (*value.trail, step) if step else value.trail
                found += [
                    replace(text, trail=tuple(dict.fromkeys((*steps, *text.trail))))
                    for text in texts.concatenated(pieces)
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
    """The values with the arguments of the calls on the way put in."""
    for target, site in frames:
        values = substituted(ev, values, arguments(ev, target, site))
    return values


def _made_in(function: ast.FunctionDef | ast.AsyncFunctionDef, value: Value, frame: tuple[Callable, Spot]) -> Value:
    """What a function gives back, with the call of it where the object was made of the function's own arguments."""
    made = (value.via[-1][1] if value.via else value.call) if isinstance(value, (Instance, Made)) else None
    if made is None or not isinstance(value, (Instance, Made)) or not made.module.is_within(made.node, function):
        return value
    read = {node.id for node in ast.walk(made.node) if isinstance(node, ast.Name)}
    given = {parameter.arg for parameter in parameters(function)}
    return replace(value, via=(*value.via, frame)) if read & given else value


def with_arguments_of(ev: Evaluator, instance: Instance, values: Values) -> Values:
    """The values with the arguments of the call that made the instance."""
    return substituted(ev, values, _made_with(ev, instance), f"`{instance.cls.node.name}` made at {instance.call}")


def got(ev: Evaluator, module: Module, node: ast.Attribute) -> Values:
    """The alternatives for an attribute: what an object has, or what it answers instead."""
    found: list[Value] = []
    for value in ev.eval(module, node.value):
        asked = asked_for(ev, module, node, value)
        answered = result_of(ev, asked[0], Spot(module, asked[1])) if asked else ()
        found += answered or attributes.attribute(ev, value, node.attr)
    return one_of(found)


def _made_with(ev: Evaluator, instance: Instance) -> Arguments:
    """What the call that made an object passed to its constructor."""
    if instance.call is None:
        return {}
    maker = attributes.method(ev, instance, "__init__")
    return Passed(ev, replace(maker, bound=instance.cls), instance.call, instance.via) if maker else {}


def _skipped(target: Callable) -> int:
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
    """Whether a task is told which one it is, by its first parameter."""
    made = [] if isinstance(target.node, ast.Lambda) else target.node.decorator_list
    keywords = [keyword for decorator in made if isinstance(decorator, ast.Call) for keyword in decorator.keywords]
    return any(k.arg == "bind" and isinstance(k.value, ast.Constant) and k.value.value is True for k in keywords)


def _given(item: Item | None, given: Arguments) -> Values:
    return given.get(item.parameter, ()) if item is not None and item.parameter is not None else ()


def _piece(ev: Evaluator, part: object, given: Arguments) -> Values:
    if isinstance(part, Hole) and part.item and (outers := _given(part.item, given)):
        return one_of([v for outer in outers for v in ev.walk(outer, part.item.path)])
    return (Text((part,)),)  # type: ignore[arg-type]  # a part of a text is one of these two


def _method(ev: Evaluator, module: Module, node: ast.Call, func: ast.Attribute) -> Values | None:
    """The methods of strings, dicts and collections; None for everything else."""
    keyed = func.attr in ("get", "pop", "setdefault")
    base = ev.eval(module, func.value)
    found: list[Value] = []
    for value in base:
        if keyed and isinstance(value, External) and value.dotted.rpartition(".")[2] in names.BODIES:
            value = ev.opaque(module, func.value)
        if isinstance(value, Text):
            found += texts.method(ev, module, value, node, func.attr) or ()
        elif func.attr in texts.KEEPING and isinstance(value, (Item, Display)):
            found.append(value)
        elif keyed and node.args and isinstance(value, (Display, Item, Made)):
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                found += ev.step(value, key.value)
            elif isinstance(value, Display):
                found += ev.members(value)
            found += [inner for default in node.args[1:] for inner in ev.eval(module, default)]
        elif func.attr == "copy" and isinstance(value, Display):
            found.append(replace(value, name=None))
        elif func.attr == "values" and isinstance(value, (Display, Many)):
            found.append(Many(ev.members(value)))
        elif func.attr == "keys" and isinstance(value, Display):
            found.append(value)
    return one_of(found) or None
