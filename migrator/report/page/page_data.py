"""Encode the entries of a run for the page's script as one JSON value, with each text and line of code once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from migrator.report.page.clip_line import WIDEST, clipped
from migrator.report.page.entries import TOLD, Entry, counts
from migrator.report.page.excerpt import Hunk, frames, hunks, marks
from migrator.report.page.html_escape import script_json, shown
from migrator.report.phrases import change
from migrator.report.run_result import Run
from migrator.report.sections import is_removed
from migrator.report.source_lines import Lines, lines_of


class Texts:
    """Numbers texts, so that each is in the page once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text."""
        return self.numbers.setdefault(text, len(self.numbers))


def data_json(run: Run, listed: tuple[Entry, ...]) -> Iterator[str]:
    """Yield ``{"states", "rules", "files", "texts"}``, a piece for each file, because a page can be large."""
    texts = Texts()
    raw = {**run.hits, **{result.path: result.before for result in run.results}}
    ids = tuple(dict.fromkeys((*run.rules, *(entry.rule for entry in listed if entry.rule))))
    rules = {rule: number for number, rule in enumerate(ids)}
    yield f'{{"states":{script_json(_states(listed))},"rules":{script_json(list(_rules(run, ids)))},"files":['
    for number, (path, group) in enumerate(groupby(listed, key=attrgetter("path"))):
        code = lines_of(raw[path]) if path in raw else None
        yield ("," if number else "") + "\n" + script_json(_file(path, code, group, rules, texts))
    yield f'],"texts":{script_json([shown(text) for text in texts.numbers])}}}'


def _states(listed: tuple[Entry, ...]) -> list[list[str]]:
    return [[state.value, *TOLD[state]] for state in counts(listed)]


def _rules(run: Run, ids: Iterable[str]) -> Iterator[list[Any]]:
    rules = run.rules
    removed = {each.rule for each in (*run.findings, *run.notes) if is_removed(rules.get(each.rule), each)}
    for id in ids:
        yield [shown(id), shown(change(rules.get(id))), id in removed]


def _file(
    path: str, code: Lines | None, group: Iterable[Entry], rules: Mapping[str, int], texts: Texts
) -> dict[str, Any]:
    needed: set[int] = set()
    found = []
    for entry in group:
        place: dict[str, Any] = {
            "s": entry.state.value,
            "r": None if entry.rule is None else rules[entry.rule],
            "l": entry.place.line,
            "c": entry.place.column,
            "m": texts.number(entry.message),
        }
        if entry.advice:
            place["a"] = texts.number(entry.advice)
        if entry.evidence:
            place["e"] = [texts.number(each) for each in entry.evidence]
        place |= {key: shown(name) for key, name in (("o", entry.old), ("n", entry.new)) if name}
        if code is not None:
            shows = _shows(code, entry)
            needed.update(line for first, last in shows["f"] for line in range(first, last + 1))
            place |= shows
        found.append(place)
    return {"p": shown(path), "t": list(_runs(code, sorted(needed))) if code is not None else [], "e": found}


def _shows(code: Lines, entry: Entry) -> dict[str, Any]:
    """Return what to show of the file: parts `f`, marks `k`, shortened lines `w` and changed lines `h`."""
    changes = hunks(code, entry.edits)
    shows: dict[str, Any] = {"f": frames(entry.place, changes, code.count)}
    marked = []
    for line, spans in marks(code, entry.place):
        text, found = clipped(code.line(line), spans)
        marked += [[line, *span] for span in found]
        if len(code.line(line)) > WIDEST:
            shows.setdefault("w", {})[line] = text
    if marked:
        shows["k"] = marked
    if changes:
        shows["h"] = [_hunk(hunk) for hunk in changes]
    return shows


def _hunk(hunk: Hunk) -> list[Any]:
    return [hunk.first, hunk.last, [[text, *spans] for text, spans in hunk.new]]


def _runs(code: Lines, needed: list[int]) -> Iterator[list[Any]]:
    """Yield the needed lines in runs: the number of the first line, then the texts."""
    for _, group in groupby(enumerate(needed), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        yield [numbers[0], *(clipped(code.line(number), [])[0] for number in numbers)]
