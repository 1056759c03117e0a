"""Format a run as SARIF 2.1.0, the input of code scanning services."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from migrator.findings.finding import Finding, Stale
from migrator.report.machine.sarif_locations import HOME, Fingerprints, artifact, fixes, location, message, region, uri
from migrator.report.machine.sarif_rules import descriptors
from migrator.report.machine.severity import NAME_ID, STALE_ID, level
from migrator.report.printable import encodable
from migrator.report.run_result import NameOnly, Run
from migrator.report.sections import Sources
from migrator.rules.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_text(run: Run) -> Iterator[str]:
    """Yield the log as ASCII text, each result on its own line."""
    value = log(run)
    results = value["runs"][0].pop("results")
    whole = json.dumps(encodable(value))
    # The run is the last object that opens, so its results belong before the last three characters.
    yield whole.removesuffix("}]}") + ', "results": ['
    for number, result in enumerate(results):
        yield ("," if number else "") + "\n" + json.dumps(encodable(result))
    yield ("\n" if results else "") + "]}]}\n"


def log(run: Run) -> dict[str, Any]:
    """Return the log as a JSON value: one run, columns in UTF-16 code units, paths relative to the current folder."""
    sources = Sources(run)
    results = list(_results(run, sources))
    paths = dict.fromkeys(place["physicalLocation"]["artifactLocation"]["uri"] for place in _places(results))
    read = {uri(path): path for path in _paths(run)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run)},
                "columnKind": "utf16CodeUnits",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "originalUriBaseIds": {
                    HOME: {"description": {"text": "The folder in which the audit ran."}},
                },
                "invocations": [_invocation(run)],
                "artifacts": [artifact(read[each], sources) for each in paths if each in read],
                "results": results,
            }
        ],
    }


def _driver(run: Run) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    driver: dict[str, Any] = {"name": "migrator", "rules": descriptors(run)}
    with contextlib.suppress(PackageNotFoundError):
        driver["semanticVersion"] = driver["version"] = version("livechat-migrator")
    return driver


@dataclass(frozen=True, slots=True)
class _Maker:
    """Builds results; `index` maps a rule to its position among the descriptors."""

    rules: dict[str, Rule]
    index: dict[str, int]
    sources: Sources
    prints: Fingerprints

    def result(self, finding: Finding) -> dict[str, Any]:
        """Return a finding as a result, its edits as a fix."""
        lines = self.sources.lines(finding.path)
        result = {
            **self._head(finding.rule, level(finding, self.rules.get(finding.rule))),
            "message": message(f"{finding.message}. {finding.advice}"),
            "locations": [location(finding.path, region(finding, lines))],
            "partialFingerprints": {"migratorPlace/v1": self.prints.of(finding)},
            "properties": {
                "applicability": finding.applicability.value,
                "kind": finding.kind,
                "old": finding.old,
                "new": finding.new,
                "evidence": list(finding.evidence),
            },
        }
        return {**result, "fixes": fixes(finding, lines)} if finding.edits else result

    def stale(self, stale: Stale) -> dict[str, Any]:
        """Return an unused suppression as a result."""
        place = location(stale.path, {"startLine": stale.line})
        return {**self._head(STALE_ID, "warning"), "message": message(stale.message), "locations": [place]}

    def name(self, name: NameOnly) -> dict[str, Any]:
        """Return a bare name as an informational result."""
        column = self.sources.lines(name.path).column(name.line, name.column)
        place = {"startLine": name.line, "startColumn": column, "endColumn": column + len(name.name)}
        return {
            **self._head(NAME_ID, "none"),
            "kind": "informational",
            "message": message(f"`{name.name}`: {name.reason}"),
            "locations": [location(name.path, place)],
        }

    def _head(self, rule: str, weight: str) -> dict[str, Any]:
        known = {"ruleIndex": self.index[rule]} if rule in self.index else {}
        return {"ruleId": rule, **known, "level": weight}


def _results(run: Run, sources: Sources) -> Iterator[dict[str, Any]]:
    index = {row["id"]: number for number, row in enumerate(descriptors(run))}
    maker = _Maker(run.rules, index, sources, Fingerprints(sources))
    yield from map(maker.result, run.findings)
    for kind, group in (("inSource", run.suppressed), ("external", run.known)):
        for finding in group:
            yield {**maker.result(finding), "suppressions": [{"kind": kind}]}
    yield from ({**maker.result(note), "level": "note"} for note in run.notes)
    yield from map(maker.stale, run.stale)
    yield from map(maker.name, run.names)


def _invocation(run: Run) -> dict[str, Any]:
    """Return whether every file could be read, with a notification for each that could not."""
    notices = [
        {
            "level": "error",
            "message": message(failure.message),
            "locations": [location(failure.path, {"startLine": failure.line} if failure.line else None)],
        }
        for failure in run.failures
    ]
    notices += [
        {
            "level": "note",
            "message": message("This link leads out of the given paths and was not followed."),
            "locations": [location(path, None)],
        }
        for path in run.outside
    ]
    return {"executionSuccessful": not run.failures, "toolExecutionNotifications": notices}


def _places(results: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (place for result in results for place in result["locations"])


def _paths(run: Run) -> Iterator[str]:
    yield from (each.path for group in (run.findings, run.suppressed, run.known, run.notes) for each in group)
    yield from (each.path for each in run.names)
