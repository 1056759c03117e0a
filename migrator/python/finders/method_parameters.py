"""Find the parameters that become the method in the URL of a call."""

from __future__ import annotations

import ast

from migrator.python.analysis import substitution
from migrator.python.analysis.annotations import eval_annotation
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.values import Instance, Reference, StringValue, UnknownPart, Value, Values
from migrator.python.call_graph.call_strings import SitesByFunction
from migrator.python.finders.names.name_claims import NameClaims
from migrator.python.recognition.claims import EvidenceStrength
from migrator.python.recognition.webhook_objects import Verdict


class MethodParameters:
    """Collects the parameters that name methods, and judges whether an expression is one of them."""

    def __init__(self, ev: Evaluator, sites: SitesByFunction) -> None:
        self.ev, self.sites = ev, sites
        self.parameters: dict[Binding, Verdict] = {}

    def add_url(self, text: StringValue, seen: str, obstacle: str = "") -> None:
        """Collect the parameter at the end of a text that is a URL up to its method."""
        last = text.parts[-1] if text.parts else None
        if isinstance(last, UnknownPart) and last.item is not None:
            self._add_parameter(last.item, Verdict(EvidenceStrength.STRONG, f"it names the method of {seen}", obstacle))

    def judge_name(self, _module: Module, _node: ast.expr, values: Values) -> list[Verdict]:
        """Judge whether an expression is the name of a method."""
        return [
            self.parameters[value.root]
            for value in values
            if isinstance(value, Reference) and isinstance(value.root, Binding) and value.path in ((), ("value",))
            if value.root in self.parameters
        ]

    def claim_annotations(self, names: NameClaims) -> None:
        """Claim the values that the annotation of such a parameter allows."""
        for binding, verdict in self.parameters.items():
            home = self.ev.module_of(binding)
            for value in eval_annotation(self.ev, home, binding.annotation) if home else ():
                members: Values = self.ev.list_members(value.cls) if isinstance(value, Instance) else (value,)
                for member in members:
                    if isinstance(member, StringValue):
                        names.claim_name(member, verdict, "")

    def _add_parameter(self, item: Reference, verdict: Verdict) -> None:
        """Collect a parameter, and those that callers pass on to it."""
        todo: list[Value] = [item]
        while todo:
            value = todo.pop()
            parameter = value.parameter if isinstance(value, Reference) and value.path in ((), ("value",)) else None
            if parameter is not None and parameter not in self.parameters:
                self.parameters[parameter] = verdict
                for target, site in self.sites.get(parameter.scope.node, []):  # type: ignore[call-overload]  # a function's
                    todo += substitution.match_arguments(self.ev, target, site).get(parameter, ())
