"""Find old names that nothing else explains, in modules that evidently call the API: a person should know of them."""

from __future__ import annotations

import ast

from migrator.code.claims import Strength
from migrator.code.evidence import is_docstring, is_shown
from migrator.code.modules import Module
from migrator.code.search import Search
from migrator.code.texts import written
from migrator.code.values import Lit, Spot

_WHY = "nothing shows what the name is for here"


def find_mentions(search: Search, module: Module) -> None:
    """Claim every string that is exactly an old name and that no other finder judged."""
    words, around, claims = search.words, search.around, search.claims
    near = next((m for m in (module, *around.imports.get(module, ())) if m in around.speaking), None)
    if near is None:
        return
    judged = {(start, end) for home, start, end, _ in claims.found if home is module}
    for node in module.nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        named = words.methods.get(node.value) or words.webhooks.get(node.value)
        if named is None or node in search.opaque or is_docstring(module, node) or is_shown(module.parents.get(node)):
            continue
        place = written(Lit(node.value, Spot(module, node)), 0, len(node.value))
        if place is not None and place not in judged:
            seen = (f"{near.path} calls the API",)
            claims.at(named.rule, module, place, Strength.WEAK, seen, _WHY, named.new)
