"""Find the versions in URLs, and raise those under which only this API is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrator.matching.urls import GAP, ApiUrl, HostTrust, match_service, redact_shape, service_name
from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import LiteralPart, StringValue
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength, find_written_span
from migrator.python.recognition.url_text import shape_of

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")


@dataclass(slots=True)
class ServedVersion:
    """A version that is written in URLs, and the services that those URLs reach."""

    text: str
    services: set[str | None] = field(default_factory=set)
    evidence: dict[str, None] = field(default_factory=dict)
    strength: EvidenceStrength = EvidenceStrength.WEAK


class UrlVersions:
    """Collects the versions in the URLs of all modules, before any of them is claimed."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.spots: dict[tuple[Module, int, int], ServedVersion] = {}
        self.elsewhere: dict[tuple[Module, int, int], str] = {}
        #: Versions that stay because of the method of their URL, with the reason.
        self.held: dict[tuple[Module, int, int], str] = {}

    def add_url(self, text: StringValue, url: ApiUrl | None, strength: EvidenceStrength | None, seen: str) -> None:
        """Collect a version and the service of its URL; a base that serves others as well is not raised."""
        shape = shape_of(text)
        mine = service_name(self.words.api)
        if url is not None and url.version:
            where, service = url.version, f"{mine}/..." if url.legacy else mine
        elif (found := match_service(self.words.api, shape)) is not None:
            where, service = found[0], found[1] or ""
        else:
            self._add_constant(text, shape)
            return
        place = find_written_span(text, where)
        if place is not None:
            served = self.spots.setdefault(place, ServedVersion(shape[slice(*where)]))
            served.services.add(service or None)
            served.evidence[seen] = None
            certain = url is not None and url.trust is HostTrust.CERTAIN
            served.strength = max(
                served.strength, EvidenceStrength.STRONG if certain else strength or EvidenceStrength.WEAK
            )

    def _add_constant(self, text: StringValue, shape: str) -> None:
        """Collect a version that is a constant of its own, in a text that is not a URL of the API."""
        at = 0
        for part in text.parts:
            length = len(part.text) if isinstance(part, LiteralPart) else 1
            if isinstance(part, LiteralPart) and _VERSION.fullmatch(part.text) and len(text.parts) > 1:
                place = find_written_span(text, (at, at + length))
                if place is not None:
                    self.elsewhere.setdefault(place, redact_shape(shape))
            at += length

    def claim_versions(self, claims: ClaimSet) -> None:
        """Raise the versions under which only this API is called; claim the others as manual."""
        words = self.words
        mine = service_name(words.api)
        for (module, start, end), served in self.spots.items():
            rule = words.version_rules.get(served.text)
            services = served.services - {None}
            if rule is None or mine not in services:
                continue
            others = sorted(service or "" for service in services - {mine})
            shared = ", ".join("an unknown service" if GAP in other else f"/{other}/" for other in others)
            held = f"the same base also serves {shared}; raise the version of this API manually" if others else ""
            if (other := self.elsewhere.get((module, start, end))) and not held:
                held = f"{other} uses the same version; raise the version of this API manually"
            held = held or self.held.get((module, start, end), "")
            seen = tuple(served.evidence)
            claims.claim_span(rule, module, (start, end), served.strength, seen, held, words.target)


def describe_url(url: ApiUrl | None, text: StringValue, module: Module, line: int) -> str:
    """Describe a URL and its position for the evidence."""
    return (
        f"URL {redact_shape(url.shape if url else shape_of(text))} ({module.path}:{module.source.displayed_line(line)})"
    )
