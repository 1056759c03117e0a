"""Check a single row against itself, the place lists of its file, and the kinds that the engines support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.rules.checks.step_schema import (
    FollowUpForm,
    GuardForm,
    NoteRow,
    PlaceForm,
    RowForm,
    StepFile,
    resolve_places,
)
from migrator.rules.json_path import EACH, parse_path
from migrator.rules.rule import Kind

#: A defect inside a row: key, message, hint.
Defect = tuple[str, str, str]

#: The kinds that each engine supports; a row that one of them does not support is refused on load.
ENGINES: Mapping[str, frozenset[Kind]] = {"codemod": frozenset(Kind), "translate": frozenset(Kind)}

#: The kinds that change how a key is read.
_READ = {Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.UNNEST}

#: The kinds whose places end in one of the row's own names, with the key of that name.
_ENDS_IN = {Kind.RENAME_KEY: "old", Kind.REMOVE_KEY: "old", Kind.UNNEST: "old", Kind.ADD_KEY: "new"}


def is_key_path(path: str) -> bool:
    """Return whether a path names one value by keys."""
    parts = parse_path(path)
    return bool(parts) and EACH not in parts


def find_row_defects(
    row: RowForm, form: StepFile, engines: Mapping[str, frozenset[Kind]] = ENGINES
) -> Iterator[Defect]:
    """Yield every defect of a row by itself."""
    for engine, kinds in engines.items():
        if row.kind not in kinds:
            yield (
                "kind",
                f"{engine} does not carry out {row.kind}",
                'use kind = "manual" and describe in `advice` what to do',
            )
    yield from _check_names(row)
    where = getattr(row, "where", ())
    if isinstance(where, str) and where not in form.places:
        known = ", ".join(form.places) or "none is defined"
        yield "where", f"there is no list {where!r} under [places]", f"one of: {known}"
        return
    places = resolve_places(row, form)
    yield from _check_path_ends(row, places)
    yield from _check_webhook_places(row, places)
    yield from _check_guard(getattr(row, "guard", None), places)
    yield from _check_follow_up(getattr(row, "follow_up", None), places)


def _check_names(row: RowForm) -> Iterator[Defect]:
    old, new = getattr(row, "old", None), getattr(row, "new", None)
    if old is not None and old == new:
        yield "new", f"{old!r} is renamed to itself", "remove the row or correct one of the names"
    if isinstance(row, NoteRow) and old is None and new is None:
        yield "old", "the row has neither `old` nor `new`", "give `old` or `new`, the name to find"


def _check_path_ends(row: RowForm, places: Iterable[PlaceForm]) -> Iterator[Defect]:
    if row.kind not in _ENDS_IN:
        return
    key = getattr(row, _ENDS_IN[row.kind])
    for place in places:
        if parse_path(place.path)[-1:] != (key,):
            yield "where", f"{place.path} does not end in {key!r}", f"name the key itself, such as $.{key}"


def _check_webhook_places(row: RowForm, places: Iterable[PlaceForm]) -> Iterator[Defect]:
    """Yield the places in webhooks at which the codemod finds nothing: it looks for keys that are read off objects."""
    for place in places:
        if (
            place.document == "webhook"
            and row.kind in _READ
            and (row.kind is Kind.UNNEST or EACH in parse_path(place.path))
        ):
            message = f"the codemod does not carry out {row.kind} at {place.path} of a webhook"
            yield "where", message, 'use kind = "manual" and describe in `advice` what to do'


def _check_guard(guard: GuardForm | None, places: Iterable[PlaceForm]) -> Iterator[Defect]:
    if guard is None:
        return
    if EACH in parse_path(guard.path):
        yield "guard.path", f"{guard.path} may match several values", "a guard compares one value: leave out [*]"
    if guard.document not in {place.document for place in places}:
        hint = "a guard is about a document that `where` names"
        yield "guard.document", f"the row is not about a {guard.document}", hint


def _check_follow_up(form: FollowUpForm | None, places: Iterable[PlaceForm]) -> Iterator[Defect]:
    if form is None:
        return
    if any(place.document != "request" for place in places):
        yield "follow_up", "only a request can be followed by another call", 'name places of document = "request"'
    for name, argument in form.arguments.items():
        key = f"follow_up.arguments.{name}.path"
        if argument.origin == "value" and argument.path is not None:
            yield key, "the removed value itself has no path", 'remove the path, or use from = "request"'
        if argument.origin != "value" and argument.path is None:
            yield key, f"the path inside the {argument.origin} is missing", 'add path = "$.key"'
        elif argument.path is not None and not is_key_path(argument.path):
            hint = "an argument is one value: name a key, without [*]"
            yield key, f"{argument.path} does not name one value of the {argument.origin}", hint
