"""From the checked form of a file to the plain rows that the engines read."""

from __future__ import annotations

from typing import cast

from migrator.rules.api_schema import ApiForm, EnvelopeForm
from migrator.rules.rule import Argument, FollowUpCall, Guard, Place, Rule, Source, Step
from migrator.rules.schema import FollowUpForm, GuardForm, PlaceForm, RowForm, StepFile
from migrator.rules.table import Api, Client, Envelope
from migrator.rules.version import Version


def build_step(form: StepFile, file: str) -> Step:
    """A step with the names of its places resolved."""
    rules = tuple(_rule(row, form) for row in form.rule)
    return Step(Version(form.source), Version(form.target), rules, file)


def build_api(form: ApiForm) -> Api:
    """The description of an API with its sets made ready for look-ups."""
    return Api(
        id=form.id,
        title=form.title,
        hosts=form.hosts,
        path=form.path,
        legacy_paths=form.legacy_paths,
        methods=frozenset(form.methods),
        webhooks=frozenset(form.webhooks),
        words=form.words,
        foreign=form.foreign,
        envelope=_envelope(form.envelope) if form.envelope else None,
        clients=tuple(Client(c.classes, c.factories, c.version, c.body) for c in form.client),
    )


def places_of(row: RowForm, form: StepFile) -> tuple[PlaceForm, ...]:
    """The places of a row, by name or as they stand; none for a name that [places] lacks."""
    where = getattr(row, "where", ())
    return form.places.get(where, ()) if isinstance(where, str) else cast("tuple[PlaceForm, ...]", where)


def _envelope(form: EnvelopeForm) -> Envelope:
    return Envelope(
        name=form.name,
        keys=frozenset(form.keys),
        distinctive=frozenset(form.distinctive),
        body=frozenset(form.body),
        foreign=frozenset(form.foreign),
    )


def _rule(row: RowForm, form: StepFile) -> Rule:
    value = getattr(row, "value", None)
    return Rule(
        id=row.id,
        kind=row.kind,
        origin=row.origin,
        advice=row.advice,
        source=Source(row.source.document, row.source.version, row.source.item),
        old=getattr(row, "old", None),
        new=getattr(row, "new", None),
        where=tuple(Place(place.document, place.path, place.name) for place in places_of(row, form)),
        guard=_guard(getattr(row, "guard", None)),
        follow_up=_follow_up(getattr(row, "follow_up", None)),
        answered_by=row.answered_by,
        restore=getattr(row, "restore", None),
        context=value.context if value else None,
        forward=row.forward,
        back=row.back,
    )


def _guard(form: GuardForm | None) -> Guard | None:
    return Guard(form.document, form.path, form.equals) if form else None


def _follow_up(form: FollowUpForm | None) -> FollowUpCall | None:
    if form is None:
        return None
    arguments = {name: Argument(argument.origin, argument.path) for name, argument in form.arguments.items()}
    return FollowUpCall(form.api, form.method, form.url, arguments, dict(form.values), form.unless)
