"""Compare the host of a URL with the hosts of an API: the same way in every reader and at run time."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase


def is_known_host(host: str, patterns: Iterable[str]) -> bool:
    """Return whether one of the patterns (``*`` matches) is a host; hosts have no case (RFC 3986, 3.2.2)."""
    lowered = host.lower()
    return any(fnmatchcase(lowered, pattern.lower()) for pattern in patterns)
