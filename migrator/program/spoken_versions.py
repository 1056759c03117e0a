"""Count the versions that the URLs of a program say: they are evidence of what the program speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from migrator.matching.selection import Options
from migrator.matching.url_patterns import UrlPatterns, version_in
from migrator.matching.urls import HostTrust, host_names
from migrator.rules.table import Api, Chain
from migrator.rules.version import VERSION_PATTERN, Version

#: A larger file is recorded traffic or generated: its URLs say nothing about the code, and take long to count.
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SpokenVersion:
    """A version of an API, and the number of URLs that name it."""

    api: str
    version: str
    urls: int

    def as_json(self) -> dict[str, Any]:
        """Return the version in the documented form."""
        return {"api": self.api, "version": self.version, "urls": self.urls}


def count_versions(files: Mapping[str, bytes], options: Options) -> tuple[SpokenVersion, ...]:
    """Return the versions in the URLs of each API, lowest first; those of other hosts are not counted."""
    found: list[SpokenVersion] = []
    for chain in options.chains:
        known = Counter[str]()
        for raw in files.values():
            known.update(_find_versions(chain.api, raw))
        order = sorted(known, key=Version)
        found += [SpokenVersion(chain.api.id, version, known[version]) for version in order]
    return tuple(found)


def start_at_spoken(options: Options, files: Mapping[str, bytes]) -> Options:
    """Return the options with chains that start at the lowest version that the program speaks.

    A chain keeps its first version where that was chosen, where no URL names a version of the table, and where a file
    mentions a lower one, as in `VERSION = "3.0"`: then it may be the one that is spoken.
    """
    if not options.finds_source:
        return options
    spoken = count_versions(files, options)
    chains = (_start_at_lowest(chain, spoken, files.values()) for chain in options.chains)
    return replace(options, chains=tuple(chains))


def _start_at_lowest(chain: Chain, spoken: Iterable[SpokenVersion], files: Collection[bytes]) -> Chain:
    urls = {each.version for each in spoken if each.api == chain.api.id}
    known = [step.source for step in chain.steps]
    first = next((index for index, version in enumerate(known) if str(version) in urls), None)
    if first is None and urls and urls <= {str(chain.target)}:
        first = len(known) - 1
    if not first or any(_mentions_version(raw, known[:first]) for raw in files):
        return chain
    return Chain(chain.api, chain.steps[first:])


def _mentions_version(raw: bytes, versions: Iterable[Version]) -> bool:
    names = b"|".join(re.escape(str(version)).encode() for version in versions)
    return re.search(rb"(?<![\w.])v?(?:%b)(?![\w.])" % names, raw) is not None


def _find_versions(api: Api, raw: bytes) -> list[str]:
    lowered = raw.lower() if len(raw) <= _LARGEST else b""
    if not any(host.encode() in lowered for host in host_names(api)):
        return []
    text = raw.decode("latin-1")
    urls = (url for url in UrlPatterns(api).find_urls(text) if url.trust is HostTrust.CERTAIN)
    return [version for url in urls if (version := version_in(text, url)) and re.match(VERSION_PATTERN, version)]
