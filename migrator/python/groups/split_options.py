"""Find options whose default and choices would not change together: the program would refuse its own default."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from migrator.matching.vocabulary import RenamedName, Vocabulary
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import source_span
from migrator.python.analysis.values import ClassValue, LiteralPart, ModuleNode, StringValue
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.source.syntax import dotted_names, keyword_value, parameter_defaults
from migrator.rules.rule import Kind

#: Calls that declare an option of click, argparse or typer.
_OPTION_CALLS = ("option", "argument", "add_argument", "add_option", "Option", "Argument")
_RENAMES = frozenset({Kind.RENAME_WEBHOOK, Kind.RENAME_METHOD})
#: Three lines show what else has to change; a longer message would hide the advice.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class OptionName:
    """An old name among the choices of an option, or its default; `is_own` if it is written in the declaration."""

    module: Module
    node: ast.Constant
    span: tuple[int, int]
    named: RenamedName
    is_own: bool

    def __hash__(self) -> int:
        return hash(self.node)

    def __str__(self) -> str:
        return str(ModuleNode(self.module, self.node))


#: The names of one option by their nodes, the same name once.
OptionNames = Mapping[ast.AST, OptionName]


def find_split_options(isolation: FailureIsolation, context: SearchContext, earlier: ClaimSet) -> ClaimSet:
    """Claim the default and the choices of each option together: all are edited, or all are manual."""
    claims = ClaimSet()
    if any(claim.operations and claim.rule.kind in _RENAMES for claim in earlier.all()):
        options: list[OptionNames] = []
        finder = OptionFinder(context.ev, context.words)
        isolation.for_each_module(context.modules, lambda module: options.extend(finder.find_in(module)))
        for names in _merge_options(options):
            _claim_option(names, earlier, claims)
    return claims


def _merge_options(options: Iterable[OptionNames]) -> list[OptionNames]:
    """Merge the options that share a name, as two that use one enum do."""
    merged: list[OptionNames] = []
    for names in options:
        apart = [other for other in merged if other.keys().isdisjoint(names)]
        joined = {**names}
        for other in merged:
            if not other.keys().isdisjoint(names):
                joined = {**joined, **other}
        merged = [*apart, joined]
    return merged


def _claim_option(names: OptionNames, earlier: ClaimSet, claims: ClaimSet) -> None:
    found = {name: earlier.groups.get((name.module, *name.span, name.named.rule.id), []) for name in names.values()}
    edited = {name: group for name, group in found.items() if group and all(claim.operations for claim in group)}
    if not edited:
        return
    seen = max((claim for group in edited.values() for claim in group), key=lambda claim: claim.strength)
    sure = {name for name, group in edited.items() if max(claim.strength for claim in group) == seen.strength}
    if all(name in sure or (name.is_own and (name in edited or not found[name])) for name in found):
        for name in found.keys() - sure:
            _claim_name(name, seen, "", claims)
    else:
        for name in found:
            others = list(dict.fromkeys(str(other) for other in found if other is not name)) or [str(name)]
            shown = ", ".join(others[:_SHOWN]) + (f" and {len(others) - _SHOWN} more" if others[_SHOWN:] else "")
            _claim_name(name, seen, f"the default and the choices of an option change together: {shown}", claims)


def _claim_name(name: OptionName, seen: Claim, held: str, claims: ClaimSet) -> None:
    evidence = (*seen.evidence, "the default and the choices of one option are equal")
    claims.claim_span(name.named.rule, name.module, name.span, seen.strength, evidence, held, name.named.new)


class OptionFinder:
    """Finds options with the old names among their choices and defaults."""

    def __init__(self, ev: Evaluator, words: Vocabulary) -> None:
        self.ev = ev
        self._known = {**words.methods, **words.webhooks}

    def find_in(self, module: Module) -> Iterator[OptionNames]:
        """Yield the names of each option in a module that has a default and choices with an old name."""
        if not any(old in module.source.text for old in self._known) and not self._imports_names(module):
            return
        for called in _OPTION_CALLS:
            for call in module.calls.get(called, ()):
                choices, default = _read_declaration(module, call)
                yield from self._collect_names(module, call, choices, default)
        for node in module.nodes:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    for argument, value in _annotated_defaults(node):
                        yield from self._collect_names(module, value, [argument], [value])
                case ast.AnnAssign(annotation=annotation, value=ast.expr() as value):
                    yield from self._collect_names(module, value, [annotation], [value])

    def _imports_names(self, module: Module) -> bool:
        imported = self.ev.project.imported_modules(module)
        return any(old in inner.source.text for inner in imported for old in self._known)

    def _collect_names(
        self, module: Module, whole: ast.AST, choices: list[ast.expr], default: list[ast.expr]
    ) -> Iterator[OptionNames]:
        listed = [found for each in choices for found in self._find_constants(module, each)]
        preset = [found for each in default for found in self._find_constants(module, each)]
        if not listed or not preset:
            return
        names: dict[ast.AST, OptionName] = {}
        for home, node in (*listed, *preset):
            named = self._known.get(str(node.value))
            part = LiteralPart(str(node.value), ModuleNode(home, node))
            span = source_span(part, 0, len(part.text))
            if named is not None and named.new is not None and span is not None:
                names[node] = OptionName(home, node, span, named, home.is_within(node, whole))
        if names:
            yield names

    def _find_constants(self, module: Module, node: ast.expr) -> Iterator[tuple[Module, ast.Constant]]:
        """Yield the strings that an expression may be or contain: those of a list, of an enum, of a literal type."""
        ev = self.ev
        for inner in ast.walk(node):
            match inner:
                case ast.Constant(value=str()):
                    yield module, inner
                case ast.Attribute(value=ast.Attribute() | ast.Name() as owner, attr=attr):
                    for value in ev.eval(module, owner):
                        if isinstance(value, ClassValue):
                            yield from _find_members(value, attr)
                    yield from self._find_written(module, inner)
                case ast.Name():
                    for value in ev.eval(module, inner):
                        if isinstance(value, ClassValue):
                            yield from _find_members(value, None)
                    yield from self._find_written(module, inner)

    def _find_written(self, module: Module, node: ast.expr) -> Iterator[tuple[Module, ast.Constant]]:
        ev = self.ev
        values = ev.eval(module, node)
        members = [inner for whole in values for inner in ev.list_members(whole)]
        for value in (*values, *members):
            for part in value.parts if isinstance(value, StringValue) and len(value.parts) == 1 else ():
                if isinstance(part, LiteralPart) and part.origin and isinstance(part.origin.node, ast.Constant):
                    yield part.origin.module, part.origin.node


def _find_members(cls: ClassValue, name: str | None) -> Iterator[tuple[Module, ast.Constant]]:
    """Yield the strings that the body of a class assigns, to one name or to any."""
    for statement in cls.node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.Constant(value=str()) as node) if name in (
                None,
                "value",
                found,
            ):
                yield cls.module, node


def _read_declaration(module: Module, call: ast.Call) -> tuple[list[ast.expr], list[ast.expr]]:
    """Return the expressions for the choices and for the default in a call that declares an option."""
    parent = module.parents.get(call)
    named = [value for name in ("choices", "type", "click_type") if (value := keyword_value(call, name)) is not None]
    default = keyword_value(call, "default")
    preset = [default] if default is not None else []
    if dotted_names(call)[-1:] in (("Option",), ("Argument",)):
        preset += call.args[:1] if default is None else []
        if isinstance(parent, ast.arguments):
            named += [note for note, value in _annotated_defaults(module.parents[parent]) if value is call]
    return named, preset


def _annotated_defaults(function: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """Return the annotation and the default of each parameter that has both."""
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return []
    arguments = function.args
    defaults = parameter_defaults(arguments)
    return [
        (each.annotation, defaults[each.arg])
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        if each.annotation is not None and each.arg in defaults
    ]
