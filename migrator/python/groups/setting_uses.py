"""Collect what goes through each setting of the program, so that its files of configuration are judged with it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from migrator.python.analysis.module import Module
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.groups.overridden_urls import SettingDefaults, collect_evidence
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequests
from migrator.rules.rule import Kind

#: What must be edited with a version: any other change can be made afterwards, and is listed until it is.
_TIED = (Kind.RAISE_VERSION, Kind.RENAME_METHOD)
ClaimKey = tuple[Module, int, int, str]


@dataclass(frozen=True, slots=True)
class FollowedSetting:
    """A setting that a module reads, and the claims that go through it; `kept_by` is why nothing of it is edited."""

    names: tuple[str, ...]
    module: Module
    node: ast.AST
    claims: tuple[ClaimKey, ...]
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class FollowedSettings:
    """The settings of the program that hold URLs of the API."""

    all: tuple[FollowedSetting, ...] = ()


def follow_settings(
    isolation: FailureIsolation,
    context: SearchContext,
    urls: UrlEvidence,
    sent: SentRequests,
    defaults: SettingDefaults,
    earlier: ClaimSet,
) -> FollowedSettings:
    """Collect the claims that go through each setting."""
    found: list[FollowedSetting] = []

    def find_all() -> None:
        for each in defaults.all:
            held = collect_evidence(dict.fromkeys(each.nodes, "it"), urls, sent, earlier)
            keys = tuple(
                key
                for key, group in earlier.groups.items()
                if group[0].rule.kind in _TIED and any(seen in held for claim in group for seen in claim.evidence)
            )
            found.append(FollowedSetting(each.names, each.module, each.default, keys, each.kept_by))

    isolation.for_program(context.modules, find_all)
    return FollowedSettings(tuple(found))
