"""Match URLs of an API to methods and versions, and rewrite them for another version."""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.rules.hosts import is_known_host
from migrator.rules.table import Api

_URL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)")
_HOST = re.compile(r"(?:.*@)?(?P<host>\[[^\]]*\]|[^:]*)(?::\d*)?\Z")


@dataclass(frozen=True, slots=True)
class MethodCall:
    """Name the method and the version that a URL calls."""

    version: str
    method: str


@dataclass(frozen=True, slots=True)
class MatchedUrl:
    """Hold the call of a URL, and the span of the path that names it."""

    call: MethodCall
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ApiUrls:
    """Hold the hosts and the path patterns of one API."""

    hosts: tuple[str, ...]
    path: str
    forms: tuple[re.Pattern[str], ...]
    unversioned: tuple[re.Pattern[str], ...]

    def lacks_version(self, url: str) -> bool:
        """Return whether a URL, or a path alone, is one of the API's that name no version."""
        parts = _URL.match(url)
        if parts is None or not self._is_api_host(parts["authority"]):
            return False
        return any(form.fullmatch(url, *parts.span("path")) for form in self.unversioned)

    def match_url(self, url: str) -> MatchedUrl | None:
        """Return what a URL, or a path alone, calls; None if it is not the API's or names no version."""
        parts = _URL.match(url)
        if parts is None or not self._is_api_host(parts["authority"]):
            return None
        start, end = parts.span("path")
        for form in self.forms:
            match = form.fullmatch(url, start, end)
            if match is not None:
                return MatchedUrl(MethodCall(match["version"], match["method"]), start, match.end("method"))
        return None

    def rewrite_url(self, url: str, found: MatchedUrl, version: str, method: str) -> str:
        """Return the URL that calls `method` in `version`; everything but the path is kept."""
        path = self.path.replace("{version}", version).replace("{method}", method)
        return url[: found.start] + path + url[found.end :]

    def _is_api_host(self, authority: str | None) -> bool:
        if authority is None:
            return True
        host = _HOST.match(authority)
        return host is not None and is_known_host(host["host"], self.hosts)


def create_api_urls(api: Api, hosts: tuple[str, ...]) -> ApiUrls:
    """Create the URLs of an API at its own and at further hosts."""
    paths = (api.path, *api.legacy_paths)
    versioned = tuple(_compile_path(path) for path in paths if "{version}" in path)
    unversioned = tuple(_compile_path(path) for path in paths if "{version}" not in path)
    return ApiUrls((*api.hosts, *hosts), api.path, versioned, unversioned)


def _compile_path(path: str) -> re.Pattern[str]:
    written = re.escape(path).replace(r"\{version\}", r"(?P<version>\d+(?:\.\d+)*)")
    return re.compile(written.replace(r"\{method\}", r"(?P<method>[A-Za-z][A-Za-z0-9_.:-]*)") + "/?")
