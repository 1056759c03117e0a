"""Find constants that hold an old name but are also used for the program's own data (a column, a queue)."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from migrator.python.analysis import substitution
from migrator.python.analysis.data_models import is_database_model
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Function
from migrator.python.analysis.values import ClassValue, ExternalName, LiteralPart, ModuleNode, StringValue
from migrator.python.call_graph.call_sites import find_targets
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.names.compared_names import ComparedNames
from migrator.python.finders.names.webhook_sets import WrittenNames
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.context_hints import is_logged
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequests
from migrator.python.source.import_paths import is_test_path
from migrator.python.source.syntax import dotted_names
from migrator.rules.rule import Kind

#: Expressions through which a constant passes on its way to a call.
_PARTS = (ast.keyword, ast.Tuple, ast.List, ast.Set, ast.Starred, ast.JoinedStr, ast.FormattedValue, ast.BinOp)
#: Methods of strings and collections.
_BUILTIN_METHODS = frozenset(dir(str) + dir(list) + dir(dict) + dir(set)) - {"insert"}
_LOGS = frozenset({"log", "logger", "logging"})
#: A constant is followed through four calls: a helper, a service, its storage and the library. A use behind more calls
#: is not seen, and the constant is edited.
_DEPTH = 4
#: Three uses show what else depends on a constant; a longer message would hide the advice.
_SHOWN = 3
#: A name begins at most four characters after its literal: a prefix of one letter and three quotes.
_LONGEST_OPENING = 4


def find_shared_constants(
    isolation: FailureIsolation,
    context: SearchContext,
    sent: SentRequests,
    received: ReceivedWebhooks,
    compared: ComparedNames,
    written: WrittenNames,
    earlier: ClaimSet,
) -> ClaimSet:
    """Claim, as manual, the constants that `earlier` edits and that are also used for data of the program."""
    acted, calls_sent = compared.nodes | written.nodes, sent.methods_by_call.keys()
    finder = SharedConstantFinder(context, acted, calls_sent, received.modules, earlier)
    isolation.for_program(received.modules, finder.find_all)
    return finder.claims


class SharedConstantFinder:
    """Turns the edit of a constant into a manual finding if it would also change data of the program.

    `acted` are the expressions that are judged to be names, `sent` the calls that send requests.
    """

    def __init__(
        self,
        context: SearchContext,
        acted: Set[ast.AST],
        sent: Set[ast.AST],
        modules: Sequence[Module],
        earlier: ClaimSet,
    ) -> None:
        self.ev, self.words, self.acted, self.sent, self.modules = context.ev, context.words, acted, sent, modules
        self.earlier, self.claims = earlier, ClaimSet()

    @cached_property
    def _api_keys(self) -> set[str | None]:
        """Return the keys under which the API itself takes names."""
        words = self.words
        methods = (*words.api.methods, *words.methods)
        paths = {path[-1] for method in methods for path in words.request_webhook_paths(method)}
        return paths | ({words.api.envelope.name} if words.api.envelope else set())

    def find_all(self) -> None:
        """Claim, as manual, every constant that is also used for the program's own data."""
        for group in self.earlier.groups.values():
            claim = group[0]
            is_edited = claim.rule.kind is Kind.RENAME_WEBHOOK and all(each.operations for each in group)
            constant = _find_constant(claim) if is_edited else None
            others = list(dict.fromkeys(self._find_other_uses(claim, constant))) if constant is not None else []
            if others:
                shown = ", ".join(others[:_SHOWN]) + (", ..." if others[_SHOWN:] else "")
                held = f"it is also passed to {shown}: make sure that these may change as well"
                where = claim.start, claim.end
                self.claims.claim_span(claim.rule, claim.module, where, claim.strength, claim.evidence, held, claim.new)

    def _find_other_uses(self, claim: Claim, constant: ast.Constant) -> Iterator[str]:
        names, owner = (
            _assigned_names(claim.module, constant),
            claim.module.parents[claim.module.enclosing_statement(constant)],
        )
        for module in self.modules if names else ():
            if is_test_path(module.path):
                continue
            for node in _find_reads(module, names):
                if self._evaluates_to(module, node, constant):
                    yield from self._follow_value(module, node, _DEPTH)
            for node in module.attributes.get("choices", ()):
                values = self.ev.eval(module, node.value)
                if isinstance(owner, ast.ClassDef) and ClassValue(claim.module, owner) in values:
                    yield from self._follow_value(module, module.parents[node], _DEPTH)

    def _evaluates_to(self, module: Module, node: ast.expr, constant: ast.Constant) -> bool:
        ev = self.ev
        values = [each for value in ev.eval(module, node) for each in (value, *ev.step_into(value, 0))]
        parts = [value.parts for value in values if isinstance(value, StringValue)]
        return any(
            len(each) == 1 and isinstance(lit := each[0], LiteralPart) and lit.origin and lit.origin.node is constant
            for each in parts
        )

    def _follow_value(self, module: Module, node: ast.AST, depth: int) -> Iterator[str]:
        """Yield the calls that receive a value and that neither send it to the API nor log it."""
        while node not in self.acted:
            outer = module.parents.get(node)
            match outer:
                case ast.Attribute():
                    pass  # .value, .lower(), and the like
                case ast.Dict(keys=keys, values=values) if node in values:
                    key = keys[values.index(node)]
                    if isinstance(key, ast.Constant) and key.value in self._api_keys:
                        return
                case ast.keyword(arg=name) if name in self._api_keys:
                    return
                case ast.Call(func=func) as call:
                    if func is not node:
                        yield from self._follow_call(module, call, node, depth)
                        return
                case _ if not isinstance(outer, _PARTS):
                    return
            assert outer is not None
            node = outer

    def _follow_call(self, module: Module, call: ast.Call, node: ast.AST, depth: int) -> Iterator[str]:
        ev = self.ev
        if call in self.sent or is_logged(call) or isinstance(module.parents.get(call), ast.Raise):
            return
        reached = find_targets(ev, module, call)
        for target in reached if depth else ():
            for parameter in _parameter_names(target.node):
                spot = substitution.find_argument(target, ModuleNode(module, call), parameter)
                if spot is not None and (spot.node is node or spot.node is getattr(node, "value", None)):
                    binding = target.module.scopes.inner[target.node].bindings[parameter][0]
                    for load in target.module.find_loads(binding):
                        yield from self._follow_value(target.module, load, depth - 1)
        if not reached and not self._is_plain(module, call):
            yield f"`{'.'.join(dotted_names(call)) or 'something'}` ({ModuleNode(module, call)})"

    def _is_plain(self, module: Module, call: ast.Call) -> bool:
        """Return whether a call is a builtin, or creates an object that is not stored in a database."""
        values = self.ev.eval(module, call.func)
        if any(isinstance(value, ClassValue) for value in values):
            return not any(isinstance(value, ClassValue) and is_database_model(self.ev, value) for value in values)
        if isinstance(call.func, ast.Attribute):
            is_plain = call.func.attr in _BUILTIN_METHODS and not call.keywords
            return is_plain or not _LOGS.isdisjoint(name.strip("_") for name in dotted_names(call))
        return all(isinstance(value, ExternalName) and hasattr(builtins, value.dotted) for value in values)


def _find_constant(claim: Claim) -> ast.Constant | None:
    """Return the string that a claim is about, if it is all that a name is assigned."""
    source = claim.module.source
    for node in claim.module.strings.get(claim.old or "", ()):
        if 0 < claim.start - source.offset(node.lineno, node.col_offset) <= _LONGEST_OPENING:
            return node
    return None


def _assigned_names(module: Module, constant: ast.Constant) -> set[str]:
    """Return the names that are assigned a string, alone or with a label beside it."""
    holder = module.parents.get(constant)
    match module.parents.get(holder) if isinstance(holder, ast.Tuple) else holder:
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _find_reads(module: Module, names: set[str]) -> Iterator[ast.expr]:
    aliases = {
        each.asname
        for node in module.tree.body
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if each.name in names and each.asname
    }
    for name in names | aliases:
        yield from module.reads.get(name, ())
        yield from module.attributes.get(name, ())


def _parameter_names(function: Function) -> list[str]:
    arguments = function.args
    return [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
