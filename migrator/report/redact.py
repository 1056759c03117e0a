"""Redact what looks like a secret in displayed lines, keeping the position of every other character."""

from __future__ import annotations

import re

#: A line is searched for secrets only if it contains one of these: cheaper than the patterns.
_WORDS = ("secret", "token", "passw", "key", "auth", "bearer", "basic ", "credential", "cookie", "_pat=", "-u", "@")
_NAME = r"(?:secret|token|passw(?:or)?d|api[_-]?key|private[_-]?key|authorization|credential|cookie)[\w.-]{0,60}+"
_NAMED = rf"{_NAME}\\{{0,8}}[\"']?"
_IS = r"\s{0,8}(?:=>|:=|[:=])\s{0,8}"
#: hook["secret_key"] ==, hook.get("secret_key", "") !=
_COMPARED = r"(?:,\s?[\"']{2})?[)\]]{0,4}\s{0,8}[!=]==?\s{0,8}"
#: compare(hook["secret_key"], ..., with a default or a cast.
_BESIDE = r"(?:,\s?[\"']{2})?[)\]]{1,4}\s{0,8},\s{0,8}(?:\[\]byte\()?"
#: setToken("..."), secret.equals("..."), but not token.split("...").
_CALLED = r"(?:\(\)\.equals|(?<=secret)|(?<=token)|(?<=password)|(?<=key)|(?<=\.equals))\(\s{0,8}"
#: Up to the closing quote; in a string inside a string, up to the quote that is escaped in the same way.
_QUOTED = r"[A-Za-z]{0,2}(?P<open>(?P<more>\\{1,8})?[\"'])(?P<value>(?>(?:(?(more)(?!)|\\.)|(?!(?P=open)).)+))"
_SECRETS = (
    #: "secret_key": "...", also in JSON in a string, and without a closing quote on its line.
    re.compile(rf"(?i){_NAMED}(?:{_IS}|{_COMPARED}|{_BESIDE}|{_CALLED}){_QUOTED}"),
    re.compile(rf"(?i)[\"']authorization[\"']\s{{0,8}},\s{{0,8}}{_QUOTED}"),
    re.compile(
        r"(?i)(?:^|[\"'])\s{0,8}authorization:\s{0,8}(?:\w{1,20}\s{1,4})?(?!bearer\b|basic\b)(?P<value>[\w.~+/=:-]{6,}+)"
    ),
    #: "..." == hook.secret_key
    re.compile(
        rf"(?i)[\"'](?P<value>[^\"'\s]{{1,200}}+)[\"'](?:\s{{0,8}}[!=]==?\s{{0,8}}|\.equals\()[\w.$>\[\"'-]{{0,60}}?{_NAME}"
    ),
    #: auth=(account, "..."), as Python, PHP, Ruby and Go write it.
    re.compile(rf"(?i)(?:auth[\"']?{_IS}[(\[]|basic_?auth\()[^()\[\]]{{0,200}}?,\s{{0,8}}{_QUOTED}"),
    re.compile(r"(?:^|[\s\"'])(?:-u|--user)[\s\"',=]{1,8}[^\s\"':]{0,100}:(?P<value>[^\s\"'$]++)"),
    #: TOKEN=... as a shell and .env write it.
    re.compile(
        r"(?:^|\s)[A-Z0-9_]*(?:(?:SECRET|TOKEN|PASSWORD|PASSWD|KEY|CREDENTIAL)[A-Z0-9_]*|_PAT)=(?P<value>[^\s\"'$]++)"
    ),
    #: token: ... without quotes, and in the query of a URL; names and calls are not secrets.
    re.compile(rf"(?i){_NAMED}{_IS}(?P<value>(?=[\w~+/=:-]{{0,80}}\d)[\w~+/=:-]{{4,}}+)(?![\w.(\[])"),
    re.compile(r"(?i)\b(?:bearer|basic)\s{1,8}(?P<value>[\w.~+/=:-]{6,}+)"),
    re.compile(r"://(?P<value>[^/?#\s\"'@]{1,300}+)@"),
)
#: 20 or more letters of both cases with digits are no word and no identifier that anyone would write.
_HAS = "".join(rf"(?=[\w~+=:-]{{0,80}}?[{kind}])" for kind in ("A-Z", "a-z", "0-9"))
_RANDOM = re.compile(rf"[\"'](?P<value>{_HAS}[\w~+=:-]{{20,}}+)[\"']")


def redact_secrets(line: str) -> str:
    """Return the line with each character of apparent secrets replaced by an asterisk."""
    lowered = line.lower()
    if any(word in lowered for word in _WORDS):
        for secret in _SECRETS:
            line = secret.sub(_mask_value, line)
    return _RANDOM.sub(_mask_value, line)


def _mask_value(match: re.Match[str]) -> str:
    start, end = match.span("value")
    whole, by = match[0], match.start()
    return whole[: start - by] + "*" * (end - start) + whole[end - by :]
