"""Find base URLs that another module uses in a way which the search does not follow.

A method behind such a base keeps its old name; with the base raised, the call would fail.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis.module import Module
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.mentions import UNKNOWN_HOST
from migrator.python.groups.overridden_urls import claim_dependent, spread_reasons
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequests
from migrator.python.source.syntax import node_span
from migrator.rules.rule import Kind


def find_unfollowed_bases(
    isolation: FailureIsolation, context: SearchContext, sent: SentRequests, earlier: ClaimSet
) -> ClaimSet:
    """Claim, as manual, every base URL that a module with an old method reads in an unknown way."""
    claims, held = ClaimSet(), dict[str, str]()

    def find_all() -> None:
        unknown = [claim for claim in earlier.all() if claim.obstacle == UNKNOWN_HOST]
        versions = [claim for claim in earlier.all() if claim.operations and claim.rule.kind is Kind.RAISE_VERSION]
        for version in versions if unknown else ():
            names = set(_find_names(version))
            for claim in unknown:
                if claim.module is not version.module and _may_use(context, claim.module, version.module, names):
                    why = f"how {claim.location} uses this URL is unknown: change both together"
                    held.update(dict.fromkeys(version.evidence, why))

    isolation.for_program(context.modules, find_all)
    if held:
        claim_dependent(spread_reasons(held, sent, earlier), earlier, claims)
    return claims


def _find_names(claim: Claim) -> Iterator[str]:
    """Yield the names that are assigned the URL in which a claim is."""
    for node in claim.module.nodes:
        match node:
            case ast.Assign(targets=targets):
                named = targets
            case ast.AnnAssign(target=target, value=ast.expr()):
                named = [target]
            case _:
                continue
        start, end = node_span(claim.module.source, node)
        if start <= claim.start and claim.end <= end:
            yield from (each.id for each in named if isinstance(each, ast.Name))


def _may_use(context: SearchContext, module: Module, base: Module, names: set[str]) -> bool:
    """Return whether a module imports the module of a base, and reads one of its names."""
    if base not in context.ev.project.imported_modules(module):
        return False
    return any(name in module.reads or name in module.attributes or name in module.strings for name in names)
