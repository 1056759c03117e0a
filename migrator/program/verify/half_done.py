"""Find names and versions that no longer fit each other: one was changed and the other was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from migrator.program.verify.account import Account, State
from migrator.program.verify.expected_lines import Expected
from migrator.rules.rule import Kind

_PLACE = re.compile(r"\(([^()]+):(\d+)\)")


def mark_half_done(judged: Sequence[tuple[Expected, Account]]) -> list[Account]:
    """Return the accounts; a name that is called under the version of another is wrong."""
    versions: dict[tuple[str, int], list[Account]] = {}
    for expected, account in judged:
        if expected.finding.kind == Kind.RAISE_VERSION.value:
            versions.setdefault((expected.finding.path, expected.finding.line), []).append(account)
    return [_judge_name(expected, account, versions) for expected, account in judged]


def _judge_name(expected: Expected, account: Account, versions: Mapping[tuple[str, int], list[Account]]) -> Account:
    if expected.finding.kind != Kind.RENAME_METHOD.value:
        return account
    through = [version for place in _places_of(expected) for version in versions.get(place, ())]
    if not through:
        return account
    if account.state is State.DONE and all(version.state is State.OPEN for version in through):
        version = through[0]
        message = f"`{account.new}` is called under version {version.old}: the URL at {_at(version)} is not raised"
        return replace(account, state=State.WRONG, message=message)
    if account.state is State.OPEN and expected.is_automatic and all(v.state is State.DONE for v in through):
        version = through[0]
        message = f"`{account.old}` is called under version {version.new}: the URL at {_at(version)} was raised alone"
        return replace(account, state=State.WRONG, message=message)
    return account


def _places_of(expected: Expected) -> Iterator[tuple[str, int]]:
    yield expected.finding.path, expected.finding.line
    for step in expected.finding.evidence:
        for path, line in _PLACE.findall(step):
            yield path, int(line)


def _at(account: Account) -> str:
    return f"{account.path}:{account.line}"
