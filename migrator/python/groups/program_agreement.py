"""Find edits that the rest of the program does not follow: what is tied together changes together, or not at all.

A webhook keeps its name while the program registers it with the old version. A test keeps a name that the code keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrator.matching.configuration import ConfiguredUrl
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.source.import_paths import is_test_path
from migrator.rules.rule import Kind

_Group = list[Claim]
_NAMES = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RAISE_VERSION})


def find_disagreements(isolation: FailureIsolation, context: SearchContext, earlier: ClaimSet) -> ClaimSet:
    """Claim, as manual, every edit that disagrees with the version that the program keeps or with what it tests."""
    claims = ClaimSet()

    def find_all() -> None:
        in_code = [group for group in earlier.groups.values() if not is_test_path(group[0].module.path)]
        in_tests = [group for group in earlier.groups.values() if is_test_path(group[0].module.path)]
        _hold_webhooks(in_code or in_tests, context.ev.project.configuration.urls, claims)
        _hold_tests(in_code, in_tests, earlier.union(claims), claims)

    isolation.for_program(context.modules, find_all)
    return claims


def _hold_webhooks(groups: Iterable[_Group], urls: Sequence[ConfiguredUrl], claims: ClaimSet) -> None:
    """Hold back what is about webhooks where the program calls the API, and no call is raised to the new version."""
    found = list(groups)
    versions = [group for group in found if group[0].rule.kind is Kind.RAISE_VERSION]
    near = [url for url in urls if any(group[0].module.path.startswith(url.root) for group in found)]
    first = next((group[0].location for group in versions), None) or next((url.location for url in near), None)
    if first is None or any(map(_is_edited, versions)) or not all(url.obstacle for url in near):
        return
    why = f"the program keeps the old version ({first}), and so the old names of webhooks: change both together"
    for group in found:
        if _is_edited(group) and _is_about_webhooks(group[0]):
            _hold_group(group, why, claims)


def _hold_tests(in_code: Iterable[_Group], in_tests: Iterable[_Group], every: ClaimSet, claims: ClaimSet) -> None:
    """Hold back the edits of tests whose names the code keeps."""
    kept: dict[str, Claim] = {}
    edited: set[str] = set()
    for group in in_code:
        whole = every.groups[group[0].module, group[0].start, group[0].end, group[0].rule.id]
        if group[0].rule.kind in _NAMES:
            if _is_edited(whole):
                edited.add(group[0].rule.id)
            else:
                kept.setdefault(group[0].rule.id, group[0])
    for group in in_tests:
        code = kept.get(group[0].rule.id)
        if code is not None and code.rule.id not in edited and _is_edited(group):
            _hold_group(group, f"the code keeps it ({code.location}): change both together", claims)


def _hold_group(group: _Group, why: str, claims: ClaimSet) -> None:
    for claim in group:
        span = claim.start, claim.end
        claims.claim_span(claim.rule, claim.module, span, claim.strength, claim.evidence, why, claim.new)


def _is_edited(group: _Group) -> bool:
    return all(claim.operations for claim in group)


def _is_about_webhooks(claim: Claim) -> bool:
    documents = {place.document for place in claim.rule.where}
    return claim.rule.kind is Kind.RENAME_WEBHOOK or documents == {"webhook"}
