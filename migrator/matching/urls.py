"""Recognise the URLs of an API in strings whose parts may be unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from migrator.rules.hosts import is_known_host
from migrator.rules.table import Api

#: Replaces an unknown part of a string; a private-use character, which no URL contains.
GAP = "\uf8ff"
_SEGMENT = r"[^/?#\s'\"]*+"
_VERSION = rf"[0-9]++(?>(?:\.[0-9]++)*)|{GAP}"
_USER = re.compile(r"^[^/]*@")
_LOCAL = re.compile(r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|testserver)(?::|$)", re.IGNORECASE)


class HostTrust(IntEnum):
    """Degrees of certainty, from its host, that a URL is the API's."""

    FOREIGN = 0
    UNKNOWN = 1
    CERTAIN = 2


#: A longer string is not searched for a URL: the patterns take quadratic time in the worst case.
_LONGEST = 20_000
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ApiUrl:
    """A URL of the API inside a string: the ranges of its version and its method, and its whole text as `shape`."""

    trust: HostTrust
    shape: str
    version: Range | None
    method: Range | None
    legacy: bool = False
    whole: bool = True


def find_api_url(api: Api, shape: str) -> ApiUrl | None:
    """Return the URL of the API that a string is or contains; a versioned path takes precedence over a legacy one."""
    if len(shape) > _LONGEST or not any(part in shape for part in _constant_segments(api)):
        return None
    for pattern, legacy in _compile_patterns(api):
        for match in pattern.finditer(shape):
            trust = _judge_host(api, match["head"])
            if trust is HostTrust.FOREIGN:
                continue
            if legacy and trust is HostTrust.UNKNOWN:
                if pattern is not _compile_patterns(api)[1][0] or match["head"] != GAP:
                    continue
                return ApiUrl(trust, match[0], None, match.span("method"))
            groups = match.groupdict()
            version = match.span("version") if groups.get("version") else None
            method = match.span("method") if match["method"] else None
            whole = match.start() == 0 and not re.search(r"\s", shape[match.end() :])
            return ApiUrl(trust, match[0], version, method, legacy, whole)
    return None


def version_of(shape: str, url: ApiUrl) -> str | None:
    """Return the version in a URL; None when it is unknown, or the URL has none."""
    version = shape[slice(*url.version)] if url.version else GAP
    return None if version == GAP else version


def match_service(api: Api, shape: str) -> tuple[Range, str | None] | None:
    """Return for a URL on a host of the API the range of its version and the segment behind it, None at the end."""
    match = re.match(
        rf"(?P<head>(?:[a-z]{{1,20}}+:/++)?[^/?#\s]++)/++v(?P<version>{_VERSION})(?:/+(?P<service>{_SEGMENT}))?", shape
    )
    if match is None or _judge_host(api, match["head"]) is not HostTrust.CERTAIN:
        return None
    return match.span("version"), match["service"] or None


def is_foreign_url(api: Api, shape: str) -> bool:
    """Return whether a string is a URL on a host that is known and is not the API's."""
    match = re.match(rf"(?P<head>[a-z]{{1,20}}+:/++[^/?#\s{GAP}]+)(?:[/?#]|$)", shape)
    return match is not None and _judge_host(api, match["head"]) is HostTrust.FOREIGN


def redact_shape(shape: str) -> str:
    """Return a shape as it is shown: `{...}` for unknown parts, without the user and password before a host."""
    return re.sub(r"//[^/?#\s@]*+@", "//", shape).replace(GAP, "{...}")


def url_markers(api: Api) -> tuple[str, ...]:
    """Return strings of which every URL of the API contains at least one; none when its path is all variable."""
    service = service_name(api)
    return () if "{" in service else (f"/{service}", f"{service}/", *host_names(api))


def host_names(api: Api) -> tuple[str, ...]:
    """Return the hosts of the API in lower case, without the ``*`` that stands for a subdomain."""
    return tuple(host.lstrip("*.").lower() for host in api.hosts)


def service_name(api: Api) -> str:
    """Return the segment of the API's path behind the version."""
    return api.path.split("/")[2]


def method_segment(api: Api) -> str:
    """Return the segment between the API's part of its path and the method; an empty string where there is none."""
    segment, *behind = [*api.path.split("/")[3:], ""]
    return segment if any(behind) and "{" not in segment else ""


@lru_cache(maxsize=32)
def _constant_segments(api: Api) -> tuple[str, ...]:
    """Return for each path of the API a segment that is always the same."""
    paths = (api.path, *api.legacy_paths)
    return tuple({next(s for s in path.split("/") if s and "{" not in s) for path in paths})


@lru_cache(maxsize=32)
def _compile_patterns(api: Api) -> tuple[tuple[re.Pattern[str], bool], ...]:
    head = r"(?<![^ \t\n\r'\"(<=,`\[])(?P<head>(?:[A-Za-z]{1,20}+:/++)?[^/?#\s'\"]{0,300}+)"
    first, *rest = [segment for segment in api.path.split("/") if segment]
    tail = ""
    for segment in reversed(rest):
        tail = rf"/++{_segment_pattern(segment)}{f'(?:{tail})?' if tail else ''}"
    current = re.compile(rf"{head}/++{_segment_pattern(first)}{tail}(?=/*+(?:$|[?#\s'\"]))")
    legacy = [
        re.compile(head + "".join(rf"/++{_segment_pattern(s)}" for s in path.split("/") if s) + r"(?=$|[?#\s'\"])")
        for path in sorted(api.legacy_paths, key=lambda path: not api.path.endswith(path))
    ]
    return (current, False), *((pattern, True) for pattern in legacy)


def _segment_pattern(segment: str) -> str:
    escaped = re.escape(segment).replace(r"\{version\}", f"(?P<version>{_VERSION})")
    return escaped.replace(r"\{method\}", f"(?P<method>{_SEGMENT})")


def _judge_host(api: Api, head: str) -> HostTrust:
    host = _USER.sub("", re.sub(r"^[A-Za-z]+:/+", "", head))
    if is_known_host(host.partition(":")[0], api.hosts):
        return HostTrust.CERTAIN
    return HostTrust.UNKNOWN if not host or GAP in host or _LOCAL.match(host) else HostTrust.FOREIGN
