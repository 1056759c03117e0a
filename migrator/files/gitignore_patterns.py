"""Translate the patterns of a .gitignore file to regular expressions, by the rules of git's own matcher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
#: A longer line matches no path that a system has, and costs time.
_LONGEST = 4096


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
    glob = line.rstrip(" ")
    if glob.endswith("\\") and glob != line:
        glob += " "
    if not glob or glob.startswith("#") or len(glob) > _LONGEST:
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
    # A name that the pattern matches ends in the characters after the last special one.
    tail = glob[max(map(glob.rfind, "]*?/\\")) + 1 :]
    return Pattern(regex, "/" not in glob, negated, folders_only, tail)


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
    """Return the regular expression of a glob. Raises ValueError for one that ends in the middle of something.

    No glob takes more than quadratic time: what precedes a further wildcard is matched as early as it can be, and never
    tried again, because that wildcard takes up whatever remains.
    """
    chunks: list[list[re.Match[str]]] = [[]]
    ends_deep = False
    for token in _split_tokens(glob):
        ends_deep = token.lastgroup == "deep" and not token[0].endswith("/")
        if token.lastgroup == "deep":
            chunks.append([])
        else:
            chunks[-1].append(token)
    first, *others = map(_chunk_regex, chunks)
    if not others:
        return first
    *middle, last = others
    between = "".join(f"(?>(?:.*?/)??{chunk})" for chunk in middle)
    return f"{first}{between}{'.*' if ends_deep else f'(?:.*/)?{last}'}"


def _split_tokens(glob: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(glob):
        token = _TOKEN.match(glob, position)
        if token is None:
            raise ValueError(glob)
        yield token
        position = token.end()
    if not glob:
        raise ValueError(glob)


def _chunk_regex(tokens: Iterable[re.Match[str]]) -> str:
    """Return the regular expression of the tokens between two that match any number of folders."""
    segments: list[list[str]] = [[""]]
    for token in tokens:
        if token.lastgroup == "any":
            segments[-1].append("")
        elif "/" in (token["plain"], token["escaped"]):
            segments.append([""])
        else:
            segments[-1][-1] += _sign_regex(token)
    return "/".join(map(_segment_regex, segments))


def _segment_regex(pieces: list[str]) -> str:
    """Return the regular expression of pieces of one path segment with a wildcard between each two."""
    first, *others = pieces
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + f"[^/]*{last}"


def _sign_regex(token: re.Match[str]) -> str:
    """Return the regular expression of a token that matches one character."""
    match token.lastgroup:
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
