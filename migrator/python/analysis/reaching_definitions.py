"""Compute the bindings that reach each use of a name, through branches, loops and exceptions."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrator.python.analysis.scopes import Binding, Comprehension, NameScope, ScopeTable, list_parameters
from migrator.python.source.syntax import child_nodes

#: The bindings that may have given each name its current value. After a return or raise there is None instead.
Reach = dict[str, frozenset[Binding]]
#: Bindings that reach one use. Written branches give a dozen; generated ones give thousands, and their unions would
#: take quadratic time. A name with more has an unknown value, and is listed as name only.
MAX_DEFINITIONS = 256
_Loop = ast.For | ast.AsyncFor | ast.While


def find_reaching_definitions(tree: ast.Module, scopes: ScopeTable) -> dict[ast.Name, frozenset[Binding]]:
    """Return the bindings of its own scope that reach each name that is read."""
    flow = _FlowAnalysis(scopes)
    flow.run(tree)
    return flow.uses


class _FlowAnalysis:
    """Walk each function once, statement by statement."""

    def __init__(self, scopes: ScopeTable) -> None:
        self.scopes = scopes
        self.uses: dict[ast.Name, frozenset[Binding]] = {}
        self.later: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda] = []

    def run(self, tree: ast.Module) -> None:
        self.visit_block(tree.body, {})
        while self.later:
            node = self.later.pop()
            inner = self.scopes.inner[node]
            reach: Reach = {}
            for argument in list_parameters(node):
                reach[argument.arg] = frozenset(b for b in inner.bindings.get(argument.arg, ()) if b.node is argument)
            if isinstance(node, ast.Lambda):
                self.read_names(node.body, reach)
            else:
                self.visit_block(node.body, reach)

    def visit_block(self, body: list[ast.stmt], reach: Reach | None) -> Reach | None:
        for statement in body:
            reach = self.visit_statement(statement, {} if reach is None else reach)
        return reach

    def visit_statement(self, node: ast.stmt, reach: Reach) -> Reach | None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                outside = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, node.returns]
                self.read_all([*outside, *(argument.annotation for argument in list_parameters(node))], reach)
                self.later.append(node)
                self.bind_targets(node, reach)
            case ast.ClassDef():
                self.read_all([*node.decorator_list, *node.bases, *node.keywords], reach)
                self.visit_block(node.body, dict(reach))
                self.bind_targets(node, reach)
            case ast.If():
                return self.visit_branches(node, reach)
            case ast.For() | ast.AsyncFor() | ast.While():
                return self.visit_loop(node, reach)
            case ast.Try() | ast.TryStar():
                return self.visit_try(node, reach)
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for item in items:
                    self.read_names(item.context_expr, reach)
                    self.bind_targets(item.optional_vars, reach)
                return self.visit_block(body, reach)
            case ast.Match(subject=subject, cases=cases):
                self.read_names(subject, reach)
                return self.visit_cases(cases, reach)
            case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
                self.read_names(node, reach)
                return None
            case ast.Assign(targets=targets, value=value):
                self.read_names(value, reach)
                for target in targets:
                    self.read_names(target, reach)
                    self.bind_targets(target, reach)
            case ast.AugAssign(target=ast.Name(id=name) as target) if (target, name) in self.scopes.at:
                self.read_names(self.scopes.at[target, name].value, reach)
                self.bind_targets(target, reach)
            case _:
                self.read_names(node, reach)
                self.bind_targets(node, reach)
        return reach

    def visit_branches(self, node: ast.If, reach: Reach) -> Reach | None:
        """Visit an ``if`` with its ``elif`` branches, which the syntax tree nests."""
        ends: Reach | None = None
        while True:
            self.read_names(node.test, reach)
            ends = _merge_reaches(ends, self.visit_block(node.body, dict(reach)))
            match node.orelse:
                case [ast.If() as following]:
                    node = following
                case orelse:
                    return _merge_reaches(ends, self.visit_block(orelse, dict(reach)))

    def visit_loop(self, node: _Loop, reach: Reach) -> Reach | None:
        if isinstance(node, ast.While):
            reach = _merge_reaches(reach, self.find_bindings_within(node, node.body)) or {}
            self.read_names(node.test, reach)
        else:
            self.read_names(node.iter, reach)
            reach = _merge_reaches(reach, self.find_bindings_within(node, node.body)) or {}
        inside = dict(reach)
        if not isinstance(node, ast.While):
            self.bind_targets(node.target, inside)
        after = _merge_reaches(self.visit_block(node.body, inside), reach)
        return _merge_reaches(self.visit_block(node.orelse, dict(after or {})), after)

    def visit_try(self, node: ast.Try | ast.TryStar, reach: Reach) -> Reach | None:
        meanwhile = _merge_reaches(reach, self.find_bindings_within(node, node.body)) or {}
        ends = self.visit_block(node.orelse, self.visit_block(node.body, dict(reach)))
        for handler in node.handlers:
            inside = dict(meanwhile)
            self.read_names(handler.type, inside)
            self.bind_targets(handler, inside)
            ends = _merge_reaches(ends, self.visit_block(handler.body, inside))
        if not node.finalbody:
            return ends
        after = self.visit_block(node.finalbody, dict(_merge_reaches(ends, meanwhile) or {}))
        return None if ends is None else after

    def visit_cases(self, cases: list[ast.match_case], reach: Reach) -> Reach | None:
        ends: Reach | None = dict(reach)
        for case in cases:
            inside = dict(reach)
            for node in ast.walk(case.pattern):
                self.read_name(node, inside)
                self.bind_targets(node, inside, deep=False)
            self.read_names(case.guard, inside)
            ends = _merge_reaches(ends, self.visit_block(case.body, inside))
        return ends

    def find_bindings_within(self, node: ast.AST, body: list[ast.stmt]) -> Reach:
        """Return the bindings that may exist when control leaves the statements early or repeats them."""
        found: dict[str, set[Binding]] = {}
        todo: list[ast.AST] = [node.target, *body] if isinstance(node, (ast.For, ast.AsyncFor)) else [*body]
        while todo:
            inner = todo.pop()
            for binding in self.find_bindings_of(inner):
                found.setdefault(binding.name, set()).add(binding)
            if not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, Comprehension)):
                todo.extend(child_nodes(inner))
        return {name: frozenset(bindings) for name, bindings in found.items()}

    def find_bindings_of(self, node: ast.AST) -> list[Binding]:
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

    def bind_targets(self, node: ast.AST | None, reach: Reach, *, deep: bool = True) -> None:
        if node is None:
            return
        nodes = [node]
        if deep and isinstance(node, (ast.expr, ast.AnnAssign, ast.AugAssign)):
            nodes = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        for inner in nodes:
            for binding in self.find_bindings_of(inner):
                reach[binding.name] = frozenset((binding,))

    def read_all(self, nodes: Sequence[ast.AST | None], reach: Reach) -> None:
        for node in nodes:
            self.read_names(node, reach)

    def read_names(self, node: ast.AST | None, reach: Reach) -> None:
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
                self.read_names(inner.value, reach)
                self.bind_targets(inner.target, reach)
                continue
            todo.extend(reversed(child_nodes(inner)))

    def read_name(self, node: ast.AST, reach: Reach) -> None:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            scope: NameScope | None = self.scopes.of.get(node)
            while scope is not None and isinstance(scope.node, Comprehension):
                if node.id in scope.bindings:
                    return
                scope = scope.parent
            if scope is not None and node.id in reach and node.id not in scope.outer:
                self.uses[node] = reach[node.id]


def _merge_reaches(one: Reach | None, other: Reach | None) -> Reach | None:
    if one is None or other is None:
        return other if one is None else one
    merged = dict(one)
    for name, bindings in other.items():
        known = merged.get(name)
        if known is None:
            merged[name] = bindings
        elif known is not bindings and len(known) <= MAX_DEFINITIONS:
            merged[name] = known | bindings if len(bindings) <= MAX_DEFINITIONS else bindings
    return merged
