"""Find implicit calls: callables passed to threads, task queues, map() and partial()."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import ClassValue, FunctionValue, Instance

IndirectCalls = Iterator[tuple[FunctionValue, ast.Call]]

#: Functions that call the function passed to them with the arguments after it.
_RUNNERS = frozenset(
    "submit to_thread run_in_executor run_sync call_soon call_soon_threadsafe call_later apply spawn start_soon"  # noqa: SIM905
    " add_task add_job enqueue partial partialmethod".split()
)
#: Methods of a task that call it with their own arguments.
_TASK_METHODS = frozenset({"delay", "delay_on_commit", "s", "si", "send", "remote", "enqueue", "spawn", "using"})
#: Functions that take the arguments of the call as a tuple and a dict.
_PACKED_RUNNERS = frozenset(
    {"apply_async", "apply_async_on_commit", "send_with_options", "signature", "Thread", "Process", "Timer"}
)
_MAPPERS = frozenset({"map", "imap", "imap_unordered", "starmap"})
_HTTP_VERBS = frozenset({"get", "post", "put", "patch", "delete", "options", "head"})


def find_indirect_calls(ev: Evaluator, module: Module, call: ast.Call) -> IndirectCalls:
    """Yield the functions that a call passes on to be called, each with a synthetic call of it."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _RUNNERS:
        # The function comes first, or second: after an executor, a delay or a task's name.
        for index, handed in enumerate(call.args[:2]):
            for target in _find_functions(ev, module, handed):
                if name == "partialmethod":
                    target = replace(target, bound=_enclosing_instance(module, call))
                yield target, module.make_synthetic_call(call, handed, call.args[index + 1 :], call.keywords)
    if name in _MAPPERS and call.args:
        for target in _find_functions(ev, module, call.args[0]):
            yield target, module.make_synthetic_call(call, call.args[0], _element_arguments(call, target, name), [])
    if name in _PACKED_RUNNERS:
        yield from _find_packed(ev, module, call)
    if isinstance(call.func, ast.Attribute):
        if name in _TASK_METHODS:
            for target in _find_functions(ev, module, call.func.value):
                yield target, module.make_synthetic_call(call, call.func.value, call.args, call.keywords)
        if name in _HTTP_VERBS:
            yield from _find_session_calls(ev, module, call, call.func.value, name)


def _find_functions(ev: Evaluator, module: Module, node: ast.expr) -> list[FunctionValue]:
    return [value for value in ev.eval(module, node) if isinstance(value, FunctionValue)]


def _enclosing_instance(module: Module, node: ast.expr) -> Instance | None:
    """Return an instance of the class around a node, or None."""
    owner = module.enclosing_node(node, ast.ClassDef)
    return Instance(ClassValue(module, owner)) if isinstance(owner, ast.ClassDef) else None


def _find_packed(ev: Evaluator, module: Module, call: ast.Call) -> IndirectCalls:
    """Yield the calls made by ``task.apply_async((...), {...})``, ``Thread(target=..., args=...)`` and the like."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    rest = list(call.args)
    function = given.get("target") or given.get("function")
    targets = _find_functions(ev, module, function) if function is not None else []
    if not targets and isinstance(call.func, ast.Attribute):
        function = call.func.value
        targets = _find_functions(ev, module, function)
    while not targets and rest:
        function = rest.pop(0)
        targets = _find_functions(ev, module, function)
    positions, named = given.get("args", rest[0] if rest else None), given.get("kwargs", rest[1] if rest[1:] else None)
    arguments = positions.elts if isinstance(positions, (ast.Tuple, ast.List)) else []
    keywords = (
        [
            ast.copy_location(ast.keyword(key.value, value), key)
            for key, value in zip(named.keys, named.values, strict=True)
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
        if isinstance(named, ast.Dict)
        else []
    )
    for target in targets:
        yield target, module.make_synthetic_call(call, function or call.func, arguments, keywords)


def _element_arguments(call: ast.Call, target: FunctionValue, name: str) -> list[ast.expr]:
    """Return an element of each collection as the arguments of a mapped function."""
    if name != "starmap":
        return [_element_of(collection) for collection in call.args[1:]]
    row = [_element_of(collection) for collection in call.args[1:2]]
    count = len(target.node.args.posonlyargs + target.node.args.args)
    return [_element_of(one, ast.Constant(index)) for one in row for index in range(count)]


def _element_of(collection: ast.expr, index: ast.expr | None = None) -> ast.expr:
    any_one = index or ast.Name("_", ast.Load())
    return ast.copy_location(ast.Subscript(collection, ast.copy_location(any_one, collection), ast.Load()), collection)


def _find_session_calls(ev: Evaluator, module: Module, call: ast.Call, owner: ast.expr, verb: str) -> IndirectCalls:
    """Yield the call of ``request()`` behind ``session.post(...)``, if the session's class overrides it."""
    for value in ev.eval(module, owner):
        if (
            isinstance(value, Instance)
            and classes.find_method(ev, value, verb) is None
            and not classes.has_only_scanned_methods(ev, value.cls)
        ):
            target = classes.find_method(ev, value, "request")
            if target is not None:
                method = ast.copy_location(ast.Constant(verb.upper()), owner)
                yield target, module.make_synthetic_call(call, call.func, [method, *call.args], call.keywords)
