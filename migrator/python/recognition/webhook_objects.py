"""Recognise the objects that are webhooks of the API by the keys that the code reads off them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.matching.webhook_shape import WebhookShape, classify_keys, describe_shape
from migrator.python.analysis import substitution
from migrator.python.analysis.data_models import fields_of
from migrator.python.analysis.dict_displays import is_written, keys_of
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, parameters
from migrator.python.analysis.values import (
    Class,
    Display,
    External,
    Instance,
    Item,
    Made,
    Root,
    Value,
    Values,
    one_of,
    opaque,
)
from migrator.python.call_graph.call_strings import Sites
from migrator.python.recognition.claims import Strength
from migrator.python.recognition.context_hints import Surroundings
from migrator.rules.table import Envelope


@dataclass(frozen=True, slots=True)
class Verdict:
    """The strength of the evidence that something belongs to a webhook, the evidence, and any obstacle to an edit."""

    strength: Strength
    evidence: str
    obstacle: str = ""


Thing = tuple[Root, tuple[str, ...]]
#: Handlers pass a webhook on a few times; only a generic helper that everything passes through reaches hundreds of
#: objects. The keys of the first 200 are enough for the verdict; further ones are ignored.
_MOST_OBJECTS = 200
#: A name is followed back through four calls. Without a verdict by then, it is a mention or listed in the ledger.
_DEPTH = 4
_READS = ("get", "pop", "setdefault")


class Envelopes:
    """The keys that are read off each object, and the parameters that objects are passed to."""

    def __init__(self, ev: Evaluator, envelope: Envelope, around: Surroundings, sites: Sites) -> None:
        self.ev, self.envelope, self.around, self.sites = ev, envelope, around, sites
        self.keys: dict[Thing, set[str]] = defaultdict(set)
        self.passed: dict[Thing, set[Thing]] = defaultdict(set)
        self.callers: dict[Thing, set[Thing]] = defaultdict(set)
        self.readers: set[Module] = set()
        self.reached: set[Module] = set()
        self._judged: dict[tuple[Item, Module, int], list[Verdict]] = {}

    def read(self, module: Module) -> None:
        """Collect the keys that a module reads off objects."""
        for node in module.nodes:
            self._read(module, node)

    def strength(self, thing: Thing, module: Module) -> Verdict | None:
        """Judge whether an object is a webhook of the API."""
        keys = self.all_keys(thing)
        return self.judge(keys, module)

    def judge(self, keys: set[str], module: Module) -> Verdict | None:
        """Judge whether an object with these keys is a webhook of the API."""
        shape = classify_keys(self.envelope, keys, is_foreign=module in self.around.foreign)
        if shape is None:
            return None
        hint = None if shape.is_proof else self.around.hint(module)
        if hint is None and not shape.is_proof:
            return None
        speaks = shape is WebhookShape.WITH_BODY and module in self.around.speaking
        strength = Strength.STRONG if speaks or shape is WebhookShape.DISTINCTIVE else Strength.WEAK
        return Verdict(strength, describe_shape(self.envelope, keys, shape, hint))

    def _near_reader(self, thing: Thing, module: Module) -> Verdict | None:
        """Judge an object with a name and a body if a module nearby reads a distinctive key off another object."""
        keys, form, home = self.all_keys(thing), self.envelope, self._home(thing) or module
        if not keys & form.body or keys & form.foreign or {home, module} & self.around.foreign:
            return None
        near = [home, *sorted(self.around.imports.get(home, ()), key=lambda inner: inner.path)]
        reader = next((each for each in near if each in self.readers), None)
        shown = " and ".join(f"`{key}`" for key in sorted(form.distinctive))
        seen = f"looks like a webhook; {reader.path} reads {shown} off another object" if reader else ""
        return Verdict(Strength.WEAK, seen) if reader else None

    def _home(self, thing: Thing) -> Module | None:
        root = thing[0]
        if isinstance(root, Binding):
            return self.ev.home(root)
        return next((module for module in self.around.imports if module.path == root.module), None)

    def all_keys(self, thing: Thing) -> set[str]:
        """Return the keys read off an object: here, in the functions that receive it, and where it came from."""
        found: set[str] = set()
        seen: set[Thing] = set()
        todo = [thing]
        while todo:
            current = todo.pop()
            if current not in seen and len(seen) < _MOST_OBJECTS:
                seen.add(current)
                found |= self.keys.get(current, set())
                todo += self.passed.get(current, ())
                todo += self._sole_callers(current)
        return found

    def names(self, values: Values, module: Module, depth: int = _DEPTH) -> list[Verdict]:
        """Judge whether values are the name of a webhook; parameters are followed to their callers."""
        found: list[Verdict] = []
        for value in values:
            if isinstance(value, Item):
                if value.path[-1:] == (self.envelope.name,):
                    thing = value.root, value.path[:-1]
                    verdict = self.strength(thing, module) or self._near_reader(thing, module)
                    found += [verdict] if verdict else []
                elif value.parameter and depth:
                    given = self._given_names(value, module, depth)
                    found += given or self._validated(value) or self._beside(value, module)
        return found

    def named_by_key(self, module: Module, node: ast.expr) -> list[Verdict]:
        """Judge an expression that reads the key of the name off a model or a dict display."""
        match node:
            case ast.Attribute(value=base, attr=key) | ast.Subscript(value=base, slice=ast.Constant(value=key)):
                owners = self.ev.eval(module, base) if key == self.envelope.name else ()
            case _:
                return []
        found = [self.strength(t, module) for v in owners if isinstance(v, Instance) for t in self.things(v)]
        for spot in (value.spot for value in owners if isinstance(value, Display) and is_written(value.spot.node)):
            keys = keys_of(self.ev, spot.module, spot.node)
            found.append(self.judge(keys, spot.module) if keys & self.envelope.distinctive else None)
        return [verdict for verdict in found if verdict]

    def _given_names(self, value: Item, module: Module, depth: int) -> list[Verdict]:
        """Judge the arguments for a parameter; an obstacle says that some of them are not names of webhooks."""
        key = value, module, depth
        if key not in self._judged:
            self._judged[key] = self._judge_given(value, module, depth)
        return self._judged[key]

    def _judge_given(self, value: Item, module: Module, depth: int) -> list[Verdict]:
        verdicts = [self.names((given,), module, depth - 1) for given in self.given(value)]
        found = [verdict for group in verdicts for verdict in group]
        if found and not all(verdicts):
            return [
                replace(verdict, obstacle="a caller passes something other than the name of a webhook")
                for verdict in found
            ]
        return found

    def _beside(self, value: Item, module: Module) -> list[Verdict]:
        """Judge a parameter by the other parameters, if these are named like the keys of a webhook."""
        parameter = value.parameter
        if parameter is None or parameter.name != self.envelope.name or value.path:
            return []
        keys = parameter.scope.bindings.keys() & self.envelope.keys
        verdict = self.judge(keys, module)
        whole = bool(keys & self.envelope.body) and keys >= self.envelope.distinctive
        return [replace(verdict, strength=verdict.strength if whole else Strength.WEAK)] if verdict else []

    def _validated(self, value: Item) -> list[Verdict]:
        """Judge the parameter of a method that validates the field with the name of a webhook."""
        function = value.parameter.scope.node if value.parameter and not value.path else None
        home = self.ev.home(value.parameter) if value.parameter else None
        if home is None or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return []
        named = [a for d in function.decorator_list if isinstance(d, ast.Call) for a in d.args]
        owner = home.parents.get(function)
        if not isinstance(owner, ast.ClassDef) or [getattr(a, "value", None) for a in named] != [self.envelope.name]:
            return []
        verdict = self.judge(fields_of(self.ev, Class(home, owner)).keys() & self.envelope.keys, home)
        return [verdict] if verdict else []

    def given(self, value: Item) -> Values:
        """Return the arguments that callers pass for a parameter."""
        return self.ev.memo.get_or_find((value, "given"), self._given, value)

    def _given(self, value: Item) -> Values:
        found: list[Value] = []
        for target, site in self.sites.get(value.parameter.scope.node, []) if value.parameter else []:  # type: ignore[call-overload]  # a function's scope
            given = substitution.arguments(self.ev, target, site)
            if value.parameter is not None and given.get(value.parameter):
                found += substitution.substituted(self.ev, (value,), given)
        return one_of(found)

    def _sole_callers(self, thing: Thing) -> Iterator[Thing]:
        """Yield the origins of a parameter's object, if all callers pass objects that look alike."""
        callers = self.callers.get(thing, set())
        if len(callers) == 1 or all(self.keys.get(c, set()) & self.envelope.distinctive for c in callers):
            yield from callers

    def _read(self, module: Module, node: ast.AST) -> None:
        match node:
            case ast.Subscript(value=base, slice=ast.Constant(value=str(key))):
                self._note(module, base, key)
            case ast.Call(func=ast.Attribute(value=base, attr=attr), args=[ast.Constant(value=str(key)), *_]):
                if attr in _READS:
                    self._note(module, base, key)
            case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()], comparators=[base]):
                self._note(module, base, key)
            case ast.Attribute(value=base, attr=key):
                self._note(module, base, key)
            case ast.Match(subject=base, cases=cases):
                for case in cases:
                    self._pattern(module, base, case.pattern)

    def _pattern(self, module: Module, subject: ast.expr, pattern: ast.pattern) -> None:
        for inner in ast.walk(pattern):
            match inner:
                case ast.MatchMapping(keys=keys):
                    for key in keys:
                        if isinstance(key, ast.Constant) and isinstance(key.value, str):
                            self._note(module, subject, key.value)
                case ast.MatchClass(kwd_attrs=names):
                    for name in names:
                        self._note(module, subject, name)

    def _note(self, module: Module, base: ast.expr, key: str) -> None:
        if key not in self.envelope.keys and key not in self.envelope.foreign:
            return
        if key in self.envelope.distinctive:
            self.readers.add(module)
        for value in self.ev.eval(module, base):
            known = opaque(module, base) if type(value) is External else value
            for thing in self.things(known):
                self.keys[thing].add(key)

    def things(self, value: Value) -> list[Thing]:
        """Return the identities of an object; all instances of a class share one."""
        match value:
            case Item(root=root, path=path):
                return [(root, path)]
            case Made(root=root):
                return [(root, ())]
            case Instance(cls=cls):
                binding = cls.module.scopes.at.get((cls.node, cls.node.name))
                if binding is not None:
                    self.keys[binding, ()].update(fields_of(self.ev, cls).keys() & self.envelope.keys)
                    return [(binding, ())]
        return []

    def hand_on(self) -> None:
        """Collect the parameters that each object is passed to."""
        for callers in self.sites.values():
            for target, site in callers:
                bindings = target.module.scopes.inner[target.node].bindings
                for parameter in parameters(target.node):
                    spot = substitution.argument(target, site, parameter.arg)
                    if spot is None or not isinstance(spot.node, ast.expr) or not isinstance(site.node, ast.Call):
                        continue
                    receiver: Binding = bindings[parameter.arg][0]
                    for value in self.ev.eval(spot.module, spot.node):
                        for thing in self.things(value):
                            self.passed[thing].add((receiver, ()))
                            self.callers[receiver, ()].add(thing)
        self._reach()

    def _reach(self) -> None:
        """Collect the modules of the functions that receive webhooks, or parts of them."""
        takers: dict[Root, set[Root]] = defaultdict(set)
        for (root, _), receivers in self.passed.items():
            takers[root].update(receiver for receiver, _ in receivers)
        todo = list(dict.fromkeys(root for (root, _), keys in self.keys.items() if self.envelope.name in keys))
        seen = set(todo)
        for root in todo:
            fresh = takers[root] - seen
            seen |= fresh
            todo += fresh
        homes = (self.ev.home(root) for root in seen if isinstance(root, Binding))
        self.reached = {home for home in homes if home is not None}
