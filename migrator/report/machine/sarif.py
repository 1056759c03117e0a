"""Format a run as SARIF 2.1.0, the input of code scanning services."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from migrator.findings.finding import Finding, StaleEntry
from migrator.report.machine.sarif_locations import (
    HOME,
    Fingerprints,
    artifact_object,
    finding_fixes,
    finding_region,
    location_object,
    message_object,
    path_uri,
)
from migrator.report.machine.sarif_rules import rule_descriptors
from migrator.report.machine.severity import NAME_ID, STALE_ID, severity_level
from migrator.report.printable import escape_json
from migrator.report.run_result import NameOccurrence, RunResult
from migrator.report.sections import RunSources
from migrator.rules.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_text(run: RunResult) -> Iterator[str]:
    """Yield the log as ASCII text, each result on its own line."""
    value = sarif_log(run)
    results = value["runs"][0].pop("results")
    whole = json.dumps(escape_json(value))
    # The run is the last object that opens, so its results belong before the last three characters.
    yield whole.removesuffix("}]}") + ', "results": ['
    for number, result in enumerate(results):
        yield ("," if number else "") + "\n" + json.dumps(escape_json(result))
    yield ("\n" if results else "") + "]}]}\n"


def sarif_log(run: RunResult) -> dict[str, Any]:
    """Return the log as a JSON value: one run, columns in UTF-16 code units, paths relative to the current folder."""
    sources = RunSources(run)
    results = list(_all_results(run, sources))
    paths = dict.fromkeys(place["physicalLocation"]["artifactLocation"]["uri"] for place in _result_locations(results))
    read = {path_uri(path): path for path in _result_paths(run)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _tool_driver(run)},
                "columnKind": "utf16CodeUnits",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "originalUriBaseIds": {
                    HOME: {"description": {"text": "The folder in which the audit ran."}},
                },
                "invocations": [_invocation_object(run)],
                "artifacts": [artifact_object(read[each], sources) for each in paths if each in read],
                "results": results,
            }
        ],
    }


def _tool_driver(run: RunResult) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    driver: dict[str, Any] = {"name": "migrator", "rules": rule_descriptors(run)}
    with contextlib.suppress(PackageNotFoundError):
        driver["semanticVersion"] = driver["version"] = version("livechat-migrator")
    return driver


@dataclass(frozen=True, slots=True)
class _ResultBuilder:
    """Builds results; `index` maps a rule to its position among the descriptors."""

    rules: dict[str, Rule]
    index: dict[str, int]
    sources: RunSources
    prints: Fingerprints

    def finding_result(self, finding: Finding) -> dict[str, Any]:
        """Return a finding as a result, its edits as a fix."""
        lines = self.sources.lines_of_file(finding.path)
        result = {
            **self._result_head(finding.rule, severity_level(finding, self.rules.get(finding.rule))),
            "message": message_object(f"{finding.message}. {finding.advice}"),
            "locations": [location_object(finding.path, finding_region(finding, lines))],
            "partialFingerprints": {"migratorPlace/v1": self.prints.fingerprint(finding)},
            "properties": {
                "applicability": finding.applicability.value,
                "kind": finding.kind,
                "old": finding.old,
                "new": finding.new,
                "evidence": list(finding.evidence),
            },
        }
        return {**result, "fixes": finding_fixes(finding, lines)} if finding.edits else result

    def stale_result(self, stale: StaleEntry) -> dict[str, Any]:
        """Return an unused suppression as a result."""
        place = location_object(stale.path, {"startLine": stale.line})
        return {
            **self._result_head(STALE_ID, "warning"),
            "message": message_object(stale.message),
            "locations": [place],
        }

    def name_result(self, name: NameOccurrence) -> dict[str, Any]:
        """Return a bare name as an informational result."""
        column = self.sources.lines_of_file(name.path).utf16_column(name.line, name.column)
        place = {"startLine": name.line, "startColumn": column, "endColumn": column + len(name.name)}
        return {
            **self._result_head(NAME_ID, "none"),
            "kind": "informational",
            "message": message_object(f"`{name.name}`: {name.reason}"),
            "locations": [location_object(name.path, place)],
        }

    def _result_head(self, rule: str, weight: str) -> dict[str, Any]:
        known = {"ruleIndex": self.index[rule]} if rule in self.index else {}
        return {"ruleId": rule, **known, "level": weight}


def _all_results(run: RunResult, sources: RunSources) -> Iterator[dict[str, Any]]:
    index = {row["id"]: number for number, row in enumerate(rule_descriptors(run))}
    maker = _ResultBuilder(run.rules, index, sources, Fingerprints(sources))
    yield from map(maker.finding_result, run.findings)
    for kind, group in (("inSource", run.suppressed), ("external", run.known)):
        for finding in group:
            yield {**maker.finding_result(finding), "suppressions": [{"kind": kind}]}
    yield from ({**maker.finding_result(note), "level": "note"} for note in run.notes)
    yield from map(maker.stale_result, run.stale)
    yield from map(maker.name_result, run.names)


def _invocation_object(run: RunResult) -> dict[str, Any]:
    """Return whether every file could be read, with a notification for each that could not."""
    notices = [
        {
            "level": "error",
            "message": message_object(failure.message),
            "locations": [location_object(failure.path, {"startLine": failure.line} if failure.line else None)],
        }
        for failure in run.failures
    ]
    notices += [
        {
            "level": "note",
            "message": message_object("This link leads out of the given paths and was not followed."),
            "locations": [location_object(path, None)],
        }
        for path in run.outside
    ]
    return {"executionSuccessful": not run.failures, "toolExecutionNotifications": notices}


def _result_locations(results: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (place for result in results for place in result["locations"])


def _result_paths(run: RunResult) -> Iterator[str]:
    yield from (each.path for group in (run.findings, run.suppressed, run.known, run.notes) for each in group)
    yield from (each.path for each in run.names)
