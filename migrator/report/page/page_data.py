"""Encode the entries of a run for the page's script as one JSON value, with each text and line of code once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from migrator.report.page.clip_line import WIDEST, clip_line
from migrator.report.page.entries import STATE_TEXTS, PageEntry, count_states
from migrator.report.page.excerpt import Hunk, edit_hunks, excerpt_ranges, mark_spans
from migrator.report.page.html_escape import script_json, show_on_line
from migrator.report.phrases import describe_change
from migrator.report.run_result import RunResult
from migrator.report.sections import is_removed
from migrator.report.source_lines import SourceLines, split_source


class TextTable:
    """Numbers texts, so that each is in the page once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number_of(self, text: str) -> int:
        """Return the number of a text."""
        return self.numbers.setdefault(text, len(self.numbers))


def data_json(run: RunResult, listed: tuple[PageEntry, ...]) -> Iterator[str]:
    """Yield ``{"states", "rules", "files", "texts"}``, a piece for each file, because a page can be large."""
    texts = TextTable()
    raw = {**run.hits, **{result.path: result.before for result in run.results}}
    ids = tuple(dict.fromkeys((*run.rules, *(entry.rule for entry in listed if entry.rule))))
    rules = {rule: number for number, rule in enumerate(ids)}
    yield f'{{"states":{script_json(_state_rows(listed))},"rules":{script_json(list(_rule_rows(run, ids)))},"files":['
    for number, (path, group) in enumerate(groupby(listed, key=attrgetter("path"))):
        code = split_source(raw[path]) if path in raw else None
        yield ("," if number else "") + "\n" + script_json(_file_entries(path, code, group, rules, texts))
    yield f'],"texts":{script_json([show_on_line(text) for text in texts.numbers])}}}'


def _state_rows(listed: tuple[PageEntry, ...]) -> list[list[str]]:
    return [[state.value, *STATE_TEXTS[state]] for state in count_states(listed)]


def _rule_rows(run: RunResult, ids: Iterable[str]) -> Iterator[list[Any]]:
    rules = run.rules
    removed = {each.rule for each in (*run.findings, *run.notes) if is_removed(rules.get(each.rule), each)}
    for id in ids:
        yield [show_on_line(id), show_on_line(describe_change(rules.get(id))), id in removed]


def _file_entries(
    path: str, code: SourceLines | None, group: Iterable[PageEntry], rules: Mapping[str, int], texts: TextTable
) -> dict[str, Any]:
    needed: set[int] = set()
    found = []
    for entry in group:
        place: dict[str, Any] = {
            "s": entry.state.value,
            "r": None if entry.rule is None else rules[entry.rule],
            "l": entry.place.line,
            "c": entry.place.column,
            "m": texts.number_of(entry.message),
        }
        if entry.advice:
            place["a"] = texts.number_of(entry.advice)
        if entry.evidence:
            place["e"] = [texts.number_of(each) for each in entry.evidence]
        place |= {key: show_on_line(name) for key, name in (("o", entry.old), ("n", entry.new)) if name}
        if code is not None:
            shows = _excerpt_of(code, entry)
            needed.update(line for first, last in shows["f"] for line in range(first, last + 1))
            place |= shows
        found.append(place)
    return {
        "p": show_on_line(path),
        "t": list(_line_runs(code, sorted(needed))) if code is not None else [],
        "e": found,
    }


def _excerpt_of(code: SourceLines, entry: PageEntry) -> dict[str, Any]:
    """Return what to show of the file: parts `f`, marks `k`, shortened lines `w` and changed lines `h`."""
    changes = edit_hunks(code, entry.edits)
    shows: dict[str, Any] = {"f": excerpt_ranges(entry.place, changes, code.count)}
    marked = []
    for line, spans in mark_spans(code, entry.place):
        text, found = clip_line(code.shown_line(line), spans)
        marked += [[line, *span] for span in found]
        if len(code.shown_line(line)) > WIDEST:
            shows.setdefault("w", {})[line] = text
    if marked:
        shows["k"] = marked
    if changes:
        shows["h"] = [_hunk_row(hunk) for hunk in changes]
    return shows


def _hunk_row(hunk: Hunk) -> list[Any]:
    return [hunk.first, hunk.last, [[text, *spans] for text, spans in hunk.new]]


def _line_runs(code: SourceLines, needed: list[int]) -> Iterator[list[Any]]:
    """Yield the needed lines in runs: the number of the first line, then the texts."""
    for _, group in groupby(enumerate(needed), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        yield [numbers[0], *(clip_line(code.shown_line(number), [])[0] for number in numbers)]
