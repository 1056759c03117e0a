"""Evaluate the defaults of declared fields and options: ``Field("...")``, ``field(default_factory=...)``."""

from __future__ import annotations

import ast

from migrator.python.analysis import names
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import FunctionValue, ModuleNode, StringValue, Values, merge_alternatives
from migrator.python.source.syntax import keyword_value

#: Functions that declare a field or a parameter, by the libraries that have them.
_MAKERS = frozenset({"Field", "field", "attrib", "ib", "Option", "Argument", "Query", "Form", "Body", "Header", "Path"})
_LIBRARIES = frozenset({"pydantic", "dataclasses", "attr", "attrs", "msgspec", "sqlmodel", "typer", "fastapi"})
_FACTORIES = ("default_factory", "factory")


def eval_declared_default(ev: Evaluator, dotted: str, site: ModuleNode) -> Values:
    """Return the strings that a declared field or parameter has by default; none if the call declares none."""
    call, module = site.node, site.module
    if dotted.partition(".")[0] not in _LIBRARIES or dotted.rpartition(".")[2] not in _MAKERS:
        return ()
    if not isinstance(call, ast.Call):
        return ()
    given = keyword_value(call, "default") or next(iter(call.args), None)
    found = list(ev.eval(module, given)) if given is not None else []
    for factory in filter(None, (keyword_value(call, name) for name in _FACTORIES)):
        for value in ev.eval(module, factory):
            match value:
                case FunctionValue(module=home, node=ast.Lambda(body=body)):
                    found += ev.eval(home, body)
                case FunctionValue(module=home, node=ast.FunctionDef() as function):
                    found += names.eval_results(ev, home, function)
    return merge_alternatives([value for value in found if isinstance(value, StringValue)])
