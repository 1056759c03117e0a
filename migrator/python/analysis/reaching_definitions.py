"""Compute the bindings that reach each use of a name, through branches, loops and exceptions."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrator.python.analysis.scopes import Binding, Comprehension, Scope, Scopes, parameters
from migrator.python.source.syntax import children

#: The bindings that may have given each name its current value. After a return or raise there is None instead.
Reach = dict[str, frozenset[Binding]]
#: Bindings that reach one use. Written branches give a dozen; generated ones give thousands, and their unions would
#: take quadratic time. A name with more has an unknown value, and is listed as name only.
MOST = 256
_Loop = ast.For | ast.AsyncFor | ast.While


def reaching(tree: ast.Module, scopes: Scopes) -> dict[ast.Name, frozenset[Binding]]:
    """Return the bindings of its own scope that reach each name that is read."""
    flow = _Flow(scopes)
    flow.run(tree)
    return flow.uses


class _Flow:
    """Walk each function once, statement by statement."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes
        self.uses: dict[ast.Name, frozenset[Binding]] = {}
        self.later: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda] = []

    def run(self, tree: ast.Module) -> None:
        self.block(tree.body, {})
        while self.later:
            node = self.later.pop()
            inner = self.scopes.inner[node]
            reach: Reach = {}
            for argument in parameters(node):
                reach[argument.arg] = frozenset(b for b in inner.bindings.get(argument.arg, ()) if b.node is argument)
            if isinstance(node, ast.Lambda):
                self.read(node.body, reach)
            else:
                self.block(node.body, reach)

    def block(self, body: list[ast.stmt], reach: Reach | None) -> Reach | None:
        for statement in body:
            reach = self.statement(statement, {} if reach is None else reach)
        return reach

    def statement(self, node: ast.stmt, reach: Reach) -> Reach | None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                outside = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, node.returns]
                self.read_all([*outside, *(argument.annotation for argument in parameters(node))], reach)
                self.later.append(node)
                self.bind(node, reach)
            case ast.ClassDef():
                self.read_all([*node.decorator_list, *node.bases, *node.keywords], reach)
                self.block(node.body, dict(reach))
                self.bind(node, reach)
            case ast.If():
                return self.branches(node, reach)
            case ast.For() | ast.AsyncFor() | ast.While():
                return self.loop(node, reach)
            case ast.Try() | ast.TryStar():
                return self.attempt(node, reach)
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for item in items:
                    self.read(item.context_expr, reach)
                    self.bind(item.optional_vars, reach)
                return self.block(body, reach)
            case ast.Match(subject=subject, cases=cases):
                self.read(subject, reach)
                return self.cases(cases, reach)
            case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
                self.read(node, reach)
                return None
            case ast.Assign(targets=targets, value=value):
                self.read(value, reach)
                for target in targets:
                    self.read(target, reach)
                    self.bind(target, reach)
            case ast.AugAssign(target=ast.Name(id=name) as target) if (target, name) in self.scopes.at:
                self.read(self.scopes.at[target, name].value, reach)
                self.bind(target, reach)
            case _:
                self.read(node, reach)
                self.bind(node, reach)
        return reach

    def branches(self, node: ast.If, reach: Reach) -> Reach | None:
        """Visit an ``if`` with its ``elif`` branches, which the syntax tree nests."""
        ends: Reach | None = None
        while True:
            self.read(node.test, reach)
            ends = _merge(ends, self.block(node.body, dict(reach)))
            match node.orelse:
                case [ast.If() as following]:
                    node = following
                case orelse:
                    return _merge(ends, self.block(orelse, dict(reach)))

    def loop(self, node: _Loop, reach: Reach) -> Reach | None:
        if isinstance(node, ast.While):
            reach = _merge(reach, self.bound_within(node, node.body)) or {}
            self.read(node.test, reach)
        else:
            self.read(node.iter, reach)
            reach = _merge(reach, self.bound_within(node, node.body)) or {}
        inside = dict(reach)
        if not isinstance(node, ast.While):
            self.bind(node.target, inside)
        after = _merge(self.block(node.body, inside), reach)
        return _merge(self.block(node.orelse, dict(after or {})), after)

    def attempt(self, node: ast.Try | ast.TryStar, reach: Reach) -> Reach | None:
        meanwhile = _merge(reach, self.bound_within(node, node.body)) or {}
        ends = self.block(node.orelse, self.block(node.body, dict(reach)))
        for handler in node.handlers:
            inside = dict(meanwhile)
            self.read(handler.type, inside)
            self.bind(handler, inside)
            ends = _merge(ends, self.block(handler.body, inside))
        if not node.finalbody:
            return ends
        after = self.block(node.finalbody, dict(_merge(ends, meanwhile) or {}))
        return None if ends is None else after

    def cases(self, cases: list[ast.match_case], reach: Reach) -> Reach | None:
        ends: Reach | None = dict(reach)
        for case in cases:
            inside = dict(reach)
            for node in ast.walk(case.pattern):
                self.read_name(node, inside)
                self.bind(node, inside, deep=False)
            self.read(case.guard, inside)
            ends = _merge(ends, self.block(case.body, inside))
        return ends

    def bound_within(self, node: ast.AST, body: list[ast.stmt]) -> Reach:
        """Return the bindings that may exist when control leaves the statements early or repeats them."""
        found: dict[str, set[Binding]] = {}
        todo: list[ast.AST] = [node.target, *body] if isinstance(node, (ast.For, ast.AsyncFor)) else [*body]
        while todo:
            inner = todo.pop()
            for binding in self.made_by(inner):
                found.setdefault(binding.name, set()).add(binding)
            if not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, Comprehension)):
                todo.extend(children(inner))
        return {name: frozenset(bindings) for name, bindings in found.items()}

    def made_by(self, node: ast.AST) -> list[Binding]:
        at = self.scopes.at
        match node:
            case ast.Name(ctx=ast.Store()):
                names: list[str] = [node.id]
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names = [alias.asname or alias.name.partition(".")[0] for alias in aliases]
                names += [alias.name for alias in aliases]
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                names = [name]
            case ast.MatchMapping(rest=str(name)):
                names = [name]
            case _:
                return []
        return [at[node, name] for name in dict.fromkeys(names) if (node, name) in at]

    def bind(self, node: ast.AST | None, reach: Reach, *, deep: bool = True) -> None:
        if node is None:
            return
        nodes = [node]
        if deep and isinstance(node, (ast.expr, ast.AnnAssign, ast.AugAssign)):
            nodes = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        for inner in nodes:
            for binding in self.made_by(inner):
                reach[binding.name] = frozenset((binding,))

    def read_all(self, nodes: Sequence[ast.AST | None], reach: Reach) -> None:
        for node in nodes:
            self.read(node, reach)

    def read(self, node: ast.AST | None, reach: Reach) -> None:
        """Record the names that an expression reads. A walrus target is bound for the rest of the expression."""
        todo = [] if node is None else [node]
        while todo:
            inner = todo.pop()
            self.read_name(inner, reach)
            if isinstance(inner, ast.Lambda):
                self.later.append(inner)
                todo += [default for default in (*inner.args.defaults, *inner.args.kw_defaults) if default]
                continue
            if isinstance(inner, ast.NamedExpr):
                self.read(inner.value, reach)
                self.bind(inner.target, reach)
                continue
            todo.extend(reversed(children(inner)))

    def read_name(self, node: ast.AST, reach: Reach) -> None:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            scope: Scope | None = self.scopes.of.get(node)
            while scope is not None and isinstance(scope.node, Comprehension):
                if node.id in scope.bindings:
                    return
                scope = scope.parent
            if scope is not None and node.id in reach and node.id not in scope.outer:
                self.uses[node] = reach[node.id]


def _merge(one: Reach | None, other: Reach | None) -> Reach | None:
    if one is None or other is None:
        return other if one is None else one
    merged = dict(one)
    for name, bindings in other.items():
        known = merged.get(name)
        if known is None:
            merged[name] = bindings
        elif known is not bindings and len(known) <= MOST:
            merged[name] = known | bindings if len(bindings) <= MOST else bindings
    return merged
