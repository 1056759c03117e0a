"""Redact what looks like a secret in displayed lines, keeping the position of every other character.

`_FORMS` is the table of all forms: to cover a further one, add a row. In each, the group `value` or `values` is masked.
"""

from __future__ import annotations

import re

#: A line is searched for secrets only if it contains one of these: cheaper than the patterns.
_WORDS = ("secret", "token", "passw", "key", "auth", "bearer", "basic ", "credential", "cookie", "pat", "-u", "@")
_NAME = (
    r"(?:secret|token|passw(?:or)?d|api[_-]?key|private[_-]?key|authorization|credential|cookie"
    r"|(?<![A-Za-z])pat(?![A-Za-z]))[\w.-]{0,60}+"
)
_NAMED = rf"{_NAME}\\{{0,8}}[\"']?\]{{0,2}}"
#: password: str =
_TYPE = r"\s{0,8}:\s{0,8}[A-Za-z_][\w.\[\]|, ]{0,60}?"
_IS = rf"(?:{_TYPE})?\s{{0,8}}(?:=>|:=|[:=])\s{{0,8}}"
#: hook["api_secret"] ==, hook.get("api_secret", "") !=
_COMPARED = r"(?:,\s?[\"']{2})?[)\]]{0,4}\s{0,8}[!=]==?\s{0,8}"
#: compare(hook["api_secret"], ..., with a default or a cast.
_BESIDE = r"(?:,\s?[\"']{2})?[)\]]{1,4}\s{0,8},\s{0,8}(?:\[\]byte\()?"
#: setToken("..."), secret.equals("..."), but not token.split("...").
_CALLED = r"(?:\(\)\.equals|(?<=secret)|(?<=token)|(?<=password)|(?<=key)|(?<=\.equals))\(\s{0,8}"
#: Up to the closing quote; in a string inside a string, up to the quote that is escaped in the same way.
_QUOTED = (
    r"[A-Za-z]{0,2}(?P<open>\"{3}|'{3}|(?P<more>\\{1,8})?[\"'`])(?P<value>(?>(?:(?(more)(?!)|\\.)|(?!(?P=open)).)+))"
)
#: os.environ.get("NAME", "..."), x or "...": what is used where nothing is set.
_INSTEAD = r"[\w.$\"']{1,60}(?:\([^()]{0,100}\))?\s{1,4}(?:or|else|\|\||\?\?|\?:)\s{1,4}"
_DEFAULT = r"(?:[\w.]{0,60}env[\w.]{0,60}|[\w.]{0,60}get)\([^()]{0,100}?,\s{0,8}"

#: The forms that secrets are written in.
_FORMS = {
    '"api_secret": "...", also in JSON in a string, and without a closing quote on its line': (
        rf"(?i){_NAMED}(?:{_IS}|{_COMPARED}|{_BESIDE}|{_CALLED}){_QUOTED}"
    ),
    'token = os.environ.get("TOKEN", "..."), token = given or "..."': (
        rf"(?i){_NAMED}{_IS}(?:{_INSTEAD}|{_DEFAULT}){_QUOTED}"
    ),
    'api_secret in ("...", "..."), tokens = ["...", "..."]': (
        rf"(?i){_NAMED}(?:\s{{1,8}}(?:not\s{{1,8}})?in\s{{0,8}}|{_IS})[\[({{](?P<values>[^\])}}]{{1,500}})"
    ),
    'setHeader("token", "...")': (
        rf"(?i)(?:set|header|put|add|append|with|env|default)\w{{0,20}}\(\s{{0,8}}[\"'][\w.-]{{0,40}}?{_NAME}[\"'],"
        rf"\s{{0,8}}{_QUOTED}"
    ),
    '"Authorization", "..."': rf"(?i)[\"']authorization[\"']\s{{0,8}},\s{{0,8}}{_QUOTED}",
    "Authorization: ...": (
        r"(?i)(?:^|[\"'])\s{0,8}authorization:\s{0,8}(?:\w{1,20}\s{1,4})?(?!bearer\b|basic\b)(?P<value>[\w.~+/=:-]{6,}+)"
    ),
    '"..." == hook.api_secret': (
        r"(?i)[\"'](?P<value>[^\"'\s]{1,200}+)[\"'](?:\s{0,8}[!=]==?\s{0,8}|\.equals\()"
        rf"[\w.$>\[\"'-]{{0,60}}?{_NAME}"
    ),
    'auth=(account, "..."), as Python, PHP, Ruby and Go write it': (
        rf"(?i)(?:auth[\"']?\s{{0,8}}(?:=>|:=|[:=])\s{{0,8}}[(\[]|basic_?auth\()[^()\[\]]{{0,200}}?,\s{{0,8}}{_QUOTED}"
    ),
    "curl -u account:...": r"(?:^|[\s\"'])(?:-u|--user)[\s\"',=]{1,8}[^\s\"':]{0,100}:(?P<value>[^\s\"'$]++)",
    "TOKEN=... as a shell and .env write it": (
        r"(?:^|\s)[A-Z0-9_]*(?:(?:SECRET|TOKEN|PASSWORD|PASSWD|KEY|CREDENTIAL)[A-Z0-9_]*|_PAT)=(?P<value>[^\s\"'$]++)"
    ),
    "token: ... without quotes, and in the query of a URL; names and calls are no secrets": (
        rf"(?i){_NAMED}\s{{0,8}}(?:=>|:=|[:=])\s{{0,8}}(?P<value>(?=[\w~+/=:-]{{0,80}}\d)[\w~+/=:-]{{4,}}+)(?![\w.(\[])"
    ),
    "Bearer ...": r"(?i)\b(?:bearer|basic)\s{1,8}(?P<value>[\w.~+/=:-]{6,}+)",
    '"Basic " + "...", "Bearer %s" % "..."': (
        rf"(?i)\b(?:bearer|basic)\s{{1,4}}[^\s\"'`]{{0,8}}[\"'`]\s{{0,8}}(?:\+|\.(?:format\()?|<<|%|,)\s{{0,8}}\(?{_QUOTED}"
    ),
    "https://account:...@host": r"://(?P<value>[^/?#\s\"'@]{1,300}+)@",
}
_SECRETS = tuple(map(re.compile, _FORMS.values()))
#: 20 or more letters of both cases with digits are no word and no identifier that anyone would write.
_HAS = "".join(rf"(?=[\w~+=:-]{{0,80}}?[{kind}])" for kind in ("A-Z", "a-z", "0-9"))
_RANDOM = re.compile(rf"[\"'](?P<value>{_HAS}[\w~+=:-]{{20,}}+)[\"']")
_STRINGS = re.compile(r"(?P<open>[\"'`])(?P<value>(?:\\.|(?!(?P=open))[^\\])+)")


def redact_secrets(line: str) -> str:
    """Return the line with each character of apparent secrets replaced by an asterisk."""
    lowered = line.lower()
    if any(word in lowered for word in _WORDS):
        for secret in _SECRETS:
            line = secret.sub(_mask_match, line)
    return _RANDOM.sub(_mask_match, line)


def _mask_match(match: re.Match[str]) -> str:
    """Return the text of a match with its value masked, or each string of its values."""
    several = "values" in match.re.groupindex
    start, end = match.span("values" if several else "value")
    whole, by = match[0], match.start()
    inside = whole[start - by : end - by]
    masked = _STRINGS.sub(_mask_match, inside) if several else "*" * len(inside)
    return whole[: start - by] + masked + whole[end - by :]
