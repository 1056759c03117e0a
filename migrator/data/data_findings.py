"""Collect what is found in one text for one chain, by characters; convert it to bytes for the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from migrator.data.formats.markers import ApiMarks, marks_of
from migrator.data.formats.text_piece import TextPiece
from migrator.findings.finding import FileError
from migrator.findings.ledger import OccurrenceState
from migrator.findings.reading import ExplainedName, Reading, TextMatch
from migrator.matching.reader_protocols import SnippetReader
from migrator.matching.vocabulary import RenamedName, Vocabulary
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind, Rule

#: The user and password before the host of a URL, which are never shown.
_USER = re.compile(r"//[^/\s?#]*@")
_LIST = re.compile(r"[\w.:/-]++(?>(?:[\s,;|]++[\w.:/-]++)*)")
_NAME = re.compile(r"\w+")


Path = tuple[str | None, ...]
_WEBHOOKS = (Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK)


@dataclass(slots=True)
class DataFindings:
    """Collect matches, each once, and the states of other occurrences.

    `limit` is how often one rule is reported; later occurrences are only accounted for.
    """

    words: Vocabulary
    text: str
    hint: str | None
    foreign: bool
    #: Reads the code inside the text; None where code is not looked for.
    read_snippet: SnippetReader | None
    limit: int | None = None
    places: dict[tuple[int, int, str], TextMatch] = field(default_factory=dict)
    spots: dict[int, ExplainedName] = field(default_factory=dict)
    comments: list[tuple[int, int]] = field(default_factory=list)
    reported: dict[str, int] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    #: The nodes of recorded webhooks and exchanges.
    recorded: list[range] = field(default_factory=list)
    #: The matches whose surroundings prove that they register a webhook.
    registered: set[tuple[int, int, str]] = field(default_factory=set)
    marks: ApiMarks = field(init=False)
    #: Finds the old names.
    names: re.Pattern[str] = field(init=False)
    #: The paths to names of webhooks that are long enough to mean nothing else.
    long_paths: frozenset[Path] = field(init=False)
    _answered: dict[str, bool] = field(default_factory=dict)
    _answers: dict[str, frozenset[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lexicon = self.words
        self.marks = marks_of(self.words)
        longest_first = sorted(self.words.old_names, key=len, reverse=True)
        self.names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        places = [
            place for rule in lexicon.rows_of_kinds(*_WEBHOOKS) for place in rule.where if place.document != "webhook"
        ]
        self.long_paths = frozenset(path for place in places if len(path := parse_path(place.path)) > 2)

    def response_paths(self, method: str) -> frozenset[Path]:
        """Return the paths in the response of a method at which names of webhooks are found."""
        if method not in self._answers:
            paths = self.words.response_webhook_paths(method)
            self._answers[method] = frozenset(tuple(None if part == "[]" else part for part in path) for path in paths)
        return self._answers[method]

    def is_answered(self, rule: Rule) -> bool:
        """Return whether the text names one of the calls that answer the change of a rule."""
        if rule.id not in self._answered:
            self._answered[rule.id] = any(name in self.text for name in rule.answered_by)
        return self._answered[rule.id]

    def claim_span(
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
        self.reported[rule.id] = self.reported.get(rule.id, 0) + 1
        if self.limit is not None and self.reported[rule.id] > self.limit:
            self.explain_occurrence(
                span[0], OccurrenceState.MANUAL, f"like the {self.limit} occurrences before it that are reported"
            )
            return
        shown = tuple(_USER.sub("//", line) for line in evidence)
        self.places[key] = TextMatch(*span, rule, old, new, shown, message)

    def explain_occurrence(self, start: int, state: OccurrenceState, reason: str) -> None:
        """Record the state of an occurrence that no match covers; the first record counts."""
        self.spots.setdefault(start, ExplainedName(start, state, reason))

    def claim_names(
        self, piece: TextPiece, names: dict[str, RenamedName], evidence: Iterable[str], message: str | None = None
    ) -> bool:
        """Claim the old name that a piece is, or those that it lists; False when it is, and lists, none."""
        evidence = tuple(evidence)
        found = list(find_listed_names(piece.text, names))
        for start, end in found:
            named = names[piece.text[start:end]]
            self.claim_span(named.rule, piece.span_of(start, end), piece.text[start:end], named.new, evidence, message)
        return bool(found)

    def to_reading(self, error: FileError | None = None) -> Reading:
        """Return everything that was collected, by bytes."""
        spots = [spot for start, spot in self.spots.items() if start >= 0]
        if self.text.isascii():
            return Reading(tuple(self.places.values()), tuple(spots), tuple(self.comments), error)
        at = _bytes_at(self.text, self._iterate_offsets())
        places = (
            replace(
                place,
                start=at[place.start],
                end=at[place.end],
                also=tuple((at[start], at[end]) for start, end in place.also),
            )
            for place in self.places.values()
        )
        moved = (replace(spot, start=at[spot.start]) for spot in spots)
        comments = ((at[start], at[end]) for start, end in self.comments)
        return Reading(tuple(places), tuple(moved), tuple(comments), error)

    def _iterate_offsets(self) -> Iterator[int]:
        for start, end, _ in self.places:
            yield from (start, end)
        for place in self.places.values():
            yield from (offset for span in place.also for offset in span)
        yield from self.spots
        for span in self.comments:
            yield from span


def decode_text(raw: bytes) -> str:
    """Return a file as text; bytes that are no UTF-8 become characters that no name contains."""
    return raw.decode("utf-8", "surrogateescape")


def start_findings(words: Vocabulary, text: str, read_snippet: SnippetReader | None) -> DataFindings:
    """Return an empty collection for a text."""
    return DataFindings(words, text, words.find_hint(text), words.has_foreign_marks(text), read_snippet)


def find_listed_names(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
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
