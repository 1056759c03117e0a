"""Translate the patterns of a .gitignore file to regular expressions, by the rules of git's own matcher."""

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
#: The characters after the last special one; a file that matches the pattern ends in them.
_TAIL = re.compile(r"[^]*?/\\]*\Z")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: its expression, whether it re-includes what lines above it ignore, and whether it is for folders only.

    Without a slash it matches names at any depth, otherwise paths.
    """

    regex: str
    names: bool
    negated: bool
    folders_only: bool
    tail: str

    def can_end_in(self, suffixes: tuple[str, ...]) -> bool:
        """Return whether the pattern can match a file with one of the suffixes."""
        ends = (suffix.endswith(self.tail) or self.tail.endswith(suffix) for suffix in suffixes)
        return not self.folders_only and any(ends)


def parse_line(line: str) -> Pattern | None:
    """Parse a line of a .gitignore file; None for a blank one, a comment, and a pattern that git never matches."""
    glob = re.sub(r"(?<!\\) +\Z", "", line)
    if not glob or glob.startswith("#"):
        return None
    negated = glob.startswith("!")
    glob = glob[negated:]
    folders_only = glob.endswith("/")
    glob = glob[: len(glob) - folders_only]
    try:
        regex = _translate_glob(glob.removeprefix("/"))
        re.compile(regex)
    except (ValueError, re.error):
        return None
    tail = _TAIL.search(glob)
    return Pattern(regex, "/" not in glob, negated, folders_only, tail[0] if tail else "")


@dataclass(frozen=True, slots=True)
class PatternGroup:
    """Neighbouring lines of one sign: expressions for names and for paths, and whether they ignore or re-include."""

    ignores: bool
    names: re.Pattern[str] | None
    paths: re.Pattern[str] | None

    def match(self, path: str, name: str) -> bool:
        """Return whether one of the lines matches a path, which ends in a name."""
        found = self.names.fullmatch(name) if self.names else None
        return bool(found or (self.paths and self.paths.fullmatch(path)))


def compile_patterns(patterns: Iterable[Pattern]) -> tuple[PatternGroup, ...]:
    """Compile patterns to groups that are tried in turn, the last line first."""
    groups = [(negated, list(group)) for negated, group in groupby(patterns, key=lambda pattern: pattern.negated)]
    return tuple(
        PatternGroup(
            not negated,
            _any_of(pattern.regex for pattern in group if pattern.names),
            _any_of(pattern.regex for pattern in group if not pattern.names),
        )
        for negated, group in reversed(groups)
    )


def _any_of(regexes: Iterable[str]) -> re.Pattern[str] | None:
    text = "|".join(f"(?:{regex})" for regex in regexes)
    return re.compile(text, re.DOTALL) if text else None


def _translate_glob(glob: str) -> str:
    """Return the regular expression of a glob. Raises ValueError for one that ends within a bracket or an escape."""
    tokens = list(_TOKEN.finditer(glob))
    if not glob or sum(token.end() - token.start() for token in tokens) != len(glob):
        raise ValueError(glob)
    return "".join(map(_translate_token, tokens))


def _translate_token(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "deep":
            return "(?:.*/)?" if token[0].endswith("/") else ".*"
        case "any":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "set":
            members = "".join(map(_translate_member, _SET_TOKEN.finditer(token["set"])))
            return f"(?!/)[{'^' if token['negated'] else ''}{members}]"
        case _:
            return re.escape(token["escaped"] or token["plain"])


def _translate_member(token: re.Match[str]) -> str:
    if token["name"]:
        return _CLASSES.get(token["name"], "")
    if token["escaped"]:
        return re.escape(token["escaped"])
    return token["plain"] if token["plain"] == "-" else re.escape(token["plain"])
