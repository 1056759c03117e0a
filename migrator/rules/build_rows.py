"""Build the rows that the engines read from the TOML data of a checked file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.rules.rule import Argument, FollowUpCall, Guard, Kind, Origin, Place, Rule, Source, Step
from migrator.rules.table import Api, Client, Envelope, Sdk
from migrator.rules.version import Version

Data = Mapping[str, Any]


def build_step(data: Data, file: str) -> Step:
    """Build a step, with the names of its place lists resolved."""
    places = data.get("places", {})
    rules = tuple(_rule(row, places) for row in data["rule"])
    return Step(Version(data["from"]), Version(data["to"]), rules, file)


def build_api(data: Data) -> Api:
    """Build the description of an API, with sets for look-ups."""
    return Api(
        id=data["id"],
        title=data["title"],
        hosts=tuple(data["hosts"]),
        path=data["path"],
        legacy_paths=tuple(data.get("legacy_paths", ())),
        methods=frozenset(data.get("methods", ())),
        webhooks=frozenset(data.get("webhooks", ())),
        words=tuple(data.get("words", ())),
        foreign=tuple(data.get("foreign", ())),
        envelope=_envelope(data["envelope"]) if "envelope" in data else None,
        clients=tuple(map(_client, data.get("client", ()))),
        sdks=tuple(Sdk(tuple(each["packages"])) for each in data.get("sdk", ())),
    )


def _envelope(data: Data) -> Envelope:
    return Envelope(
        name=data["name"],
        keys=frozenset(data["keys"]),
        distinctive=frozenset(data["distinctive"]),
        body=frozenset(data.get("body", ())),
        foreign=frozenset(data.get("foreign", ())),
    )


def _client(data: Data) -> Client:
    return Client(
        tuple(data["classes"]), tuple(data.get("factories", ())), version=data.get("version"), body=data.get("body")
    )


def _rule(row: Data, places: Data) -> Rule:
    where = row.get("where", ())
    value = row.get("value")
    return Rule(
        id=row["id"],
        kind=Kind(row["kind"]),
        origin=Origin(row.get("origin", Origin.CHANGELOG)),
        advice=row["advice"],
        source=Source(row["source"]["document"], row["source"]["version"], row["source"]["item"]),
        old=row.get("old"),
        new=row.get("new"),
        where=tuple(map(_place, places[where] if isinstance(where, str) else where)),
        guard=_guard(row["guard"]) if "guard" in row else None,
        follow_up=_follow_up(row["follow_up"]) if "follow_up" in row else None,
        answered_by=tuple(row.get("answered_by", ())),
        restore=row.get("restore"),
        context=value["context"] if value else None,
        forward=row.get("forward", "lossless"),
        back=row.get("back", "lossless"),
    )


def _place(data: Data) -> Place:
    return Place(data["document"], data["path"], data.get("name"))


def _guard(data: Data) -> Guard:
    return Guard(data.get("document", "webhook"), data["path"], data["equals"])


def _follow_up(data: Data) -> FollowUpCall:
    arguments = {name: Argument(origin["from"], origin.get("path")) for name, origin in data["arguments"].items()}
    return FollowUpCall(
        data["api"],
        data["method"],
        data["url"],
        arguments,
        dict(data.get("values", {})),
        tuple(data.get("unless", ())),
    )
