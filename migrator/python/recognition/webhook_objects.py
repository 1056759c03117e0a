"""Recognise the objects that are webhooks of the API by the keys that the code reads off them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.matching.webhook_shape import WebhookShape, classify_keys, describe_shape
from migrator.python.analysis import substitution
from migrator.python.analysis.data_models import collect_fields
from migrator.python.analysis.dicts.dict_displays import collect_keys, is_dict_display
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, list_parameters
from migrator.python.analysis.values import (
    ClassValue,
    Display,
    ExternalName,
    ExternalObject,
    Instance,
    Reference,
    Root,
    Value,
    Values,
    merge_alternatives,
    reference_to,
)
from migrator.python.call_graph.call_strings import SitesByFunction
from migrator.python.recognition.claims import EvidenceStrength
from migrator.python.recognition.context_hints import ModuleHints
from migrator.rules.table import Envelope


@dataclass(frozen=True, slots=True)
class Verdict:
    """The strength of the evidence that something belongs to a webhook, the evidence, and any obstacle to an edit."""

    strength: EvidenceStrength
    evidence: str
    obstacle: str = ""


ObjectIdentity = tuple[Root, tuple[str, ...]]
#: Handlers pass a webhook on a few times; only a generic helper that everything passes through reaches hundreds of
#: objects. The keys of the first 200 are enough for the verdict; further ones are ignored.
_MOST_OBJECTS = 200
#: A name is followed back through four calls. Without a verdict by then, it is a mention or listed in the ledger.
_DEPTH = 4
_READS = ("get", "pop", "setdefault")


class WebhookObjects:
    """The keys that are read off each object, and the parameters that objects are passed to."""

    def __init__(self, ev: Evaluator, envelope: Envelope, around: ModuleHints, sites: SitesByFunction) -> None:
        self.ev, self.envelope, self.hints, self.sites = ev, envelope, around, sites
        self.keys: dict[ObjectIdentity, set[str]] = defaultdict(set)
        self.receiving_objects: dict[ObjectIdentity, set[ObjectIdentity]] = defaultdict(set)
        self.callers: dict[ObjectIdentity, set[ObjectIdentity]] = defaultdict(set)
        self.readers: set[Module] = set()
        self.receiving_modules: set[Module] = set()
        self._judged: dict[tuple[Reference, Module, int], list[Verdict]] = {}

    def read_module(self, module: Module) -> None:
        """Collect the keys that a module reads off objects."""
        for node in module.nodes:
            self._read_node(module, node)

    def judge_object(self, thing: ObjectIdentity, module: Module) -> Verdict | None:
        """Judge whether an object is a webhook of the API."""
        keys = self.collect_keys(thing)
        return self.judge_keys(keys, module)

    def judge_keys(self, keys: set[str], module: Module) -> Verdict | None:
        """Judge whether an object with these keys is a webhook of the API."""
        shape = classify_keys(self.envelope, keys, is_foreign=module in self.hints.foreign)
        if shape is None:
            return None
        hint = None if shape.is_proof else self.hints.find_hint(module)
        if hint is None and not shape.is_proof:
            return None
        speaks = shape is WebhookShape.WITH_BODY and module in self.hints.api_callers
        strength = EvidenceStrength.STRONG if speaks or shape is WebhookShape.DISTINCTIVE else EvidenceStrength.WEAK
        return Verdict(strength, describe_shape(self.envelope, keys, shape, hint))

    def _judge_near_reader(self, thing: ObjectIdentity, module: Module) -> Verdict | None:
        """Judge an object with a name and a body if a module nearby reads a distinctive key off another object."""
        keys, form, home = self.collect_keys(thing), self.envelope, self._find_home(thing) or module
        if not keys & form.body or keys & form.foreign or {home, module} & self.hints.foreign:
            return None
        near = [home, *sorted(self.hints.imports.get(home, ()), key=lambda inner: inner.path)]
        reader = next((each for each in near if each in self.readers), None)
        shown = " and ".join(f"`{key}`" for key in sorted(form.distinctive))
        seen = f"looks like a webhook; {reader.path} reads {shown} off another object" if reader else ""
        return Verdict(EvidenceStrength.WEAK, seen) if reader else None

    def _find_home(self, thing: ObjectIdentity) -> Module | None:
        root = thing[0]
        if isinstance(root, Binding):
            return self.ev.module_of(root)
        return next((module for module in self.hints.imports if module.path == root.module), None)

    def collect_keys(self, thing: ObjectIdentity) -> set[str]:
        """Return the keys read off an object: here, in the functions that receive it, and where it came from."""
        found: set[str] = set()
        seen: set[ObjectIdentity] = set()
        todo = [thing]
        while todo:
            current = todo.pop()
            if current not in seen and len(seen) < _MOST_OBJECTS:
                seen.add(current)
                found |= self.keys.get(current, set())
                todo += self.receiving_objects.get(current, ())
                todo += self._find_origins(current)
        return found

    def judge_names(self, values: Values, module: Module, depth: int = _DEPTH) -> list[Verdict]:
        """Judge whether values are the name of a webhook; parameters are followed to their callers."""
        found: list[Verdict] = []
        for value in values:
            if isinstance(value, Reference):
                if value.path[-1:] == (self.envelope.name,):
                    thing = value.root, value.path[:-1]
                    verdict = self.judge_object(thing, module) or self._judge_near_reader(thing, module)
                    found += [verdict] if verdict else []
                elif value.parameter and depth:
                    given = self._judge_arguments(value, module, depth)
                    found += given or self._judge_validator(value) or self._judge_siblings(value, module)
        return found

    def judge_key_read(self, module: Module, node: ast.expr) -> list[Verdict]:
        """Judge an expression that reads the key of the name off a model or a dict display."""
        match node:
            case ast.Attribute(value=base, attr=key) | ast.Subscript(value=base, slice=ast.Constant(value=key)):
                owners = self.ev.eval(module, base) if key == self.envelope.name else ()
            case _:
                return []
        found = [
            self.judge_object(t, module) for v in owners if isinstance(v, Instance) for t in self.find_identities(v)
        ]
        for spot in (
            value.origin for value in owners if isinstance(value, Display) and is_dict_display(value.origin.node)
        ):
            keys = collect_keys(self.ev, spot.module, spot.node)
            found.append(self.judge_keys(keys, spot.module) if keys & self.envelope.distinctive else None)
        return [verdict for verdict in found if verdict]

    def _judge_arguments(self, value: Reference, module: Module, depth: int) -> list[Verdict]:
        """Judge the arguments for a parameter; an obstacle says that some of them are not names of webhooks."""
        key = value, module, depth
        if key not in self._judged:
            self._judged[key] = self._judge_uncached(value, module, depth)
        return self._judged[key]

    def _judge_uncached(self, value: Reference, module: Module, depth: int) -> list[Verdict]:
        verdicts = [self.judge_names((given,), module, depth - 1) for given in self.find_arguments(value)]
        found = [verdict for group in verdicts for verdict in group]
        if found and not all(verdicts):
            return [
                replace(verdict, obstacle="a caller passes something other than the name of a webhook")
                for verdict in found
            ]
        return found

    def _judge_siblings(self, value: Reference, module: Module) -> list[Verdict]:
        """Judge a parameter by the other parameters, if these are named like the keys of a webhook."""
        parameter = value.parameter
        if parameter is None or parameter.name != self.envelope.name or value.path:
            return []
        keys = parameter.scope.bindings.keys() & self.envelope.keys
        verdict = self.judge_keys(keys, module)
        whole = bool(keys & self.envelope.body) and keys >= self.envelope.distinctive
        return [replace(verdict, strength=verdict.strength if whole else EvidenceStrength.WEAK)] if verdict else []

    def _judge_validator(self, value: Reference) -> list[Verdict]:
        """Judge the parameter of a method that validates the field with the name of a webhook."""
        function = value.parameter.scope.node if value.parameter and not value.path else None
        home = self.ev.module_of(value.parameter) if value.parameter else None
        if home is None or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return []
        named = [a for d in function.decorator_list if isinstance(d, ast.Call) for a in d.args]
        owner = home.parents.get(function)
        if not isinstance(owner, ast.ClassDef) or [getattr(a, "value", None) for a in named] != [self.envelope.name]:
            return []
        verdict = self.judge_keys(collect_fields(self.ev, ClassValue(home, owner)).keys() & self.envelope.keys, home)
        return [verdict] if verdict else []

    def find_arguments(self, value: Reference) -> Values:
        """Return the arguments that callers pass for a parameter."""
        return self.ev.memo.get_or_find((value, "given"), self._find_arguments, value)

    def _find_arguments(self, value: Reference) -> Values:
        found: list[Value] = []
        for target, site in self.sites.get(value.parameter.scope.node, []) if value.parameter else []:  # type: ignore[call-overload]  # a function's scope
            given = substitution.match_arguments(self.ev, target, site)
            if value.parameter is not None and given.get(value.parameter):
                found += substitution.substitute_arguments(self.ev, (value,), given)
        return merge_alternatives(found)

    def _find_origins(self, thing: ObjectIdentity) -> Iterator[ObjectIdentity]:
        """Yield the origins of a parameter's object, if all callers pass objects that look alike."""
        callers = self.callers.get(thing, set())
        if len(callers) == 1 or all(self.keys.get(c, set()) & self.envelope.distinctive for c in callers):
            yield from callers

    def _read_node(self, module: Module, node: ast.AST) -> None:
        match node:
            case ast.Subscript(value=base, slice=ast.Constant(value=str(key))):
                self._add_key(module, base, key)
            case ast.Call(func=ast.Attribute(value=base, attr=attr), args=[ast.Constant(value=str(key)), *_]):
                if attr in _READS:
                    self._add_key(module, base, key)
            case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()], comparators=[base]):
                self._add_key(module, base, key)
            case ast.Attribute(value=base, attr=key):
                self._add_key(module, base, key)
            case ast.Match(subject=base, cases=cases):
                for case in cases:
                    self._read_pattern(module, base, case.pattern)

    def _read_pattern(self, module: Module, subject: ast.expr, pattern: ast.pattern) -> None:
        for inner in ast.walk(pattern):
            match inner:
                case ast.MatchMapping(keys=keys):
                    for key in keys:
                        if isinstance(key, ast.Constant) and isinstance(key.value, str):
                            self._add_key(module, subject, key.value)
                case ast.MatchClass(kwd_attrs=names):
                    for name in names:
                        self._add_key(module, subject, name)

    def _add_key(self, module: Module, base: ast.expr, key: str) -> None:
        if key not in self.envelope.keys and key not in self.envelope.foreign:
            return
        if key in self.envelope.distinctive:
            self.readers.add(module)
        for value in self.ev.eval(module, base):
            known = reference_to(module, base) if type(value) is ExternalName else value
            for thing in self.find_identities(known):
                self.keys[thing].add(key)

    def find_identities(self, value: Value) -> list[ObjectIdentity]:
        """Return the identities of an object; all instances of a class share one."""
        match value:
            case Reference(root=root, path=path):
                return [(root, path)]
            case ExternalObject(root=root):
                return [(root, ())]
            case Instance(cls=cls):
                binding = cls.module.scopes.at.get((cls.node, cls.node.name))
                if binding is not None:
                    self.keys[binding, ()].update(collect_fields(self.ev, cls).keys() & self.envelope.keys)
                    return [(binding, ())]
        return []

    def trace_arguments(self) -> None:
        """Collect the parameters that each object is passed to."""
        for callers in self.sites.values():
            for target, site in callers:
                bindings = target.module.scopes.inner[target.node].bindings
                for parameter in list_parameters(target.node):
                    spot = substitution.find_argument(target, site, parameter.arg)
                    if spot is None or not isinstance(spot.node, ast.expr) or not isinstance(site.node, ast.Call):
                        continue
                    receiver: Binding = bindings[parameter.arg][0]
                    for value in self.ev.eval(spot.module, spot.node):
                        for thing in self.find_identities(value):
                            self.receiving_objects[thing].add((receiver, ()))
                            self.callers[receiver, ()].add(thing)
        self._collect_receivers()

    def _collect_receivers(self) -> None:
        """Collect the modules of the functions that receive webhooks, or parts of them."""
        takers: dict[Root, set[Root]] = defaultdict(set)
        for (root, _), receivers in self.receiving_objects.items():
            takers[root].update(receiver for receiver, _ in receivers)
        todo = list(dict.fromkeys(root for (root, _), keys in self.keys.items() if self.envelope.name in keys))
        seen = set(todo)
        for root in todo:
            fresh = takers[root] - seen
            seen |= fresh
            todo += fresh
        homes = (self.ev.module_of(root) for root in seen if isinstance(root, Binding))
        self.receiving_modules = {home for home in homes if home is not None}
