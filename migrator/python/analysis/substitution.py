"""Match the arguments of a call to parameters, and substitute them for the parameters in values."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from migrator.python.analysis import strings
from migrator.python.analysis.classes import find_method
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, Function
from migrator.python.analysis.values import (
    CollectionValue,
    Display,
    FunctionValue,
    Instance,
    ModuleNode,
    Reference,
    StringValue,
    UnknownPart,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import dotted_names, parameter_defaults


@dataclass(frozen=True, slots=True)
class CallArguments:
    """The arguments of a call by parameter, defaults included, and those of the call that created the bound object."""

    ev: Evaluator
    target: FunctionValue
    site: ModuleNode
    via: tuple[tuple[FunctionValue, ModuleNode], ...] = ()

    def get(self, parameter: Binding, default: Values = (), /) -> Values:
        """Return the alternatives for a parameter."""
        target = self.target
        if parameter.scope.node is target.node:
            found = self.ev.memo.get_or_find(
                (target, self.site, parameter), _eval_argument, self.ev, target, self.site, parameter
            )
            return substitute_frames(self.ev, found, self.via)
        if isinstance(target.bound, Instance):
            return _constructor_arguments(self.ev, target.bound).get(parameter, default)
        return default


ArgumentMap = CallArguments | dict[Binding, Values]


def match_arguments(ev: Evaluator, target: FunctionValue, site: ModuleNode) -> ArgumentMap:
    """Return the arguments of a call by parameter, each evaluated on demand."""
    return CallArguments(ev, target, site)


def _eval_argument(ev: Evaluator, target: FunctionValue, site: ModuleNode, parameter: Binding) -> Values:
    if parameter.node is target.node.args.kwarg:
        return (Display(site),)
    if parameter.node is target.node.args.vararg:
        return _eval_rest(ev, target, site)
    spot = find_argument(target, site, parameter.name)
    return ev.eval(spot.module, spot.node) if spot and isinstance(spot.node, ast.expr) else ()


def _eval_rest(ev: Evaluator, target: FunctionValue, site: ModuleNode) -> Values:
    """Return the positional arguments beyond the named parameters."""
    assert isinstance(site.node, ast.Call)
    named = len(target.node.args.posonlyargs + target.node.args.args) - _count_implicit(target)
    return (
        CollectionValue(
            merge_alternatives([value for node in site.node.args[named:] for value in ev.eval(site.module, node)])
        ),
    )


def find_argument(target: FunctionValue, site: ModuleNode, name: str) -> ModuleNode | None:
    """Return the expression that a call passes for a parameter, or its default."""
    assert isinstance(site.node, ast.Call)
    call, args, module = site.node, target.node.args, site.module
    by_name = not any(parameter.arg == name for parameter in args.posonlyargs)
    if keyword := next((k for k in call.keywords if k.arg == name and by_name), None):
        return ModuleNode(module, keyword.value)
    passed = [(module, value) for value in call.args]
    if target.partial_call is not None and isinstance(target.partial_call.node, ast.Call):
        partial, module = target.partial_call.node, target.partial_call.module
        if keyword := next((k for k in partial.keywords if k.arg == name), None):
            return ModuleNode(module, keyword.value)
        passed = [*((module, value) for value in partial.args[target.partial_offset :]), *passed]
    positional = [parameter.arg for parameter in args.posonlyargs + args.args]
    order = positional[_count_implicit(target) :]
    index = order.index(name) if name in order else len(passed)
    if index < len(passed) and not any(isinstance(value, ast.Starred) for _, value in passed[: index + 1]):
        return ModuleNode(*passed[index])
    written = parameter_defaults(args).get(name)
    return ModuleNode(target.module, written) if written else None


def eval_default(ev: Evaluator, parameter: Binding) -> Values:
    """Return the alternatives for the default of a parameter."""
    function, module = parameter.scope.node, ev.module_of(parameter)
    if not isinstance(function, Function) or module is None:
        return ()
    written = parameter_defaults(function.args).get(parameter.name)
    return ev.eval(module, written) if written else ()


def substitute_arguments(ev: Evaluator, values: Values, given: ArgumentMap, step: str = "") -> Values:
    """Return the values with arguments substituted for parameters; a changed string adds `step` to its trail."""
    found: list[Value] = []
    for value in values:
        match value:
            case StringValue(parts=parts) if any(
                type(p) is UnknownPart and _argument_for(p.item, given) for p in parts
            ):
                pieces = [_fill_part(ev, part, given) for part in parts]
                steps = (*value.trail, step) if step else value.trail
                found += [
                    replace(text, trail=tuple(dict.fromkeys((*steps, *text.trail))))
                    for text in strings.concatenate_alternatives(pieces)
                    if isinstance(text, StringValue)
                ]
            case Reference(path=path) if outers := _argument_for(value, given):
                found += [inner for outer in outers for inner in ev.follow_path(outer, path)]
            case CollectionValue(members=members):
                found.append(CollectionValue(substitute_arguments(ev, members, given, step)))
            case _:
                found.append(value)
    return merge_alternatives(found)


def substitute_frames(ev: Evaluator, values: Values, frames: tuple[tuple[FunctionValue, ModuleNode], ...]) -> Values:
    """Return the values with the arguments of each call in `frames` substituted, innermost first."""
    for target, site in frames:
        values = substitute_arguments(ev, values, match_arguments(ev, target, site))
    return values


def substitute_constructor(ev: Evaluator, instance: Instance, values: Values) -> Values:
    """Return the values with the arguments of the call that created the instance substituted."""
    return substitute_arguments(
        ev, values, _constructor_arguments(ev, instance), f"`{instance.cls.node.name}` constructed at {instance.call}"
    )


def _constructor_arguments(ev: Evaluator, instance: Instance) -> ArgumentMap:
    """Return the arguments of the call that created an instance, by parameter of its constructor."""
    if instance.call is None:
        return {}
    maker = find_method(ev, instance, "__init__")
    return CallArguments(ev, replace(maker, bound=instance.cls), instance.call, instance.via) if maker else {}


def _count_implicit(target: FunctionValue) -> int:
    """Return the number of leading parameters that the caller does not pass, such as ``self``."""
    decorators = (
        [] if isinstance(target.node, ast.Lambda) else [".".join(dotted_names(d)) for d in target.node.decorator_list]
    )
    if "staticmethod" in decorators:
        return 0
    if target.bound is None:
        return int(_is_bound_task(target))
    constructor = not isinstance(target.node, ast.Lambda) and target.node.name == "__init__"
    return int(isinstance(target.bound, Instance) or "classmethod" in decorators or constructor)


def _is_bound_task(target: FunctionValue) -> bool:
    """Return True if a decorator has ``bind=True``, as a Celery task that receives itself as first argument."""
    made = [] if isinstance(target.node, ast.Lambda) else target.node.decorator_list
    keywords = [keyword for decorator in made if isinstance(decorator, ast.Call) for keyword in decorator.keywords]
    return any(k.arg == "bind" and isinstance(k.value, ast.Constant) and k.value.value is True for k in keywords)


def _argument_for(item: Reference | None, given: ArgumentMap) -> Values:
    return given.get(item.parameter, ()) if item is not None and item.parameter is not None else ()


def _fill_part(ev: Evaluator, part: object, given: ArgumentMap) -> Values:
    if isinstance(part, UnknownPart) and part.item and (outers := _argument_for(part.item, given)):
        return merge_alternatives([v for outer in outers for v in ev.follow_path(outer, part.item.path)])
    return (StringValue((part,)),)  # type: ignore[arg-type]  # a part of a text is one of these two
