"""Collect what is found in one text for one chain, by characters; convert it to bytes for the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from migrator.data.formats.markers import Marks, marks_of
from migrator.data.formats.text_piece import Piece
from migrator.findings.finding import FileError
from migrator.findings.ledger import State
from migrator.findings.reading import Place, Reading, Spot
from migrator.matching.reader_protocols import SnippetReader
from migrator.matching.vocabulary import Lexicon, Named
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind, Rule

#: What stands before the host of a URL: names and passwords, which are nobody's business.
_USER = re.compile(r"//[^/\s?#]*@")
_LIST = re.compile(r"[\w.:/-]++(?>(?:[\s,;|]++[\w.:/-]++)*)")
_NAME = re.compile(r"\w+")


Path = tuple[str | None, ...]
_WEBHOOKS = (Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK)


@dataclass(slots=True)
class Found:
    """Collect matches, each once, and the states of other occurrences.

    `limit` is how often one rule is reported; later occurrences are only accounted for.
    """

    words: Lexicon
    text: str
    hint: str | None
    foreign: bool
    #: Reads the code inside the text; None where code is not looked for.
    read_snippet: SnippetReader | None
    limit: int | None = None
    places: dict[tuple[int, int, str], Place] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    comments: list[tuple[int, int]] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    marks: Marks = field(init=False)
    #: Finds the old names.
    names: re.Pattern[str] = field(init=False)
    #: The paths to names of webhooks that are long enough to mean nothing else.
    long_paths: frozenset[Path] = field(init=False)
    _answered: dict[str, bool] = field(default_factory=dict)
    _answers: dict[str, frozenset[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lexicon = self.words
        self.marks = marks_of(self.words)
        longest_first = sorted(self.words.names, key=len, reverse=True)
        self.names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        places = [place for rule in lexicon.rules(*_WEBHOOKS) for place in rule.where if place.document != "webhook"]
        self.long_paths = frozenset(path for place in places if len(path := parse_path(place.path)) > 2)

    def answers(self, method: str) -> frozenset[Path]:
        """Return the paths in the response of a method at which names of webhooks are found."""
        if method not in self._answers:
            paths = self.words.response_paths(method)
            self._answers[method] = frozenset(tuple(None if part == "[]" else part for part in path) for path in paths)
        return self._answers[method]

    def is_answered(self, rule: Rule) -> bool:
        """Return whether the text names one of the calls that answer the change of a rule."""
        if rule.id not in self._answered:
            self._answered[rule.id] = any(name in self.text for name in rule.answered_by)
        return self._answered[rule.id]

    def claim(
        self,
        rule: Rule,
        span: tuple[int, int],
        old: str | None,
        new: str | None,
        evidence: Iterable[str],
        message: str | None = None,
    ) -> None:
        """Add a match beside those at other spans or of other rules."""
        key = (*span, rule.id)
        if key in self.places or span[0] >= span[1]:
            return
        self.covered.add(span)
        self.told[rule.id] = self.told.get(rule.id, 0) + 1
        if self.limit is not None and self.told[rule.id] > self.limit:
            self.spot(span[0], State.MANUAL, f"like the {self.limit} occurrences before it that are reported")
            return
        shown = tuple(_USER.sub("//", line) for line in evidence)
        self.places[key] = Place(*span, rule, old, new, shown, message)

    def spot(self, start: int, state: State, reason: str) -> None:
        """Record the state of an occurrence that no match covers; the first record counts."""
        self.spots.setdefault(start, Spot(start, state, reason))

    def name(self, piece: Piece, names: dict[str, Named], evidence: Iterable[str], message: str | None = None) -> bool:
        """Claim the old name that a piece is, or those that it lists; False when it is, and lists, none."""
        evidence = tuple(evidence)
        found = list(listed(piece.text, names))
        for start, end in found:
            named = names[piece.text[start:end]]
            self.claim(named.rule, piece.span(start, end), piece.text[start:end], named.new, evidence, message)
        return bool(found)

    def reading(self, error: FileError | None = None) -> Reading:
        """Return everything that was collected, by bytes."""
        spots = [spot for start, spot in self.spots.items() if start >= 0]
        if self.text.isascii():
            return Reading(tuple(self.places.values()), tuple(spots), tuple(self.comments), error)
        at = _bytes_at(self.text, self._offsets())
        places = (replace(place, start=at[place.start], end=at[place.end]) for place in self.places.values())
        moved = (replace(spot, start=at[spot.start]) for spot in spots)
        comments = ((at[start], at[end]) for start, end in self.comments)
        return Reading(tuple(places), tuple(moved), tuple(comments), error)

    def _offsets(self) -> Iterator[int]:
        for start, end, _ in self.places:
            yield from (start, end)
        yield from self.spots
        for span in self.comments:
            yield from span


def decoded(raw: bytes) -> str:
    """Return a file as text; bytes that are no UTF-8 become characters that no name contains."""
    return raw.decode("utf-8", "surrogateescape")


def found_in(words: Lexicon, text: str, read_snippet: SnippetReader | None) -> Found:
    """Return an empty collection for a text."""
    return Found(words, text, words.hint(text), words.is_foreign(text), read_snippet)


def listed(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of names in a text that is one name or a list of words."""
    known = names if isinstance(names, dict) else frozenset(names)
    stripped = text.strip().removeprefix("/")
    if stripped in known:
        start = text.index(stripped)
        yield start, start + len(stripped)
    elif _LIST.fullmatch(text.strip()):
        for match in _NAME.finditer(text):
            if match[0] in known and _stands_alone(text, *match.span()):
                yield match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (set(text[max(start - 1, 0) : start] + text[end : end + 1]) & set(".:/-"))


def _bytes_at(text: str, offsets: Iterable[int]) -> dict[int, int]:
    """Return the bytes at which characters begin, each stretch encoded once."""
    at: dict[int, int] = {}
    done = size = 0
    for offset in sorted(set(offsets)):
        size += len(text[done:offset].encode("utf-8", "surrogateescape"))
        at[offset], done = size, offset
    return at
