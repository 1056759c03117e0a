"""Find edits that go through a URL whose version is not raised: the old version does not know the new names."""

from __future__ import annotations

import re

from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.groups.overridden_urls import claim_dependent, spread_reasons
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequests
from migrator.python.source.import_paths import is_test_path
from migrator.rules.rule import Kind

_PLACE = re.compile(r"\(([^()]+:\d+)\)$")


def find_unraised_versions(
    isolation: FailureIsolation, context: SearchContext, sent: SentRequests, earlier: ClaimSet
) -> ClaimSet:
    """Claim, as manual, every edit whose URL has a version that is not raised."""
    claims = ClaimSet()

    def find_all() -> None:
        places: dict[str, str] = {}
        for group in earlier.groups.values():
            claim = next((each for each in group if each.obstacle), None)
            if claim is not None and claim.rule.kind is Kind.RAISE_VERSION:
                line = claim.module.source.position(claim.start)[0]
                why = f"the version of its URL ({claim.module.path}:{line}) is not raised: change both together"
                places |= {place: why for each in group for seen in each.evidence if (place := _find_place(seen))}
        raised = {
            _find_place(seen) for group in earlier.groups.values() if _is_raised(group) for seen in group[0].evidence
        }
        for place in raised & places.keys():  # one of several versions that are possible there
            del places[place]
        every = [*(seen for claim in earlier.all() for seen in claim.evidence)]
        every += [request.evidence[0] for request in sent.requests]
        held = {seen: places[place] for seen in every if (place := _find_place(seen)) in places}
        if held:
            claim_dependent(spread_reasons(held, sent, earlier), earlier, claims)

    isolation.for_program(context.modules, find_all)
    return claims


def _is_raised(group: list[Claim]) -> bool:
    """Return whether a group raises a version in code that is no test."""
    is_version = group[0].rule.kind is Kind.RAISE_VERSION and not is_test_path(group[0].module.path)
    return is_version and all(claim.operations for claim in group)


def _find_place(seen: str) -> str:
    """Return where the URL is that a piece of evidence names; every version that it has there is written there."""
    found = _PLACE.search(seen) if "URL" in seen else None
    return found[1] if found is not None else ""
