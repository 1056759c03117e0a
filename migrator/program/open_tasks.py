"""List what is still to be done before a migrated program is deployed: once for all lines, the most harmful first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from migrator.findings.applicability import Applicability
from migrator.findings.finding import FileResult, Finding
from migrator.findings.open_task import OpenTask, TaskKind, TaskPlace
from migrator.findings.operation import AddComment
from migrator.program.unset_variables import ReadSettings, find_unset_variables
from migrator.rules.rule import Kind
from migrator.rules.table import Chain

_KINDS = tuple(TaskKind)
_KEYS = (Kind.REMOVE_KEY, Kind.RENAME_KEY)
#: From what stops every call, to what only behaves differently.
_HARM = (
    Kind.RAISE_VERSION,
    Kind.REMOVE_METHOD,
    Kind.RENAME_METHOD,
    Kind.REMOVE_WEBHOOK,
    Kind.RENAME_WEBHOOK,
    Kind.RENAME_KEY,
    Kind.REMOVE_KEY,
    Kind.UNNEST,
    Kind.ADD_KEY,
    Kind.SCOPE,
    Kind.BEHAVIOUR,
    Kind.MANUAL,
)


def list_open_tasks(
    results: Sequence[FileResult[bytes]],
    chains: Iterable[Chain],
    read_settings: ReadSettings,
    untouched: Iterable[FileResult[bytes]] = (),
) -> tuple[OpenTask, ...]:
    """Return the open tasks; there is none only when nothing is left to do once the edits are made.

    `untouched` are programs in other languages: what they do with a webhook that is renamed has to follow.
    """
    chains = tuple(chains)
    targets = {rule.id: str(chain.target) for chain in chains for rule in chain.rules()}
    results = (*results, *_find_receivers(results, chains, untouched))
    places = defaultdict[tuple[TaskKind, str, str, str], list[TaskPlace]](list)
    harm: dict[str, int] = {}
    for result in results:
        for finding, kind, action, until in _find_tasks(result, targets, read_settings):
            places[kind, finding.rule, action, until].append(TaskPlace(finding.path, finding.line))
            harm[finding.rule] = _HARM.index(Kind(finding.kind))
    tasks = (OpenTask(*key, tuple(sorted(set(found)))) for key, found in places.items())
    return tuple(sorted(tasks, key=lambda task: (_KINDS.index(task.kind), harm[task.rule])))


def _find_receivers(
    results: Iterable[FileResult[bytes]], chains: Iterable[Chain], untouched: Iterable[FileResult[bytes]]
) -> Iterator[FileResult[bytes]]:
    """Yield the programs in other languages that receive a webhook which is renamed, with what they do with it."""
    renamed = {each.rule for result in results for each in result.applied if each.kind == Kind.RENAME_WEBHOOK}
    rules = [rule for chain in chains for rule in chain.rules()] if renamed else []
    names = {rule.old for rule in rules if rule.id in renamed}
    tied = renamed | {rule.id for rule in rules for place in rule.where if rule.kind in _KEYS and place.name in names}
    for result in untouched if renamed else ():
        findings = tuple(finding for finding in result.findings if finding.rule in tied)
        yield replace(result, findings=findings)


def _find_tasks(
    result: FileResult[bytes], targets: dict[str, str], read_settings: ReadSettings
) -> Iterator[tuple[Finding, TaskKind, str, str]]:
    for unset in find_unset_variables(result, read_settings):
        action = f"Set {unset.name} to {unset.value} wherever it is set: no file of settings beside the code sets it."
        until = f"where it is set to {unset.finding.old}, calls by new names go to {unset.finding.old} and fail"
        yield unset.finding, TaskKind.ENVIRONMENT, action, until
    for finding in result.remaining:
        if not finding.is_note:
            unsafe = finding.applicability is Applicability.UNSAFE
            target = targets.get(finding.rule, "the new version")
            kind = TaskKind.UNSAFE if unsafe else TaskKind.MANUAL
            yield finding, kind, finding.advice, _describe_failure(finding, target)
    for finding in result.applied:
        for operation in finding.operations:
            if isinstance(operation, AddComment):
                action = f"{operation.text[:1].upper()}{operation.text[1:]}"
                yield finding, TaskKind.FOLLOW_UP, action, f"nothing does what `{finding.old}` did"


def _describe_failure(finding: Finding, target: str) -> str:
    """Return what fails in the new version as long as a finding is not attended to."""
    old = f"`{finding.old}`" if finding.old else "it"
    match Kind(finding.kind):
        case Kind.RAISE_VERSION:
            return f"the calls still go to {finding.old or 'the old version'}"
        case Kind.RENAME_METHOD | Kind.REMOVE_METHOD:
            return f"{target} has no method {old}, so the call fails"
        case Kind.RENAME_WEBHOOK | Kind.REMOVE_WEBHOOK:
            return f"{target} has no webhook {old}, so code that waits for it never runs"
        case Kind.RENAME_KEY | Kind.REMOVE_KEY:
            return f"{target} neither sends nor accepts {old}, so code that reads or sends it fails"
        case Kind.UNNEST:
            return f"the contents of {old} are not where the code looks for them"
        case _:
            return f"the code meets a change of {target} that it was not written for"
