"""Recognise URLs with the path of an API at a host that nobody knows: a relay may pass the requests on."""

from __future__ import annotations

import re
from functools import lru_cache

from migrator.matching.urls import GAP, Range, is_foreign_url
from migrator.rules.table import Api

#: A longer text is no URL: browsers and servers limit them to about 2,000 characters.
_LONGEST = 2000
_BASE = re.compile(rf"[A-Za-z]{{1,20}}+:/++[^/?#\s{GAP}]++(?:/[^?#\s]*)?")

#: Why a finding at such a URL is manual.
RELAY = "the host is unknown; if it passes requests on to the API, both ends must change together"


def find_relayed_method(api: Api, shape: str) -> Range | None:
    """Return the method at the end of the exact path of an API, in a URL whose host is not the API's."""
    if len(shape) > _LONGEST or not is_foreign_url(api, shape):
        return None
    found = _compile_path(api).search(shape)
    return found.span("method") if found is not None and _BASE.fullmatch(shape[: found.start()]) else None


def find_relay_hint(api: Api, text: str) -> str | None:
    """Return a word that hints at an API in a lower-case text; its hosts are no hint about other hosts."""
    for host in api.hosts:
        text = text.replace(host.lstrip("*.").lower(), "")
    return next((word for word in api.words if word.lower() in text), None)


def method_paths(api: Api) -> tuple[str, ...]:
    """Return what precedes a method in each path of an API, without the version."""
    paths = (path.replace("/v{version}", "").partition("{method}")[0] for path in (api.path, *api.legacy_paths))
    return tuple(dict.fromkeys(paths))


@lru_cache(maxsize=32)
def _compile_path(api: Api) -> re.Pattern[str]:
    tails = map(re.escape, method_paths(api))
    return re.compile(rf"(?:/++v[0-9.]+)?(?:{'|'.join(tails)})(?P<method>\w++)/*+(?=$|[?#])")
