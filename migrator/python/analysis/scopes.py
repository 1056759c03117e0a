"""Collect the scopes of a module and the bindings in them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import Enum

from migrator.python.source.syntax import child_nodes

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
#: A step into a value: an index, a key, or EACH for any element.
PathStep = int | str | None
EACH_ELEMENT: PathStep = None


class BindingKind(Enum):
    """Classify a binding by the construct that makes it."""

    VALUE = "an assignment"
    IMPORT = "an import"
    FUNCTION = "a function"
    CLASS = "a class"
    PARAMETER = "a parameter"
    UNKNOWN = "something else"


@dataclass(eq=False, slots=True)
class NameScope:
    """A module, class, function or comprehension with the names it binds."""

    node: ast.AST
    parent: NameScope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)

    @property
    def is_class(self) -> bool:
        """Return True if this is a class body, whose names inner functions do not see."""
        return isinstance(self.node, ast.ClassDef)


@dataclass(eq=False, slots=True)
class Binding:
    """One binding of a name. `path` leads from `value` to the part that is bound, as in ``a, b = value``."""

    name: str
    kind: BindingKind
    node: ast.AST
    scope: NameScope
    value: ast.expr | None = None
    annotation: ast.expr | None = None
    path: tuple[PathStep, ...] = ()


@dataclass(slots=True)
class ScopeTable:
    """All scopes: `of` each node, the `inner` one that a node opens, and the binding `at` each node and name."""

    module: NameScope
    of: dict[ast.AST, NameScope] = field(default_factory=dict)
    inner: dict[ast.AST, NameScope] = field(default_factory=dict)
    at: dict[tuple[ast.AST, str], Binding] = field(default_factory=dict)


def collect_scopes(tree: ast.Module) -> ScopeTable:
    """Collect scopes and bindings, in no particular order and without recursion."""
    scopes = ScopeTable(NameScope(tree, None))
    scopes.inner[tree] = scopes.module
    todo: list[tuple[ast.AST, NameScope]] = [(child, scopes.module) for child in tree.body]
    while todo:
        node, scope = todo.pop()
        todo.extend(_visit_node(scopes, node, scope))
    for scope in list(scopes.inner.values()):
        _move_outer_names(scopes, scope)
    return scopes


def find_binding_scope(scopes: ScopeTable, name: ast.Name) -> NameScope | None:
    """Return the scope that binds a name, searched from where it is read outwards; None for a builtin."""
    scope = scopes.of.get(name)
    innermost = True
    while scope is not None and not (name.id in scope.bindings and (innermost or not scope.is_class)):
        scope, innermost = scope.parent, False
    return scope


def _visit_node(scopes: ScopeTable, node: ast.AST, scope: NameScope) -> list[tuple[ast.AST, NameScope]]:
    scopes.of[node] = scope
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return _visit_function(scopes, node, scope)
    if isinstance(node, ast.ClassDef):
        _bind(scopes, scope, node.name, BindingKind.CLASS, node)
        inner = scopes.inner[node] = NameScope(node, scope)
        outside: list[ast.AST] = [*node.decorator_list, *node.bases, *node.keywords]
        return [*((child, scope) for child in outside), *((child, inner) for child in node.body)]
    if isinstance(node, Comprehension):
        return _visit_comprehension(scopes, node, scope)
    _bind_names(scopes, node, scope)
    return [(child, scope) for child in child_nodes(node)]


def _visit_function(scopes: ScopeTable, node: Function, scope: NameScope) -> list[tuple[ast.AST, NameScope]]:
    inner = scopes.inner[node] = NameScope(node, scope)
    arguments = node.args
    for argument in list_parameters(node):
        _bind(scopes, inner, argument.arg, BindingKind.PARAMETER, argument, annotation=argument.annotation)
    outside: list[ast.AST | None] = [*arguments.defaults, *arguments.kw_defaults]
    outside += [argument.annotation for argument in list_parameters(node)]
    if isinstance(node, ast.Lambda):
        inside: list[ast.AST] = [node.body]
    else:
        _bind(scopes, scope, node.name, BindingKind.FUNCTION, node)
        outside += [*node.decorator_list, node.returns]
        inside = list(node.body)
    return [*((child, scope) for child in outside if child is not None), *((child, inner) for child in inside)]


def list_parameters(node: Function) -> list[ast.arg]:
    """Return every parameter of a function, starred ones included."""
    arguments = node.args
    starred = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *starred]


def _visit_comprehension(scopes: ScopeTable, node: Comprehension, scope: NameScope) -> list[tuple[ast.AST, NameScope]]:
    inner = scopes.inner[node] = NameScope(node, scope)
    children: list[tuple[ast.AST, NameScope]] = []
    for index, generator in enumerate(node.generators):
        _bind_target(scopes, inner, generator.target, generator.iter, (EACH_ELEMENT,))
        children += [(generator.target, inner), (generator.iter, inner if index else scope)]
        children += [(test, inner) for test in generator.ifs]
    values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    return [*children, *((value, inner) for value in values)]


def _bind_names(scopes: ScopeTable, node: ast.AST, scope: NameScope) -> None:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _bind_target(scopes, scope, target, value, ())
        case ast.AnnAssign(target=ast.Name(id=name) as target):
            _bind(scopes, scope, name, BindingKind.VALUE, target, value=node.value, annotation=node.annotation)
        case ast.AugAssign(target=ast.Name(id=name) as target, op=operator, value=value):
            before = ast.copy_location(ast.Name(name, ast.Load()), target)
            scopes.of[before] = scope
            grown = ast.copy_location(ast.BinOp(before, operator, value), node)
            _bind(scopes, scope, name, BindingKind.VALUE, target, value=grown)
        case ast.NamedExpr(target=ast.Name(id=name) as target, value=value):
            _bind(scopes, _function_scope(scope), name, BindingKind.VALUE, target, value=value)
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            _bind_target(scopes, scope, target, value, (EACH_ELEMENT,))
        case ast.withitem(optional_vars=target, context_expr=value) if target is not None:
            _bind_target(scopes, scope, target, value, ())
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            for alias in names:
                local = alias.asname or alias.name
                bound = local if isinstance(node, ast.ImportFrom) or alias.asname else local.partition(".")[0]
                _bind(scopes, scope, bound, BindingKind.IMPORT, node)
        case ast.ExceptHandler(name=name) if name:
            _bind(scopes, scope, name, BindingKind.UNKNOWN, node)
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            scope.outer.update(names)
        case ast.Match(subject=subject, cases=cases):
            for case in cases:
                _bind_pattern(scopes, scope, case.pattern, subject, ())


def _bind_target(
    scopes: ScopeTable, scope: NameScope, target: ast.expr, value: ast.expr, path: tuple[PathStep, ...]
) -> None:
    match target:
        case ast.Name(id=name):
            _bind(scopes, scope, name, BindingKind.VALUE, target, value=value, path=path)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for index, element in enumerate(elements):
                _bind_target(scopes, scope, element, value, (*path, index))
        case ast.Starred(value=ast.Name(id=name) as inner):
            _bind(scopes, scope, name, BindingKind.UNKNOWN, inner)


def _bind_pattern(
    scopes: ScopeTable, scope: NameScope, pattern: ast.pattern, subject: ast.expr, path: tuple[PathStep, ...]
) -> None:
    match pattern:
        case ast.MatchAs(name=str(name), pattern=None):
            _bind(scopes, scope, name, BindingKind.VALUE, pattern, value=subject, path=path)
        case ast.MatchAs(name=str(name), pattern=ast.pattern() as inner):
            _bind(scopes, scope, name, BindingKind.VALUE, pattern, value=subject, path=path)
            _bind_pattern(scopes, scope, inner, subject, path)
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            for key, inner in zip(keys, patterns, strict=True):
                step = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else EACH_ELEMENT
                _bind_pattern(scopes, scope, inner, subject, (*path, step))
            if rest:
                _bind(scopes, scope, rest, BindingKind.UNKNOWN, pattern)
        case ast.MatchClass(kwd_attrs=names, kwd_patterns=patterns):
            for name, inner in zip(names, patterns, strict=True):
                _bind_pattern(scopes, scope, inner, subject, (*path, name))
        case ast.MatchOr(patterns=patterns) | ast.MatchSequence(patterns=patterns):
            for inner in patterns:
                _bind_pattern(scopes, scope, inner, subject, (*path, EACH_ELEMENT))
        case ast.MatchStar(name=str(name)):
            _bind(scopes, scope, name, BindingKind.UNKNOWN, pattern)


def _bind(
    scopes: ScopeTable,
    scope: NameScope,
    name: str,
    kind: BindingKind,
    node: ast.AST,
    *,
    value: ast.expr | None = None,
    annotation: ast.expr | None = None,
    path: tuple[PathStep, ...] = (),
) -> None:
    binding = Binding(name, kind, node, scope, value, annotation, path)
    scope.bindings.setdefault(name, []).append(binding)
    scopes.at[node, name] = binding


def _function_scope(scope: NameScope) -> NameScope:
    while isinstance(scope.node, Comprehension) and scope.parent is not None:
        scope = scope.parent
    return scope


def _move_outer_names(scopes: ScopeTable, scope: NameScope) -> None:
    """Move the bindings of names declared global or nonlocal to the scope that they mean."""
    for name in scope.outer & scope.bindings.keys():
        home = scopes.module
        outer = scope.parent
        while outer is not None and outer.parent is not None:
            if name in outer.bindings and not outer.is_class:
                home = outer
                break
            outer = outer.parent
        for binding in scope.bindings.pop(name):
            binding.scope = home
            home.bindings.setdefault(name, []).append(binding)
