"""Match the rows of a chain with the method and the version in a URL of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.matching.url_patterns import SeenUrl, method_in, version_in
from migrator.matching.vocabulary import Vocabulary
from migrator.rules.rule import Rule

_LEGACY = "this path has no version, or is older than the selected range: it has no counterpart"
_SWAPPED = "the meaning of this name depends on the version, which is not written here"


@dataclass(frozen=True, slots=True)
class RowOnText:
    """A row that applies to the characters from `start` up to `end` of a text; `message` adds to what the row says."""

    start: int
    end: int
    rule: Rule
    old: str
    new: str | None
    message: str | None = None


def rows_on_url(words: Vocabulary, text: str, url: SeenUrl) -> Iterator[RowOnText]:
    """Yield the row about the method of a URL, and the one about its version."""
    version = version_in(text, url)
    row = _row_on_method(words, text, url, version)
    if row is not None:
        yield row
    if url.version and version in words.version_rules:
        yield RowOnText(*url.version, words.version_rules[version], version, words.target)


def is_newer(words: Vocabulary, text: str, url: SeenUrl) -> bool:
    """Return whether a URL uses a version above the target: the rows say nothing about what is sent there."""
    version = version_in(text, url)
    if version is None:
        return False
    return [int(part) for part in version.split(".")] > [int(part) for part in words.target.split(".")]


def _row_on_method(words: Vocabulary, text: str, url: SeenUrl, version: str | None) -> RowOnText | None:
    name = method_in(text, url)
    named = words.look_up_method(name, version) if name else None
    if name is None or named is None or url.method is None:
        return None
    obstacle = _LEGACY if url.legacy else None
    if version is None and words.is_ambiguous(named, words.methods):
        obstacle = obstacle or _SWAPPED
    if version is not None and version not in words.known_versions:
        obstacle = obstacle or f"the URL uses version {version}, which is outside the selected range"
    return RowOnText(*url.method, named.rule, name, named.new, obstacle)
