"""Ask an expression what it stands for: on demand, across names, attributes, calls and modules."""

from __future__ import annotations

import ast
from collections.abc import Callable as Callable_
from collections.abc import Hashable
from itertools import product
from typing import ParamSpec

from migrator.python.analysis import attributes, calls, names
from migrator.python.analysis import dict_entries as bodies
from migrator.python.analysis import strings as texts
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import EACH, Binding, Function, Step
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Instance,
    Item,
    Lit,
    Made,
    Many,
    Place,
    Row,
    Spot,
    Text,
    Value,
    Values,
    as_text,
    joined,
    one_of,
    trimmed,
)
from migrator.python.source.syntax import written_as
from migrator.rules.table import Client

P = ParamSpec("P")
_DEPTH, _TRIES = 60, 3
#: Stands for any element in the path of an item.
EVERY = "[]"


class Evaluator:
    """Evaluates each expression once. `clients` are the client classes that are known by their dotted names."""

    def __init__(self, project: Project, clients: tuple[Client, ...]) -> None:
        self.project = project
        self.clients = clients
        self._derived: dict[Class, list[Class]] | None = None
        self.decorated: dict[Binding, list[Callable]] | None = None
        self.sites: dict[Function, list[tuple[Callable, Spot]]] = {}
        self.made: dict[ast.AST, list[Spot]] = {}
        self._known: dict[Hashable, Values] = {}
        self._begun: dict[Hashable, tuple[Values, int]] = {}
        self._tries: dict[Hashable, int] = {}
        self._open: dict[Hashable, int] = {}
        self._low = 0
        self.barren: dict[tuple[str, ...], set[Item]] = {}
        self.growth: dict[Module, dict[Spot, list[tuple[str | None, ast.expr]]]] = {}

    def eval(self, module: Module, node: ast.expr) -> Values:
        """The alternatives for an expression; none when nothing is known of it."""
        return self._known[node] if node in self._known else self.once(node, self._eval, module, node)

    def once(self, key: Hashable, find: Callable_[P, Values], *args: P.args, **kwargs: P.kwargs) -> Values:
        """What `find` gives for a key, found once; what meets itself again adds nothing.

        A result that met a key further out is kept only until that one is done, and found again at most `_TRIES` times:
        without the first, code that calls itself would be walked along every path; without the second, once per start.
        """
        if (known := self._known.get(key)) is not None:
            return known
        if self._begun and key in self._begun:
            found, low = self._begun[key]
            self._low = min(self._low, low)
            return found
        depth = len(self._open)
        if key in self._open or depth > _DEPTH:
            self._low = min(self._low, self._open.get(key, 0))
            return ()
        outer, self._low = self._low, depth
        self._open[key] = depth
        try:
            found = find(*args, **kwargs)
        finally:
            del self._open[key]
        self._keep(key, found, depth)
        self._low = min(outer, self._low) if depth else 0
        return found

    def forget(self, kind: str) -> None:
        """Find anew what was found under the keys of a kind: more is known now."""
        self._known = {key: v for key, v in self._known.items() if not (isinstance(key, tuple) and key[0] == kind)}

    def _keep(self, key: Hashable, found: Values, depth: int) -> None:
        if self._low >= depth:
            self._known[key] = found
            for other in [other for other, (_, low) in self._begun.items() if low >= depth]:
                del self._begun[other]
            return
        tries = self._tries[key] = self._tries.get(key, 0) + 1
        if tries >= _TRIES:
            self._known[key] = found
        else:
            self._begun[key] = found, self._low

    def _eval(self, module: Module, node: ast.expr) -> Values:
        match node:
            case ast.Constant(value=str() | bytes()):
                return (texts.literal(module, node),)
            case ast.Constant(value=None):
                return ()
            case ast.JoinedStr():
                return texts.formatted(self, module, node)
            case ast.Name():
                return names.named(self, module, node)
            case ast.Attribute():
                return calls.got(self, module, node)
            case ast.Subscript(value=base, slice=index):
                return self._subscript(module, base, index)
            case ast.Call():
                return calls.called(self, module, node)
            case ast.BinOp():
                return self._operation(module, node)
            case ast.Dict() | ast.List() | ast.Tuple() | ast.Set():
                return (Display(Spot(module, node)),)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return (Display(Spot(module, node)),)
            case ast.Lambda():
                return (Callable(module, node),)
            case ast.Await(value=inner) | ast.NamedExpr(value=inner):
                return self.eval(module, inner)
            case ast.IfExp(body=one, orelse=other):
                return one_of((*self.eval(module, one), *self.eval(module, other)))
            case ast.BoolOp(values=values):
                return one_of([value for inner in values for value in self.eval(module, inner)])
        return (self.opaque(module, node),)

    def opaque(self, module: Module, node: ast.expr) -> Item:
        """An object that is known only by the text of the expression."""
        return Item(self.place(module, node))

    def place(self, module: Module, node: ast.expr) -> Place:
        """The identity of an expression within its function."""
        home = module.enclosing(node, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        return Place(module.path, getattr(home, "lineno", 0), written_as(module.source, node))

    def step(self, value: Value, step: Step) -> Values:
        """What is found in a value under a key or index, or all that it holds."""
        if step == EVERY:
            step = EACH
        if step == "value" and isinstance(value, Text):
            return (value,)
        if isinstance(value, (Display, Instance)):
            return self.once(("step", value, step), self._step, value, step)
        return self._step(value, step)

    def _step(self, value: Value, step: Step) -> Values:
        match value:
            case Item(root=root, path=path):
                return (Item(root, (*path, step if isinstance(step, str) else EVERY)),)
            case Made(root=root):
                return (Item(root, (step if isinstance(step, str) else EVERY,)),)
            case Display(spot=spot):
                return self._keyed(value, step) if isinstance(step, str) else self._entry(spot, step)
            case Many(members=members):
                return members
            case Row(columns=columns):
                whole = tuple(inner for column in columns for inner in column)
                return columns[step] if isinstance(step, int) and step < len(columns) else whole
            case Class():
                return attributes.enum_members(self, value) if step is EACH else ()
            case Instance():
                return attributes.found_under(self, value, step)
        return ()

    def walk(self, value: Value, path: tuple[Step, ...]) -> Values:
        """What is found by following a path into a value."""
        found: Values = (value,)
        for step in path:
            found = one_of([inner for outer in found for inner in self.step(outer, step)])
        return found

    def members(self, value: Value) -> Values:
        """The values of a dict, the elements of anything else."""
        if isinstance(value, Display) and isinstance(value.spot.node, ast.Dict):
            module = value.spot.module
            return one_of([found for entry in value.spot.node.values for found in self.eval(module, entry)])
        if isinstance(value, Display) and isinstance(value.spot.node, ast.DictComp):
            return self.eval(value.spot.module, value.spot.node.value)
        return self.step(value, EACH)

    def is_client(self, dotted: str) -> bool:
        """Whether a dotted name is that of a known client class."""
        return any(client.matches(dotted) for client in self.clients)

    def subclasses(self, cls: Class) -> tuple[Class, ...]:
        """The classes of the modules that are read that derive from a class."""
        if self._derived is None:
            self._derived = {}
            for module in self.project.loaded():
                for node in module.nodes:
                    if isinstance(node, ast.ClassDef) and node.bases:
                        for base in attributes.lineage(self, Class(module, node))[1:]:
                            if isinstance(base, Class):
                                self._derived.setdefault(base, []).append(Class(module, node))
        return tuple(self._derived.get(cls, ()))

    def imported(self, module: Module, node: ast.ImportFrom, name: str) -> Values:
        """What ``from ... import name`` gives."""
        return names.imported_from(self, module, node, name)

    def passed(self, value: Item) -> list[tuple[Spot, Value]]:
        """What callers pass for a parameter, each with the call."""
        parameter = value.parameter
        found: list[tuple[Spot, Value]] = []
        for target, site in self.sites.get(parameter.scope.node, []) if parameter else []:  # type: ignore[call-overload]
            given = calls.arguments(self, target, site)
            found += [(site, inner) for inner in calls.substituted(self, (value,), given) if inner != value]
        return found

    def home(self, binding: Binding) -> Module | None:
        """The module that holds a binding."""
        scope = binding.scope
        while scope.parent is not None:
            scope = scope.parent
        return self.project.home(scope.node)

    def keyword(self, call: ast.Call, name: str) -> ast.expr | None:
        """The argument that a call gives by name."""
        return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)

    def grown(self, spot: Spot, key: str | None) -> Values:
        """What statements elsewhere put into a dict under a key, or add to a list (key None)."""
        return one_of([v for node in bodies.stored(self, spot, key) for v in self.eval(spot.module, node)])

    def _keyed(self, display: Display, key: str) -> Values:
        if isinstance(display.spot.node, ast.DictComp):
            return self.eval(display.spot.module, display.spot.node.value)
        found = [entry for entry in bodies.entries(self, display, key) if isinstance(entry, bodies.Entry)]
        written = [value for entry in found for value in self.eval(entry.spot.module, entry.value)]
        return one_of([*written, *self.grown(display.spot, key)])

    def _entry(self, spot: Spot, step: Step) -> Values:
        module, node = spot.module, spot.node
        match node:
            case ast.Dict(keys=keys):
                own = [found for key in keys if key for found in self.eval(module, key)]
                return one_of([*own, *bodies.taken_over(self, spot)])
            case ast.Call():
                return bodies.taken_over(self, spot)
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                if isinstance(step, int) and step < len(elements):
                    return self.eval(module, elements[step])
                written = [value for element in elements for value in self._element(module, element)]
                return one_of([*written, *(self.grown(spot, None) if isinstance(node, ast.List) else ())])
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                return self.eval(module, element)
            case ast.DictComp(key=key):
                return self.eval(module, key)
        return ()

    def _element(self, module: Module, element: ast.expr) -> Values:
        if isinstance(element, ast.Starred):
            return one_of([v for value in self.eval(module, element.value) for v in self.step(value, EACH)])
        return self.eval(module, element)

    def _subscript(self, module: Module, base: ast.expr, index: ast.expr) -> Values:
        values = tuple(self.opaque(module, base) if type(v) is External else v for v in self.eval(module, base))
        if isinstance(index, ast.Constant) and isinstance(index.value, (str, int)):
            step: Step = index.value
            return one_of([inner for value in values for inner in self.step(value, step)])
        found: list[Value] = []
        for value in values:
            found += self.members(value) if not isinstance(value, (Item, External)) else (self.opaque(module, base),)
        return one_of(found)

    def _operation(self, module: Module, node: ast.BinOp) -> Values:
        left = self.eval(module, node.left)
        if isinstance(node.op, ast.Mod):
            found = [v for t in left if isinstance(t, Text) for v in texts.percent(self, module, t, node.right)]
            return one_of(found) or (self.opaque(module, node),)
        right = self.eval(module, node.right)
        if isinstance(node.op, (ast.Sub, ast.BitAnd)) and any(isinstance(v, (Display, Many)) for v in left):
            return left
        if isinstance(node.op, ast.BitOr):
            return one_of((*left, *right)) or (self.opaque(module, node),)
        if isinstance(node.op, ast.Add) and any(isinstance(v, (Display, Many)) for v in (*left, *right)):
            return (Many(one_of([m for value in (*left, *right) for m in self.step(value, EACH)])),)
        if isinstance(node.op, ast.Add) and any(isinstance(v, Text) or bodies.is_parameter(v) for v in (*left, *right)):
            return texts.concatenated([left, right])
        if isinstance(node.op, ast.Div) and any(isinstance(value, Text) for value in left):
            pairs = product(left, right or (self.opaque(module, node.right),))
            glue = as_text(Text((Lit("/"),)))
            return one_of(
                [joined([trimmed(as_text(a), "/", left=False, right=True), glue, as_text(b)]) for a, b in pairs]
            )
        return (self.opaque(module, node),)
