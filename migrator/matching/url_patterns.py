"""Find the URLs of an API in plain text of any length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from migrator.matching.urls import (
    GAP,
    HostTrust,
    Range,
    find_api_url,
    host_names,
    match_service,
    redact_shape,
    service_name,
)
from migrator.rules.table import Api

#: Characters of the longest URL: a longer run without a blank is data, and would cost quadratic time.
_LONGEST = 600
#: Attempts to find the path of the API in one run of URL characters; the host is before the first in a real URL.
_TRIES = 5
_NOT_LEFT = re.compile(rf"[^A-Za-z0-9_.~%:/@!$*+{{}}{GAP}-]")
_RIGHT = re.compile(rf"[A-Za-z0-9_.~%:/?#@!$&*+=;{{}}{GAP}-]*")
_AFTER = ".:;!"


@dataclass(frozen=True, slots=True)
class SeenUrl:
    """A URL of the API in a text: its span, and those of its version and its method; offsets count characters."""

    start: int
    end: int
    trust: HostTrust
    shape: str
    version: Range | None
    method: Range | None
    legacy: bool


class UrlPatterns:
    """The patterns by which URLs of one API are found, compiled when they are first needed."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def find_urls(self, text: str) -> Iterator[SeenUrl]:
        """Yield the URLs of the API in a text of any length, none of which overlap; `GAP` replaces unknown parts."""
        done = run = tries = 0
        for found in self._constant_pattern.finditer(text):
            tries = tries + 1 if found.start() < run else 0
            if found.start() < done or tries > _TRIES:
                continue
            first = max(done, found.start() - _LONGEST)
            start = max((other.end() for other in _NOT_LEFT.finditer(text, first, found.start())), default=first)
            right = _RIGHT.match(text, found.start(), found.start() + _LONGEST)
            run = end = right.end() if right else found.end()
            window = text[start:end].rstrip(_AFTER)
            url = find_api_url(self.api, window)
            if url is not None:
                done = end
                version, method = _move_range(url.version, start), _move_range(url.method, start)
                yield SeenUrl(start, start + len(window), url.trust, url.shape, version, method, url.legacy)

    def match_path(self, text: str, methods: Set[str]) -> SeenUrl | None:
        """Return the path of one of some methods, where a text is that and nothing else: the base is elsewhere."""
        found = self._path_pattern.match(text[:_LONGEST])
        if found is None or found["method"] not in methods:
            return None
        version = found.span("version") if found["version"] else None
        return SeenUrl(
            0, len(text), HostTrust.UNKNOWN, found[0].strip("?# "), version, found.span("method"), legacy=False
        )

    def match_base(self, text: str) -> Range | None:
        """Return the version in a text that is the base URL of every API on a host, this one among them."""
        found = match_service(self.api, text.strip()) if len(text) < _LONGEST else None
        if found is None or found[1] not in (None, "", GAP) or text != text.strip():
            return None
        return found[0]

    def names_service(self, text: str) -> bool:
        """Return whether a text names the API's part of a path: as a word alone, or between slashes."""
        return self._service_pattern.search(text[:_LONGEST]) is not None

    @cached_property
    def _path_pattern(self) -> re.Pattern[str]:
        head, _, tail = self.api.path.partition("{version}/")[2].partition("{method}")
        path = rf"{re.escape(head)}(?P<method>\w{{1,100}}){re.escape(tail)}"
        version = r"(?:v(?P<version>[0-9.]{1,20})/)?"
        return re.compile(rf"(?:[*{GAP}]{{1,3}})?/?{version}{path}(?:$|[?#])" if head else r"(?!)(?P<method>)")

    @cached_property
    def _service_pattern(self) -> re.Pattern[str]:
        name = service_name(self.api)
        return re.compile(rf"(?:^|[/{GAP}]){re.escape(name)}(?:[/{GAP}]|$)" if "{" not in name else r"(?!)")

    @cached_property
    def _constant_pattern(self) -> re.Pattern[str]:
        """The segment that is the same in every path of the API: each of its URLs contains it."""
        service = service_name(self.api)
        if "{" not in service:
            return re.compile(re.escape(f"/{service}"))
        return re.compile("|".join(map(re.escape, host_names(self.api))), re.IGNORECASE)


def explain_url(url: SeenUrl, hint: str | None) -> str | None:
    """Return why a URL is the API's: by its host, or by its path and a hint in the file; None when it is not."""
    if url.trust is HostTrust.CERTAIN:
        return f"URL {redact_shape(url.shape)}"
    return f"URL {redact_shape(url.shape)}; the file says {hint!r}" if hint else None


def method_in(text: str, url: SeenUrl) -> str | None:
    """Return the method that a URL calls, when it is written there."""
    name = text[slice(*url.method)] if url.method else ""
    return None if GAP in name or not name else name


def version_in(text: str, url: SeenUrl) -> str | None:
    """Return the version that is written in a URL."""
    version = text[slice(*url.version)] if url.version else GAP
    return None if version == GAP else version


def _move_range(where: Range | None, by: int) -> Range | None:
    return None if where is None else (where[0] + by, where[1] + by)
