"""Find edits that go through a URL whose version is not raised: the old version does not know the new names."""

from __future__ import annotations

from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.groups.overridden_urls import claim_dependent, spread_reasons
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequests
from migrator.python.source.import_paths import is_test_path
from migrator.rules.rule import Kind


def find_unraised_versions(
    isolation: FailureIsolation, context: SearchContext, urls: UrlEvidence, sent: SentRequests, earlier: ClaimSet
) -> ClaimSet:
    """Claim, as manual, every edit whose URL has a version that is not raised."""
    claims = ClaimSet()

    def find_all() -> None:
        held = _find_held(urls, sent, earlier)
        if held:
            claim_dependent(spread_reasons(held, sent, earlier), earlier, claims)

    isolation.for_program(context.modules, find_all)
    return claims


def _find_held(urls: UrlEvidence, sent: SentRequests, earlier: ClaimSet) -> dict[str, str]:
    """Return the evidence of URLs with a version that stays, each with the reason.

    A string of a URL may have several versions, by its callers: if code that is no test raises one, it counts.
    """
    stays: dict[str, str] = {}
    raised: set[str] = set()
    for group in earlier.groups.values():
        if group[0].rule.kind is not Kind.RAISE_VERSION:
            continue
        claim = next((each for each in group if each.obstacle), None)
        if claim is not None:
            why = f"the version of its URL ({claim.location}) is not raised: change both together"
            stays |= {seen: why for each in group for seen in each.evidence if seen not in stays}
        elif not is_test_path(group[0].module.path):
            raised.update(seen for each in group for seen in each.evidence)
    held: dict[str, str] = {}
    for node, every in urls.seen.items() if stays else ():
        why = next((stays[seen] for seen in sorted(every) if seen in stays), "")
        if why and raised.isdisjoint(every):
            held |= dict.fromkeys(every, why)
            held |= {request.evidence[0]: why for request in sent.requests if node in request.url}
    return held
