"""Build the rows that the engines read from the TOML data of a checked file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.rules.rule import CallArgument, FollowUpCall, Guard, Kind, Origin, Rule, RulePlace, RuleSource, Step
from migrator.rules.table import Api, ApiClient, Envelope, NameList, Sdk
from migrator.rules.version import Version

TomlData = Mapping[str, Any]


def build_step(data: TomlData, file: str) -> Step:
    """Build a step, with the names of its place lists resolved."""
    places = data.get("places", {})
    rules = tuple(_build_rule(row, places) for row in data["rule"])
    return Step(Version(data["from"]), Version(data["to"]), rules, file)


def build_api(data: TomlData) -> Api:
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
        envelope=_build_envelope(data["envelope"]) if "envelope" in data else None,
        clients=tuple(map(_build_client, data.get("client", ()))),
        sdks=tuple(Sdk(tuple(each["packages"])) for each in data.get("sdk", ())),
        names=tuple(map(_build_names, data.get("names", ()))),
    )


def _build_names(data: TomlData) -> NameList:
    until = Version(data["until"]) if "until" in data else None
    methods, webhooks = frozenset(data.get("methods", ())), frozenset(data.get("webhooks", ()))
    return NameList(data["id"], Version(data["since"]), until, methods, webhooks, _build_source(data["source"]))


def _build_envelope(data: TomlData) -> Envelope:
    return Envelope(
        name=data["name"],
        keys=frozenset(data["keys"]),
        distinctive=frozenset(data["distinctive"]),
        body=frozenset(data.get("body", ())),
        foreign=frozenset(data.get("foreign", ())),
    )


def _build_client(data: TomlData) -> ApiClient:
    return ApiClient(
        tuple(data["classes"]), tuple(data.get("factories", ())), version=data.get("version"), body=data.get("body")
    )


def _build_rule(row: TomlData, places: TomlData) -> Rule:
    where = row.get("where", ())
    value = row.get("value")
    return Rule(
        id=row["id"],
        kind=Kind(row["kind"]),
        origin=Origin(row.get("origin", Origin.CHANGELOG)),
        advice=row["advice"],
        source=_build_source(row["source"]),
        old=row.get("old"),
        new=row.get("new"),
        where=tuple(map(_build_place, places[where] if isinstance(where, str) else where)),
        guard=_build_guard(row["guard"]) if "guard" in row else None,
        follow_up=_build_follow_up(row["follow_up"]) if "follow_up" in row else None,
        answered_by=tuple(row.get("answered_by", ())),
        restore=row.get("restore"),
        context=value["context"] if value else None,
        forward=row.get("forward", "lossless"),
        back=row.get("back", "lossless"),
    )


def _build_source(data: TomlData) -> RuleSource:
    return RuleSource(data["document"], data["version"], data["item"])


def _build_place(data: TomlData) -> RulePlace:
    return RulePlace(data["document"], data["path"], data.get("name"))


def _build_guard(data: TomlData) -> Guard:
    return Guard(data.get("document", "webhook"), data["path"], data["equals"])


def _build_follow_up(data: TomlData) -> FollowUpCall:
    arguments = {name: CallArgument(origin["from"], origin.get("path")) for name, origin in data["arguments"].items()}
    return FollowUpCall(
        data["api"],
        data["method"],
        data["url"],
        arguments,
        dict(data.get("values", {})),
        tuple(data.get("unless", ())),
        tuple(data.get("scopes", ())),
    )
