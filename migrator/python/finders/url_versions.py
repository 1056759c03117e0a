"""Find the versions in URLs, and raise those under which only this API is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrator.matching.urls import GAP, Trust, Url, readable, service_name, service_of
from migrator.matching.vocabulary import Lexicon
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Lit, Text
from migrator.python.recognition.claims import Claims, Strength, place_of
from migrator.python.recognition.url_text import shape_of

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")


@dataclass(slots=True)
class Served:
    """A version that is written in URLs, and the services that those URLs reach."""

    text: str
    services: set[str | None] = field(default_factory=set)
    evidence: dict[str, None] = field(default_factory=dict)
    strength: Strength = Strength.WEAK


class Versions:
    """Collects the versions in the URLs of all modules, before any of them is claimed."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.spots: dict[tuple[Module, int, int], Served] = {}
        self.elsewhere: dict[tuple[Module, int, int], str] = {}

    def note(self, text: Text, url: Url | None, strength: Strength | None, seen: str) -> None:
        """Collect a version and the service of its URL; a base that serves others as well is not raised."""
        shape = shape_of(text)
        mine = service_name(self.words.api)
        if url is not None and url.version:
            where, service = url.version, f"{mine}/..." if url.legacy else mine
        elif (found := service_of(self.words.api, shape)) is not None:
            where, service = found[0], found[1] or ""
        else:
            self._note_elsewhere(text, shape)
            return
        place = place_of(text, where)
        if place is not None:
            served = self.spots.setdefault(place, Served(shape[slice(*where)]))
            served.services.add(service or None)
            served.evidence[seen] = None
            certain = url is not None and url.trust is Trust.CERTAIN
            served.strength = max(served.strength, Strength.STRONG if certain else strength or Strength.WEAK)

    def _note_elsewhere(self, text: Text, shape: str) -> None:
        """Collect a version that is a constant of its own, in a text that is not a URL of the API."""
        at = 0
        for part in text.parts:
            length = len(part.text) if isinstance(part, Lit) else 1
            if isinstance(part, Lit) and _VERSION.fullmatch(part.text) and len(text.parts) > 1:
                place = place_of(text, (at, at + length))
                if place is not None:
                    self.elsewhere.setdefault(place, readable(shape))
            at += length

    def claim(self, claims: Claims) -> None:
        """Raise the versions under which only this API is called; claim the others as manual."""
        words = self.words
        mine = service_name(words.api)
        for (module, start, end), served in self.spots.items():
            rule = words.versions.get(served.text)
            services = served.services - {None}
            if rule is None or mine not in services:
                continue
            others = sorted(service or "" for service in services - {mine})
            shared = ", ".join("an unknown service" if GAP in other else f"/{other}/" for other in others)
            held = f"the same base also serves {shared}; raise the version of this API manually" if others else ""
            if (other := self.elsewhere.get((module, start, end))) and not held:
                held = f"{other} uses the same version; raise the version of this API manually"
            seen = tuple(served.evidence)
            claims.at(rule, module, (start, end), served.strength, seen, held, words.target)


def seen_as(url: Url | None, text: Text, module: Module, line: int) -> str:
    """Describe a URL and its position for the evidence."""
    return f"URL {readable(url.shape if url else shape_of(text))} ({module.path}:{module.source.shown_line(line)})"
