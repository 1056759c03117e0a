"""Find the parameters that become the method in the URL of a call."""

from __future__ import annotations

import ast

from migrator.python.analysis import substitution
from migrator.python.analysis.annotations import annotated
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.values import Hole, Instance, Item, Text, Value, Values
from migrator.python.call_graph.call_strings import Sites
from migrator.python.finders.name_claims import NameClaims
from migrator.python.recognition.claims import Strength
from migrator.python.recognition.webhook_objects import Verdict


class MethodNames:
    """Collects the parameters that name methods, and judges whether an expression is one of them."""

    def __init__(self, ev: Evaluator, sites: Sites) -> None:
        self.ev, self.sites = ev, sites
        self.parameters: dict[Binding, Verdict] = {}

    def note(self, text: Text, seen: str, obstacle: str = "") -> None:
        """Collect the parameter at the end of a text that is a URL up to its method."""
        last = text.parts[-1] if text.parts else None
        if isinstance(last, Hole) and last.item is not None:
            self._remember(last.item, Verdict(Strength.STRONG, f"it names the method of {seen}", obstacle))

    def judge(self, _module: Module, _node: ast.expr, values: Values) -> list[Verdict]:
        """Judge whether an expression is the name of a method."""
        return [
            self.parameters[value.root]
            for value in values
            if isinstance(value, Item) and isinstance(value.root, Binding) and value.path in ((), ("value",))
            if value.root in self.parameters
        ]

    def claim_annotations(self, names: NameClaims) -> None:
        """Claim the values that the annotation of such a parameter allows."""
        for binding, verdict in self.parameters.items():
            home = self.ev.home(binding)
            for value in annotated(self.ev, home, binding.annotation) if home else ():
                members: Values = self.ev.members(value.cls) if isinstance(value, Instance) else (value,)
                for member in members:
                    if isinstance(member, Text):
                        names.claim(member, verdict, "")

    def _remember(self, item: Item, verdict: Verdict) -> None:
        """Collect a parameter, and those that callers pass on to it."""
        todo: list[Value] = [item]
        while todo:
            value = todo.pop()
            parameter = value.parameter if isinstance(value, Item) and value.path in ((), ("value",)) else None
            if parameter is not None and parameter not in self.parameters:
                self.parameters[parameter] = verdict
                for target, site in self.sites.get(parameter.scope.node, []):  # type: ignore[call-overload]  # a function's
                    todo += substitution.arguments(self.ev, target, site).get(parameter, ())
