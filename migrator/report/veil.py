"""Hide what looks like a secret in lines that a report shows; every other character stays where it is."""

from __future__ import annotations

import re

#: What a line must hold to be looked at: cheaper than the patterns.
_WORDS = ("secret", "token", "passw", "key", "authoriz", "bearer", "basic ", "credential", "cookie", "@")
_NAME = r"(?:secret|token|passw(?:or)?d|api[_-]?key|private[_-]?key|authorization|credential|cookie)"
_NAMED = rf"{_NAME}[\w.-]{{0,60}}+\\{{0,8}}[\"']?\s{{0,8}}(?:=>|:=|[:=])\s{{0,8}}"
_SECRETS = (
    #: "secret_key": "...", also in JSON in a string; and what has no end on its line.
    re.compile(rf"(?i){_NAMED}[A-Za-z]{{0,2}}(?P<open>\\{{0,8}}[\"'])(?P<value>(?:(?!(?P=open)).)++)"),
    #: TOKEN=... as a shell and .env write it.
    re.compile(r"(?:^|\s)[A-Z0-9_]*(?:SECRET|TOKEN|PASSWORD|PASSWD|KEY|CREDENTIAL)[A-Z0-9_]*=(?P<value>[^\s\"'$]++)"),
    #: token: ... without quotes, and in the query of a URL; a name or a call is none.
    re.compile(rf"(?i){_NAMED}(?P<value>(?=[\w~+/=:-]{{0,80}}\d)[\w~+/=:-]{{4,}}+)(?![\w.(\[])"),
    re.compile(r"(?i)\b(?:bearer|basic)\s{1,8}(?P<value>[\w.~+/=:-]{6,}+)"),
    re.compile(r"://(?P<value>[^/?#\s\"'@]{1,300}+)@"),
)


def veiled(line: str) -> str:
    """A line with each letter of what looks like a secret made an asterisk."""
    lowered = line.lower()
    if not any(word in lowered for word in _WORDS):
        return line
    for secret in _SECRETS:
        line = secret.sub(_veil, line)
    return line


def _veil(match: re.Match[str]) -> str:
    start, end = match.span("value")
    whole, by = match[0], match.start()
    return whole[: start - by] + "*" * (end - start) + whole[end - by :]
