"""The patterns of a .gitignore file as regular expressions, by the rules of git's own matcher."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

_TOKEN = re.compile(
    r"(?P<deep>(?:\A|(?<=/))\*\*+(?:/|\Z))"
    r"|(?P<any>\*+)"
    r"|(?P<one>\?)"
    r"|\[(?P<negated>[!^]?)(?P<set>\]?(?:\[:\w+:\]|\\.|[^]\\])*)\]"
    r"|\\(?P<escaped>.)"
    r"|(?P<plain>[^*?[\\])",
    re.DOTALL,
)
_SET_TOKEN = re.compile(r"\[:(?P<name>\w+):\]|\\(?P<escaped>.)|(?P<plain>.)", re.DOTALL)
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "digit": "0-9",
    "lower": "a-z",
    "punct": r"!-.:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
#: What can still be matched by a name that ends in a suffix: the last characters of a pattern without a special one.
_TAIL = re.compile(r"[^]*?/\\]*\Z")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: what it matches, whether it takes back what lines above it left out, and whether it is for folders.

    Without a slash it is about names, at any depth; else about paths.
    """

    regex: str
    names: bool
    negated: bool
    folders_only: bool
    tail: str

    def can_end_in(self, suffixes: tuple[str, ...]) -> bool:
        """Whether the pattern can match a file with one of the suffixes."""
        ends = (suffix.endswith(self.tail) or self.tail.endswith(suffix) for suffix in suffixes)
        return not self.folders_only and any(ends)


def parse_line(line: str) -> Pattern | None:
    """A line of a .gitignore file; None for a blank one, a comment, and a pattern that git never matches."""
    glob = re.sub(r"(?<!\\) +\Z", "", line)
    if not glob or glob.startswith("#"):
        return None
    negated = glob.startswith("!")
    glob = glob[negated:]
    folders_only = glob.endswith("/")
    glob = glob[: len(glob) - folders_only]
    try:
        regex = _translated(glob.removeprefix("/"))
        re.compile(regex)
    except (ValueError, re.error):
        return None
    tail = _TAIL.search(glob)
    return Pattern(regex, "/" not in glob, negated, folders_only, tail[0] if tail else "")


@dataclass(frozen=True, slots=True)
class Lines:
    """Neighbouring lines of one sign: what they match, as names and as paths, and whether they leave it out."""

    leaves_out: bool
    names: re.Pattern[str] | None
    paths: re.Pattern[str] | None

    def match(self, path: str, name: str) -> bool:
        """Whether one of the lines matches a path, which ends in a name."""
        found = self.names.fullmatch(name) if self.names else None
        return bool(found or (self.paths and self.paths.fullmatch(path)))


def compiled(patterns: Iterable[Pattern]) -> tuple[Lines, ...]:
    """Patterns to be tried in turn, the last line first."""
    groups = [(negated, list(group)) for negated, group in groupby(patterns, key=lambda pattern: pattern.negated)]
    return tuple(
        Lines(
            not negated,
            _any_of(pattern.regex for pattern in group if pattern.names),
            _any_of(pattern.regex for pattern in group if not pattern.names),
        )
        for negated, group in reversed(groups)
    )


def _any_of(regexes: Iterable[str]) -> re.Pattern[str] | None:
    text = "|".join(f"(?:{regex})" for regex in regexes)
    return re.compile(text, re.DOTALL) if text else None


def _translated(glob: str) -> str:
    """The regular expression of a glob. Raises ValueError for one that ends in the middle of something."""
    tokens = list(_TOKEN.finditer(glob))
    if not glob or sum(token.end() - token.start() for token in tokens) != len(glob):
        raise ValueError(glob)
    return "".join(map(_token, tokens))


def _token(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "deep":
            return "(?:.*/)?" if token[0].endswith("/") else ".*"
        case "any":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "set":
            members = "".join(map(_member, _SET_TOKEN.finditer(token["set"])))
            return f"(?!/)[{'^' if token['negated'] else ''}{members}]"
        case _:
            return re.escape(token["escaped"] or token["plain"])


def _member(token: re.Match[str]) -> str:
    if token["name"]:
        return _CLASSES.get(token["name"], "")
    if token["escaped"]:
        return re.escape(token["escaped"])
    return token["plain"] if token["plain"] == "-" else re.escape(token["plain"])
